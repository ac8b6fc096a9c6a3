using LeNet5.Imaging;
using LeNet5.Storage;

namespace LeNet5;

/// <summary>An 8-bit grey picture: 0 is black, 255 is white, as picture files store it.</summary>
/// <remarks>
/// Reads PNG (every colour type and depth, interlaced or not) and PGM and PBM, plain and binary; writes PNG and PGM.
/// Colours become grey by the luma of Rec. 601, (299 R + 587 G + 114 B) / 1000; what is transparent is laid over white.
/// Values are taken as stored: gamma, colour profiles and orientation tags are ignored. Immutable and therefore thread-safe.
/// </remarks>
public sealed class GrayImage
{
    /// <summary>The largest picture that is read from a file: 100 megapixels.</summary>
    public const int MaxPixelCount = 100_000_000;

    private readonly byte[] pixels;

    /// <summary>Copies pixels that something else has decoded.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Row by row.</param>
    /// <param name="stride">Distance from one row's start to the next one's, where rows are padded; null: <paramref name="width"/>.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the picture, or without a stride are too many.</exception>
    public GrayImage(int width, int height, ReadOnlySpan<byte> pixels, int? stride = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        int step = stride ?? width;
        ArgumentOutOfRangeException.ThrowIfLessThan(step, width, nameof(stride));
        long needed = ((long)height - 1) * step + width;
        if (pixels.Length < needed || (stride is null && pixels.Length != needed))
            throw new ArgumentException(
                $"A picture {width} wide and {height} high with a stride of {step} needs {needed} pixels but is given {pixels.Length}. "
                + "Give the size they were decoded to.",
                nameof(pixels));

        Width = width;
        Height = height;
        this.pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
            pixels.Slice(y * step, width).CopyTo(this.pixels.AsSpan(y * width));
    }

    /// <summary>Keeps an array that nobody else has.</summary>
    private GrayImage(int width, int height, byte[] pixels)
    {
        Width = width;
        Height = height;
        this.pixels = pixels;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The pixels, row by row, without padding.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>Reads a PNG, PGM or PBM file, told by its content and not by its name.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, too large or in another format.</exception>
    public static GrayImage Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Load(file, Path.GetFileName(path));
    }

    /// <summary>Reads a PNG, PGM or PBM picture from a stream's position on and leaves the stream open, at no certain position.</summary>
    /// <exception cref="InvalidDataException">The picture is damaged, too large or in another format.</exception>
    public static GrayImage Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Load(stream, "The stream");
    }

    /// <summary>Writes a .png or .pgm file, as <paramref name="path"/> ends.</summary>
    /// <remarks>The file is written under another name and then moved into place: a failure leaves what was there before.</remarks>
    /// <exception cref="ArgumentException">The path ends otherwise.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.Write(path, Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => SavePng,
            ".pgm" => stream => Netpbm.Write(this, stream),
            string other => throw new ArgumentException(
                $"A picture is saved as .png or .pgm, not as '{other}'. End the path in one of them.", nameof(path)),
        });
    }

    /// <summary>Writes the picture as PNG and leaves the stream open.</summary>
    public void SavePng(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Png.Write(this, stream);
    }

    /// <summary>A picture over an array that the caller gives away.</summary>
    internal static GrayImage Over(int width, int height, byte[] pixels) => new(width, height, pixels);

    /// <summary>Refuses a size before memory is taken for it.</summary>
    internal static void CheckSize(long width, long height, string name)
    {
        if (width < 1 || height < 1 || width > MaxPixelCount / height)
            throw new InvalidDataException(
                $"{name} announces a picture {width} wide and {height} high; 1 to {MaxPixelCount} pixels are read. Scale it down first.");
    }

    private static GrayImage Load(Stream stream, string name)
    {
        // Buffered, since headers are read byte by byte.
        var buffered = new BufferedStream(stream);
        Span<byte> start = stackalloc byte[12];
        int length = buffered.ReadAtLeast(start[..2], 2, throwOnEndOfStream: false);
        if (start is [(byte)'P', (byte)'1' or (byte)'2' or (byte)'4' or (byte)'5', ..])
            return Netpbm.Read(buffered, start[1], name);

        length += buffered.ReadAtLeast(start[2..8], 6, throwOnEndOfStream: false);
        if (start.StartsWith(Png.Signature))
            return Png.Read(buffered, name);

        length += buffered.ReadAtLeast(start[8..], 4, throwOnEndOfStream: false);
        string format = FormatOf(start[..length]) is string other ? $"a {other} picture" : "no picture of a known format";
        throw new InvalidDataException(
            $"{name} is {format}; PNG, PGM and PBM are read. Convert it to PNG, "
            + "or decode it with another library and give the pixels to the constructor of GrayImage.");
    }

    private static string? FormatOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xff, 0xd8, 0xff, ..] => "JPEG",
        _ when start.StartsWith("GIF8"u8) => "GIF",
        _ when start.StartsWith("BM"u8) => "BMP",
        _ when start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) => "TIFF",
        _ when start.StartsWith("RIFF"u8) && start.EndsWith("WEBP"u8) => "WebP",
        [(byte)'P', (byte)'3' or (byte)'6' or (byte)'7', ..] => "PPM or PAM",
        _ => null,
    };
}
