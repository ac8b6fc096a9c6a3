using LeNet5.Imaging;
using LeNet5.Storage;

namespace LeNet5;

/// <summary>An 8-bit grey picture: 0 is black, 255 is white, as picture files store it.</summary>
/// <remarks>
/// Reads PNG (every colour type and depth, interlaced or not) and PBM, PGM and PPM, plain and binary; writes PNG and PGM.
/// Colours become grey by the luma of Rec. 601, (299 R + 587 G + 114 B) / 1000; what is transparent is laid over white.
/// Values are taken as stored: gamma, colour profiles and orientation tags are ignored.
/// Immutable and therefore thread-safe, unless it was borrowed and its owner writes to it.
/// </remarks>
public sealed class GrayImage
{
    /// <summary>The largest picture that is read from a file: 100 megapixels.</summary>
    public const int MaxPixelCount = 100_000_000;

    /// <summary>As wide and high a picture may be: so that one row takes little memory, however its file packs it.</summary>
    private const int MaxSide = 65535;

    private readonly ReadOnlyMemory<byte> pixels;

    /// <summary>Copies grey pixels that something else has decoded.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Row by row.</param>
    /// <param name="stride">Bytes from one row's start to the next one's, where rows are padded; null: <paramref name="width"/>.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the picture, or without a stride are too many.</exception>
    public GrayImage(int width, int height, ReadOnlySpan<byte> pixels, int? stride = null)
        : this(width, height, Convert(width, height, pixels, stride, pixelLength: 1, static (row, greys) => row.CopyTo(greys)))
    {
    }

    private GrayImage(int width, int height, ReadOnlyMemory<byte> pixels)
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
    public ReadOnlySpan<byte> Pixels => pixels.Span;

    /// <summary>Makes a grey picture of colours: red, green and blue, a byte each.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Row by row.</param>
    /// <param name="stride">Bytes from one row's start to the next one's, where rows are padded; null: 3 <paramref name="width"/>.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the picture, or without a stride are too many.</exception>
    public static GrayImage FromRgb(int width, int height, ReadOnlySpan<byte> pixels, int? stride = null) =>
        new(width, height, Convert(width, height, pixels, stride, pixelLength: 3, Luma.OfRgb));

    /// <summary>Makes a grey picture of colours over white: red, green, blue and alpha, a byte each.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Row by row; colours are not multiplied by alpha, of which 0 is transparent and 255 opaque.</param>
    /// <param name="stride">Bytes from one row's start to the next one's, where rows are padded; null: 4 <paramref name="width"/>.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the picture, or without a stride are too many.</exception>
    public static GrayImage FromRgba(int width, int height, ReadOnlySpan<byte> pixels, int? stride = null) =>
        new(width, height, Convert(width, height, pixels, stride, pixelLength: 4, Luma.OfRgba));

    /// <summary>Makes a picture of grey pixels without copying them.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Row by row, without padding; not to be written to or pooled while the picture is in use.</param>
    /// <exception cref="ArgumentException">There are not as many pixels as the picture has.</exception>
    public static GrayImage Borrow(int width, int height, ReadOnlyMemory<byte> pixels)
    {
        CheckLength(width, height, pixels.Span, stride: null, pixelLength: 1);
        return new(width, height, pixels);
    }

    /// <summary>The pixels of one row, left to right.</summary>
    /// <param name="y">0, at the top, to <see cref="Height"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return Pixels.Slice(y * Width, Width);
    }

    /// <summary>Reads a PNG, PBM, PGM or PPM file, told by its content and not by its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, too large or in another format.</exception>
    public static GrayImage Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Load(file, Path.GetFileName(path));
    }

    /// <summary>Reads a PNG, PBM, PGM or PPM picture from where a stream stands, and leaves it open, at no certain position.</summary>
    /// <remarks>Decoding is work for the processor, so that there is no asynchronous form: copy what comes over a network to memory first, by <see cref="Stream.CopyToAsync(Stream)"/>.</remarks>
    /// <param name="stream">Where to read. It need not be able to seek.</param>
    /// <exception cref="InvalidDataException">The picture is damaged, too large or in another format.</exception>
    public static GrayImage Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Load(stream, "The stream");
    }

    /// <summary>Writes a .png or .pgm file, as <paramref name="path"/> ends.</summary>
    /// <param name="path">The file; its folder exists.</param>
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
    /// <param name="stream">Where to write.</param>
    public void SavePng(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PngWriter.Write(this, stream);
    }

    /// <summary>Gives the size, e.g. <c>320 wide, 32 high</c>.</summary>
    public override string ToString() => $"{Width} wide, {Height} high";

    /// <summary>Refuses a size before memory is taken for it.</summary>
    internal static void CheckSize(long width, long height, string name)
    {
        if (width < 1 || height < 1 || width > MaxSide || height > MaxSide || width > MaxPixelCount / height)
            throw new InvalidDataException(
                $"{name} announces a picture {width} wide and {height} high; 1 to {MaxPixelCount} pixels, up to {MaxSide} wide and high, are read. Scale it down first.");
    }

    private static GrayImage Load(Stream stream, string name)
    {
        // Buffered, since headers are read byte by byte.
        var buffered = new BufferedStream(stream);
        Span<byte> start = stackalloc byte[12];
        int length = buffered.ReadAtLeast(start[..2], 2, throwOnEndOfStream: false);
        if (length == 0)
            throw new InvalidDataException($"{name} is empty, where a picture is expected. Fetch or save it anew.");
        if (start is [(byte)'P', >= (byte)'1' and <= (byte)'6', ..])
            return Netpbm.Read(buffered, start[1], name);

        length += buffered.ReadAtLeast(start[2..8], 6, throwOnEndOfStream: false);
        if (start.StartsWith(PngReader.Signature))
            return PngReader.Read(buffered, name);

        length += buffered.ReadAtLeast(start[8..], 4, throwOnEndOfStream: false);
        throw new InvalidDataException(
            $"{name} is {FormatOf(start[..length])}; PNG, PBM, PGM and PPM are read. Convert it to PNG, or decode it with the package "
            + $"LeNet5.ImageSharp or another library and give the pixels to {nameof(GrayImage)}.");
    }

    private static string FormatOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xff, 0xd8, 0xff, ..] => "a JPEG picture",
        _ when start.StartsWith("GIF8"u8) => "a GIF picture",
        _ when start.StartsWith("BM"u8) => "a BMP picture",
        _ when start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) => "a TIFF picture",
        _ when start.StartsWith("RIFF"u8) && start.IndexOf("WEBP"u8) == 8 => "a WebP picture",
        _ when start.EndsWith("ftypavif"u8) || start.EndsWith("ftypavis"u8) => "an AVIF picture",
        _ when start.IndexOf("ftyphe"u8) == 4 || start.EndsWith("ftypmif1"u8) || start.EndsWith("ftypmsf1"u8) => "a HEIC picture",
        _ when start.StartsWith("P7"u8) => "a PAM picture",
        _ when start.StartsWith("<svg"u8) => "an SVG drawing",
        _ when start.StartsWith("<?xml"u8) => "an XML file, such as SVG drawings are",
        _ when start.StartsWith("%PDF"u8) => "a PDF document",
        _ => "no picture of a known format",
    };

    private delegate void RowConversion(ReadOnlySpan<byte> row, Span<byte> greys);

    private static ReadOnlyMemory<byte> Convert(
        int width, int height, ReadOnlySpan<byte> pixels, int? stride, int pixelLength, RowConversion convert)
    {
        int step = CheckLength(width, height, pixels, stride, pixelLength);
        byte[] greys = new byte[width * height];
        for (int y = 0; y < height; y++)
            convert(pixels.Slice(y * step, width * pixelLength), greys.AsSpan(y * width, width));
        return greys;
    }

    /// <summary>Returns the bytes from one row's start to the next one's.</summary>
    private static int CheckLength(int width, int height, ReadOnlySpan<byte> pixels, int? stride, int pixelLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long rowLength = (long)width * pixelLength, step = stride ?? rowLength;
        ArgumentOutOfRangeException.ThrowIfLessThan(step, rowLength, nameof(stride));
        Int128 needed = (Int128)(height - 1) * step + rowLength;
        if (pixels.Length < needed || (stride is null && pixels.Length != needed))
            throw new ArgumentException(
                $"A picture {width} wide and {height} high with a stride of {step} needs {needed} bytes of pixels "
                + $"but is given {pixels.Length}. Give the size they were decoded to.",
                nameof(pixels));
        return (int)step;
    }
}
