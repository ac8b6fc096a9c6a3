using System.Buffers.Binary;
using System.Numerics.Tensors;

namespace LeNet5.Imaging;

/// <summary>How the samples of a PNG file become grey: sections 11.2.2 (palette) and 11.3.1.1 (transparency).</summary>
internal sealed class PngColours
{
    private readonly PngHeader header;
    private readonly string name;

    /// <summary>The grey of each value of a sample, for palettes and where a byte holds several samples; otherwise empty.</summary>
    private readonly byte[] levels = [];

    /// <summary>The one colour that is transparent, as a pixel stores it; empty: none is.</summary>
    private readonly byte[] transparent = [];

    /// <summary>Room for a row of one byte a sample, unless that is how it is stored.</summary>
    private readonly byte[] samples = [];

    public PngColours(PngHeader header, byte[]? palette, byte[]? transparency, string name)
    {
        if (header.IsIndexed && (palette is null || palette.Length > 3 << header.Depth))
            throw PngChunks.Damaged(name, $"has indexed colours of {header.Depth} bits and a palette of {(palette?.Length ?? 0) / 3}");
        bool fits = transparency is null || header.Colour switch
        {
            0 => transparency.Length == 2,
            2 => transparency.Length == 6,
            3 => transparency.Length <= palette!.Length / 3,
            _ => false,
        };
        if (!fits)
            throw PngChunks.Damaged(
                name, $"has a tRNS chunk of {transparency!.Length} bytes, which does not fit colour type {header.Colour}");

        this.header = header;
        this.name = name;
        if (header.IsIndexed)
            levels = LevelsOfPalette(palette!, transparency);
        else if (header.Depth < 8)
            levels = LevelsOfDepth(header.Depth, transparency);
        else if (transparency is not null)
            transparent = AsStored(transparency, header.Depth);
        if (header.Depth != 8)
            samples = new byte[header.Width * header.SampleCount];
    }

    /// <summary>Turns a row as stored into one grey a pixel.</summary>
    public void ToGrey(ReadOnlySpan<byte> row, Span<byte> greys)
    {
        ReadOnlySpan<byte> bytes = row;
        if (header.Depth != 8)
        {
            Span<byte> converted = samples.AsSpan(0, greys.Length * header.SampleCount);
            if (header.Depth == 16)
                Round(row, converted);
            else
                Unpack(row, header.Depth, converted);
            bytes = converted;
        }

        switch (header.SampleCount)
        {
            case 1 when levels.Length > 0:
                LookUp(bytes, greys);
                break;
            case 1:
                bytes.CopyTo(greys);
                break;
            case 2:
                Luma.OfGreyAlpha(bytes, greys);
                break;
            case 3:
                Luma.OfRgb(bytes, greys);
                break;
            default:
                Luma.OfRgba(bytes, greys);
                break;
        }

        if (transparent.Length > 0)
        {
            for (int x = 0; x < greys.Length; x++)
            {
                if (row.Slice(x * transparent.Length, transparent.Length).SequenceEqual(transparent))
                    greys[x] = Luma.White;
            }
        }
    }

    private static byte[] LevelsOfPalette(byte[] palette, byte[]? alphas)
    {
        byte[] levels = new byte[palette.Length / 3];
        Luma.OfRgb(palette, levels);
        for (int i = 0; i < alphas?.Length; i++)
            levels[i] = Luma.OverWhite(levels[i], alphas[i]);
        return levels;
    }

    private static byte[] LevelsOfDepth(int depth, byte[]? transparency)
    {
        byte[] levels = new byte[1 << depth];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (byte)(i * 255 / (levels.Length - 1));
        if (transparency is not null && BinaryPrimitives.ReadUInt16BigEndian(transparency) is ushort value && value < levels.Length)
            levels[value] = Luma.White;
        return levels;
    }

    /// <summary>The chunk has two bytes for each sample, at any depth. No sample of eight bits has a value above 255.</summary>
    private static byte[] AsStored(byte[] transparency, int depth)
    {
        if (depth == 16)
            return transparency;
        byte[] low = [.. transparency.Where((_, i) => i % 2 == 1)];
        return transparency.Where((_, i) => i % 2 == 0).All(high => high == 0) ? low : [];
    }

    /// <summary>From 16 bits to 8: v 255 / 65535, rounded.</summary>
    private static void Round(ReadOnlySpan<byte> row, Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]) * 255 + 32895 >> 16);
    }

    private static void Unpack(ReadOnlySpan<byte> row, int depth, Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            int bit = i * depth;
            bytes[i] = (byte)(row[bit / 8] >> (8 - depth - bit % 8) & (1 << depth) - 1);
        }
    }

    private void LookUp(ReadOnlySpan<byte> values, Span<byte> greys)
    {
        int largest = TensorPrimitives.Max(values);
        if (largest >= levels.Length)
            throw PngChunks.Damaged(name, $"has a pixel of colour {largest} in a palette of {levels.Length}");
        for (int x = 0; x < greys.Length; x++)
            greys[x] = levels[values[x]];
    }
}
