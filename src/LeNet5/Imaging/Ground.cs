using System.Numerics;
using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>What a picture would look like without ink: paper with its shadows, or a dark board.</summary>
/// <remarks>
/// Estimated on a coarse picture: what is dark and narrower than 0.4 of the picture's longer side, or of another measure, is filled in with what is around it (a morphological
/// closing). That keeps wide shadows with their sharp edges. A narrower dark region is ink, unless it belongs to a wide one, or lies along the edge of the picture as a
/// shadow's corner does.
/// Light ink is dark ink of the inverted picture.
/// </remarks>
internal static class Ground
{
    private const int CoarseSide = 48;
    private const double WidestStroke = 0.4, UsualStroke = 0.12;

    /// <summary>Shadows leave at least this share of the light.</summary>
    private const double DarkestShadow = 0.4;

    private const double EdgeWeight = 0.25;

    /// <summary>Below this grey the ground is no measure of the light any more.</summary>
    private const float DarkestGround = 48;

    /// <summary>Shadows are at least so much darker than what is around them.</summary>
    private const int FaintestShadow = 10;

    /// <summary>Where the ground changes by less from one place to the next, it need not follow the picture.</summary>
    private const int SharpEdge = 20;

    /// <summary>Tells whether the ink is darker than the ground, and takes the ground away.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="darkInk">Known polarity, or <see langword="null"/>.</param>
    /// <param name="measure">Shadows are told from strokes in shares of so many pixels; <see langword="null"/>: the longer side.</param>
    /// <param name="coarseSide">The coarse picture has about as many for the measure.</param>
    /// <returns>The ink: 0 where there is none, 255 where the picture is black. The picture and its ground, inverted where the ink is light.</returns>
    public static (Plane Ink, Plane Picture, Plane Ground, bool DarkInk) Remove(Plane picture, bool? darkInk, int? measure = null, int coarseSide = CoarseSide)
    {
        int side = measure ?? picture.Side, block = (side + coarseSide - 1) / coarseSide, coarseMeasure = (side + block - 1) / block;
        Plane coarse = Resampling.BlockMeans(picture.Values, picture.Width, picture.Height, block);
        (Plane ground, double cost) = darkInk == false ? (coarse, double.PositiveInfinity) : Estimate(coarse, coarseMeasure);
        (Plane inverseGround, double inverseCost) = darkInk == true ? (coarse, double.PositiveInfinity) : Estimate(coarse.Inverse(), coarseMeasure);
        bool isDark = cost <= inverseCost;
        if (!isDark)
            (picture, ground) = (picture.Inverse(), inverseGround);
        Plane fine = Refine(ground, block, picture);
        return (InkOn(fine, picture), picture, fine, isDark);
    }

    /// <summary>The ground beneath dark ink, and how little that looks like ink on a ground.</summary>
    private static (Plane Ground, double Cost) Estimate(Plane coarse, int measure)
    {
        Plane ground = Close(coarse, WidestStroke * measure), narrow = Close(coarse, UsualStroke * measure), dark = new(coarse.Width, coarse.Height);
        for (int i = 0; i < dark.Values.Length; i++)
            dark.Values[i] = (byte)(ground.Values[i] - narrow.Values[i]);
        foreach (InkComponent region in InkSegmenter.Find(dark, FaintestShadow))
        {
            if (!LiesAlongEdge(region, coarse.Width, coarse.Height) || Light(narrow, region) < DarkestShadow * Light(ground, region))
                continue;
            foreach (InkRun run in region.Runs)
                narrow.Row(run.Row)[run.Start..run.End].CopyTo(ground.Row(run.Row)[run.Start..]);
        }
        SpreadShadows(ground, narrow);
        return (ground, Cost(coarse, ground));
    }

    /// <summary>Where a wide shadow runs out into a narrow corner, the ground follows it there (a morphological reconstruction): it gets as dark as a neighbour is, but
    /// not darker than the picture.</summary>
    private static void SpreadShadows(Plane ground, Plane narrow)
    {
        (int width, int height) = (ground.Width, ground.Height);
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 0; i < ground.Values.Length; i++)
                changed |= Lower(i, i % width > 0 ? i - 1 : i, i >= width ? i - width : i);
            for (int i = ground.Values.Length - 1; i >= 0; i--)
                changed |= Lower(i, i % width < width - 1 ? i + 1 : i, i < width * (height - 1) ? i + width : i);
        }

        bool Lower(int place, int beside, int beyond)
        {
            byte value = Math.Max(narrow.Values[place], Math.Min(ground.Values[place], Math.Min(ground.Values[beside], ground.Values[beyond])));
            bool lower = value < ground.Values[place];
            ground.Values[place] = value;
            return lower;
        }
    }

    private static long Light(Plane ground, InkComponent region)
    {
        long sum = 0;
        foreach (InkRun run in region.Runs)
        {
            foreach (byte value in ground.Row(run.Row)[run.Start..run.End])
                sum += value;
        }
        return sum;
    }

    /// <summary>Whether a region looks like the corner or border of a shadow: it lies along the edge in one piece, and is solid. The strokes of a digit that fills the
    /// picture touch the edge here and there, and leave much of their box free.</summary>
    private static bool LiesAlongEdge(InkComponent region, int width, int height)
    {
        const double edgeShare = 0.3, inkShare = 0.42;
        int perimeter = 2 * (region.Box.Width + region.Box.Height);
        if (region.EdgeLength < edgeShare * perimeter || region.Area < inkShare * region.Box.Width * region.Box.Height)
            return false;
        // Around the edge: along the top to the right, down, back, and up.
        bool[] edge = new bool[2 * (width + height)];
        foreach (InkRun run in region.Runs)
        {
            for (int x = run.Start; x < run.End; x++)
            {
                edge[x] |= run.Row == 0;
                edge[width + height + (width - 1 - x)] |= run.Row == height - 1;
            }
            edge[width + run.Row] |= run.End == width;
            edge[(2 * width) + height + (height - 1 - run.Row)] |= run.Start == 0;
        }
        int pieces = 0;
        for (int i = 0; i < edge.Length; i++)
            pieces += edge[i] && !edge[(i + 1) % edge.Length] ? 1 : 0;
        return pieces == 1;
    }

    /// <summary>How little a picture looks like ink on this ground: ink seldom touches the edge, and ground is even.</summary>
    /// <remarks>For small ink the wrong polarity gives a ground with holes and rings, for large ink one that much of the picture's edge stands out of, more than
    /// the corner of a shadow does.</remarks>
    private static double Cost(Plane picture, Plane ground)
    {
        (int width, int height) = (picture.Width, picture.Height);
        long edge = 0, unevenness = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = ground.Row(y), inked = picture.Row(y), below = ground.Row(Math.Min(y + 1, height - 1));
            for (int x = 0; x < width; x++)
            {
                if (y == 0 || y == height - 1 || x == 0 || x == width - 1)
                    edge += row[x] - inked[x];
                unevenness += Math.Abs(row[x] - row[Math.Min(x + 1, width - 1)]) + Math.Abs(row[x] - below[x]);
            }
        }
        return (EdgeWeight * edge / (2 * (width + height))) + ((double)unevenness / picture.Values.Length);
    }

    /// <summary>Fills in what is dark and narrower than so many pixels.</summary>
    private static Plane Close(Plane picture, double width)
    {
        int radius = Math.Max(1, (int)Math.Round(width / 2));
        return Extremes.Smallest(Extremes.Largest(picture, radius), radius);
    }

    /// <summary>The ground in full resolution. Between blocks of different brightness it follows the picture, for the edge of a shadow is sharp.</summary>
    private static Plane Refine(Plane coarse, int block, Plane picture)
    {
        if (block == 1)
            return coarse;
        Plane coarseDarkest = Extremes.Smallest(coarse, 1), coarseLightest = Extremes.Largest(coarse, 1);
        int sharpest = 0;
        for (int i = 0; i < coarse.Values.Length; i++)
            sharpest = Math.Max(sharpest, coarseLightest.Values[i] - coarseDarkest.Values[i]);
        if (sharpest < SharpEdge)
            return Enlarge(coarse, block, picture.Width, picture.Height);
        Plane darkest = Enlarge(coarseDarkest, block, picture.Width, picture.Height), lightest = Enlarge(coarseLightest, block, picture.Width, picture.Height);
        int radius = 2 * block;
        Plane ground = Extremes.Smallest(Extremes.Largest(picture, radius), radius);
        Bytes.TakeLarger(ground.Values, darkest.Values);
        Bytes.TakeSmaller(ground.Values, lightest.Values);
        return ground;
    }

    /// <summary>Linear between the middles of blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane Enlarge(Plane coarse, int block, int width, int height)
    {
        // Across first, which is little work, as there are few rows. In 256ths.
        ushort[] wide = new ushort[coarse.Height * width];
        for (int x = 0; x < width; x++)
        {
            (int left, int right, int share) = Between(x, block, coarse.Width);
            for (int y = 0; y < coarse.Height; y++)
            {
                ReadOnlySpan<byte> row = coarse.Row(y);
                wide[(y * width) + x] = (ushort)(((row[left] * (256 - share)) + (row[right] * share)) / 256);
            }
        }
        Plane result = new(width, height);
        for (int y = 0; y < height; y++)
        {
            (int above, int below, int share) = Between(y, block, coarse.Height);
            Mix(wide.AsSpan(above * width, width), wide.AsSpan(below * width, width), (ushort)share, result.Row(y));
        }
        return result;

        // The blocks whose middles are before and behind a place, and how far it is from the first to the second.
        static (int Before, int Behind, int Share) Between(int place, int block, int count)
        {
            int position = (256 * ((2 * place) + 1 + block) / (2 * block)) - 256;
            return (Math.Clamp(position >> 8, 0, count - 1), Math.Clamp((position >> 8) + 1, 0, count - 1), position & 255);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(ReadOnlySpan<ushort> first, ReadOnlySpan<ushort> second, ushort share, Span<byte> result)
    {
        int x = 0;
        for (; x <= result.Length - Vector<byte>.Count; x += Vector<byte>.Count)
            Vector.Narrow(MixFew(first[x..], second[x..], share), MixFew(first[(x + Vector<ushort>.Count)..], second[(x + Vector<ushort>.Count)..], share)).CopyTo(result[x..]);
        for (; x < result.Length; x++)
            result[x] = (byte)(((first[x] * (256 - share)) + (second[x] * share)) / 256);

        static Vector<ushort> MixFew(ReadOnlySpan<ushort> first, ReadOnlySpan<ushort> second, ushort share) =>
            ((new Vector<ushort>(first) * (ushort)(256 - share)) + (new Vector<ushort>(second) * share)) >> 8;
    }

    /// <summary>The share of the light that the ink takes, in 255ths: under a shadow ink is as black as in the light.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane InkOn(Plane ground, Plane picture)
    {
        Plane ink = new(picture.Width, picture.Height);
        ReadOnlySpan<byte> light = ground.Values, seen = picture.Values;
        Span<byte> result = ink.Values;
        int i = 0;
        for (; i <= result.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> lights = new(light[i..]);
            Vector.Widen(lights, out Vector<ushort> lowLight, out Vector<ushort> highLight);
            Vector.Widen(lights - Vector.Min(lights, new Vector<byte>(seen[i..])), out Vector<ushort> lowMissing, out Vector<ushort> highMissing);
            Vector.Narrow(Share(lowMissing, lowLight), Share(highMissing, highLight)).CopyTo(result[i..]);
        }
        for (; i < result.Length; i++)
            result[i] = (byte)((Math.Max(0, light[i] - seen[i]) * (byte.MaxValue / Math.Max(light[i], DarkestGround))) + 0.5f);
        return ink;

        static Vector<ushort> Share(Vector<ushort> missing, Vector<ushort> light)
        {
            Vector.Widen(missing, out Vector<uint> lowMissing, out Vector<uint> highMissing);
            Vector.Widen(light, out Vector<uint> lowLight, out Vector<uint> highLight);
            return Vector.Narrow(ShareOfFew(lowMissing, lowLight), ShareOfFew(highMissing, highLight));
        }

        static Vector<uint> ShareOfFew(Vector<uint> missing, Vector<uint> light)
        {
            Vector<float> factor = new Vector<float>(byte.MaxValue) / Vector.Max(Vector.ConvertToSingle(light.As<uint, int>()), new Vector<float>(DarkestGround));
            return Vector.ConvertToInt32((Vector.ConvertToSingle(missing.As<uint, int>()) * factor) + new Vector<float>(0.5f)).As<int, uint>();
        }
    }
}
