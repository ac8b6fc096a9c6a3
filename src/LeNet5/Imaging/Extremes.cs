namespace LeNet5.Imaging;

/// <summary>The largest or smallest value around each pixel (morphological dilation and erosion); beyond the edge there is nothing.</summary>
internal static class Extremes
{
    /// <summary>The largest value in a square of side 2 <paramref name="radius"/> + 1 around each pixel.</summary>
    public static Plane Largest(Plane picture, int radius)
    {
        // As one long line: black between the rows keeps them apart.
        int gap = Math.Min(radius, picture.Width), pitch = picture.Width + gap;
        byte[] line = new byte[pitch * picture.Height], before = new byte[line.Length];
        for (int y = 0; y < picture.Height; y++)
            picture.Row(y).CopyTo(line.AsSpan(y * pitch));
        Widen(line, gap, before);
        Widen(line, Math.Min(radius, picture.Height - 1), before, pitch);
        Plane result = new(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
            line.AsSpan(y * pitch, picture.Width).CopyTo(result.Row(y));
        return result;
    }

    /// <summary>The smallest value in a square.</summary>
    public static Plane Smallest(Plane picture, int radius) =>
        Largest(picture.Inverse(), radius).Inverse();

    /// <summary>The largest value in a disk: its rows are widened by as much as the disk is wide there.</summary>
    public static Plane LargestInDisk(Plane picture, float radius)
    {
        Plane result = picture.Copy();
        int reach = (int)radius;
        byte[] line = new byte[picture.Width], before = new byte[picture.Width];
        for (int dy = -reach; dy <= reach; dy++)
        {
            int halfWidth = Math.Min((int)MathF.Sqrt((radius * radius) - (dy * dy)), line.Length - 1);
            for (int y = Math.Max(0, -dy); y < Math.Min(picture.Height, picture.Height - dy); y++)
            {
                picture.Row(y + dy).CopyTo(line);
                Widen(line, halfWidth, before);
                Bytes.TakeLarger(result.Row(y), line);
            }
        }
        return result;
    }

    /// <summary>The smallest value in a disk.</summary>
    public static Plane SmallestInDisk(Plane picture, float radius) =>
        LargestInDisk(picture.Inverse(), radius).Inverse();

    /// <summary>The largest value of the places up to <paramref name="radius"/> away, in a line, or where places are a row apart, in all columns.</summary>
    /// <param name="line">Overwritten.</param>
    /// <param name="radius">How far.</param>
    /// <param name="before">Scratch, as long as the line.</param>
    /// <param name="distance">From one place to the next.</param>
    private static void Widen(Span<byte> line, int radius, Span<byte> before, int distance = 1)
    {
        before = before[..line.Length];
        for (int done = 0; done < radius;)
        {
            // Windows to the left and right make one of twice the width. Farther ones would begin beyond the edge, and what is before their middle be missed.
            int step = Math.Min(done + 1, radius - done), shift = step * distance;
            line.CopyTo(before);
            Bytes.TakeLarger(line[shift..], before[..^shift]);
            Bytes.TakeLarger(line[..^shift], before[shift..]);
            done += step;
        }
    }
}
