using System.Numerics;
using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>Pictures in another size: every pixel is the mean of the area that it covers.</summary>
internal static class Resampling
{
    /// <summary>The means of square blocks; those at the right and lower edge may be cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Plane BlockMeans(ReadOnlySpan<byte> pixels, int width, int height, int block)
    {
        Plane means = new((width + block - 1) / block, (height + block - 1) / block);
        if (block == 1)
        {
            pixels.CopyTo(means.Values);
            return means;
        }
        uint[] columns = new uint[width];
        for (int y = 0; y < means.Height; y++)
        {
            int top = y * block, bottom = Math.Min(height, top + block);
            Array.Clear(columns);
            for (int row = top; row < bottom; row++)
                Add(pixels.Slice(row * width, width), columns);
            Span<byte> target = means.Row(y);
            for (int x = 0; x < target.Length; x++)
            {
                int left = x * block, right = Math.Min(width, left + block);
                ulong sum = 0;
                for (int column = left; column < right; column++)
                    sum += columns[column];
                ulong area = (ulong)(right - left) * (ulong)(bottom - top);
                target[x] = (byte)((sum + (area / 2)) / area);
            }
        }
        return means;
    }

    /// <summary>The means of square blocks of a part of a picture.</summary>
    public static Plane BlockMeans(GrayImage picture, PixelBox part, int block) => part.Width == picture.Width
        ? BlockMeans(picture.Pixels.Slice(part.Top * picture.Width, part.Height * picture.Width), part.Width, part.Height, block)
        : BlockMeans(Plane.Crop(picture.Pixels, picture.Width, part).Values, part.Width, part.Height, block);

    /// <summary>The standard deviation of noise that <see cref="Smooth"/> leaves, for one of 1: the root of 1/4 + 1/16 + 1/16, squared.</summary>
    public const double SmoothNoise = 0.375;

    /// <summary>Every pixel twice and its neighbours once, across and down, against noise; at the edge the picture goes on as it ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Plane Smooth(Plane picture)
    {
        Plane result = new(picture.Width, picture.Height);
        int[] columns = new int[picture.Width + 2];
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> above = picture.Row(Math.Max(0, y - 1)), row = picture.Row(y), below = picture.Row(Math.Min(picture.Height - 1, y + 1));
            for (int x = 0; x < row.Length; x++)
                columns[x + 1] = above[x] + (2 * row[x]) + below[x];
            (columns[0], columns[^1]) = (columns[1], columns[^2]);
            Span<byte> target = result.Row(y);
            for (int x = 0; x < target.Length; x++)
                target[x] = (byte)((columns[x] + (2 * columns[x + 1]) + columns[x + 2] + 8) / 16);
        }
        return result;
    }

    /// <summary>Takes out single pixels that stand out of all around them, up or down: salt and pepper, which would pass for the blackest ink.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Plane WithoutDots(Plane picture)
    {
        const int clearly = 32;
        Plane result = picture.Copy();
        for (int y = 1; y < picture.Height - 1; y++)
        {
            ReadOnlySpan<byte> above = picture.Row(y - 1), row = picture.Row(y), below = picture.Row(y + 1);
            Span<byte> target = result.Row(y);
            for (int x = 1; x < row.Length - 1; x++)
            {
                int value = row[x];
                // Most pixels are like the one before them.
                if (Math.Abs(value - row[x - 1]) < clearly)
                    continue;
                int most = Math.Max(Math.Max(row[x - 1], row[x + 1]), Math.Max(Math.Max(above[x - 1], Math.Max(above[x], above[x + 1])), Math.Max(below[x - 1], Math.Max(below[x], below[x + 1]))));
                int least = Math.Min(Math.Min(row[x - 1], row[x + 1]), Math.Min(above[x], below[x]));
                if (value > (2 * most) + clearly)
                    target[x] = (byte)most;
                else if (least > (2 * value) + clearly)
                    target[x] = (byte)least;
            }
        }
        return result;
    }

    /// <summary>Fits a part of a picture into a smaller or larger one. Enlarged pictures are interpolated between pixels first, so that no steps show.</summary>
    public static Plane Fit(Plane picture, PixelBox box, int width, int height)
    {
        // Finer than the result by this much, interpolation cannot be told from the smooth picture.
        const int finer = 3;
        Plane part = Plane.Crop(picture.Values, picture.Width, box);
        if (box.Width < width || box.Height < height)
        {
            int times = Math.Max(((finer * width) + box.Width - 1) / box.Width, ((finer * height) + box.Height - 1) / box.Height);
            part = Interpolate(part, Math.Min(times, 64));
        }
        return AverageRows(AverageRows(part, height).Transpose(), width).Transpose();
    }

    /// <summary>Draws a line of digits as a strip in finer pixels than its own, each interpolated between the picture's; beyond the picture is nothing.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="placement">Where the strip lies in it.</param>
    /// <param name="width">Columns of the strip.</param>
    /// <param name="height">Rows of the strip.</param>
    /// <param name="finer">Pixels of the result for one of the strip, across and down.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Plane Draw(Plane picture, LinePlacement placement, int width, int height, int finer)
    {
        Plane result = new(width * finer, height * finer);
        // Black around it saves asking where the edge is. Places are counted in 65536ths of a pixel.
        Plane framed = new(picture.Width + 2, picture.Height + 2);
        for (int y = 0; y < picture.Height; y++)
            picture.Row(y).CopyTo(framed.Row(y + 1)[1..]);
        const double one = 1 << 16;
        long stepX = (long)Math.Round(placement.Across.X * one / finer), stepY = (long)Math.Round(placement.Across.Y * one / finer);
        for (int row = 0; row < result.Height; row++)
        {
            (double left, double top) = placement.ToPicture(0.5 / finer, ((row + 0.5) / finer) - (height / 2.0));
            long x = (long)Math.Round((left + 0.5) * one), y = (long)Math.Round((top + 0.5) * one);
            foreach (ref byte value in result.Row(row))
            {
                int column = (int)(x >> 16), line = (int)(y >> 16);
                if ((uint)column <= (uint)picture.Width && (uint)line <= (uint)picture.Height)
                {
                    int place = (line * framed.Width) + column, across = (int)(x >> 8) & 255, down = (int)(y >> 8) & 255;
                    int upper = (framed.Values[place] * (256 - across)) + (framed.Values[place + 1] * across);
                    int lower = (framed.Values[place + framed.Width] * (256 - across)) + (framed.Values[place + framed.Width + 1] * across);
                    value = (byte)(((upper * (256 - down)) + (lower * down) + (1 << 15)) >> 16);
                }
                x += stepX;
                y += stepY;
            }
        }
        return result;
    }

    /// <summary>Each row of the result is the mean of the rows that it covers, wholly or in part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane AverageRows(Plane picture, int height)
    {
        Plane result = new(picture.Width, height);
        float[] sums = new float[picture.Width];
        double step = (double)picture.Height / height;
        for (int y = 0; y < height; y++)
        {
            double top = y * step, bottom = Math.Min(picture.Height, (y + 1) * step);
            Array.Clear(sums);
            for (int row = (int)top; row < bottom; row++)
            {
                float share = (float)((Math.Min(row + 1, bottom) - Math.Max(row, top)) / (bottom - top));
                ReadOnlySpan<byte> values = picture.Row(row);
                for (int x = 0; x < values.Length; x++)
                    sums[x] += share * values[x];
            }
            Span<byte> target = result.Row(y);
            for (int x = 0; x < target.Length; x++)
                target[x] = (byte)(sums[x] + 0.5f);
        }
        return result;
    }

    /// <summary>Enlarges by a whole number, linearly between the middles of pixels.</summary>
    private static Plane Interpolate(Plane picture, int times)
    {
        Plane result = new(picture.Width * times, picture.Height * times);
        for (int y = 0; y < result.Height; y++)
        {
            (int above, int below, int down) = Between(y, picture.Height);
            ReadOnlySpan<byte> upper = picture.Row(above), lower = picture.Row(below);
            Span<byte> target = result.Row(y);
            for (int x = 0; x < target.Length; x++)
            {
                (int left, int right, int across) = Between(x, picture.Width);
                int top = (upper[left] * ((2 * times) - across)) + (upper[right] * across);
                int bottom = (lower[left] * ((2 * times) - across)) + (lower[right] * across);
                target[x] = (byte)(((top * ((2 * times) - down)) + (bottom * down) + (2 * times * times)) / (4 * times * times));
            }
        }
        return result;

        // The two pixels around a point and, in halves of a small pixel, how far it is from the first.
        (int First, int Second, int Distance) Between(int small, int count)
        {
            int position = (2 * small) + 1 - times;
            int first = (int)Math.Floor((double)position / (2 * times));
            return (Math.Clamp(first, 0, count - 1), Math.Clamp(first + 1, 0, count - 1), position - (first * 2 * times));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<byte> row, Span<uint> sums)
    {
        int x = 0;
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out Vector<ushort> low, out Vector<ushort> high);
            AddFour(low, sums[x..]);
            AddFour(high, sums[(x + Vector<ushort>.Count)..]);
        }
        for (; x < row.Length; x++)
            sums[x] += row[x];

        static void AddFour(Vector<ushort> values, Span<uint> sums)
        {
            Vector.Widen(values, out Vector<uint> low, out Vector<uint> high);
            (new Vector<uint>(sums) + low).CopyTo(sums);
            (new Vector<uint>(sums[Vector<uint>.Count..]) + high).CopyTo(sums[Vector<uint>.Count..]);
        }
    }
}
