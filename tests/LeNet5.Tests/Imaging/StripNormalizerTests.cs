using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

public class StripNormalizerTests
{
    private const int Count = 14;

    [Test]
    public void Normalize_Null_Throws() =>
        Assert.That(() => StripNormalizer.Normalize(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("picture"));

    [Test]
    public void Normalize_DigitsOfMnist_AreMovedByWholePixels()
    {
        int moved = 0;
        foreach (Plane ink in Lines())
        {
            NormalizedStrip strip = StripNormalizer.Normalize(ink.ToImage());
            PixelBox box = strip.Box!.Value;
            CheckForm(strip, ink);
            Assert.That((strip.Scale, strip.StrokeChange, strip.DarkInk), Is.EqualTo((1.0, 0.0, false)));
            if (strip.Tilt != 0 || strip.SlantChange != 0 || strip.SpeckCount > 0)
                continue;
            moved++;
            (int dx, int dy) = (StripNormalizer.Margin - box.Left, strip.BoxInPicture(new PixelBox(0, 16, 1, 1)).Top);
            Assert.That(dy, Is.EqualTo(16).Within(2), "the middle of digits of many shapes");
            for (int y = box.Top; y < box.Bottom && y + 16 - dy < 32; y++)
                Assert.That(strip.Picture.Row(y + 16 - dy).Slice(box.Left + dx, box.Width).ToArray(), Is.EqualTo(ink.Row(y).Slice(box.Left, box.Width).ToArray()).Within(13), $"row {y}, but for the contrast and what is too faint for ink");
        }
        Assert.That(moved, Is.GreaterThanOrEqualTo(Count - 3), "some digits are slanted, and some have specks");
    }

    [Test]
    public void Normalize_NormalizedStrip_ChangesNothing()
    {
        foreach (Plane ink in Lines())
        {
            NormalizedStrip first = StripNormalizer.Normalize(ink.OnPaper(darkness: 0.6).ToImage());
            // What was interpolated once has other edges.
            if (first.Tilt != 0 || first.SlantChange != 0)
                continue;
            GrayImage once = first.Picture, twice = StripNormalizer.Normalize(once).Picture;
            Assert.That((twice.Width, twice.Pixels.ToArray()), Is.EqualTo((once.Width, once.Pixels.ToArray())));
        }
    }

    [Test]
    public void Normalize_Inverted_GivesTheSame()
    {
        foreach (Plane ink in Lines())
        {
            NormalizedStrip light = StripNormalizer.Normalize(ink.ToImage()), dark = StripNormalizer.Normalize(ink.Inverse().ToImage());
            Assert.That(dark.Picture.Pixels.ToArray(), Is.EqualTo(light.Picture.Pixels.ToArray()));
            Assert.That((dark.DarkInk, dark.Box, dark.Scale), Is.EqualTo((true, light.Box, light.Scale)));
        }
    }

    [Test]
    public void Normalize_UnevenLight_GivesNearlyTheSame([Values(0.1, 0.25, 0.4)] double loss, [Values] bool inverted) =>
        CheckSame($"loss of {loss}", ink => Ink(ink.OnPaper(loss: loss), inverted), most: 1);

    [Test]
    public void Normalize_Noise_GivesNearlyTheSame([Values(8, 20)] double deviation, [Values] bool inverted) =>
        CheckSame($"noise of {deviation}", ink => Ink(ink.OnPaper(), inverted).WithNoise(deviation, seed: ink.Width), most: 6);

    [Test]
    public void Normalize_SaltAndPepper_GivesNearlyTheSame([Values] bool inverted) => CheckSame("salt and pepper", ink =>
    {
        Plane picture = Ink(ink.OnPaper(darkness: 0.5), inverted);
        SeededRandom random = new((ulong)ink.Width);
        for (int i = 0; i < picture.Values.Length / 60; i++)
            picture.Values[random.NextInt32(picture.Values.Length)] = random.NextInt32(2) == 0 ? byte.MinValue : byte.MaxValue;
        return picture;
    }, most: 5);

    [Test]
    public void Normalize_FaintInk_GivesNearlyTheSame() =>
        CheckSame("faint", ink => ink.OnPaper(paper: 200, darkness: 0.3, loss: 0.2).WithNoise(3, seed: ink.Width), most: 6);

    [Test]
    public void Normalize_Blurred_KeepsPlaceAndSize() =>
        CheckSame("blurred", ink => ink.Blurred().OnPaper(loss: 0.1), most: 22);

    [Test]
    public void Normalize_InALargePhoto_GivesNearlyTheSame([Values] bool inverted) =>
        CheckSame("photo", ink => Ink(ink.Within(ink.Width + 240, 272, left: 120, top: 120).OnPaper(loss: 0.4), inverted).WithNoise(5, seed: ink.Width), most: 7);

    // Digits in MNIST's size are left 18 to 22 rows high, others are made 20.
    [TestCase(0.5, 26)]
    [TestCase(1.5, 15)]
    [TestCase(3, 15)]
    [TestCase(8, 15)]
    public void Normalize_OtherSizes_GivesNearlyTheSame(double times, double most) =>
        CheckSame($"{times} times as large", ink => ink.Enlarged(times).OnPaper(loss: 0.2).WithNoise(4, seed: ink.Width), most, scale: 1 / times);

    [Test]
    public void Normalize_Rules_AreRemoved([Values(1, 3)] double times, [Values(25, 28)] int row, [Values(-1, 0, 2)] int rise)
    {
        CheckSame($"rule at {row}", ink => Drawn.Of((int)(ink.Width * times), (int)(ink.Height * times), (x, y) =>
        {
            double rule = Math.Clamp(0.75 + (0.5 * times) - Math.Abs(y - (times * (row + (rise * (((double)x / (ink.Width * times)) - 0.5))))), 0, 1);
            return 230 * (1 - Math.Max(0.6 * rule, ink.Row((int)(y / times))[(int)(x / times)] / 255.0));
        }).WithNoise(3, seed: row), most: 20, check: strip => Assert.That(strip.RuleCount, Is.EqualTo(1)));
    }

    [Test]
    public void Normalize_BoxesOfAForm_AreRemoved()
    {
        foreach (Plane ink in Lines())
        {
            Plane line = ink.Within(ink.Width + 20, 52, left: 10, top: 10);
            Plane form = Drawn.Of(line.Width, 52, (x, y) => 240 * (1 - Math.Max(x % 25 == 3 || y is 3 or 48 ? 0.7 : 0, line.Row(y)[x] / 255.0)));
            NormalizedStrip strip = StripNormalizer.Normalize(form.ToImage());
            Assert.That(strip.RuleCount, Is.GreaterThan(3));
            Assert.That(strip.Box!.Value.Height, Is.LessThan(30));
        }
    }

    [Test]
    public void Normalize_Ones_AreNoRules([Values(0, 1, 8)] int margin)
    {
        Canvas canvas = new(100, 20 + (2 * margin));
        for (int i = 0; i < 5; i++)
            canvas.DrawLine(8 + (20 * i), margin + 1, 8 + (20 * i), margin + 18, 1.5f);
        NormalizedStrip strip = StripNormalizer.Normalize(canvas.On(255).ToImage());
        Assert.That((strip.RuleCount, strip.SpeckCount), Is.EqualTo((0, 0)));
        Assert.That(InkSegmenter.Find(PlaneOf(strip), 128), Has.Count.EqualTo(5));
    }

    [Test]
    public void Normalize_BarsOfSevens_AreNoRule()
    {
        Canvas canvas = new(104, 22);
        for (int i = 0; i < 6; i++)
        {
            canvas.DrawLine(2 + (17 * i), 2, 16 + (17 * i), 2, 1.5f);
            canvas.DrawLine(16 + (17 * i), 2, 8 + (17 * i), 19, 1.5f);
        }
        NormalizedStrip strip = StripNormalizer.Normalize(canvas.On(255).ToImage());
        Assert.That(strip.RuleCount, Is.Zero);
    }

    [Test]
    public void Tilt_TurnedLine_IsFoundAndTakenOut([Values(-9, -5, 4, 8)] double degrees, [Values(1, 3)] double times)
    {
        foreach (Plane ink in Lines(length: 8))
        {
            NormalizedStrip level = StripNormalizer.Normalize(ink.ToImage());
            NormalizedStrip strip = StripNormalizer.Normalize(ink.Enlarged(times).Turned(degrees).OnPaper().ToImage());
            Assert.That(strip.Tilt, Is.EqualTo(degrees).Within(1.6));
            Assert.That(strip.Picture.Width, Is.EqualTo(level.Picture.Width).Within(8).Percent);
            CheckForm(strip, ink);
        }
    }

    [Test]
    public void Tilt_LevelLine_IsSeldomSeen([Values(2, 3, 5, 8)] int length)
    {
        int tilted = Enumerable.Range(0, 40).Count(i => StripNormalizer.Normalize(DigitLines.Ink(i, length, jitter: 2).ToImage()).Tilt != 0);
        Assert.That(tilted, Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void Slant_SlantedLine_IsTakenOutDownToWhatMnistHas()
    {
        List<double> after = [];
        foreach (Plane ink in Lines(length: 6))
        {
            double before = StripNormalizer.Normalize(ink.ToImage()).Slant;
            NormalizedStrip strip = StripNormalizer.Normalize(ink.Slanted(30).OnPaper().ToImage());
            double expected = Math.Atan(Math.Tan(before * Math.PI / 180) + Math.Tan(Math.PI / 6)) * 180 / Math.PI;
            Assert.That(strip.Slant, Is.EqualTo(expected).Within(4));
            Assert.That(strip.Slant - strip.SlantChange, Is.EqualTo(12).Within(0.01));
            after.Add(StripNormalizer.Normalize(strip.Picture).Slant);
        }
        Assert.That(after, Is.All.EqualTo(12).Within(6));
        Assert.That(after.Average(), Is.EqualTo(12).Within(1.5));
    }

    [TestCase(0.4f, 1.6)]
    [TestCase(2.6f, 3.9)]
    public void StrokeChange_ThinAndThickPens_BringsStrokesIntoMnistsRange(float radius, double expected)
    {
        Canvas canvas = new(240, 60);
        for (int i = 0; i < 6; i++)
            canvas.Draw(PenStrokes.Digits[i + 2][0], left: 14 + (36 * i), top: 10, scale: 4.4f, radius * 40 / 20);
        NormalizedStrip strip = StripNormalizer.Normalize(canvas.On(255).ToImage());
        Assert.That(strip.StrokeWidth + strip.StrokeChange, Is.EqualTo(expected).Within(1e-9));
        Assert.That(Strokes.WidthOf(PlaneOf(strip)), Is.EqualTo(expected).Within(25).Percent);
    }

    [Test]
    public void Normalize_SpecksAndOtherLines_AreLeftOut()
    {
        foreach (Plane ink in Lines(length: 5))
        {
            NormalizedStrip expected = StripNormalizer.Normalize(ink.ToImage());
            Plane sheet = ink.Within(ink.Width + 60, 64, left: 30, top: 16);
            // Descenders of the line above and heads of the one below, cut off by the picture's edges; dust.
            foreach ((int x, int top, int bottom) in ((int, int, int)[])[(35, 0, 9), (70, 0, 12), (50, 57, 64), (90, 55, 64)])
            {
                for (int y = top; y < bottom; y++)
                    sheet.Row(y).Slice(x, 3).Fill(230);
            }
            sheet.Row(30)[6] = sheet.Row(20)[sheet.Width - 5] = 255;
            NormalizedStrip strip = StripNormalizer.Normalize(sheet.OnPaper().ToImage());
            Assert.That(DigitLines.Difference(strip.Picture, expected.Picture), Is.LessThan(0.5));
            Assert.That(strip.SpeckCount, Is.EqualTo(6 + expected.SpeckCount));
        }
    }

    [Test]
    public void Normalize_CommaAndDash_AreKeptAndDoNotCountAsDigits()
    {
        foreach (Plane ink in Lines(length: 4))
        {
            Plane line = ink.Within(ink.Width + 30, 32, left: 0, top: 0);
            for (int i = 0; i < 7; i++)
            {
                line.Row(23 + (i / 2)).Slice(ink.Width - (i / 3), 2).Fill(250);
                line.Row(15 + (i % 2)).Slice(ink.Width + 8, 9).Fill(250);
            }
            NormalizedStrip strip = StripNormalizer.Normalize(line.ToImage()), without = StripNormalizer.Normalize(ink.ToImage());
            Assert.That((strip.Scale, strip.SpeckCount), Is.EqualTo((1.0, 0)));
            Assert.That(strip.Picture.Width, Is.GreaterThan(without.Picture.Width + 10));
        }
    }

    [Test]
    public void Box_LineInAPhoto_IsWhereTheInkIs([Values(1, 3)] int times)
    {
        foreach (Plane ink in Lines())
        {
            Plane large = ink.Enlarge(times);
            PixelBox expected = InkSegmenter.Find(large, 100).Select(component => component.Box).Aggregate((a, b) => a.Union(b));
            Plane photo = large.Within(large.Width + 400, large.Height + 300, left: 170, top: 110).OnPaper(loss: 0.2);
            NormalizedStrip strip = StripNormalizer.Normalize(photo.ToImage());
            CheckNear(strip.Box!.Value, expected with { Left = expected.Left + 170, Top = expected.Top + 110 }, within: times + 1);
            CheckNear(strip.BoxInPicture(InkBox(strip)), strip.Box.Value, within: 2 * times);
        }
    }

    [Test]
    public void BoxInPicture_TiltedAndSlanted_HoldsThePartOfThePicture()
    {
        Plane ink = DigitLines.Ink(3, length: 8).Slanted(28).Enlarged(2).Turned(6);
        NormalizedStrip strip = StripNormalizer.Normalize(ink.OnPaper().ToImage());
        Assert.That((strip.Tilt, strip.SlantChange), Is.Not.EqualTo((0.0, 0.0)));
        foreach (InkComponent component in InkSegmenter.Find(PlaneOf(strip), 60).Where(component => component.Area > 20))
        {
            PixelBox box = strip.BoxInPicture(component.Box);
            // The component has a counterpart there: as much ink, scaled.
            long there = InkSegmenter.Find(Plane.Crop(ink.Values, ink.Width, box), 60).Sum(piece => piece.Mass);
            Assert.That(there * strip.Scale * strip.Scale, Is.GreaterThan(0.7 * component.Mass));
            Assert.That(box.Left >= 0 && box.Top >= 0 && box.Right <= ink.Width && box.Bottom <= ink.Height, Is.True);
        }
        Assert.That(strip.BoxInPicture(new PixelBox(-500, -500, 5000, 5000)), Is.EqualTo(new PixelBox(0, 0, ink.Width, ink.Height)));
        Assert.That(strip.BoxInPicture(new PixelBox(-500, 0, 1, 1)).Width, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void Normalize_BlankPictures_AreBlank([Values(1, 2, 28, 100, 700)] int side, [Values(0, 20, 128, 255)] int grey)
    {
        NormalizedStrip strip = StripNormalizer.Normalize(Drawn.Of(side, side / 2 + 1, (_, _) => grey).ToImage());
        Assert.That((strip.Rejection, strip.Box, strip.Picture.Width, strip.Picture.Height), Is.EqualTo((Rejection.Blank, (PixelBox?)null, 32, 32)));
        Assert.That(strip.Picture.Pixels.ToArray(), Is.All.Zero);
        Assert.That(strip.BoxInPicture(new PixelBox(-3, -3, 1000, 1000)), Is.EqualTo(new PixelBox(0, 0, side, side / 2 + 1)));
    }

    [Test]
    public void Normalize_BlankPaperWithNoise_IsBlank()
    {
        List<string> seen = [];
        for (int i = 0; i < 60; i++)
        {
            double deviation = i / 3;
            Plane paper = Drawn.Of(60 + (8 * i), 32 + (i % 4 * 30), (x, y) => 170 + (i % 3 * 20) + (i % 2 * 0.05 * (x + y))).WithNoise(deviation, seed: i);
            if (StripNormalizer.Normalize(paper.ToImage()).Rejection != Rejection.Blank)
                seen.Add($"{paper.Width}x{paper.Height} with noise of {deviation}");
        }
        Assert.That(seen, Has.Count.LessThanOrEqualTo(3), string.Join(", ", seen));
    }

    [Test]
    public void Normalize_FaintInkInStrongNoise_IsFound()
    {
        int found = Lines(length: 5).Count(ink =>
        {
            NormalizedStrip strip = StripNormalizer.Normalize(ink.OnPaper(darkness: 0.5).WithNoise(20, seed: ink.Width).ToImage());
            return strip.Rejection == Rejection.None && DigitLines.Difference(strip.Picture, StripNormalizer.Normalize(ink.ToImage()).Picture) < 25;
        });
        Assert.That(found, Is.GreaterThanOrEqualTo(Count - 2));
    }

    /// <summary>Faint brown ink on uneven yellowed paper, the writing of the other side shining through, long tails, the line above hanging in.</summary>
    [Test]
    public void Normalize_OldRecord_FindsTheLine()
    {
        foreach (Plane ink in Lines(length: 5))
        {
            NormalizedStrip expected = StripNormalizer.Normalize(ink.ToImage());
            Plane line = ink.Within(ink.Width + 80, 60, left: 40, top: 16).Enlarged(2.5), behind = line.Mirror();
            for (int y = 0; y < 30; y++)
                line.Row(y).Slice(150 - (y / 3), 6).Fill(220);
            Plane record = Drawn.Of(line.Width, line.Height, (x, y) => 190 * (1 + (0.08 * Math.Sin(x / 40.0)) - (0.1 * y / line.Height))
                * (1 - (0.45 * line.Row(y)[x] / 255)) * (1 - (0.06 * behind.Row(y)[x] / 255))).WithNoise(4, seed: ink.Width);
            NormalizedStrip strip = StripNormalizer.Normalize(record.ToImage());
            Assert.That(strip.Scale, Is.EqualTo(1 / 2.5).Within(15).Percent);
            Assert.That(strip.Picture.Width, Is.EqualTo(expected.Picture.Width).Within(12).Percent);
        }
    }

    [Test]
    public void Normalize_ExtremeSizes_NeverCrashes()
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (2, 2), (1, 9), (9, 1), (1, 700), (700, 1), (3, 5), (40, 7), (39, 40), (65000, 1), (1, 65000), (10000, 32), (32, 10000), (4000, 3)])
        {
            foreach ((string name, Plane picture) in ((string, Plane)[])[
                ("black", Drawn.Of(width, height, (_, _) => 0)), ("white", Drawn.Of(width, height, (_, _) => 255)),
                ("noise", Drawn.Noise(width, height, seed: width)), ("sparse noise", Drawn.Noise(width, height, seed: height, density: 0.02)),
                ("halves", Drawn.Of(width, height, (x, y) => x < width / 2 ? 0 : 255)), ("stripes", Drawn.Of(width, height, (x, y) => 255 * ((x + (2 * y)) / 3 % 2)))])
            {
                try
                {
                    NormalizedStrip strip = StripNormalizer.Normalize(picture.ToImage());
                    Assert.That(strip.Picture.Height, Is.EqualTo(32));
                    Assert.That(strip.Picture.Width, Is.LessThanOrEqualTo(StripNormalizer.MaxWidth));
                    Assert.That(strip.Box is null, Is.EqualTo(strip.Rejection == Rejection.Blank), $"{name}, {width}x{height}");
                    if (name is "black" or "white")
                        Assert.That(strip.Rejection, Is.EqualTo(Rejection.Blank));
                }
                catch (ArgumentException exception)
                {
                    Assert.That(exception.Message, Does.StartWith("A normalized line has up to 16384 columns"), $"{name}, {width}x{height}");
                }
            }
        }
    }

    [Test]
    public void Normalize_LineTooLong_Throws()
    {
        Plane ink = DigitLines.Ink(0, length: 8), row = new(20000, 32);
        for (int left = 0; left + ink.Width < row.Width; left += ink.Width)
        {
            for (int y = 0; y < 32; y++)
                ink.Row(y).CopyTo(row.Row(y)[left..]);
        }
        Assert.That(() => StripNormalizer.Normalize(row.ToImage()), Throws.ArgumentException.With.Message.Matches(
            @"^A normalized line has up to 16384 columns, but this one, \d+ pixels wide with digits \d+ high, would have \d+\. Cut the picture into parts and normalize each\.$"));
        PixelBox half = new(0, 0, 10000, 32);
        Assert.That(StripNormalizer.Normalize(Plane.Crop(row.Values, row.Width, half).ToImage()).Picture.Width, Is.InRange(9900, 10060));
    }

    [Test]
    public void Warnings_DoubtfulPictures_NameWhatIsWrong()
    {
        Plane ink = DigitLines.Ink(1, length: 4), small = Resampling.BlockMeans(ink.Values, ink.Width, ink.Height, 2);
        Assert.That(StripNormalizer.Normalize(ink.ToImage()).Warnings, Is.Empty);
        Assert.That(StripNormalizer.Normalize(small.ToImage()).Warnings, Has.One.Matches(@"^The digits are only \d+ pixels high; 20 and more are better\.$"));
        Assert.That(StripNormalizer.Normalize(Plane.Crop(ink.Values, ink.Width, new PixelBox(0, 10, ink.Width, 20)).ToImage()).Warnings,
            Has.One.EqualTo("The ink touches the edge of the picture: a part of a digit may be cut off."));
        Assert.That(StripNormalizer.Normalize(ink.OnPaper(darkness: 0.1).ToImage()).Warnings, Has.One.StartsWith("The ink takes only"));
    }

    [Test]
    public void Stages_AskedFor_AreNamedInOrder()
    {
        Plane ink = DigitLines.Ink(2, length: 4);
        Assert.That(StripNormalizer.Normalize(ink.ToImage()).Stages, Is.Empty);
        Assert.That(Names(ink), Is.EqualTo(new[] { "picture", "ink", "line", "normalized" }));
        Assert.That(Names(ink.OnPaper(loss: 0.3)), Is.EqualTo(new[] { "picture", "ground", "ink", "line", "normalized" }));

        static IEnumerable<string> Names(Plane picture) => StripNormalizer.Normalize(picture.ToImage(), keepStages: true).Stages.Select(stage => stage.Name);
    }

    /// <summary>A line of one grey row, whose ink is half as black in the middle of that row from above and from below: it has no height.</summary>
    [Test]
    public void Normalize_GreyHairline_IsNoDigit()
    {
        Plane picture = Drawn.Of(400, 100, (x, y) => x is >= 100 and < 340 && y == 50 ? 128 : x is >= 40 and < 45 && y is >= 40 and < 60 ? 0 : 255);
        Assert.That(StripNormalizer.Normalize(picture.ToImage()).Rejection, Is.EqualTo(Rejection.Blank));
    }

    private static IEnumerable<Plane> Lines(int? length = null) => Enumerable.Range(0, Count).Select(i => DigitLines.Ink(i, length ?? 2 + (i % 7)));

    private static Plane Ink(Plane picture, bool inverted) => inverted ? picture.Inverse() : picture;

    /// <summary>Compares the strips of changed pictures with those of the ink itself.</summary>
    private static void CheckSame(string what, Func<Plane, Plane> change, double most, double? scale = null, Action<NormalizedStrip>? check = null)
    {
        List<double> differences = [], scales = [];
        foreach (Plane ink in Lines())
        {
            NormalizedStrip expected = StripNormalizer.Normalize(ink.ToImage()), strip = StripNormalizer.Normalize(change(ink).ToImage());
            Assert.That(strip.Rejection, Is.EqualTo(Rejection.None));
            differences.Add(DigitLines.Difference(strip.Picture, expected.Picture));
            scales.Add(strip.Scale);
            check?.Invoke(strip);
        }
        differences.Sort();
        TestContext.Out.WriteLine($"{what}: mean absolute difference {differences[Count / 2]:F1} (median), {differences[^1]:F1} (largest), of 255");
        Assert.That(differences[Count / 2], Is.LessThanOrEqualTo(most), "the median, of 255");
        if (scale is { } wanted)
            Assert.That(scales.Average(), Is.EqualTo(wanted).Within(8).Percent);
    }

    private static void CheckForm(NormalizedStrip strip, Plane ink)
    {
        PixelBox box = InkBox(strip);
        Assert.That((strip.Picture.Height, strip.Rejection), Is.EqualTo((32, Rejection.None)));
        Assert.That((box.Left, strip.Picture.Width - box.Right), Is.EqualTo((12, 12)).Using<(int, int)>((a, b) => Math.Abs(a.Item1 - b.Item1) <= 2 && Math.Abs(a.Item2 - b.Item2) <= 2));
        Assert.That((box.Top + box.Bottom) / 2.0, Is.EqualTo(16).Within(3));
        Assert.That(box.Height, Is.InRange(17, 28), $"a line {ink.Width} wide");
    }

    private static PixelBox InkBox(NormalizedStrip strip) => InkSegmenter.Find(PlaneOf(strip), 90).Select(component => component.Box).Aggregate((a, b) => a.Union(b));

    private static Plane PlaneOf(NormalizedStrip strip) => new(strip.Picture.Pixels.ToArray(), strip.Picture.Width, strip.Picture.Height);

    private static void CheckNear(PixelBox box, PixelBox expected, int within) => Assert.That(
        new[] { box.Left, box.Top, box.Right, box.Bottom }, Is.EqualTo(new[] { expected.Left, expected.Top, expected.Right, expected.Bottom }).Within(within));
}
