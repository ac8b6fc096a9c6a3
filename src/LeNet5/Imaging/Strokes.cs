namespace LeNet5.Imaging;

/// <summary>The width of strokes.</summary>
internal static class Strokes
{
    /// <summary>Mean width of strokes: twice their area by their outline, which for grey edges is the sum of the steps between neighbours.</summary>
    public static double WidthOf(Plane ink)
    {
        long area = 0, across = 0;
        for (int y = 0; y < ink.Height; y++)
        {
            ReadOnlySpan<byte> row = ink.Row(y);
            long sum = Bytes.Sum(row);
            area += sum;
            across += row[0] + Bytes.Difference(row[..^1], row[1..]) + row[^1];
            across += (y == 0 ? sum : 0) + (y + 1 < ink.Height ? Bytes.Difference(row, ink.Row(y + 1)) : sum);
        }
        // Steps along rows and columns make a slanted outline longer than it is, by 4/pi on the average of all directions.
        return across == 0 ? 0 : 2 * area / (across * Math.PI / 4);
    }

    /// <summary>Moves the outline of strokes outwards by <paramref name="change"/> pixels, or inwards where that is negative.</summary>
    public static Plane Widen(Plane ink, float change) =>
        change > 0 ? Extremes.LargestInDisk(ink, change) : Extremes.SmallestInDisk(ink, -change);
}
