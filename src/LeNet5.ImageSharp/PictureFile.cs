using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace LeNet5;

/// <summary>Reads picture files: what <see cref="GrayImage.Load(string)"/> reads, and JPEG and BMP.</summary>
/// <remarks>
/// The format is told by the content and not by the name. ImageSharp decodes JPEG and BMP and nothing else, so that faults in its other decoders
/// are out of reach; where the end of a JPEG is missing, it may give what is there. The EXIF orientation of a JPEG is applied. Thread-safe.
/// </remarks>
public static class PictureFile
{
    /// <summary>How much is copied of a stream: no picture of the largest size takes more than 8 bytes a pixel.</summary>
    private const long MaxLength = 8L * GrayImage.MaxPixelCount;

    /// <summary>Pixels a byte: even white paper takes a JPEG a bit for each block of 64. So a short file cannot ask for much memory.</summary>
    private const long MaxPacking = 1024;

    private static readonly DecoderOptions Options = new()
    {
        Configuration = new Configuration(new JpegConfigurationModule(), new BmpConfigurationModule()),
        MaxFrames = 1,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, whatever its name.</param>
    /// <returns>The picture as 8-bit grey, upright.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The picture is damaged, has more than <see cref="GrayImage.MaxPixelCount"/> pixels, or is in another format.</exception>
    public static GrayImage Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Load(file, Path.GetFileName(path), path);
    }

    /// <summary>Reads a picture from a stream's position on and leaves the stream open, at no certain position.</summary>
    /// <param name="stream">Where to read. It need not be able to seek.</param>
    /// <remarks>What follows the position is copied to memory where the stream cannot seek or is not at its start.</remarks>
    /// <returns>The picture as 8-bit grey, upright.</returns>
    /// <exception cref="InvalidDataException">The picture is damaged, has more than <see cref="GrayImage.MaxPixelCount"/> pixels, or is in another format.</exception>
    public static GrayImage Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Load(stream, "The stream", path: null);
    }

    private static GrayImage Load(Stream stream, string name, string? path)
    {
        // Read twice, and a BMP tells where its pixels are from the start of the stream on.
        using MemoryStream? copy = stream is { CanSeek: true, Position: 0 } ? null : Copy(stream, name);
        Stream whole = copy ?? stream;
        Span<byte> start = stackalloc byte[4];
        start = start[..whole.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        whole.Position = 0;
        return start switch
        {
            [0xff, 0xd8, 0xff, ..] or [(byte)'B', (byte)'M', ..] => Decode(whole, name),
            [0x89, (byte)'P', (byte)'N', (byte)'G'] or [(byte)'P', >= (byte)'1' and <= (byte)'7', ..] =>
                path is null || copy is not null ? GrayImage.Load(whole) : GrayImage.Load(path),   // by its path, so that messages name it
            _ => throw new InvalidDataException(
                $"{name} is no picture of a known format; PNG, Netpbm, JPEG and BMP are read. "
                + "Convert it to one of these, or load it with ImageSharp and call ToGrayImage."),
        };
    }

    private static GrayImage Decode(Stream stream, string name)
    {
        try
        {
            ImageInfo info = Image.Identify(Options, stream);
            long pixelCount = (long)info.Width * info.Height;
            if (pixelCount > GrayImage.MaxPixelCount)
                throw new InvalidDataException(
                    $"{name} announces a picture {info.Width} wide and {info.Height} high; up to {GrayImage.MaxPixelCount} pixels are read. Scale it down first.");
            if (pixelCount > MaxPacking * stream.Length)
                throw new InvalidDataException(
                    $"{name} announces a picture {info.Width} wide and {info.Height} high, more than its {stream.Length} bytes can hold. Save it anew.");
            stream.Position = 0;
            using Image<Rgba32> image = Image.Load<Rgba32>(Options, stream);
            return ImageSharpExtensions.TurnToGray(image);
        }
        catch (Exception e) when (e is not (InvalidDataException or OutOfMemoryException) and (not IOException or EndOfStreamException))
        {
            // Of any kind: damaged content leads decoders to more exceptions than they document.
            throw new InvalidDataException($"{name} is a JPEG or BMP picture that cannot be decoded: {e.Message} Save it anew.", e);
        }
    }

    private static MemoryStream Copy(Stream stream, string name)
    {
        var copy = new MemoryStream();
        byte[] piece = new byte[81920];
        for (int length; (length = stream.Read(piece)) > 0;)
        {
            if (copy.Length + length > MaxLength)
                throw new InvalidDataException($"{name} holds more than {MaxLength} bytes, which no picture of up to {GrayImage.MaxPixelCount} pixels needs. Scale it down first.");
            copy.Write(piece, 0, length);
        }

        copy.Position = 0;
        return copy;
    }
}
