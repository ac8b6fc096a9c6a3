namespace LeNet5.Imaging;

/// <summary>Reads PNG of every colour type and depth into 8-bit grey.</summary>
/// <remarks>
/// Every checksum is verified and the inflated length must be what the header announces.
/// References are to the PNG specification, third edition.
/// </remarks>
internal static class PngReader
{
    /// <summary>Many short rows are inflated by one call, up to about as many bytes.</summary>
    private const int InflatedAtOnce = 1 << 16;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Reads what follows the signature, up to the end of the IEND chunk.</summary>
    public static GrayImage Read(Stream stream, string name)
    {
        var chunks = new PngChunks(stream, name);
        chunks.MoveNext();
        if (chunks.Type != "IHDR" || chunks.Length != PngHeader.Length)
            throw PngChunks.Damaged(name, $"does not start with an IHDR chunk of {PngHeader.Length} bytes");
        PngHeader header = PngHeader.Parse(chunks.ReadAll(), name);

        byte[]? palette = null, transparency = null, pixels = null;
        for (chunks.MoveNext(); ;)
        {
            switch (chunks.Type)
            {
                case "PLTE" when palette is null && pixels is null && chunks.Length % 3 == 0 && chunks.Length is > 0 and <= 768:
                    palette = chunks.ReadAll();
                    break;
                case "tRNS" when transparency is null && pixels is null && chunks.Length <= 256:
                    transparency = chunks.ReadAll();
                    break;
                case "IDAT" when pixels is null:
                    pixels = Decode(chunks, header, palette, transparency, name);
                    continue;   // decoding went on to the chunk after the last IDAT
                case "IEND" when pixels is null:
                    throw PngChunks.Damaged(name, "ends without an IDAT chunk, which would hold its pixels");
                case "IEND" when chunks.Length == 0:
                    return GrayImage.Borrow(header.Width, header.Height, pixels);
                case "IHDR" or "PLTE" or "tRNS" or "IDAT" or "IEND":
                    throw PngChunks.Damaged(
                        name,
                        $"has a {chunks.Type} chunk of {chunks.Length} bytes after {chunks.Previous}, where none of that length may stand");
                default:
                    // Section 5.4: a capital first letter marks what a reader must understand.
                    if (char.IsAsciiLetterUpper(chunks.Type[0]))
                        throw PngChunks.Damaged(name, $"has a critical chunk {chunks.Type} of no known meaning");
                    break;
            }

            chunks.MoveNext();
        }
    }

    private static byte[] Decode(PngChunks chunks, PngHeader header, byte[]? palette, byte[]? transparency, string name)
    {
        // First of all, since it refuses a false header, by which everything else takes memory.
        using var inflater = new PngInflater(chunks, header.InflatedLength, name);
        var colours = new PngColours(header, palette, transparency, name);
        byte[] pixels = new byte[header.Width * header.Height];
        foreach (PngPass pass in header.Passes)
        {
            if (pass.Width(header) > 0 && pass.Height(header) > 0)
                DecodePass(pass, inflater, header, colours, pixels, name);
        }

        inflater.Finish();
        return pixels;
    }

    private static void DecodePass(
        PngPass pass, PngInflater inflater, PngHeader header, PngColours colours, Span<byte> pixels, string name)
    {
        int width = pass.Width(header), height = pass.Height(header), length = header.RowLength(width), line = 1 + length;
        int linesAtOnce = Math.Clamp(InflatedAtOnce / line, 1, height);
        byte[] lines = new byte[linesAtOnce * line + PngFilter.Padding];
        byte[] row = new byte[length + PngFilter.Padding], above = new byte[row.Length], greys = new byte[width];
        for (int y = 0; y < height; y++)
        {
            int at = y % linesAtOnce * line;
            if (at == 0)
                inflater.Read(lines.AsSpan(0, Math.Min(linesAtOnce, height - y) * line));
            if (!PngFilter.IsKnown(lines[at]))
                throw PngChunks.Damaged(name, $"has a row with the unknown filter {lines[at]}");
            PngFilter.Undo(lines[at], lines.AsSpan(at + 1, row.Length), above, row, header.PixelLength);
            colours.ToGrey(row.AsSpan(0, length), greys);

            Span<byte> to = pixels[((pass.Y + y * pass.StepY) * header.Width + pass.X)..];
            if (pass.StepX == 1)
                greys.CopyTo(to);
            else
            {
                for (int x = 0; x < width; x++)
                    to[x * pass.StepX] = greys[x];
            }

            (row, above) = (above, row);
        }
    }
}
