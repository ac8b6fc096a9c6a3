using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LeNet5.Tests.Imaging;

/// <summary>Makes PNG files of every kind, right and wrong, by the letter of the specification and without the library's code.</summary>
internal sealed class PngMaker(int width, int height, int depth, int colour, bool interlaced = false)
{
    private static readonly int[,] PassOf =
    {
        { 1, 6, 4, 6, 2, 6, 4, 6 }, { 7, 7, 7, 7, 7, 7, 7, 7 }, { 5, 6, 5, 6, 5, 6, 5, 6 }, { 7, 7, 7, 7, 7, 7, 7, 7 },
        { 3, 6, 4, 6, 3, 6, 4, 6 }, { 7, 7, 7, 7, 7, 7, 7, 7 }, { 5, 6, 5, 6, 5, 6, 5, 6 }, { 7, 7, 7, 7, 7, 7, 7, 7 },
    };

    public int SampleCount { get; } = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>The samples of pixel (x, y), each below 2^depth.</summary>
    public Func<int, int, int[]> Samples { get; init; } = (_, _) => new int[4];

    /// <summary>The filter of every row; null: each filter in turn.</summary>
    public byte? Filter { get; init; }

    public byte[] Ihdr
    {
        get
        {
            byte[] body = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(body, width);
            BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(4), height);
            body[8] = (byte)depth;
            body[9] = (byte)colour;
            body[12] = (byte)(interlaced ? 1 : 0);
            return body;
        }
    }

    /// <summary>The rows of all passes, filtered.</summary>
    public byte[] Rows
    {
        get
        {
            var rows = new List<byte>();
            for (int pass = 1; pass <= 7; pass++)
            {
                byte[]? above = null;
                for (int y = 0; y < height; y++)
                {
                    var samples = new List<int>();
                    for (int x = 0; x < width; x++)
                    {
                        if (interlaced ? PassOf[y % 8, x % 8] == pass : pass == 1)
                            samples.AddRange(Samples(x, y)[..SampleCount]);
                    }

                    if (samples.Count == 0)
                        continue;
                    byte[] row = Pack(samples);
                    rows.AddRange(Filtered(Filter ?? (byte)(y % 5), row, above ?? new byte[row.Length]));
                    above = row;
                }
            }

            return [.. rows];
        }
    }

    public byte[] File(params byte[][] chunksBetween) =>
        Join([Chunk("IHDR", Ihdr), .. chunksBetween, Chunk("IDAT", Deflate(Rows)), Chunk("IEND", [])]);

    public override string ToString() => $"colour type {colour} at {depth} bits{(interlaced ? ", interlaced" : "")}";

    public static byte[] Join(params byte[][] chunks) =>
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Chunk(string type, byte[] body)
    {
        byte[] summed = [.. Encoding.ASCII.GetBytes(type), .. body];
        return [.. BigEndian((uint)body.Length), .. summed, .. BigEndian(Crc(summed))];
    }

    public static byte[] Deflate(byte[] content)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(content);
        return packed.ToArray();
    }

    public static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private byte[] Pack(List<int> samples)
    {
        byte[] row = new byte[(samples.Count * depth + 7) / 8];
        for (int i = 0; i < samples.Count; i++)
        {
            for (int bit = 0; bit < depth; bit++)
            {
                int at = i * depth + bit;
                if ((samples[i] & 1 << (depth - 1 - bit)) != 0)
                    row[at / 8] |= (byte)(0x80 >> at % 8);
            }
        }

        return row;
    }

    private byte[] Filtered(byte filter, byte[] row, byte[] above)
    {
        int distance = Math.Max(1, SampleCount * depth / 8);
        byte[] filtered = new byte[1 + row.Length];
        filtered[0] = filter;
        for (int i = 0; i < row.Length; i++)
        {
            int a = i < distance ? 0 : row[i - distance], b = above[i], c = i < distance ? 0 : above[i - distance];
            int predicted = filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) >> 1, _ => NearestTo(a + b - c, a, b, c) };
            filtered[1 + i] = (byte)(row[i] - predicted);
        }

        return filtered;
    }

    private static int NearestTo(int estimate, params int[] candidates) => candidates.MinBy(candidate => Math.Abs(estimate - candidate));

    private static uint Crc(byte[] bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ ((crc & 1) == 1 ? 0xedb88320 : 0);
        }

        return ~crc;
    }
}
