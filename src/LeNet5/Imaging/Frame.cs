namespace LeNet5.Imaging;

/// <summary>Finds what lies around the paper: a dark table beside it, a black or white frame.</summary>
internal static class Frame
{
    /// <summary>A smaller picture has no room for a frame.</summary>
    private const int SmallestSide = 40;

    /// <summary>A row belongs to a frame where so much of it looks like one.</summary>
    private const double FrameShare = 0.8;

    /// <summary>And the first row inside is free of it to so much: strokes that lie along the edge, as the bar of a 7, go on inwards.</summary>
    private const double FreeShare = 0.95;

    /// <summary>So much of the middle of a framed picture is paper.</summary>
    private const double PaperShare = 0.6;

    /// <summary>On each side, so much of the picture at most.</summary>
    private const double WidestSide = 0.3;

    /// <summary>Shadows leave more than this share of the light.</summary>
    private const double DarkestShadow = 0.5;

    /// <summary>Looked for in a picture of about this size.</summary>
    private const int CoarseSide = 64;

    /// <summary>The part of a picture inside its frame; <see langword="null"/> where there is no frame.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="measure">The side that is looked at in the coarse size; <see langword="null"/>: the longer one.</param>
    public static PixelBox? Inside(Plane picture, int? measure = null)
    {
        int block = ((measure ?? picture.Side) + CoarseSide - 1) / CoarseSide;
        PixelBox inside = InsideCoarse(Resampling.BlockMeans(picture.Values, picture.Width, picture.Height, block));
        (int right, int bottom) = (Math.Min(picture.Width, inside.Right * block), Math.Min(picture.Height, inside.Bottom * block));
        PixelBox part = new(inside.Left * block, inside.Top * block, right - (inside.Left * block), bottom - (inside.Top * block));
        return part == new PixelBox(0, 0, picture.Width, picture.Height) ? null : part;
    }

    private static PixelBox InsideCoarse(Plane picture)
    {
        PixelBox whole = new(0, 0, picture.Width, picture.Height);
        (int threshold, double dark, double light) = Split(picture.Histogram());
        if (Math.Min(picture.Width, picture.Height) < SmallestSide || dark > DarkestShadow * light)
            return whole;

        (int lights, int all) = (0, 0);
        for (int y = picture.Height / 4; y < picture.Height - (picture.Height / 4); y++)
        {
            ReadOnlySpan<byte> row = picture.Row(y)[(picture.Width / 4)..(picture.Width - (picture.Width / 4))];
            foreach (byte value in row)
                lights += value > threshold ? 1 : 0;
            all += row.Length;
        }
        // The middle of paper is mostly paper. Else a bold digit might pass for paper, and its paper for a frame.
        if (Math.Max(lights, all - lights) < PaperShare * all)
            return whole;
        bool lightInside = 2 * lights > all;
        Plane frame = new(picture.Width, picture.Height);
        for (int i = 0; i < frame.Values.Length; i++)
            frame.Values[i] = picture.Values[i] > threshold != lightInside ? (byte)1 : (byte)0;
        Plane turned = frame.Transpose();
        (bool left, bool right) = (IsFrame(turned.Row(0)), IsFrame(turned.Row(turned.Height - 1)));
        (bool top, bool bottom) = (IsFrame(frame.Row(0)), IsFrame(frame.Row(frame.Height - 1)));
        int firstRow = top ? Peel(frame, 0, 1, left, right) : 0, lastRow = bottom ? Peel(frame, frame.Height - 1, -1, left, right) : frame.Height - 1;
        int firstColumn = left ? Peel(turned, 0, 1, top, bottom) : 0, lastColumn = right ? Peel(turned, turned.Height - 1, -1, top, bottom) : turned.Height - 1;
        PixelBox inside = new(firstColumn, firstRow, lastColumn + 1 - firstColumn, lastRow + 1 - firstRow);

        // Paper reaches to the frame on all sides; a bold digit that fills the picture leaves gaps.
        bool isPaper = IsPaper(frame.Row(firstRow)[inside.Left..inside.Right]) && IsPaper(frame.Row(lastRow)[inside.Left..inside.Right])
            && IsPaper(turned.Row(firstColumn)[inside.Top..inside.Bottom]) && IsPaper(turned.Row(lastColumn)[inside.Top..inside.Bottom]);
        return isPaper ? inside : whole;
    }

    private static bool IsPaper(ReadOnlySpan<byte> row) => row.Count((byte)0) >= FrameShare * row.Length;

    private static bool IsFrame(ReadOnlySpan<byte> row) => row.Count((byte)1) >= FrameShare * row.Length;

    /// <summary>The first row inside, from an edge inwards; the edge itself where the frame does not end soon, or strokes go on from it.</summary>
    /// <param name="frame">1 for what looks like frame.</param>
    /// <param name="edge">The row to begin with.</param>
    /// <param name="step">1 for downwards, -1 for upwards.</param>
    /// <param name="left">Whether rows begin with a frame, too.</param>
    /// <param name="right">Whether they end with one.</param>
    private static int Peel(Plane frame, int edge, int step, bool left, bool right)
    {
        for (int i = 1; i <= WidestSide * frame.Height; i++)
        {
            ReadOnlySpan<byte> row = frame.Row(edge + (step * i));
            if (IsFrame(row))
                continue;
            int start = left ? row.IndexOf((byte)0) : 0, end = right ? row.LastIndexOf((byte)0) + 1 : row.Length;
            if (row[start..end].Count((byte)1) <= (1 - FreeShare) * (end - start))
                return edge + (step * i);
            // Where the frame is slanted, rows are partly frame for a while.
        }
        return edge;
    }

    /// <summary>The threshold that splits values best into two classes (Otsu), and their means.</summary>
    private static (int Threshold, double Dark, double Light) Split(int[] counts)
    {
        long total = 0, sum = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            total += counts[value];
            sum += (long)counts[value] * value;
        }
        (double best, int threshold, double dark, double light) = (-1, 0, 0, 0);
        long below = 0, sumBelow = 0;
        for (int value = 0; value < counts.Length - 1; value++)
        {
            below += counts[value];
            sumBelow += (long)counts[value] * value;
            if (below == 0 || below == total)
                continue;
            double darkMean = (double)sumBelow / below, lightMean = (double)(sum - sumBelow) / (total - below);
            double spread = (double)below * (total - below) * (lightMean - darkMean) * (lightMean - darkMean);
            if (spread > best)
                (best, threshold, dark, light) = (spread, value, darkMean, lightMean);
        }
        return (threshold, dark, best < 0 ? 0 : light);
    }
}
