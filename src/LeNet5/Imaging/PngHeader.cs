using System.Buffers.Binary;

namespace LeNet5.Imaging;

/// <summary>What the IHDR chunk announces, section 11.2.1 of the specification.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int Colour, bool Interlaced)
{
    /// <summary>The chunk's length.</summary>
    public const int Length = 13;

    /// <summary>Section 8.1: the first pixel of each of the seven passes, and the steps to its next column and row.</summary>
    private static readonly PngPass[] Adam7 =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    private static readonly PngPass[] Whole = [new(0, 0, 1, 1)];

    public bool IsIndexed => Colour == 3;

    public int SampleCount => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Whole bytes from one pixel to the next, as filters see them.</summary>
    public int PixelLength => Math.Max(1, SampleCount * Depth / 8);

    public PngPass[] Passes => Interlaced ? Adam7 : Whole;

    /// <summary>All rows with their filter bytes.</summary>
    public long InflatedLength
    {
        get
        {
            long length = 0;
            foreach (PngPass pass in Passes)
            {
                int width = pass.Width(this);
                length += width == 0 ? 0 : (1L + RowLength(width)) * pass.Height(this);
            }

            return length;
        }
    }

    public static PngHeader Parse(ReadOnlySpan<byte> ihdr, string name)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(ihdr), height = BinaryPrimitives.ReadUInt32BigEndian(ihdr[4..]);
        int depth = ihdr[8], colour = ihdr[9];
        GrayImage.CheckSize(width, height, name);
        bool known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known || ihdr[10] != 0 || ihdr[11] != 0 || ihdr[12] > 1)
            throw PngChunks.Damaged(
                name,
                $"announces colour type {colour} at {depth} bits, compression {ihdr[10]}, filters {ihdr[11]}, interlacing {ihdr[12]}, "
                + "which the format does not know");
        return new PngHeader((int)width, (int)height, depth, colour, Interlaced: ihdr[12] == 1);
    }

    public int RowLength(int width) => (int)(((long)width * SampleCount * Depth + 7) / 8);
}

/// <summary>The pixels of a picture that are stored together, as a smaller picture of their own.</summary>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    public int Width(PngHeader header) => (header.Width - X + StepX - 1) / StepX;

    public int Height(PngHeader header) => (header.Height - Y + StepY - 1) / StepY;
}
