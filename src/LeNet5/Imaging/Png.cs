using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LeNet5.Imaging;

/// <summary>Reads PNG of every colour type and depth into 8-bit grey; writes 8-bit grey.</summary>
/// <remarks>
/// Every checksum is verified and the inflated length must be what the header announces.
/// References are to the PNG specification, third edition.
/// </remarks>
internal static class Png
{
    private const int Indexed = 3;

    private static readonly uint[] CrcTable = CreateCrcTable();

    /// <summary>Section 8.1: the first pixel of each of the seven passes, and the steps to its next column and row.</summary>
    private static readonly Pass[] Adam7 =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    private static readonly Pass[] Whole = [new(0, 0, 1, 1)];

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Reads what follows the signature, up to the end of the IEND chunk.</summary>
    public static GrayImage Read(Stream stream, string name)
    {
        byte[] ihdr = new byte[13];
        if (ReadChunkStart(stream, name, out int length) != "IHDR" || length != ihdr.Length)
            throw Damaged(name, "does not start with an IHDR chunk of 13 bytes");
        ReadChunkBody(stream, "IHDR", length, new MemoryStream(ihdr), name);
        Header header = Parse(ihdr, name);

        byte[]? palette = null, transparency = null;
        var deflated = new MemoryStream();
        for (string previous = "IHDR"; ;)
        {
            string type = ReadChunkStart(stream, name, out length);
            switch (type)
            {
                case "PLTE" when palette is null && deflated.Length == 0 && length % 3 == 0 && length is > 0 and <= 768:
                    palette = new byte[length];
                    ReadChunkBody(stream, type, length, new MemoryStream(palette), name);
                    break;
                case "tRNS" when transparency is null && deflated.Length == 0 && length <= 256:
                    transparency = new byte[length];
                    ReadChunkBody(stream, type, length, new MemoryStream(transparency), name);
                    break;
                case "IDAT" when deflated.Length == 0 || previous == "IDAT":
                    // Deflate never needs that much more than what it packs.
                    if (deflated.Length + length > 2 * header.InflatedLength + 65536)
                        throw Damaged(name, $"packs {header.InflatedLength} bytes into more than twice as many");
                    ReadChunkBody(stream, type, length, deflated, name);
                    break;
                case "IEND" when length == 0:
                    ReadChunkBody(stream, type, length, Stream.Null, name);
                    deflated.Position = 0;
                    var sampling = Sampling.Create(header, palette, transparency, name);
                    return GrayImage.Over(header.Width, header.Height, Decode(header, sampling, deflated, name));
                case "IHDR" or "PLTE" or "tRNS" or "IDAT" or "IEND":
                    throw Damaged(name, $"has a {type} chunk of {length} bytes after {previous}, where none of that length may stand");
                default:
                    // Section 5.4: a capital first letter marks what a reader must understand.
                    if (char.IsAsciiLetterUpper(type[0]))
                        throw Damaged(name, $"has a critical chunk {type} of no known meaning");
                    ReadChunkBody(stream, type, length, Stream.Null, name);
                    break;
            }

            previous = type;
        }
    }

    public static void Write(GrayImage image, Stream stream)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;

        var deflated = new MemoryStream();
        using (var zlib = new ZLibStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] line = new byte[1 + image.Width];
            line[0] = 2;   // each byte less the one above: blank paper becomes zeros
            ReadOnlySpan<byte> above = new byte[image.Width];
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.Pixels.Slice(y * image.Width, image.Width);
                for (int x = 0; x < row.Length; x++)
                    line[1 + x] = (byte)(row[x] - above[x]);
                zlib.Write(line);
                above = row;
            }
        }

        stream.Write(Signature);
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, deflated.GetBuffer().AsSpan(0, (int)deflated.Length));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static string ReadChunkStart(Stream stream, string name, out int length)
    {
        Span<byte> start = stackalloc byte[8];
        Fill(stream, start, "the start of a chunk", name);
        uint announced = BinaryPrimitives.ReadUInt32BigEndian(start);
        string type = Encoding.Latin1.GetString(start[4..]);
        if (announced > int.MaxValue || !type.All(char.IsAsciiLetter))
            throw Damaged(name, $"has bytes {Convert.ToHexStringLower(start)} where a chunk should start");
        length = (int)announced;
        return type;
    }

    /// <summary>Copies a chunk's data in small pieces, since its length may be false, and verifies its checksum.</summary>
    private static void ReadChunkBody(Stream stream, string type, int length, Stream destination, string name)
    {
        uint crc = UpdateCrc(uint.MaxValue, [(byte)type[0], (byte)type[1], (byte)type[2], (byte)type[3]]);
        byte[] buffer = new byte[Math.Clamp(length, 4, 4096)];
        while (length > 0)
        {
            Span<byte> piece = buffer.AsSpan(0, Math.Min(length, buffer.Length));
            Fill(stream, piece, type, name);
            crc = UpdateCrc(crc, piece);
            destination.Write(piece);
            length -= piece.Length;
        }

        Fill(stream, buffer.AsSpan(0, 4), type, name);
        if (BinaryPrimitives.ReadUInt32BigEndian(buffer) != ~crc)
            throw Damaged(name, $"has a chunk {type} whose checksum does not match its content");
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~UpdateCrc(UpdateCrc(uint.MaxValue, type), body));
        stream.Write(number);
    }

    private static Header Parse(ReadOnlySpan<byte> ihdr, string name)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(ihdr), height = BinaryPrimitives.ReadUInt32BigEndian(ihdr[4..]);
        int depth = ihdr[8], colour = ihdr[9];
        GrayImage.CheckSize(width, height, name);
        bool known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            Indexed => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known || ihdr[10] != 0 || ihdr[11] != 0 || ihdr[12] > 1)
            throw Damaged(
                name,
                $"announces colour type {colour} at {depth} bits, compression {ihdr[10]}, filters {ihdr[11]}, interlacing {ihdr[12]}, "
                + "which the format does not know");
        return new Header((int)width, (int)height, depth, colour, Interlaced: ihdr[12] == 1);
    }

    private static byte[] Decode(Header header, Sampling sampling, MemoryStream deflated, string name)
    {
        // Deflate shrinks 1032 times at best: a short file cannot ask for much memory.
        if (header.InflatedLength > 1032 * deflated.Length)
            throw Damaged(name, $"announces {header.InflatedLength} bytes, more than its {deflated.Length} packed bytes can hold");

        byte[] pixels = new byte[header.Width * header.Height];
        using var zlib = new ZLibStream(deflated, CompressionMode.Decompress);
        foreach (Pass pass in header.Passes)
        {
            int width = pass.Width(header), height = pass.Height(header);
            if (width == 0 || height == 0)
                continue;
            byte[] line = new byte[1 + header.RowLength(width)], above = new byte[line.Length];
            byte[] greys = new byte[width];
            for (int y = 0; y < height; y++)
            {
                if (Inflate(zlib, line, name) < line.Length)
                    throw Damaged(name, "packs fewer pixels than its header announces");
                Unfilter(line[0], line.AsSpan(1), above.AsSpan(1), header.PixelLength, name);
                sampling.ToGrey(line.AsSpan(1), greys, name);
                int to = (pass.Y + y * pass.StepY) * header.Width + pass.X;
                for (int x = 0; x < width; x++)
                    pixels[to + x * pass.StepX] = greys[x];
                (line, above) = (above, line);
            }
        }

        // One byte beyond also makes the stream verify its checksum.
        if (Inflate(zlib, new byte[1], name) != 0)
            throw Damaged(name, "packs more pixels than its header announces");
        return pixels;
    }

    private static int Inflate(ZLibStream zlib, Span<byte> destination, string name)
    {
        try
        {
            return zlib.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // An IOException too is a fault of the data, since they come from memory: a preset dictionary causes it.
            throw new InvalidDataException($"{name} is a damaged PNG: its pixels do not inflate. Save it anew.", e);
        }
    }

    /// <summary>Section 9: undoes a row's filter, in place. A pixel's left neighbour is <paramref name="distance"/> bytes back.</summary>
    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance, string name)
    {
        if (filter > 4)
            throw Damaged(name, $"has a row with the unknown filter {filter}");
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < distance ? 0 : row[i - distance], up = above[i];
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Paeth(left, up, i < distance ? 0 : above[i - distance]),
            });
        }
    }

    private static int Paeth(int left, int up, int upLeft)
    {
        int fromLeft = Math.Abs(up - upLeft), fromUp = Math.Abs(left - upLeft), fromUpLeft = Math.Abs(left + up - 2 * upLeft);
        return fromLeft <= fromUp && fromLeft <= fromUpLeft ? left : fromUp <= fromUpLeft ? up : upLeft;
    }

    private static void Fill(Stream stream, Span<byte> destination, string where, string name)
    {
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw new InvalidDataException($"{name} ends within {where}. It was cut short: fetch it again.");
    }

    private static uint UpdateCrc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            crc = CrcTable[(byte)(crc ^ b)] ^ crc >> 8;
        return crc;
    }

    /// <summary>Annex D.</summary>
    private static uint[] CreateCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? 0xedb88320 ^ c >> 1 : c >> 1;
            table[n] = c;
        }

        return table;
    }

    private static InvalidDataException Damaged(string name, string fault) => new($"{name} is a damaged PNG: it {fault}. Save it anew.");

    private readonly record struct Header(int Width, int Height, int Depth, int Colour, bool Interlaced)
    {
        public bool HasColour => (Colour & 2) != 0 && Colour != Indexed;

        public bool HasAlpha => (Colour & 4) != 0;

        public int SampleCount => (HasColour ? 3 : 1) + (HasAlpha ? 1 : 0);

        /// <summary>Whole bytes from one pixel to the next, as filters see them.</summary>
        public int PixelLength => Math.Max(1, SampleCount * Depth / 8);

        public Pass[] Passes => Interlaced ? Adam7 : Whole;

        /// <summary>All rows with their filter bytes.</summary>
        public long InflatedLength
        {
            get
            {
                long length = 0;
                foreach (Pass pass in Passes)
                {
                    int width = pass.Width(this);
                    length += width == 0 ? 0 : (1L + RowLength(width)) * pass.Height(this);
                }

                return length;
            }
        }

        public int RowLength(int width) => (int)(((long)width * SampleCount * Depth + 7) / 8);
    }

    private readonly record struct Pass(int X, int Y, int StepX, int StepY)
    {
        public int Width(Header header) => (header.Width - X + StepX - 1) / StepX;

        public int Height(Header header) => (header.Height - Y + StepY - 1) / StepY;
    }

    /// <summary>How samples become grey.</summary>
    private sealed class Sampling
    {
        private readonly Header header;

        /// <summary>The grey of each value of a sample of at most 8 bits that stands for a whole pixel; otherwise empty.</summary>
        private readonly byte[] levels = [];

        /// <summary>The one colour that is transparent, by its samples as stored; empty: none is.</summary>
        private readonly int[] transparent = [];

        private Sampling(Header header, byte[]? palette, byte[]? transparency)
        {
            this.header = header;
            if (header.Colour == Indexed)
            {
                levels = new byte[palette!.Length / 3];
                for (int i = 0; i < levels.Length; i++)
                {
                    int alpha = i < transparency?.Length ? transparency[i] : 255;
                    levels[i] = OverWhite(Luma(palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]), alpha);
                }

                return;
            }

            if (transparency is not null)
            {
                transparent = new int[transparency.Length / 2];
                for (int i = 0; i < transparent.Length; i++)
                    transparent[i] = BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(2 * i));
            }

            if (header.Colour == 0 && header.Depth <= 8)
            {
                levels = new byte[1 << header.Depth];
                for (int i = 0; i < levels.Length; i++)
                    levels[i] = transparent is [int key] && key == i ? (byte)255 : (byte)(i * 255 / (levels.Length - 1));
            }
        }

        public static Sampling Create(Header header, byte[]? palette, byte[]? transparency, string name)
        {
            if (header.Colour == Indexed && (palette is null || palette.Length > 3 << header.Depth))
                throw Damaged(name, $"has indexed colours of {header.Depth} bits and a palette of {(palette?.Length ?? 0) / 3}");
            bool fits = transparency is null || header.Colour switch
            {
                0 => transparency.Length == 2,
                2 => transparency.Length == 6,
                Indexed => transparency.Length <= palette!.Length / 3,
                _ => false,
            };
            return fits
                ? new Sampling(header, palette, transparency)
                : throw Damaged(name, $"has a tRNS chunk of {transparency!.Length} bytes, which does not fit colour type {header.Colour}");
        }

        public void ToGrey(ReadOnlySpan<byte> row, Span<byte> greys, string name)
        {
            int depth = header.Depth;
            for (int x = 0; x < greys.Length; x++)
            {
                if (levels.Length == 0)
                {
                    greys[x] = ToGrey(row, x * header.SampleCount);
                    continue;
                }

                int bit = x * depth;
                int value = row[bit / 8] >> (8 - depth - bit % 8) & (1 << depth) - 1;
                if (value >= levels.Length)
                    throw Damaged(name, $"has a pixel of colour {value} in a palette of {levels.Length}");
                greys[x] = levels[value];
            }
        }

        private byte ToGrey(ReadOnlySpan<byte> row, int first)
        {
            int red = Sample(row, first);
            int green = header.HasColour ? Sample(row, first + 1) : red;
            int blue = header.HasColour ? Sample(row, first + 2) : red;
            int alpha = header.HasAlpha ? ToByte(Sample(row, first + header.SampleCount - 1))
                : transparent is [int key] && key == red || transparent is [int r, int g, int b] && (r, g, b) == (red, green, blue) ? 0
                : 255;
            return OverWhite(Luma(ToByte(red), ToByte(green), ToByte(blue)), alpha);
        }

        private int Sample(ReadOnlySpan<byte> row, int index) =>
            header.Depth == 16 ? BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]) : row[index];

        private int ToByte(int sample) => header.Depth == 16 ? (sample * 255 + 32767) / 65535 : sample;

        private static int Luma(int red, int green, int blue) => (299 * red + 587 * green + 114 * blue + 500) / 1000;

        private static byte OverWhite(int grey, int alpha) => (byte)((grey * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}
