using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

public class DigitNormalizerTests
{
    private const int Side = DigitNormalizer.FieldSide;

    [Test]
    public void Normalize_Null_Throws() =>
        Assert.That(() => DigitNormalizer.Normalize(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("picture"));

    [Test]
    public void Normalize_DigitsOfMnist_LeavesThemNearlyAsTheyAre()
    {
        double equal = 0, difference = 0;
        const int count = 500;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> pixels = Mnist.Test.Pixels(i);
            NormalizedDigit digit = DigitNormalizer.Normalize(new GrayImage(Side, Side, pixels));
            Assert.That(digit.DarkInk, Is.False);
            Assert.That(digit.Rejection, Is.EqualTo(Rejection.None));
            equal += EqualShare(digit.Picture.Pixels, pixels) / count;
            difference += Difference(digit.Picture.Pixels, pixels) / count;
        }
        TestContext.Out.WriteLine($"equal {equal:P1}, mean difference {difference:F2}");
        Assert.That(equal, Is.GreaterThan(0.8));
        Assert.That(difference, Is.LessThan(2.5), "of 255");
    }

    [Test]
    public void Normalize_PenDigits_AreInTheFormOfMnist([Values(28, 60, 200, 700)] int side, [Values(0.4, 0.9)] double share, [Values(0.02, 0.06, 0.12)] double thickness)
    {
        foreach ((int label, string path) in Drawn.Paths())
        {
            NormalizedDigit digit = DigitNormalizer.Normalize(Drawn.Digit(path, side, side, share, Math.Max(0.7, thickness * share * side)).On(240).ToImage());
            // Fat strokes are thinned by whole quarters of pixels.
            CheckForm(digit, $"{label}: {path}", sideTolerance: thickness > 0.1 ? 2 : 1);
            Assert.That(digit.DarkInk, Is.True);
        }
    }

    [Test]
    public void Normalize_StrokesOfAnyWidth_BecomeAboutAsWideAsMnists([Values(0.01, 0.03, 0.06, 0.1, 0.14)] double thickness)
    {
        foreach ((int label, string path) in Drawn.Paths())
        {
            NormalizedDigit digit = DigitNormalizer.Normalize(Drawn.Digit(path, 200, 200, share: 0.7, thickness * 140).On(255).ToImage());
            double width = Strokes.WidthOf(new Plane(digit.Picture.Pixels.ToArray(), Side, Side));
            // Holes that close and ends of strokes, and whole quarters of pixels.
            Assert.That(width, Is.InRange(1.2, 4.5), $"{label}: {path}");
            Assert.That(digit.StrokeWidth + digit.StrokeChange, Is.InRange(1.6 - 1e-9, 3.2 + 1e-9));
        }
    }

    [Test]
    public void Normalize_ShiftedEnlargedAndInverted_GivesNearlyTheSame()
    {
        List<double> differences = [];
        foreach ((int label, string path) in Drawn.Paths())
        {
            Plane drawing = Drawn.Digit(path, 110, 120, share: 0.6, radius: 4).On(255);
            NormalizedDigit expected = DigitNormalizer.Normalize(drawing.ToImage());
            string what = $"{label}: {path}";
            Assert.That(DigitNormalizer.Normalize(drawing.Inverse().ToImage()).Picture.Pixels.ToArray(), Is.EqualTo(expected.Picture.Pixels.ToArray()), what);

            NormalizedDigit shifted = DigitNormalizer.Normalize(drawing.Within(160, 140, left: 37, top: 11, around: 255).ToImage());
            Assert.That(shifted.Picture.Pixels.ToArray(), Is.EqualTo(expected.Picture.Pixels.ToArray()), what);
            Assert.That(shifted.Box, Is.EqualTo(expected.Box!.Value with { Left = expected.Box.Value.Left + 37, Top = expected.Box.Value.Top + 11 }));

            foreach (int times in (int[])[2, 5])
            {
                NormalizedDigit enlarged = DigitNormalizer.Normalize(drawing.Enlarge(times).ToImage());
                double difference = Difference(enlarged.Picture.Pixels, expected.Picture.Pixels);
                differences.Add(difference);
                Assert.That(enlarged.Scale * times, Is.EqualTo(expected.Scale).Within(2).Percent);
            }
        }
        // Where width or centre of mass are half-way between whole pixels, the rounding may differ.
        Assert.That(differences.Count(difference => difference > 4), Is.LessThanOrEqualTo(differences.Count / 20));
        Assert.That(differences.Average(), Is.LessThan(2.5), "of 255");
    }

    [TestCase(100, 120)]
    [TestCase(2890, 1880)]
    [TestCase(1777, 1003)]
    [TestCase(90, 1700)]
    public void Normalize_SmallDigitInALargePicture_TakesACloserLook(int left, int top)
    {
        foreach (string path in (string[])[PenStrokes.Digits[2][0], PenStrokes.Digits[3][0], PenStrokes.Digits[8][0]])
        {
            Canvas canvas = new(80, 100);
            canvas.Draw(path, left: 0, top: 0, scale: 10, radius: 4);
            Plane drawing = canvas.On(250);
            Plane large = drawing.Within(3000, 2000, left, top, around: 250);
            NormalizedDigit digit = DigitNormalizer.Normalize(large.ToImage(), keepStages: true), alone = DigitNormalizer.Normalize(drawing.ToImage());
            PixelBox box = digit.Box!.Value, expected = alone.Box!.Value;
            Assert.That(
                (box.Left, box.Top, box.Right, box.Bottom), Is.EqualTo((expected.Left + left, expected.Top + top, expected.Right + left, expected.Bottom + top)), path);
            Assert.That(Difference(digit.Picture.Pixels, alone.Picture.Pixels), Is.LessThan(1), path);
            Assert.That((digit.Rejection, digit.DarkInk), Is.EqualTo((Rejection.None, true)));
            Assert.That(digit.Scale, Is.EqualTo(alone.Scale).Within(0.1).Percent);
            Assert.That(digit.Stages.Select(stage => stage.Name), Is.EqualTo(new[] { "picture", "ground", "ink", "digit", "normalized" }), "of the closer look alone");
        }
    }

    [Test]
    public void Normalize_HardShadow_FindsTheSameDigit([Values(0, 0.6, 1.57, 2.5)] double angle, [Values(0.25, 0.5)] double depth, [Values(70, 300)] int side)
    {
        List<string> others = [];
        foreach ((int label, string path) in Drawn.Paths())
        {
            Canvas canvas = Drawn.Digit(path, side, side, share: 0.6, radius: side * 0.02);
            Plane shaded = canvas.On((x, y) => 220 * ((Math.Cos(angle) * (x - (side / 2) + 0.2)) + (Math.Sin(angle) * (y - (side / 2) + 0.2)) > 0 ? 1 - depth : 1), darkness: 0.8);
            NormalizedDigit digit = DigitNormalizer.Normalize(shaded.ToImage()), expected = DigitNormalizer.Normalize(canvas.On(220, darkness: 0.8).ToImage());
            PixelBox box = digit.Box!.Value, expectedBox = expected.Box!.Value;
            int off = new[] { box.Left - expectedBox.Left, box.Right - expectedBox.Right, box.Top - expectedBox.Top, box.Bottom - expectedBox.Bottom }.Max(Math.Abs);
            if (digit.Rejection != Rejection.None || off > 2 + (side / 50))
                others.Add($"{label}: {path} at {box} instead of {expectedBox}");
        }
        Assert.That(others, Has.Count.LessThanOrEqualTo(1), string.Join("; ", others));
    }

    [TestCase(300, 7, 3)]
    [TestCase(900, 200, 400)]
    [TestCase(2500, 31, 77)]
    public void Box_LargeDigit_IsWhereTheInkIs(int height, int left, int top)
    {
        Canvas canvas = new((int)(height * 0.8) + left + 9, height + top + 11);
        float scale = height / 10f;
        canvas.Draw(PenStrokes.Digits[5][0], left, top, scale, scale * 0.4f);
        Plane ink = canvas.Ink();
        PixelBox expected = InkSegmenter.Find(ink, 40).Single().Box, box = DigitNormalizer.Normalize(canvas.On(255).ToImage()).Box!.Value;
        // To the pixel of the smaller copy, and the edge that it blurs.
        int block = (Math.Max(canvas.Width, canvas.Height) + 255) / 256;
        Assert.That(
            new[] { box.Left, box.Top, box.Right, box.Bottom }, Is.EqualTo(new[] { expected.Left, expected.Top, expected.Right, expected.Bottom }).Within(block));
        Assert.That((box.Right <= canvas.Width, box.Bottom <= canvas.Height), Is.EqualTo((true, true)));
    }

    [Test]
    public void Normalize_BlankPictures_AreBlank([Values(1, 2, 28, 100, 700)] int side, [Values(0, 20, 128, 255)] int grey)
    {
        NormalizedDigit digit = DigitNormalizer.Normalize(Drawn.Of(side, side, (_, _) => grey).ToImage());
        Assert.That((digit.Rejection, digit.Box), Is.EqualTo((Rejection.Blank, (PixelBox?)null)));
        CheckSize(digit);
        Assert.That(digit.Picture.Pixels.ToArray(), Is.All.Zero);
    }

    [Test]
    public void Normalize_BlankPaperWithNoise_IsBlank()
    {
        List<string> seen = [];
        for (int i = 0; i < 60; i++)
        {
            double deviation = i / 5;
            Plane paper = Drawn.Of(60 + (5 * i), 120, (x, y) => 160 + (i % 3 * 20) + (i % 2 * 0.05 * (x + y))).WithNoise(deviation, seed: i);
            if (DigitNormalizer.Normalize(paper.ToImage()).Rejection != Rejection.Blank)
                seen.Add($"{paper.Width}x120 with noise of {deviation}");
        }
        Assert.That(seen, Has.Count.LessThanOrEqualTo(1), string.Join(", ", seen));
    }

    [Test]
    public void Normalize_SeveralDigits_SaysSo()
    {
        Canvas canvas = new(330, 130);
        for (int i = 0; i < 3; i++)
            canvas.Draw(PenStrokes.Digits[i + 2][0], left: 20 + (100 * i), top: 15, scale: 10, radius: 4);
        NormalizedDigit digit = DigitNormalizer.Normalize(canvas.On(255).ToImage());
        Assert.That(digit.Rejection, Is.EqualTo(Rejection.SeveralCharacters));
        Assert.That(digit.Warnings, Has.Some.StartsWith("3 characters of about the same size"));
        CheckForm(digit, "the one with the most ink");
    }

    /// <summary>The closer look sees one of the two alone, and what was seen before still holds.</summary>
    [Test]
    public void Normalize_TwoSmallDigitsFarApart_AreSeveralCharacters()
    {
        Plane drawing = Drawn.Digit(PenStrokes.Digits[2][0], 100, 100, share: 0.8, radius: 4).On(255);
        Plane large = drawing.Within(2000, 1500, left: 100, top: 700, around: 255);
        for (int y = 0; y < 100; y++)
            drawing.Row(y).CopyTo(large.Row(705 + y)[1700..]);
        NormalizedDigit digit = DigitNormalizer.Normalize(large.ToImage());
        Assert.That(digit.Rejection, Is.EqualTo(Rejection.SeveralCharacters));
        Assert.That(digit.Box!.Value.Side, Is.InRange(60, 100));
    }

    [Test]
    public void Normalize_Report_TellsWhatWasDone()
    {
        Canvas canvas = Drawn.Digit(PenStrokes.Digits[4][1], 150, 150, share: 0.6, radius: 2);
        canvas.DrawLine(12, 14, 13, 14, 1.5f);
        NormalizedDigit digit = DigitNormalizer.Normalize(canvas.On(200, darkness: 0.6).ToImage());
        Assert.That(digit.Contrast, Is.EqualTo(0.6).Within(0.02));
        Assert.That(digit.Threshold, Is.EqualTo(0.35 * 0.6).Within(0.02));
        Assert.That((digit.Noise, digit.RuleCount, digit.SpeckCount), Is.EqualTo((0.0, 0, 1)));
        Assert.That(digit.Scale, Is.EqualTo(20.0 / digit.Box!.Value.Side));
        Assert.That(digit.StrokeWidth, Is.EqualTo(4 * digit.Scale).Within(25).Percent);
        Assert.That(digit.StrokeChange, Is.EqualTo(1.6 - digit.StrokeWidth).Within(1e-9));
        Assert.That(digit.Warnings, Is.Empty);
        Assert.That(DigitNormalizer.Normalize(canvas.On(200, darkness: 0.6).WithNoise(6, seed: 1).ToImage()).Noise, Is.EqualTo(6 / 200.0).Within(25).Percent);
    }

    [Test]
    public void Warnings_DoubtfulPictures_NameWhatIsWrong()
    {
        string two = PenStrokes.Digits[2][0];
        Canvas cut = new(100, 100), wide = new(220, 100);
        cut.Draw(two, left: 10, top: -14, scale: 10, radius: 4);
        wide.DrawLine(30, 40, 180, 60, 5);
        Assert.That(WarningsOf(cut.On(255)), Is.EqualTo(new[] { "The ink touches the edge of the picture: a part of the digit may be cut off." }));
        Assert.That(WarningsOf(Drawn.Digit(two, 24, 24, share: 0.35, radius: 0.8).On(255)), Has.One.Matches(@"^The digit is only \d+ pixels high or wide; 20 and more are better\.$"));
        Assert.That(WarningsOf(Drawn.Digit(two, 100, 100, share: 0.7, radius: 4).On(255, darkness: 0.1)), Is.EqualTo(new[] { $"The ink takes only {FormattableString.Invariant($"{0.1:P0}")} of the light." }));
        Assert.That(WarningsOf(wide.On(255)), Has.One.Matches(@"^The ink is \d+ pixels wide and \d+ high: more than one character, or none\.$"));

        static string[] WarningsOf(Plane picture) => [.. DigitNormalizer.Normalize(picture.ToImage()).Warnings];
    }

    [Test]
    public void Normalize_ExtremeSizes_NeverThrows()
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (2, 2), (1, 2), (1, 7), (1, 500), (500, 1), (2, 300), (3, 5), (6, 6), (7, 3), (39, 40), (255, 257), (257, 1), (513, 2), (65000, 1), (1, 65000), (4000, 3)])
        {
            foreach ((string name, Plane picture) in Patterns(width, height))
            {
                NormalizedDigit digit = DigitNormalizer.Normalize(picture.ToImage(), keepStages: true);
                CheckSize(digit);
                string what = $"{name}, {width}x{height}";
                Assert.That(digit.Picture.Pixels.ContainsAnyExcept((byte)0), Is.EqualTo(digit.Box is not null), what);
                Assert.That(digit.Box is null, Is.EqualTo(digit.Rejection == Rejection.Blank), what);
                if (digit.Box is { } box)
                    Assert.That(box.Left >= 0 && box.Top >= 0 && box.Width > 0 && box.Height > 0 && box.Right <= width && box.Bottom <= height, Is.True, what);
                if (name is "black" or "white" || Math.Max(width, height) < 6)
                    Assert.That(digit.Rejection, Is.EqualTo(Rejection.Blank), what);
            }
        }
    }

    [Test]
    public void Normalize_RowWithADash_FindsTheDash()
    {
        Plane row = Drawn.Of(65000, 1, (x, _) => x is >= 20000 and < 30000 ? 0 : 255);
        PixelBox box = DigitNormalizer.Normalize(row.ToImage()).Box!.Value;
        Assert.That((box.Left, box.Right), Is.EqualTo((20000, 30000)).Using<(int, int)>((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1100));
        Assert.That((box.Top, box.Height), Is.EqualTo((0, 1)));
        Assert.That(DigitNormalizer.Normalize(row.Transpose().ToImage()).Box, Is.EqualTo(new PixelBox(0, box.Left, 1, box.Width)));
    }

    [Test]
    public void Normalize_Noise_NeverThrows()
    {
        for (int i = 0; i < 60; i++)
        {
            GrayImage noise = i % 2 == 0 ? PictureMaker.Noise((ulong)i).Image : Drawn.Noise(20 + (9 * i), 300 - (4 * i), seed: i, density: i / 60.0).ToImage();
            CheckSize(DigitNormalizer.Normalize(noise, keepStages: true));
        }
    }

    [Test]
    public void Stages_AskedFor_AreNamedInOrder()
    {
        GrayImage plain = Drawn.Digit(PenStrokes.Digits[3][0], 100, 120, share: 0.7, radius: 4).On(240).ToImage();
        NormalizedDigit digit = DigitNormalizer.Normalize(plain, keepStages: true);
        Assert.That(digit.Stages.Select(stage => stage.Name), Is.EqualTo(new[] { "picture", "ground", "ink", "digit", "normalized" }));
        Assert.That(digit.Stages[0].Picture.Pixels.ToArray(), Is.EqualTo(plain.Pixels.ToArray()));
        Assert.That(digit.Stages[1].Picture.Pixels.ToArray(), Is.All.EqualTo(240));
        Assert.That(digit.Stages[^1].Picture.Pixels.ToArray(), Is.EqualTo(digit.Picture.Pixels.ToArray().Select(value => (byte)(255 - value))));
        NormalizedDigit without = DigitNormalizer.Normalize(plain);
        Assert.That(without.Stages, Is.Empty);
        Assert.That(without.Picture.Pixels.ToArray(), Is.EqualTo(digit.Picture.Pixels.ToArray()));

        GrayImage ruled = TestPictures.Digits().First(picture => picture.Taken == Taken.Ruled && DigitNormalizer.Normalize(picture.Image).RuleCount > 0).Image;
        Assert.That(
            DigitNormalizer.Normalize(ruled, keepStages: true).Stages.Select(stage => stage.Name), Is.EqualTo(new[] { "picture", "ground", "ink", "without rules", "digit", "normalized" }));

        NormalizedDigit blank = DigitNormalizer.Normalize(new GrayImage(50, 50, new byte[2500]), keepStages: true);
        Assert.That(blank.Stages.Select(stage => stage.Name), Is.EqualTo(new[] { "picture", "ground", "ink" }));
    }

    [Test]
    public void Stages_LightInk_ShowsTheGroundAsItIs()
    {
        GrayImage board = Drawn.Digit(PenStrokes.Digits[3][0], 100, 120, share: 0.7, radius: 4).On(240).Inverse().ToImage();
        NormalizedDigit digit = DigitNormalizer.Normalize(board, keepStages: true);
        Assert.That(digit.Stages[0].Picture.Pixels.ToArray(), Is.EqualTo(board.Pixels.ToArray()));
        Assert.That(digit.Stages[1].Picture.Pixels.ToArray(), Is.All.EqualTo(15));
    }

    [Test]
    public void Normalize_SeveralThreads_GiveWhatOneGives()
    {
        GrayImage[] pictures = [.. TestPictures.Digits().Where((_, i) => i % 10 == 0).Select(picture => picture.Image)];
        string[] expected = [.. pictures.Select(picture => Describe(DigitNormalizer.Normalize(picture)))];
        Assert.That(pictures.Select(picture => Describe(DigitNormalizer.Normalize(picture))), Is.EqualTo(expected));
        string[] actual = new string[4 * pictures.Length];
        Parallel.For(0, actual.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => actual[i] = Describe(DigitNormalizer.Normalize(pictures[i % pictures.Length])));
        Assert.That(actual, Is.EqualTo(Enumerable.Repeat(expected, 4).SelectMany(all => all)));

        static string Describe(NormalizedDigit digit) => Convert.ToHexString(digit.Picture.Pixels) + digit;
    }

    [Test, Category("Slow")]
    public void Normalize_TestSetOfMnistInSeveralSizes_IsReadAsWellAsItIs([Values(1, 3, 8)] int times)
    {
        DigitReader reader = new(PretrainedModels.Digits);
        (int wrong, int wrongPlain) = (0, 0);
        Parallel.For(0, Mnist.Test.Count, i =>
        {
            ReadOnlySpan<byte> pixels = Mnist.Test.Pixels(i);
            if (BestOf(pixels) != Mnist.Test.Label(i))
                Interlocked.Increment(ref wrongPlain);
            int margin = (4 * times) + 7, side = (Side * times) + (2 * margin);
            byte[] picture = new byte[side * side];
            picture.AsSpan().Fill(255);
            for (int y = 0; y < Side * times; y++)
            {
                for (int x = 0; x < Side * times; x++)
                    picture[((margin + y) * side) + margin + x] -= pixels[(y / times * Side) + (x / times)];
            }
            if (BestOf(DigitNormalizer.Normalize(GrayImage.Borrow(side, side, picture)).Picture.Pixels) != Mnist.Test.Label(i))
                Interlocked.Increment(ref wrong);
        });
        double share = 100.0 * wrong / Mnist.Test.Count, plainShare = 100.0 * wrongPlain / Mnist.Test.Count;
        TestContext.Out.WriteLine($"{times}x: {share:F2} % wrong, as they are {plainShare:F2} %");
        Assert.That(share, Is.EqualTo(plainShare).Within(0.15), "points");

        int BestOf(ReadOnlySpan<byte> digit)
        {
            Span<float> penalties = stackalloc float[reader.ClassCount];
            reader.Read(digit, penalties);
            int best = 0;
            for (int label = 1; label < 10; label++)
                best = penalties[label] < penalties[best] ? label : best;
            return best;
        }
    }

    private static IEnumerable<(string Name, Plane Picture)> Patterns(int width, int height)
    {
        yield return ("black", Drawn.Of(width, height, (_, _) => 0));
        yield return ("white", Drawn.Of(width, height, (_, _) => 255));
        yield return ("checkerboard", Drawn.Of(width, height, (x, y) => 255 * ((x + y) % 2)));
        yield return ("dots", Drawn.Of(width, height, (x, y) => x % 2 == 0 && y % 2 == 0 ? 0 : 255));
        yield return ("slope across", Drawn.Of(width, height, (x, _) => 255.0 * x / width));
        yield return ("slope down", Drawn.Of(width, height, (_, y) => 255.0 * y / height));
        yield return ("steep slope", Drawn.Of(width, height, (x, y) => (x * 7) + (y * 11)));
        yield return ("saw", Drawn.Of(width, height, (x, y) => ((x * 7) + (y * 11)) % 256));
        yield return ("noise", Drawn.Noise(width, height, seed: width));
        yield return ("few", Drawn.Noise(width, height, seed: height, density: 0.05));
        yield return ("halves", Drawn.Of(width, height, (x, y) => 2 * x < width && 2 * y <= height ? 30 : 220));
        yield return ("cross", Drawn.Of(width, height, (x, y) => x == width / 2 || y == height / 2 ? 0 : 255));
        yield return ("one pixel", Drawn.Of(width, height, (x, y) => x == width / 2 && y == height / 2 ? 0 : 255));
    }

    /// <summary>28x28, the longer side of the digit 20, its centre of mass in the middle.</summary>
    private static void CheckForm(NormalizedDigit digit, string what, int sideTolerance = 1)
    {
        CheckSize(digit);
        Plane picture = new(digit.Picture.Pixels.ToArray(), Side, Side);
        double mass = 0, massX = 0, massY = 0;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                mass += picture.Row(y)[x];
                massX += picture.Row(y)[x] * (double)x;
                massY += picture.Row(y)[x] * (double)y;
            }
        }
        Assert.That((massX / mass, massY / mass), Is.EqualTo((14.0, 14.0)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) <= 0.6 && Math.Abs(a.Item2 - b.Item2) <= 0.6), what);
        PixelBox box = InkSegmenter.Find(picture, 20).Select(piece => piece.Box).Aggregate((a, b) => a.Union(b));
        Assert.That(box.Side, Is.EqualTo(20).Within(sideTolerance), what);
        Assert.That(digit.Scale * digit.Box!.Value.Side, Is.EqualTo(20).Within(12).Percent, what);
    }

    private static void CheckSize(NormalizedDigit digit) => Assert.That((digit.Picture.Width, digit.Picture.Height), Is.EqualTo((Side, Side)));

    private static double Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum / a.Length;
    }

    private static double EqualShare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int equal = 0;
        for (int i = 0; i < a.Length; i++)
            equal += a[i] == b[i] ? 1 : 0;
        return (double)equal / a.Length;
    }
}
