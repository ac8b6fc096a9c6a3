using System.Numerics.Tensors;

namespace LeNet5.Imaging;

/// <summary>The largest or smallest value around each pixel (morphological dilation and erosion); beyond the edge there is nothing.</summary>
internal static class Extremes
{
    /// <summary>The largest value in a square of side 2 <paramref name="radius"/> + 1 around each pixel.</summary>
    public static Plane Largest(Plane picture, int radius)
    {
        Plane result = new((byte[])picture.Values.Clone(), picture.Width, picture.Height);
        byte[] before = new byte[picture.Values.Length];
        for (int y = 0; y < result.Height; y++)
            Widen(result.Row(y), radius, before);
        // A step along a column is a step of a whole row along the picture.
        Widen(result.Values, radius, before, picture.Width);
        return result;
    }

    /// <summary>The smallest value in a square.</summary>
    public static Plane Smallest(Plane picture, int radius) =>
        Largest(picture.Inverse(), radius).Inverse();

    /// <summary>The largest value in a disk: its rows are widened by as much as the disk is wide there.</summary>
    public static Plane LargestInDisk(Plane picture, float radius)
    {
        Plane result = new((byte[])picture.Values.Clone(), picture.Width, picture.Height);
        int reach = (int)radius;
        byte[] line = new byte[picture.Width], before = new byte[picture.Width];
        for (int dy = -reach; dy <= reach; dy++)
        {
            int halfWidth = (int)MathF.Sqrt((radius * radius) - (dy * dy));
            for (int y = Math.Max(0, -dy); y < Math.Min(picture.Height, picture.Height - dy); y++)
            {
                picture.Row(y + dy).CopyTo(line);
                Widen(line, halfWidth, before);
                TensorPrimitives.Max<byte>(result.Row(y), line, result.Row(y));
            }
        }
        return result;
    }

    /// <summary>The smallest value in a disk.</summary>
    public static Plane SmallestInDisk(Plane picture, float radius) =>
        LargestInDisk(picture.Inverse(), radius).Inverse();

    /// <summary>The largest value of the places up to <paramref name="radius"/> away, in a line, or where places are a row apart, in all columns.</summary>
    private static void Widen(Span<byte> line, int radius, Span<byte> before, int distance = 1)
    {
        radius = Math.Min(radius, (line.Length / distance) - 1);
        for (int done = 0; done < radius;)
        {
            // Three windows side by side make one of three times the width.
            int step = Math.Min((2 * done) + 1, radius - done), shift = step * distance;
            line.CopyTo(before);
            TensorPrimitives.Max<byte>(line[shift..], before[..(line.Length - shift)], line[shift..]);
            TensorPrimitives.Max<byte>(line[..^shift], before[shift..line.Length], line[..^shift]);
            done += step;
        }
    }
}
