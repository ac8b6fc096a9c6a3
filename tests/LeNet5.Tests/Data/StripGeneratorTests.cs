using System.Globalization;
using LeNet5.Data;
using LeNet5.Imaging;

namespace LeNet5.Tests.Data;

public class StripGeneratorTests
{
    private static readonly LabeledImages Digits = Mnist.Test.Slice(0, 1000);

    private static IEnumerable<TestCaseData> Styles()
    {
        yield return new TestCaseData(StripStyle.Clean).SetArgDisplayNames("clean");
        yield return new TestCaseData(StripStyle.Touching).SetArgDisplayNames("touching");
        yield return new TestCaseData(StripStyle.Hard).SetArgDisplayNames("hard");
        yield return new TestCaseData(new StripStyle { MinLength = 1, MaxLength = 1 }).SetArgDisplayNames("single");
        yield return new TestCaseData(new StripStyle { MinLength = 12, MaxLength = 12, MinGap = -40, MaxGap = -40, Jitter = 20 }).SetArgDisplayNames("heaped");
    }

    [TestCaseSource(nameof(Styles))]
    public void Draw_SameSeed_GivesTheSameStringsInAnyOrder(StripStyle style)
    {
        const int count = 10;
        StripGenerator generator = new(Digits, style, seed: 3), again = new(Digits, style, seed: 3);
        LabeledStrip[] forwards = [.. Enumerable.Range(0, count).Select(generator.Draw)];
        LabeledStrip[] backwards = [.. Enumerable.Range(0, count).Reverse().Select(again.Draw).Reverse()];
        for (int i = 0; i < count; i++)
        {
            Assert.That(backwards[i].Text, Is.EqualTo(forwards[i].Text));
            Assert.That(backwards[i].Boxes, Is.EqualTo(forwards[i].Boxes));
            Assert.That(backwards[i].Picture.Pixels.SequenceEqual(forwards[i].Picture.Pixels));
        }
        Assert.That(forwards.Select(strip => strip.Text).Distinct().Count(), Is.GreaterThan(3));
        Assert.That(Enumerable.Range(0, count).Select(new StripGenerator(Digits, style, seed: 4).Draw).Select(strip => strip.Text), Is.Not.EqualTo(forwards.Select(strip => strip.Text)));
    }

    [TestCaseSource(nameof(Styles))]
    public void Draw_AnyStyle_KeepsWithinIt(StripStyle style)
    {
        StripGenerator generator = new(Digits, style, seed: 1);
        HashSet<int> lengths = [];
        for (int i = 0; i < 100; i++)
        {
            LabeledStrip strip = generator.Draw(i);
            lengths.Add(strip.Text.Length);
            Assert.That(strip.Text, Does.Match("^[0-9]+$"));
            Assert.That(strip.Boxes, Has.Length.EqualTo(strip.Text.Length));
            Assert.That(strip.Picture.Height, Is.EqualTo(32));
            for (int k = 0; k < strip.Boxes.Length; k++)
            {
                PixelBox box = strip.Boxes[k];
                Assert.That((box.Left >= 4, box.Top >= 0, box.Right <= strip.Picture.Width - 4, box.Bottom <= 32), Is.EqualTo((true, true, true, true)), $"{box} in {strip.Picture.Width}");
                // Half a pixel for rows that cannot be halved.
                Assert.That(Math.Abs(box.Top + (box.Height / 2.0) - 16), Is.LessThanOrEqualTo(style.Jitter + 0.5));
                if (k == 0)
                    continue;
                int gap = box.Left - strip.Boxes[k - 1].Right, least = -Math.Min(box.Width, strip.Boxes[k - 1].Width) / 2;
                Assert.That(gap, Is.InRange(Math.Max(style.MinGap, least), Math.Max(style.MaxGap, least)));
            }
        }
        Assert.That(lengths, Is.EquivalentTo(Enumerable.Range(style.MinLength, style.MaxLength - style.MinLength + 1)), "every length occurs");
    }

    /// <summary>Without deformation and photography, the ink in each box is a digit of the set, with its label.</summary>
    [Test]
    public void Draw_CleanStrings_ShowDigitsOfTheSetThatTheTextNames()
    {
        LabeledImages few = Digits.Slice(0, 50);
        HashSet<string> known = [.. Enumerable.Range(0, few.Count).Select(i => $"{few.Label(i)}{Ink(few.Pixels(i).ToArray(), 28, new Plane(few.Pixels(i).ToArray(), 28, 28).TightBox(40)!.Value)}")];
        StripGenerator generator = new(few, StripStyle.Clean, seed: 1);
        for (int i = 0; i < 20; i++)
        {
            LabeledStrip strip = generator.Draw(i);
            byte[] ink = [.. strip.Picture.Pixels.ToArray().Select(pixel => (byte)(255 - pixel))];
            for (int k = 0; k < strip.Text.Length; k++)
                Assert.That(known, Does.Contain($"{strip.Text[k]}{Ink(ink, strip.Picture.Width, strip.Boxes[k])}"));
        }

        static string Ink(byte[] pixels, int width, PixelBox box) =>
            string.Join('\n', Enumerable.Range(box.Top, box.Height).Select(y => Convert.ToHexString(pixels, (y * width) + box.Left, box.Width)));
    }

    [Test]
    public void Draw_AllInverted_IsLightOnDark()
    {
        StripStyle style = StripStyle.Clean with { InvertedShare = 1 };
        StripGenerator dark = new(Digits, StripStyle.Clean, seed: 1), light = new(Digits, style, seed: 1);
        for (int i = 0; i < 5; i++)
        {
            Assert.That(dark.Draw(i).Picture.Pixels[0], Is.EqualTo(255));
            Assert.That(light.Draw(i).Picture.Pixels[0], Is.Zero);
        }
    }

    [Test]
    public void Draw_SomeInverted_IsTheShare()
    {
        StripGenerator generator = new(Digits, StripStyle.Clean with { InvertedShare = 0.3 }, seed: 1);
        Assert.That(Enumerable.Range(0, 300).Count(i => generator.Draw(i).Picture.Pixels[0] == 0), Is.InRange(60, 120));
    }

    /// <summary>Each way to spoil a picture changes it, and it alone.</summary>
    [Test]
    public void Draw_SpoiledPictures_DifferButSayTheSame([Values("rule", "faint", "gradient", "blur", "noise", "salt")] string fault)
    {
        StripStyle clean = StripStyle.Clean, style = fault switch
        {
            "rule" => clean with { RuledShare = 1 },
            "faint" => clean with { Faintness = 0.8 },
            "gradient" => clean with { Gradient = 0.8 },
            "blur" => clean with { Blur = 3 },
            "noise" => clean with { Noise = 60 },
            _ => clean with { SaltAndPepper = 0.2 },
        };
        StripGenerator plain = new(Digits, clean, seed: 1), spoiled = new(Digits, style, seed: 1);
        int changed = 0;
        for (int i = 0; i < 10; i++)
        {
            (LabeledStrip expected, LabeledStrip actual) = (plain.Draw(i), spoiled.Draw(i));
            Assert.That((actual.Text, actual.Picture.Width), Is.EqualTo((expected.Text, expected.Picture.Width)));
            Assert.That(actual.Boxes, Is.EqualTo(expected.Boxes));
            changed += actual.Picture.Pixels.SequenceEqual(expected.Picture.Pixels) ? 0 : 1;
        }
        Assert.That(changed, Is.GreaterThanOrEqualTo(5), "the amount is drawn from 0 on");
    }

    [Test]
    public void Draw_NoiseOfHardStrings_IsOfItsSize()
    {
        StripGenerator generator = new(Digits, StripStyle.Clean with { Noise = 40, InvertedShare = 1, Faintness = 1 }, seed: 1);
        List<double> deviations = [];
        for (int i = 0; i < 100; i++)
        {
            // Left of the ink; half of the noise is cut off at black where ink lets no light through.
            GrayImage picture = generator.Draw(i).Picture;
            double[] ground = [.. Enumerable.Range(0, 32).SelectMany(y => picture.Row(y)[..4].ToArray()).Select(pixel => (double)pixel)];
            if (ground.Average() is < 100 or > 155)
                continue;
            deviations.Add(Math.Sqrt(ground.Sum(pixel => Math.Pow(pixel - ground.Average(), 2)) / ground.Length));
        }
        Assert.That(deviations, Has.Count.GreaterThan(10));
        Assert.That(deviations.Max(), Is.InRange(25, 50));
    }

    /// <summary>What does not fit a width is left out, but the first digit.</summary>
    [Test]
    public void Draw_Widest_LeavesOutWhatDoesNotFit()
    {
        StripGenerator generator = new(Digits, StripStyle.Touching with { MinLength = 8 }, seed: 1);
        for (int i = 0; i < 50; i++)
        {
            SeededRandom random = new((ulong)i);
            LabeledStrip strip = generator.Draw(ref random, widest: 80);
            Assert.That(strip.Picture.Width, Is.LessThanOrEqualTo(80));
            Assert.That(strip.Text, Has.Length.InRange(1, 7));
            Assert.That(strip.Boxes, Is.All.Matches<PixelBox>(box => box.Right <= strip.Picture.Width));
        }
    }

    [Test]
    public void Draw_NegativeIndex_IsRefused() =>
        Assert.That(() => new StripGenerator(Digits, StripStyle.Clean, 1).Draw(-1), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void StripGenerator_UnusableDigits_AreRefused()
    {
        AssertRefused(Digits.Slice(0, 0), "0 pictures");
        AssertRefused(new LabeledImages(29, 10, new byte[290], [1]), "29 pixels high");
        AssertRefused(new LabeledImages(1, 1, [255], [10]), "11 classes");

        static void AssertRefused(LabeledImages digits, string fault) =>
            Assert.That(() => new StripGenerator(digits, StripStyle.Clean, 1), Throws.ArgumentException.With.Message.Contains(fault).And.Property("ParamName").EqualTo("digits"));
    }

    [TestCase(3, 2, 0, 1)]
    [TestCase(1, 2, 3, 2)]
    public void StripGenerator_ImpossibleStyle_IsRefused(int minLength, int maxLength, int minGap, int maxGap)
    {
        StripStyle style = new() { MinLength = minLength, MaxLength = maxLength, MinGap = minGap, MaxGap = maxGap };
        Assert.That(
            () => new StripGenerator(Digits, style, 1),
            Throws.ArgumentException.With.Message.Contains($"{minLength} to {maxLength} digits with gaps of {minGap} to {maxGap} pixels"));
    }

    /// <summary>The settings of a training are compared as text.</summary>
    [Test]
    public void ToString_AnyCulture_IsTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.That(StripStyle.Hard.ToString(), Is.EqualTo(
                "2 to 8 digits, gaps -4 to 10 px, jitter 2 px, digits: translation 0 px, scale 0.15, squeeze 0, shear 0.14, rotation 0 degrees, elastic 0 px (smoothing 4), "
                + "thickness 0, noise 0; ruled 0.2, inverted 0.5, faintness 0.5, gradient 0.4, blur 1 px, noise 20, salt and pepper 0.02"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
