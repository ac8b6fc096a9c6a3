using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class LumaTests
{
    [Test]
    public void OfRgb_EveryColour_IsTheRoundedSum()
    {
        byte[] colours = new byte[3 * 65536], greys = new byte[65536];
        for (int red = 0; red < 256; red++)
        {
            for (int i = 0; i < greys.Length; i++)
                (colours[3 * i], colours[3 * i + 1], colours[3 * i + 2]) = ((byte)red, (byte)(i >> 8), (byte)i);
            Luma.OfRgb(colours, greys);
            for (int i = 0; i < greys.Length; i++)
            {
                int expected = (299 * red + 587 * (i >> 8) + 114 * (i & 255) + 500) / 1000;
                if (greys[i] != expected)
                    Assert.Fail($"({red}, {i >> 8}, {i & 255}) became {greys[i]} and should be {expected}");
            }
        }
    }

    [Test]
    public void OfRgba_EveryGreyAndAlpha_IsTheRoundedMixtureWithWhite()
    {
        byte[] pixels = [.. Enumerable.Range(0, 65536).SelectMany(i => new[] { (byte)(i >> 8), (byte)(i >> 8), (byte)(i >> 8), (byte)i })];
        byte[] greys = new byte[65536];
        Luma.OfRgba(pixels, greys);
        Assert.That(greys, Is.EqualTo(Enumerable.Range(0, 65536).Select(i => Mixture(i >> 8, i & 255))));
    }

    [Test]
    public void OfGreyAlpha_EveryPair_IsTheRoundedMixtureWithWhite()
    {
        byte[] pixels = [.. Enumerable.Range(0, 65536).SelectMany(i => new[] { (byte)(i >> 8), (byte)i })];
        byte[] greys = new byte[65536];
        Luma.OfGreyAlpha(pixels, greys);
        Assert.That(greys, Is.EqualTo(Enumerable.Range(0, 65536).Select(i => Mixture(i >> 8, i & 255))));
    }

    [Test]
    public void OfRgbAndOfRgba_RowsOfAnyLength_AgreePixelByPixel()
    {
        byte[] pixels = new byte[4 * 40];
        new Random(6).NextBytes(pixels);
        for (int count = 0; count <= 40; count++)
        {
            byte[] ofRgb = new byte[count], ofRgba = new byte[count];
            Luma.OfRgb(pixels.AsSpan(0, 3 * count), ofRgb);
            Luma.OfRgba(pixels.AsSpan(0, 4 * count), ofRgba);
            for (int i = 0; i < count; i++)
            {
                Assert.That(ofRgb[i], Is.EqualTo(Luma.Of(pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2])));
                Assert.That(
                    ofRgba[i],
                    Is.EqualTo(Luma.OverWhite(Luma.Of(pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2]), pixels[4 * i + 3])));
            }
        }
    }

    private static byte Mixture(int grey, int alpha) =>
        (byte)Math.Round((grey * alpha + 255m * (255 - alpha)) / 255, MidpointRounding.AwayFromZero);
}
