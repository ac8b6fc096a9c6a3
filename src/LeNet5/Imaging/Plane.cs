using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Imaging;

/// <summary>A working picture of 8 bits that may be written to, row by row without padding.</summary>
internal readonly record struct Plane(byte[] Values, int Width, int Height)
{
    public Plane(int width, int height)
        : this(new byte[width * height], width, height)
    {
    }

    public int Side => Math.Max(Width, Height);

    public Span<byte> Row(int y) => Values.AsSpan(y * Width, Width);

    /// <summary>Copies a part of a picture.</summary>
    public static Plane Crop(ReadOnlySpan<byte> pixels, int width, PixelBox box)
    {
        Plane part = new(box.Width, box.Height);
        for (int y = 0; y < box.Height; y++)
            pixels.Slice(((box.Top + y) * width) + box.Left, box.Width).CopyTo(part.Row(y));
        return part;
    }

    /// <summary>The picture as it is now.</summary>
    public GrayImage ToImage() => new(Width, Height, Values);

    public Plane Copy() => new((byte[])Values.Clone(), Width, Height);

    /// <summary>White for black and black for white.</summary>
    public Plane Inverse()
    {
        Plane result = new(Width, Height);
        Bytes.Complement(Values, result.Values);
        return result;
    }

    /// <summary>Rows become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Plane Transpose()
    {
        Plane result = new(Height, Width);
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<byte> row = Row(y);
            for (int x = 0; x < row.Length; x++)
                result.Values[(x * Height) + y] = row[x];
        }
        return result;
    }

    /// <summary>The smallest box around what is at least so bright; <see langword="null"/> where nothing is.</summary>
    public PixelBox? TightBox(int least) => TightBox(Values, Width, new PixelBox(0, 0, Width, Height), least);

    /// <summary>The smallest box in a part of a picture around what is at least so bright; <see langword="null"/> where nothing is.</summary>
    public static PixelBox? TightBox(ReadOnlySpan<byte> pixels, int width, PixelBox part, int least)
    {
        (int left, int right, int top, int bottom) = (part.Width, 0, part.Bottom, 0);
        for (int y = part.Top; y < part.Bottom; y++)
        {
            ReadOnlySpan<byte> row = pixels.Slice((y * width) + part.Left, part.Width);
            int first = row.IndexOfAnyInRange((byte)least, byte.MaxValue);
            if (first < 0)
                continue;
            left = Math.Min(left, first);
            right = Math.Max(right, row.LastIndexOfAnyInRange((byte)least, byte.MaxValue) + 1);
            top = Math.Min(top, y);
            bottom = y + 1;
        }
        return right == 0 ? null : new PixelBox(part.Left + left, top, right - left, bottom - top);
    }

    /// <summary>How often each value occurs, in all rows or some.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] Histogram(int everyRow = 1)
    {
        // Four counters in turn: the same value many times over would wait for itself.
        Span<int> counts = stackalloc int[4 * 256];
        for (int y = 0; y < Height; y += everyRow)
        {
            ReadOnlySpan<byte> row = Row(y);
            byte grey = row[0];
            int x = 0;
            for (; x <= row.Length - Vector512<byte>.Count; x += Vector512<byte>.Count)
            {
                // All of the paper's grey, as most of it is in a clean picture, count at once.
                ulong others = ~Vector512.Equals(Vector512.Create(row[x..]), Vector512.Create(grey)).ExtractMostSignificantBits();
                counts[grey] += Vector512<byte>.Count - BitOperations.PopCount(others);
                for (; others != 0; others &= others - 1)
                {
                    int other = BitOperations.TrailingZeroCount(others);
                    counts[(other % 4 * 256) + row[x + other]]++;
                }
            }
            for (; x < row.Length; x++)
                counts[(x % 4 * 256) + row[x]]++;
        }
        for (int value = 0; value < 256; value++)
            counts[value] += counts[256 + value] + counts[512 + value] + counts[768 + value];
        return counts[..256].ToArray();
    }
}
