using System.Buffers.Binary;
using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using LeNet5.Imaging;

namespace LeNet5.Benchmarks;

/// <summary>Reading the digit of a PNG of 8-bit colours, and decoding the PNG alone, against inflating alone, below which no reader can come.</summary>
[MemoryDiagnoser]
public class PictureBenchmarks
{
    private readonly DigitReader reader = new(PretrainedModels.Digits);
    private byte[] file = [];
    private byte[] packed = [];
    private byte[] lines = [];

    [Params("200x200", "4000x3000")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int[] size = [.. Size.Split('x').Select(int.Parse)];
        lines = Photograph(size[0], size[1]);
        packed = Deflate(lines);
        file = PngOf(size[0], size[1], packed);
    }

    [Benchmark(Baseline = true)]
    public void Inflate()
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        zlib.ReadExactly(lines);
    }

    [Benchmark]
    public GrayImage Load() => GrayImage.Load(new MemoryStream(file));

    [Benchmark]
    public DigitReading Read() => reader.Read(GrayImage.Load(new MemoryStream(file)));

    /// <summary>A stroke on paper under a grain that packs as badly as a camera's, by the filters Sub, Up, Average and Paeth in turn.</summary>
    private static byte[] Photograph(int width, int height)
    {
        var random = new Random(1998);
        int length = 3 * width;
        byte[] lines = new byte[(1 + length) * height], above = new byte[length], row = new byte[length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bool inked = Math.Abs(x - width / 2) < width / 25 && Math.Abs(y - height / 2) < height / 3;
                double light = (inked ? 0.3 : 1) * (160 + 50 * Math.Sin(3.0 * x / width) * Math.Cos(2.0 * y / height)) + random.Next(-8, 9);
                for (int channel = 0; channel < 3; channel++)
                    row[3 * x + channel] = (byte)Math.Clamp(light + 10 * channel + random.Next(-3, 4), 0, 255);
            }

            int start = y * (1 + length);
            lines[start] = (byte)(1 + y % 4);
            for (int i = 0; i < length; i++)
            {
                int left = i < 3 ? 0 : row[i - 3], upLeft = i < 3 ? 0 : above[i - 3];
                lines[start + 1 + i] = (byte)(row[i] - Predict(lines[start], left, above[i], upLeft));
            }

            (row, above) = (above, row);
        }

        return lines;
    }

    private static int Predict(byte filter, int left, int up, int upLeft)
    {
        int toLeft = Math.Abs(up - upLeft), toUp = Math.Abs(left - upLeft), toUpLeft = Math.Abs(left + up - 2 * upLeft);
        return filter switch
        {
            1 => left,
            2 => up,
            3 => (left + up) / 2,
            _ => toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft,
        };
    }

    private static byte[] Deflate(byte[] lines)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(lines);
        return packed.ToArray();
    }

    private static byte[] PngOf(int width, int height, byte[] packed)
    {
        byte[] header = new byte[PngHeader.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        var file = new MemoryStream();
        file.Write(PngReader.Signature);
        PngWriter.WriteChunk(file, "IHDR"u8, header);
        foreach (byte[] piece in packed.Chunk(8192))
            PngWriter.WriteChunk(file, "IDAT"u8, piece);
        PngWriter.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }
}
