using LeNet5.Data;
using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class NormalizedStripTests
{
    [Test]
    public void Of_LineInThisForm_IsReadAsTheNormalizersOwn()
    {
        NormalizedStrip strip = StripNormalizer.Normalize(new StripGenerator(Mnist.Test, StripStyle.Clean, seed: 1).Draw(0).Picture), same = NormalizedStrip.Of(strip.Picture);
        StripReader reader = new(StripMethod.Sdnn);
        StripReading expected = reader.Read(strip), reading = reader.Read(same);
        Assert.That((reading.Text, reading.Confidence), Is.EqualTo((expected.Text, expected.Confidence)));
        Assert.That(same.BoxInPicture(new PixelBox(5, 6, 7, 8)), Is.EqualTo(new PixelBox(5, 6, 7, 8)));
    }

    [Test]
    public void Of_FewColumns_FillsThemUpWithGround([Values(1, 16, 31, 32)] int width)
    {
        NormalizedStrip strip = NormalizedStrip.Of(Drawn.Of(width, 32, (_, _) => 200).ToImage());
        Assert.That((strip.Picture.Width, strip.Picture.Height), Is.EqualTo((32, 32)));
        Assert.That(strip.Picture.Row(31).ToArray(), Is.EqualTo(Enumerable.Range(0, 32).Select(x => x < width ? 200 : 0)));
        Assert.That(strip.BoxInPicture(new PixelBox(0, 0, 32, 32)), Is.EqualTo(new PixelBox(0, 0, width, 32)));
        Assert.That(() => new StripReader(StripMethod.Sdnn).Read(strip), Throws.Nothing);
    }

    [Test]
    public void Of_OtherForm_TellsTheWayOut()
    {
        Assert.That(() => NormalizedStrip.Of(new GrayImage(40, 31, new byte[40 * 31])), Throws.ArgumentException.With.Message.Contains("32 rows and up to 16384 columns, but this one 31 rows and 40 columns. Let StripNormalizer"));
        Assert.That(() => NormalizedStrip.Of(new GrayImage(16_385, 32, new byte[16_385 * 32])), Throws.ArgumentException.With.Message.Contains("16385 columns"));
        Assert.That(() => NormalizedStrip.Of(null!), Throws.ArgumentNullException);
    }
}
