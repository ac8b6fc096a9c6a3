using LeNet5.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace LeNet5.ImageSharp.Tests;

public class ImageSharpExtensionsTests
{
    [TestCase(1, "abc def")]
    [TestCase(2, "cba fed")]
    [TestCase(3, "fed cba")]
    [TestCase(4, "def abc")]
    [TestCase(5, "ad be cf")]
    [TestCase(6, "da eb fc")]
    [TestCase(7, "fc eb da")]
    [TestCase(8, "cf be ad")]
    public void ToGrayImage_OfOrientation_IsUprightAndLeavesTheImageAlone(int orientation, string expected)
    {
        using Image<L8> image = Image.LoadPixelData<L8>("abcdef"u8, 3, 2);
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)orientation);

        foreach (string time in new[] { "first", "second" })
        {
            GrayImage picture = image.ToGrayImage();
            string rows = string.Join(' ', Enumerable.Range(0, picture.Height)
                .Select(y => System.Text.Encoding.ASCII.GetString(picture.Pixels.Slice(y * picture.Width, picture.Width))));
            Assert.That(rows, Is.EqualTo(expected), $"the {time} time");
        }

        Assert.That((image.Width, image.Height, image[1, 0].PackedValue), Is.EqualTo((3, 2, (byte)'b')));
    }

    [Test]
    public void ToGrayImage_OfColours_IsTheirLuma()
    {
        using Image<Rgb24> image = new(4, 1);
        image[0, 0] = new Rgb24(255, 0, 0);
        image[1, 0] = new Rgb24(0, 255, 0);
        image[2, 0] = new Rgb24(0, 0, 255);
        image[3, 0] = new Rgb24(200, 100, 50);
        Assert.That(image.ToGrayImage().Pixels.ToArray(), Is.EqualTo(new byte[] { 76, 150, 29, 124 }));
    }

    [Test]
    public void ToGrayImage_OfTransparency_LiesOverWhite()
    {
        using Image<Rgba32> image = new(4, 1);
        image[0, 0] = new Rgba32(0, 0, 0, 0);
        image[1, 0] = new Rgba32(0, 0, 0, 128);
        image[2, 0] = new Rgba32(0, 0, 0, 255);
        image[3, 0] = new Rgba32(255, 0, 0, 51);
        Assert.That(image.ToGrayImage().Pixels.ToArray(), Is.EqualTo(new byte[] { 255, 127, 0, 219 }));
    }

    [Test]
    public void ToGrayImage_OfSixteenBits_KeepsTheUpperEight()
    {
        using Image<L16> greys = new(3, 1);
        greys[0, 0] = new L16(0);
        greys[1, 0] = new L16(0x8080);
        greys[2, 0] = new L16(ushort.MaxValue);
        Assert.That(greys.ToGrayImage().Pixels.ToArray(), Is.EqualTo(new byte[] { 0, 128, 255 }));

        using Image<Rgba64> colours = new(2, 1);
        colours[0, 0] = new Rgba64(0xffff, 0, 0, 0xffff);
        colours[1, 0] = new Rgba64(0, 0, 0, 0x8080);
        Assert.That(colours.ToGrayImage().Pixels.ToArray(), Is.EqualTo(new byte[] { 76, 127 }));
    }

    [Test]
    public void ToGrayImage_OfGreyWithAlpha_LiesOverWhite()
    {
        using Image<La16> image = new(2, 1);
        image[0, 0] = new La16(100, 255);
        image[1, 0] = new La16(100, 0);
        Assert.That(image.ToGrayImage().Pixels.ToArray(), Is.EqualTo(new byte[] { 100, 255 }));
    }

    [Test]
    public void ToImage_AndBack_IsTheSamePicture()
    {
        GrayImage picture = Pictures.Noise(13, 7);
        using Image<L8> image = picture.ToImage();
        Assert.That((image.Width, image.Height, image[12, 6].PackedValue), Is.EqualTo((13, 7, picture.Pixels[^1])));

        GrayImage back = image.ToGrayImage();
        Assert.That((back.Width, back.Height), Is.EqualTo((13, 7)));
        Assert.That(back.Pixels.ToArray(), Is.EqualTo(picture.Pixels.ToArray()));
    }

    [Test]
    public void Read_OfImage_IsTheReadingOfItsPicture()
    {
        DigitReader reader = new(PretrainedModels.Digits);
        GrayImage picture = Pictures.Noise(28, 28);
        float[] expected = new float[reader.ClassCount], penalties = new float[reader.ClassCount];
        DigitReading reading = reader.Read(picture, expected);

        using Image<L8> image = picture.ToImage();
        Assert.That(reader.Read(image, penalties), Is.EqualTo(reading));
        Assert.That(penalties, Is.EqualTo(expected));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Read_OfLargePicture_FindsItsDigit(bool darkInk)
    {
        DigitReader reader = new(PretrainedModels.Digits);
        using Image<Rgb24> image = Seven(darkInk);
        DigitReading reading = reader.Read(image);
        Assert.That(reading.Label, Is.EqualTo(7));

        // A pixel more or less for the soft edges of strokes.
        PixelBox box = reading.Box!.Value;
        Assert.That(new[] { box.Left, box.Top, box.Right, box.Bottom }, Is.EqualTo(new[] { 190, 80, 270, 200 }).Within(2));
    }

    [Test]
    public void Read_OfALine_ReadsAsFromGreys()
    {
        StripReader reader = new();
        using Image<Rgb24> image = Seven(darkInk: true);
        StripReading reading = reader.Read(image);
        Assert.That(reading, Is.EqualTo(reader.Read(image.ToGrayImage())));
        Assert.That(reading.Text, Is.EqualTo("7"));
    }

    [Test]
    public void Read_OfTooFewPenalties_TellsSo()
    {
        DigitReader reader = new(PretrainedModels.Digits);
        using Image<L8> image = new(20, 30);
        Assert.That(() => reader.Read(image, new float[3]), Throws.ArgumentException.With.Message.Contains("room for 3 penalties"));
    }

    /// <summary>Two strokes, off the centre: a bar, and a slanted one down from its right end.</summary>
    private static Image<Rgb24> Seven(bool darkInk)
    {
        Rgb24 dark = new(20, 30, 90), light = new(240, 235, 220);
        Image<Rgb24> image = new(320, 240);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                bool isBar = x is >= 190 and < 270 && y is >= 80 and < 94;
                bool isSlanted = y is >= 80 and < 200 && Math.Abs(x - (262 - ((y - 80) * 45 / 120))) <= 7;
                image[x, y] = (isBar || isSlanted) == darkInk ? dark : light;
            }
        }
        return image;
    }
}
