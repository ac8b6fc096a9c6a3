using System.Text;
using LeNet5.Storage;

namespace LeNet5.Imaging;

/// <summary>Reads PBM, PGM and PPM, plain (P1, P2, P3) and binary (P4, P5, P6); writes binary PGM.</summary>
/// <remarks>Values are scaled from the file's maximum to 255. The first picture of a file is read, what follows is left alone.</remarks>
internal static class Netpbm
{
    /// <summary>Reads what follows the magic number P<paramref name="kind"/>.</summary>
    public static GrayImage Read(Stream stream, byte kind, string name)
    {
        bool bitmap = kind is (byte)'1' or (byte)'4', colours = kind is (byte)'3' or (byte)'6';
        int width = ReadNumber(stream, name, "width");
        int height = ReadNumber(stream, name, "height");
        GrayImage.CheckSize(width, height, name);
        int max = bitmap ? 1 : ReadNumber(stream, name, "largest value");
        if (max is < 1 or > 65535)
            throw new InvalidDataException($"{name} announces a largest value of {max}; the format allows 1 to 65535. Save it anew.");

        int sampleCount = width * height * (colours ? 3 : 1);
        byte[] samples = kind switch
        {
            (byte)'1' => ReadPlain(stream, sampleCount, ReadBit),
            (byte)'2' or (byte)'3' => ReadPlain(stream, sampleCount, () => Scale(ReadNumber(stream, name, "pixels"), max, name)),
            (byte)'4' => ReadPacked(stream, width, height, name),
            _ => ReadBinary(stream, sampleCount, max, name),
        };
        return colours ? GrayImage.FromRgb(width, height, samples) : GrayImage.Borrow(width, height, samples);

        // The digits of a plain bitmap need no space between them.
        byte ReadBit() => SkipSpace(stream) switch
        {
            '0' => 255,
            '1' => 0,
            int other => throw Unexpected(other, name, "pixels"),
        };
    }

    public static void Write(GrayImage image, Stream stream)
    {
        stream.Write(Encoding.ASCII.GetBytes($"P5\n{image.Width} {image.Height}\n255\n"));
        stream.Write(image.Pixels);
    }

    private static byte[] ReadPlain(Stream stream, int count, Func<byte> readSample)
    {
        // Grows with what arrives: the announced size may be false.
        var samples = new MemoryStream();
        while (samples.Length < count)
            samples.WriteByte(readSample());
        return samples.ToArray();
    }

    private static byte[] ReadPacked(Stream stream, int width, int height, string name)
    {
        int stride = (width + 7) / 8;
        byte[] bits = ReadBody(stream, (long)stride * height, name);
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bool black = (bits[y * stride + x / 8] << (x % 8) & 0x80) != 0;
                pixels[y * width + x] = (byte)(black ? 0 : 255);
            }
        }

        return pixels;
    }

    private static byte[] ReadBinary(Stream stream, int count, int max, string name)
    {
        if (max < 256)
        {
            byte[] samples = ReadBody(stream, count, name);
            for (int i = 0; i < count && max < 255; i++)
                samples[i] = Scale(samples[i], max, name);
            return samples;
        }

        byte[] pairs = ReadBody(stream, 2L * count, name);
        byte[] scaled = new byte[count];
        for (int i = 0; i < count; i++)
            scaled[i] = Scale(pairs[2 * i] << 8 | pairs[2 * i + 1], max, name);
        return scaled;
    }

    private static byte[] ReadBody(Stream stream, long length, string name)
    {
        byte[] body = stream.ReadUpTo((int)length);
        if (body.Length != length)
            throw new InvalidDataException(
                $"{name} announces {length} bytes of pixels but holds {body.Length}. It was cut short: fetch it again.");
        return body;
    }

    private static byte Scale(int value, int max, string name)
    {
        if (value > max)
            throw new InvalidDataException($"{name} announces {max} as its largest value but holds {value}. Save it anew.");
        return (byte)((value * 255 + max / 2) / max);
    }

    /// <summary>Reads a number and the one byte after it, which ends the header of a binary file.</summary>
    private static int ReadNumber(Stream stream, string name, string where)
    {
        int c = SkipSpace(stream);
        if (!IsDigit(c))
            throw Unexpected(c, name, where);
        int value = 0;
        for (; IsDigit(c); c = ReadByte(stream))
        {
            value = 10 * value + c - '0';
            if (value > GrayImage.MaxPixelCount)
                throw new InvalidDataException(
                    $"{name} has a number above {GrayImage.MaxPixelCount} in its {where}. Scale the picture down first.");
        }

        if (c != -1 && !IsSpace(c))
            throw Unexpected(c, name, where);
        return value;
    }

    private static int SkipSpace(Stream stream)
    {
        int c = ReadByte(stream);
        while (IsSpace(c))
            c = ReadByte(stream);
        return c;
    }

    /// <summary>The next byte, -1 at the end; a comment, from # to the end of its line, counts as that end.</summary>
    private static int ReadByte(Stream stream)
    {
        int c = stream.ReadByte();
        if (c == '#')
        {
            while (c is not ('\n' or '\r' or -1))
                c = stream.ReadByte();
        }

        return c;
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    private static bool IsSpace(int c) => c is ' ' or (>= '\t' and <= '\r');

    private static InvalidDataException Unexpected(int c, string name, string where)
    {
        string found = c == -1 ? "ends" : $"has the byte 0x{c:x2}";
        return new($"{name} {found} in its {where}, where a number is expected. Save it anew as PGM or PNG.");
    }
}
