using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace LeNet5;

/// <summary>Leads from ImageSharp's pictures to those of this library, and back.</summary>
/// <remarks>Thread-safe, as long as nobody changes a picture meanwhile.</remarks>
public static class ImageSharpExtensions
{
    /// <summary>Copies a picture of any pixel format as 8-bit grey; of several frames the first.</summary>
    /// <remarks>
    /// Colours become grey by the luma of Rec. 601, (299 R + 587 G + 114 B) / 1000, from 8 bits each; what is transparent is laid over white.
    /// The orientation of the picture's EXIF profile is applied, to the copy alone.
    /// </remarks>
    /// <param name="image">The picture; it stays as it is.</param>
    /// <returns>A grey picture of the same size, or turned where the orientation says so.</returns>
    /// <exception cref="ArgumentException">The picture has more than <see cref="GrayImage.MaxPixelCount"/> pixels.</exception>
    public static GrayImage ToGrayImage(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if ((long)image.Width * image.Height > GrayImage.MaxPixelCount)
            throw new ArgumentException(
                $"The picture is {image.Width} wide and {image.Height} high; up to {GrayImage.MaxPixelCount} pixels are taken. Scale it down first.", nameof(image));
        using Image<Rgba32> copy = image.CloneAs<Rgba32>();
        return TurnToGray(copy);
    }

    /// <summary>Copies a picture into one of ImageSharp's, to draw on, scale or save. The caller disposes of it.</summary>
    /// <param name="picture">The picture.</param>
    /// <returns>A picture of the same pixels.</returns>
    public static Image<L8> ToImage(this GrayImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Image.LoadPixelData<L8>(picture.Pixels, picture.Width, picture.Height);
    }

    /// <summary>Reads any picture of a single digit, as <see cref="DigitReader.Read(GrayImage, Span{float})"/> does: of any size, dark on light or light on dark.</summary>
    /// <param name="reader">Reads.</param>
    /// <param name="image">A picture of any pixel format; it stays as it is.</param>
    /// <param name="penalties">Where not empty, overwritten by the penalty of each class; <see cref="DigitReader.ClassCount"/> values.</param>
    /// <returns>The digit, with its place in the picture; or why there is none.</returns>
    /// <exception cref="ArgumentException">The picture has more than <see cref="GrayImage.MaxPixelCount"/> pixels, or there is room for another number of penalties.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public static DigitReading Read(this DigitReader reader, Image image, Span<float> penalties = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Read(image.ToGrayImage(), penalties);
    }

    /// <summary>Reads any picture of a line of digits, as <see cref="StripReader.Read(GrayImage, StripOptions?)"/> does: of any size, dark on light or light on dark.</summary>
    /// <param name="reader">Reads.</param>
    /// <param name="image">A picture of any pixel format; it stays as it is.</param>
    /// <param name="options">What is known and asked for; <see langword="null"/> for <see cref="StripOptions.Default"/>.</param>
    /// <returns>The likeliest string, how sure it is, and its digits in the picture; where there is none, or it is not sure enough, why.</returns>
    /// <exception cref="ArgumentException">The picture has more than <see cref="GrayImage.MaxPixelCount"/> pixels, or its line would be too long when normalized.</exception>
    public static StripReading Read(this StripReader reader, Image image, StripOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Read(image.ToGrayImage(), options);
    }

    /// <summary>Turns a picture that nobody else has upright and copies it as grey.</summary>
    internal static GrayImage TurnToGray(Image<Rgba32> image)
    {
        image.Mutate(context => context.AutoOrient());
        byte[] greys = new byte[image.Width * image.Height];

        // Row by row, since ImageSharp may keep a large picture in several pieces.
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
                GrayImage.FromRgba(rows.Width, 1, MemoryMarshal.AsBytes(rows.GetRowSpan(y))).Pixels.CopyTo(greys.AsSpan(y * rows.Width));
        });
        return GrayImage.Borrow(image.Width, image.Height, greys);
    }
}
