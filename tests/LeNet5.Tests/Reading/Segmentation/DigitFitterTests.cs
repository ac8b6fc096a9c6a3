using LeNet5.Data;
using LeNet5.Imaging;
using LeNet5.Segmentation;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Reading.Segmentation;

public class DigitFitterTests
{
    private static readonly int[] Shifts = [-29, -28, -27, -1, 0, 1, 27, 28, 29];

    private readonly DigitFitter fitter = new();

    /// <summary>Where the centre of mass lies between two pixels, either may be the middle.</summary>
    [Test]
    public void Fit_DigitsOfAnySize_IsWhatTheNormalizerMakesOfThem()
    {
        byte[] field = new byte[28 * 28];
        foreach ((Plane strip, _) in Strips.Of(StripStyle.Touching with { MinLength = 1, MaxLength = 1 }, 100))
        {
            Plane digit = Plane.Crop(strip.Values, strip.Width, strip.TightBox(DigitNormalizer.Faint)!.Value);
            Plane expected = DigitNormalizer.Center(DigitNormalizer.Fit(digit, strokeWidth: 2, change: 0));
            fitter.Fit(digit, field);
            double difference = Shifts.Min(shift => field.Skip(29 + shift).SkipLast(29 - shift).Zip(expected.Values.Skip(29).SkipLast(29), (a, b) => Math.Abs(a - b)).Average());
            Assert.That(difference, Is.LessThan(1));
        }
    }

    [Test]
    public void Fit_DigitOfTheRightSize_IsOnlyMoved()
    {
        Plane digit = Drawn.Noise(13, 20, seed: 1);
        byte[] field = new byte[28 * 28];
        fitter.Fit(digit, field);
        Assert.That(field, Is.EqualTo(DigitNormalizer.Center(digit).Values));
    }

    [Test]
    public void Fit_OnePixelToLargePictures_FillsTwentyPixels([Values(1, 2, 5, 19, 33, 90)] int width, [Values(1, 3, 20, 32)] int height)
    {
        byte[] field = new byte[28 * 28];
        fitter.Fit(Drawn.Of(width, height, (_, _) => 255), field);
        PixelBox box = new Plane(field, 28, 28).TightBox(1)!.Value;
        Assert.That(box.Side, Is.EqualTo(20));
        Assert.That(box.Width, Is.EqualTo(Math.Max(1, Math.Round(20.0 * width / Math.Max(width, height)))));
        Assert.That(new Plane(field, 28, 28).Row(14)[14], Is.EqualTo(255));
    }

    [Test]
    public void Fit_NoInk_LeavesTheFieldBlack()
    {
        byte[] field = new byte[28 * 28];
        Array.Fill(field, (byte)7);
        fitter.Fit(new Plane(5, 9), field);
        Assert.That(field, Is.All.Zero);
    }
}
