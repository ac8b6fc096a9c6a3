using LeNet5.Data;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Reading;

public class StripReaderTests
{
    private static readonly Lazy<StripReader> Sweeping = new(() => new StripReader(PretrainedModels.Strips));
    private static readonly Lazy<StripReader> Cutting = new(() => new StripReader(StripMethod.Hos));
    private static readonly Lazy<StripReader> Windowing = new(() => new StripReader(PretrainedModels.Strips, StripMethod.Windows));
    private static readonly Lazy<StripReader> Combining = new(() => new StripReader());

    private static readonly LabeledStrip[] Clean = Draw(StripStyle.Clean, 100);
    private static readonly LabeledStrip[] Touching = Draw(StripStyle.Touching, 30);

    private readonly StripReader reader = Sweeping.Value;

    /// <summary>Far fewer than are read: what is checked is that nothing is broken, and not how good a network is.</summary>
    [TestCase(StripMethod.Sdnn, 100)]
    [TestCase(StripMethod.Hos, 40)]
    [TestCase(StripMethod.Windows, 40)]
    [TestCase(StripMethod.Both, 40)]
    public void Read_CleanStrips_ReadsMostOfThem(StripMethod method, int count)
    {
        int right = Clean.Take(count).Count(strip => Of(method).Read(strip.Picture).Text == strip.Text);
        TestContext.Out.WriteLine($"{method}: {right} of {count} clean strings right");
        Assert.That(right, Is.GreaterThanOrEqualTo(0.6 * count));
    }

    /// <summary>The same network in one pass and window by window: the same readings.</summary>
    [Test]
    public void Read_WindowByWindow_ReadsWhatTheSweepReads()
    {
        foreach (LabeledStrip strip in Touching.Concat(Clean.Take(10)))
            Assert.That(Summary(Windowing.Value.Read(strip.Picture)), Is.EqualTo(Summary(reader.Read(strip.Picture))));
    }

    /// <summary>Digits have the places that they were drawn at, as far as columns 4 pixels apart can tell.</summary>
    [Test]
    public void Read_CleanStrips_FindsTheirDigits([Values(StripMethod.Sdnn, StripMethod.Hos, StripMethod.Both)] StripMethod method)
    {
        int digits = 0, exact = 0;
        foreach (LabeledStrip strip in Clean.Take(40))
        {
            StripReading reading = Of(method).Read(strip.Picture);
            Assert.That(reading.Digits.Select(digit => digit.Label), Is.EqualTo(reading.Text.Select(letter => letter - '0')));
            Assert.That(reading.Digits.Select(digit => digit.Position), Is.Ordered);
            if (reading.Text != strip.Text)
                continue;
            for (int i = 0; i < strip.Boxes.Length; i++)
            {
                (PixelBox drawn, StripDigit found) = (strip.Boxes[i], reading.Digits[i]);
                digits++;
                Assert.That(found.Position, Is.EqualTo(drawn.Left + (drawn.Width / 2.0)).Within(7), $"{strip.Text}, digit {i}");
                bool isClose = Math.Abs(found.Box.Left - drawn.Left) <= 3 && Math.Abs(found.Box.Right - drawn.Right) <= 3 && Math.Abs(found.Box.Top - drawn.Top) <= 3 && Math.Abs(found.Box.Bottom - drawn.Bottom) <= 3;
                exact += isClose ? 1 : 0;
            }
        }
        TestContext.Out.WriteLine($"{method}: {exact} boxes of {digits} within 3 pixels");
        Assert.That(digits, Is.GreaterThan(50));
        Assert.That(exact, Is.GreaterThan(0.85 * digits));
    }

    /// <summary>A picture twice as large shows the same digits, at twice the places.</summary>
    [Test]
    public void Read_LargerPicture_GivesPlacesInThatPicture()
    {
        StripReading once = reader.Read(Clean[0].Picture), twice = reader.Read(Enlarged(Clean[0].Picture, 3));
        Assert.That(twice.Text, Is.EqualTo(once.Text));
        for (int i = 0; i < once.Digits.Length; i++)
        {
            Assert.That(twice.Digits[i].Position, Is.EqualTo(3 * once.Digits[i].Position).Within(15));
            Assert.That(twice.Digits[i].Box.Left, Is.EqualTo(3 * once.Digits[i].Box.Left).Within(12));
            Assert.That(twice.Digits[i].Box.Height, Is.EqualTo(3 * once.Digits[i].Box.Height).Within(12));
        }
    }

    [Test]
    public void Read_AnyStrip_GivesProbabilities([Values] StripMethod method)
    {
        foreach (LabeledStrip strip in Touching.Take(15).Concat(Draw(StripStyle.Hard, 15)))
        {
            StripReading reading = Of(method).Read(strip.Picture);
            Assert.That(reading.Confidence, Is.InRange(0, 1));
            Assert.That(reading.Digits.Select(digit => digit.Confidence), Is.All.InRange(0, 1));
            Assert.That(reading.Digits, Has.Length.EqualTo(reading.Text.Length));
            PixelBox picture = new(0, 0, strip.Picture.Width, strip.Picture.Height);
            Assert.That(reading.Digits, Is.All.Matches<StripDigit>(digit => digit.Box.Union(picture) == picture), "boxes lie in the picture");
            Assert.That(reading.IsAccepted, Is.EqualTo(reading.Reason == Rejection.None));
            if (reading.Text.Length > 0)
                Assert.That(reading.Alternatives.Single(), Is.EqualTo(new StripAlternative(reading.Text, reading.Confidence)));
        }
    }

    /// <summary>A string is not surer than any of its digits: a path that spells it takes each of them.</summary>
    [Test]
    public void Read_AnyStrip_IsNoSurerThanItsDigits()
    {
        foreach (LabeledStrip strip in Touching)
        {
            StripReading reading = reader.Read(strip.Picture);
            Assert.That(reading.Digits.Select(digit => digit.Confidence), Is.All.InRange(0, 1));
            if (reading.Text.Length > 0)
                Assert.That(reading.Confidence, Is.LessThanOrEqualTo(reading.Digits.Min(digit => digit.Confidence) + 0.15));
        }
    }

    [Test]
    public void Read_Alternatives_AreOrderedAndBeginWithTheAnswer([Values] StripMethod method, [Values] bool grammar)
    {
        foreach (LabeledStrip strip in Touching.Take(15))
        {
            StripOptions options = new() { Alternatives = 8, Grammar = grammar ? Grammar.FixedLength(strip.Text.Length) : null };
            StripReading reading = Of(method).Read(strip.Picture, options), alone = Of(method).Read(strip.Picture, options with { Alternatives = 1 });
            Assert.That((reading.Text, reading.Confidence, reading.Reason), Is.EqualTo((alone.Text, alone.Confidence, alone.Reason)));
            if (reading.Text.Length == 0)
                continue;
            Assert.That(reading.Alternatives[0], Is.EqualTo(new StripAlternative(reading.Text, reading.Confidence)));
            Assert.That(reading.Alternatives.Length, Is.InRange(1, 8));
            Assert.That(reading.Alternatives.Select(alternative => alternative.Text), Is.Unique);
            Assert.That(reading.Alternatives.Select(alternative => alternative.Confidence), Is.Ordered.Descending);
            Assert.That(reading.Alternatives.Sum(alternative => (double)alternative.Confidence), Is.LessThanOrEqualTo(1 + 1e-5));
        }
    }

    [Test]
    public void Read_FixedLength_IsObeyed([Values] StripMethod method)
    {
        foreach (LabeledStrip strip in Touching.Take(15))
        {
            StripReading reading = Of(method).Read(strip.Picture, new StripOptions { Grammar = Grammar.FixedLength(strip.Text.Length), Alternatives = 5 });
            if (reading.Text.Length > 0)
                Assert.That(reading.Alternatives.Select(alternative => alternative.Text.Length), Is.All.EqualTo(strip.Text.Length));
        }
    }

    /// <summary>Strings with a wrong check digit are read as some other string that is right, or not at all; those that are right stay.</summary>
    [Test]
    public void Read_Luhn_GivesStringsWithARightCheckDigit()
    {
        StripOptions options = new() { Grammar = Grammar.Luhn(), Alternatives = 3 };
        int kept = 0;
        foreach (LabeledStrip strip in Clean.Take(30))
        {
            StripReading free = reader.Read(strip.Picture), bound = reader.Read(strip.Picture, options);
            Assert.That(bound.Alternatives.Select(alternative => alternative.Text), Is.All.Matches<string>(text => PassesLuhn(text!)));
            if (!PassesLuhn(free.Text))
                continue;
            kept++;
            Assert.That(bound.Text, Is.EqualTo(free.Text));
            Assert.That(bound.Confidence, Is.GreaterThanOrEqualTo(free.Confidence - 1e-6), "what the grammar forbids shares its probability");
        }
        Assert.That(kept, Is.Positive);
    }

    /// <summary>A wrong check digit is found, but for some that a digit may well be misread for; it passes where the grammar's share does not matter.</summary>
    [TestCase(StripMethod.Sdnn)]
    [TestCase(StripMethod.Hos)]
    [TestCase(StripMethod.Both)]
    public void Read_WrongCheckDigit_IsNotInGrammar(StripMethod method)
    {
        LabeledStrip[] wrong = [.. Clean.Where(strip => !PassesLuhn(strip.Text)).Take(40)], right = [.. Clean.Where(strip => PassesLuhn(strip.Text))];
        StripOptions options = new() { Grammar = Grammar.Luhn() };
        Assert.That(wrong.Count(strip => IsInGrammar(strip, options)), Is.LessThanOrEqualTo(0.2 * wrong.Length));
        Assert.That(right, Is.Not.Empty.And.All.Matches<LabeledStrip>(strip => IsInGrammar(strip!, options)));
        Assert.That(wrong.Count(strip => IsInGrammar(strip, options with { LeastGrammarShare = 0 })), Is.GreaterThanOrEqualTo(0.8 * wrong.Length));
        Assert.That(wrong.Count(strip => IsInGrammar(strip, options with { LeastGrammarShare = 0.5 })), Is.LessThanOrEqualTo(0.05 * wrong.Length));

        bool IsInGrammar(LabeledStrip strip, StripOptions options) => Of(method).Read(strip.Picture, options).Reason != Rejection.NotInGrammar;
    }

    [Test]
    public void Read_DamagedNetwork_IsRefused([Values] StripMethod method)
    {
        (Network swept, Network segmented) = (PretrainedModels.Strips, PretrainedModels.Segments);
        swept.EditParameters()[^1] = float.NaN;
        segmented.EditParameters()[^1] = float.NaN;
        StripReader damaged = method == StripMethod.Both ? new StripReader(swept, segmented) : new StripReader(method == StripMethod.Hos ? segmented : swept, method);
        Assert.That(() => damaged.Read(Clean[0].Picture), Throws.InvalidOperationException.With.Message.Contains("damaged"));
    }

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void LeastGrammarShare_NoShare_IsRefused(double value) =>
        Assert.That(() => new StripOptions { LeastGrammarShare = value }, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("0 to 1"));

    [Test]
    public void Read_GrammarThatNoStringFits_IsNotInGrammar()
    {
        LabeledStrip strip = Clean.First(strip => strip.Text.Length == 3);
        StripReading impossible = reader.Read(strip.Picture, new StripOptions { Grammar = Grammar.FixedLength(90) });
        Assert.That((impossible.Text, impossible.Reason, impossible.Confidence, impossible.IsAccepted), Is.EqualTo(("", Rejection.NotInGrammar, 0f, false)));
        StripReading unlikely = reader.Read(strip.Picture, new StripOptions { Grammar = Grammar.FixedLength(12) });
        Assert.That(unlikely.Reason, Is.EqualTo(Rejection.NotInGrammar));
    }

    /// <summary>By the curve of the calibration: of two readings the less sure one is rejected, and its text is there all the same.</summary>
    [Test]
    public void Read_ErrorRate_RejectsWhatIsNotSureEnough()
    {
        StripReading[] plain = [.. Touching.Select(strip => reader.Read(strip.Picture))];
        float median = plain.Select(reading => reading.Confidence).Order().ElementAt(plain.Length / 2);
        StripReader measured = new(PretrainedModels.Strips, calibration: reader.Calibration with { Curve = [new RejectionPoint(0, 0.3, 0), new RejectionPoint(0.5, 0.01, median)] });
        for (int i = 0; i < plain.Length; i++)
        {
            StripReading strict = measured.Read(Touching[i].Picture, new StripOptions { ErrorRate = 0.01 });
            Assert.That((strict.Text, strict.Confidence), Is.EqualTo((plain[i].Text, plain[i].Confidence)));
            Assert.That(strict.Reason, Is.EqualTo(plain[i].Confidence < median ? Rejection.Unsure : Rejection.None));
            Assert.That(measured.Read(Touching[i].Picture, new StripOptions { ErrorRate = 0.5 }).IsAccepted);
            Assert.That(measured.Read(Touching[i].Picture, new StripOptions { ErrorRate = 0.001 }).IsAccepted, Is.False, "no reading is as sure as that");
            Assert.That(plain[i].Reason, Is.EqualTo(plain[i].Confidence < 0.5 ? Rejection.Unsure : Rejection.None), "by default what is likelier right than wrong is accepted");
        }
    }

    [Test]
    public void Read_EightThreadsSharingAReader_GiveTheReadingsOfOne([Values] StripMethod method)
    {
        StripReader own = Of(method);
        int count = method == StripMethod.Sdnn ? 15 : 5;
        string[] expected = ReadAll();
        string[][] actual = new string[8][];
        using Barrier start = new(actual.Length);
        Thread[] threads = [.. Enumerable.Range(0, actual.Length).Select(t => new Thread(() =>
        {
            start.SignalAndWait();
            actual[t] = ReadAll();
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(actual, Is.All.EqualTo(expected));

        string[] ReadAll() => [.. Touching.Take(count).Select(strip => Summary(own.Read(strip.Picture, new StripOptions { Alternatives = 3 })))];
    }

    [Test]
    public void Read_AgainAfterOthers_GivesTheSame([Values] StripMethod method)
    {
        NormalizedStrip strip = StripNormalizer.Normalize(Clean[1].Picture);
        StripReading first = Of(method).Read(strip);
        Of(method).Read(Touching[0].Picture, new StripOptions { Alternatives = 5, Grammar = Grammar.Luhn() });
        StripReading second = Of(method).Read(strip);
        Assert.That(Summary(second), Is.EqualTo(Summary(first)));
        StripReading other = Of(method).Read(Clean[1].Picture);
        Assert.That(second, Is.EqualTo(first).And.EqualTo(other));
        Assert.That(second.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(Of(method).Read(Clean[2].Picture), Is.Not.EqualTo(first));
    }

    [Test]
    public void StripReader_NetworkChangedAfterwards_ReadsOn()
    {
        Network network = PretrainedModels.Strips;
        StripReader own = new(network);
        network.EditParameters().Clear();
        network.Metadata = ModelMetadata.Empty;
        Assert.That(Summary(own.Read(Clean[0].Picture)), Is.EqualTo(Summary(reader.Read(Clean[0].Picture))));
        Assert.That(own.Calibration, Is.EqualTo(reader.Calibration));
    }

    private static IEnumerable<TestCaseData> Extremes()
    {
        yield return Case("one black pixel", 1, 1, (_, _) => 0);
        yield return Case("one white pixel", 1, 1, (_, _) => 255);
        yield return Case("a column", 1, 50, (_, y) => y is > 10 and < 30 ? 0 : 255);
        yield return Case("a row", 50, 1, (x, _) => x is > 10 and < 30 ? 0 : 255);
        yield return Case("white", 200, 40, (_, _) => 255);
        yield return Case("black", 200, 40, (_, _) => 0);
        yield return Case("grey", 200, 40, (_, _) => 128);
        yield return Case("halves", 200, 40, (x, _) => x < 100 ? 0 : 255);
        yield return Case("chess", 120, 40, (x, y) => (x + y) % 2 == 0 ? 0 : 255);
        yield return Case("white and wide", 10_000, 40, (_, _) => 255);
        yield return Case("white and high", 32, 10_000, (_, _) => 255);
        yield return Case("a stroke in a high picture", 32, 10_000, (x, y) => x is > 14 and < 18 && y is > 5000 and < 5020 ? 0 : 255);
        yield return Case("a long stroke", 32, 10_000, (x, y) => x is > 14 and < 18 && y is > 10 and < 9990 ? 0 : 255);
        yield return Case("stripes", 800, 32, (x, y) => x % 9 < 3 && y is > 5 and < 27 ? 0 : 255);
        yield return new TestCaseData(Drawn.Noise(300, 60, seed: 1).ToImage()).SetArgDisplayNames("noise");

        static TestCaseData Case(string name, int width, int height, Func<int, int, double> value) =>
            new TestCaseData(Drawn.Of(width, height, value).ToImage()).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Extremes))]
    public void Read_ExtremePicture_GivesAReading(GrayImage picture)
    {
        foreach (StripMethod method in Enum.GetValues<StripMethod>())
        {
            StripReading reading = Of(method).Read(picture, new StripOptions { Alternatives = 2 });
            Assert.That(reading.Confidence, Is.InRange(0, 1));
            Assert.That(reading.Digits, Has.Length.EqualTo(reading.Text.Length));
            Assert.That(reading.IsAccepted && reading.Text.Length == 0, Is.False, "an empty string is no reading");
        }
    }

    [TestCase(1, 1)]
    [TestCase(200, 40)]
    [TestCase(10_000, 40)]
    [TestCase(32, 10_000)]
    public void Read_PictureWithoutInk_IsBlank(int width, int height)
    {
        foreach (double ground in new[] { 0, 255 })
        {
            StripReading reading = reader.Read(Drawn.Of(width, height, (_, _) => ground).ToImage());
            Assert.That((reading.Text, reading.Confidence, reading.Reason), Is.EqualTo(("", 0f, Rejection.Blank)));
            Assert.That((reading.Digits.Length, reading.Alternatives.Length), Is.EqualTo((0, 0)));
        }
    }

    [Test]
    public void Read_TenThousandColumnsOfDigits_ReadsThem([Values(StripMethod.Sdnn, StripMethod.Hos)] StripMethod method)
    {
        (GrayImage picture, string text) = Row(10_000);
        StripReading reading = Of(method).Read(picture, new StripOptions { Alternatives = 2 });
        TestContext.Out.WriteLine($"{text.Length} digits, {reading.Text.Length} read, confidence {reading.Confidence}");
        Assert.That(reading.Text.Length, Is.InRange(0.9 * text.Length, 1.1 * text.Length));
        Assert.That(CommonLength(reading.Text, text), Is.AtLeast(0.85 * text.Length));
        Assert.That(reading.Digits.Select(digit => digit.Position), Is.Ordered);
        Assert.That((reading.Digits[0].Position < 50, reading.Digits[^1].Position > 9800), Is.EqualTo((true, true)), "from one end to the other");
    }

    /// <summary>Length of the longest string that is left of both when characters are left out.</summary>
    private static int CommonLength(string first, string second)
    {
        int[] row = new int[second.Length + 1];
        foreach (char character in first)
        {
            int before = 0;
            for (int i = 1; i <= second.Length; i++)
                (before, row[i]) = (row[i], second[i - 1] == character ? before + 1 : Math.Max(row[i], row[i - 1]));
        }
        return row[^1];
    }

    /// <summary>A single 1 is narrower than a window.</summary>
    [Test]
    public void Read_NarrowDigit_IsReadByEveryMethod([Values] StripMethod method)
    {
        GrayImage one = Drawn.Of(40, 40, (x, y) => x is >= 19 and < 22 && y is >= 10 and < 30 ? 0 : 255).ToImage();
        StripReading reading = Of(method).Read(one);
        Assert.That(reading.Strip.Picture.Width, Is.LessThan(32));
        Assert.That(reading.Text, Is.EqualTo("1"));
        Assert.That(reading.Digits[0].Position, Is.EqualTo(20.5).Within(4));
    }

    [Test]
    public void Explain_CleanStrip_TellsWhatLedToTheReading([Values] StripMethod method)
    {
        foreach (LabeledStrip source in Clean.Take(5))
        {
            NormalizedStrip strip = StripNormalizer.Normalize(source.Picture);
            StripExplanation explanation = Of(method).Explain(strip);
            StripReading reading = Of(method).Read(strip);
            Assert.That(Summary(explanation.Reading), Is.EqualTo(Summary(reading)));
            if (method == StripMethod.Both)
            {
                Assert.That((explanation.Cuts.IsEmpty, explanation.Path.IsEmpty), Is.EqualTo((false, false)), "what either saw");
                continue;
            }
            if (method == StripMethod.Hos)
            {
                Assert.That(string.Concat(explanation.Segments.Select(segment => segment.Label)), Is.EqualTo(reading.Text));
                Assert.That(explanation.Segments, Is.All.Matches<StripSegment>(segment => segment is { FirstCut: >= 0 } && segment.FirstCut < segment.LastCut && segment.LastCut < explanation.Cuts.Length));
                Assert.That(explanation.Cuts, Is.All.Property("Length").EqualTo(32));
                Assert.That((explanation.ClassCount, explanation.ColumnCount, explanation.Path.Length), Is.EqualTo((10, 0, 0)));
                continue;
            }
            Assert.That((explanation.ClassCount, explanation.FirstMiddle, explanation.Step), Is.EqualTo((11, 16.0, 4)));
            Assert.That(explanation.ColumnCount, Is.EqualTo((((strip.Picture.Width + 15) / 16 * 16) - 32) / 4 + 1));
            Assert.That(explanation.Penalties, Has.Length.EqualTo(11 * explanation.ColumnCount));
            Assert.That(explanation.Features, Has.Length.EqualTo(method == StripMethod.Sdnn ? 84 * explanation.ColumnCount : 0));
            Assert.That(explanation.Path, Has.Length.EqualTo(explanation.ColumnCount));
            string spelled = string.Concat(explanation.Path.Where((seen, i) => seen is not null && (i == 0 || explanation.Path[i - 1] is null)));
            Assert.That(spelled, Is.EqualTo(reading.Text));
        }
    }

    /// <summary>The list is the whole graph: what the network says of each picture, and the cheapest path, are in it.</summary>
    [Test]
    public void Explain_Segments_AreAllThatWereTried()
    {
        DigitReader single = new(PretrainedModels.Segments);
        double temperature = Of(StripMethod.Hos).Calibration.Temperature;
        NormalizedStrip strip = StripNormalizer.Normalize(Clean[0].Picture);
        StripExplanation explanation = Of(StripMethod.Hos).Explain(strip);
        Assert.That(explanation.Segments.Count(segment => segment.Picture is not null && segment.Label is null), Is.Positive, "what the path does without");
        float[] penalties = new float[10];
        foreach (StripSegment segment in explanation.Segments)
        {
            Assert.That(segment.Picture is null, Is.EqualTo(segment.Penalties.IsEmpty));
            if (segment.Picture is null)
                continue;
            single.Read(segment.Picture.Pixels, penalties);
            Assert.That(segment.Penalties, Is.EqualTo(penalties).Within(0.001).Percent);
        }

        double[] least = [.. Enumerable.Repeat(double.PositiveInfinity, explanation.Cuts.Length)];
        least[0] = 0;
        foreach (StripSegment segment in explanation.Segments.OrderBy(segment => segment.FirstCut))
            least[segment.LastCut] = Math.Min(least[segment.LastCut], least[segment.FirstCut] + Paid(segment, segment.Penalties.IsEmpty ? 0 : segment.Penalties.Min()));
        double taken = explanation.Segments.Where(segment => segment.Label is not null).Sum(segment => Paid(segment, segment.Penalties[segment.Label!.Value]));
        Assert.That(least[^1], Is.EqualTo(taken).Within(1e-3), "no speck is passed over on this strip");

        double Paid(StripSegment segment, float penalty) => (segment.Penalty + (penalty / 12)) / temperature;
    }

    [Test]
    public void Explain_EmptyStrip_IsRefused() =>
        Assert.That(() => reader.Explain(StripNormalizer.Normalize(new GrayImage(8, 8, new byte[64]))), Throws.ArgumentException.With.Message.Contains("no ink"));

    /// <summary>A wave that may be any digits: 16,384 columns of it and a grammar of thousands of states would take 20 gigabytes.</summary>
    [TestCase(3_000, "mod97:99")]
    [TestCase(19_000, "mod97:40")]
    [TestCase(19_000, null)]
    public void Read_LongUnclearLine_IsRefusedBeforeItTakesAGigabyte(int width, string? grammar)
    {
        byte[] wave = new byte[32 * width];
        for (int i = 0; i < wave.Length; i++)
            wave[i] = (byte)(Math.Abs((i / width) - 16 - (11 * Math.Sin(0.4 * (i % width)))) < 2.5 ? 0 : 255);
        NormalizedStrip strip = StripNormalizer.Normalize(new GrayImage(width, 32, wave));
        StripReader both = new();
        StripOptions options = new() { Grammar = grammar is null ? null : Grammar.Parse(grammar) };
        long allocated = Allocation.By(() => Assert.That(() => both.Read(strip, options), Throws.ArgumentException.With.Message.Contains($"{strip.Picture.Width} columns long")));
        Assert.That(allocated, Is.LessThan(1_000_000_000));
    }

    [Test]
    public void StripReader_WrongNetwork_TellsTheWayOut()
    {
        AssertRefused(PretrainedModels.Digits, StripMethod.Sdnn, "needs a class for the blank. Use PretrainedModels.Strips");
        AssertRefused(PretrainedModels.Strips, StripMethod.Both, "Both needs two networks");
        AssertRefused(PretrainedModels.Strips, StripMethod.Hos, "ten digits without a blank. Use PretrainedModels.Segments");
        AssertRefused(Network.LeNet5(codes: RbfCodes.PrintableAscii), StripMethod.Sdnn, "this one has 95 classes");
        AssertRefused(Network.LeNet5(codes: RbfCodes.Digits.Of("012345678")), StripMethod.Windows, "this one has 9 classes");
        AssertRefused(Network.LeNet5(codes: RbfCodes.DigitsAndBlank.Of(" 0123456789")), StripMethod.Sdnn, "a blank behind them");
        AssertRefused(Network.LeNet5(codes: RbfCodes.Digits.Of("1234567890")), StripMethod.Hos, "those of this one are \"1234567890\"");
        AssertRefused(Network.LeNet5(codes: RbfCodes.PrintableAscii.Of("abcdefghij ")), StripMethod.Sdnn, "those of this one are \"abcdefghij \"");
        AssertRefused(new Network(new Shape(1, 28, 28), 1, new Conv("C", 1, 10, kernel: 28)), StripMethod.Windows, "takes 1@28x28 and gives 10@1x1");
        AssertRefused(new Network(new Shape(2, 32, 32), 1, new Conv("C", 2, 10, kernel: 32)), StripMethod.Windows, "takes 2@32x32");
        AssertRefused(new Network(new Shape(1, 32, 32), 1, new Conv("C", 1, 10, kernel: 30)), StripMethod.Windows, "gives 10@3x3");
        Assert.That(() => new StripReader(PretrainedModels.Digits, PretrainedModels.Digits), Throws.ArgumentException.With.Message.Contains("needs a class for the blank"));
        Assert.That(() => new StripReader(PretrainedModels.Strips, PretrainedModels.Strips), Throws.ArgumentException.With.Message.Contains("without a blank"));
        Assert.That(() => PretrainedModels.For(StripMethod.Both), Throws.ArgumentException.With.Message.Contains("PretrainedModels.Strips and PretrainedModels.Segments"));
        Assert.That(() => new StripReader(null!), Throws.ArgumentNullException);
        Assert.That(() => new StripReader((StripMethod)7), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Sdnn, Hos, Windows, Both"));
        Assert.That(() => new StripReader(PretrainedModels.Strips, (StripMethod)7), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Sdnn, Hos, Windows, Both"));

        static void AssertRefused(Network network, StripMethod method, string fault) =>
            Assert.That(() => new StripReader(network, method), Throws.ArgumentException.With.Message.Contains(fault));
    }

    [Test]
    public void Calibration_NoneGiven_IsTheNetworksOrElseTheDefault()
    {
        Network network = PretrainedModels.Strips;
        network.Metadata = network.Metadata with { StripCalibration = null };
        Assert.That(new StripReader(network).Calibration, Is.EqualTo(StripCalibration.Default));
        network.Metadata = network.Metadata with { StripCalibration = new StripCalibration { Temperature = 3 } };
        Assert.That(new StripReader(network).Calibration.Temperature, Is.EqualTo(3));
        Assert.That(new StripReader(network, calibration: new StripCalibration { Temperature = 4 }).Calibration.Temperature, Is.EqualTo(4));
    }

    [Test]
    public void StripReader_NoMethodGiven_IsTheOneForTheNetwork()
    {
        Assert.That(new StripReader(PretrainedModels.Strips).Method, Is.EqualTo(StripMethod.Sdnn));
        Assert.That(new StripReader(PretrainedModels.Digits).Method, Is.EqualTo(StripMethod.Hos));
        Assert.That(new StripReader(PretrainedModels.Strips, StripMethod.Windows).Method, Is.EqualTo(StripMethod.Windows));
        foreach (StripMethod method in Enum.GetValues<StripMethod>())
            Assert.That(new StripReader(method).Method, Is.EqualTo(method));
    }

    [Test]
    public void StripOptions_GrammarOfOtherLabels_IsRefused()
    {
        Assert.That(() => new StripOptions { Grammar = Transducer.OneOf(3, 12) }, Throws.ArgumentException.With.Message.Contains("reads 12 and writes 12"));
        Assert.That(() => new StripOptions { Grammar = new Transducer([new Arc(0, 0, 1, 10)], 0) }, Throws.ArgumentException.With.Message.Contains("reads 1 and writes 10"));
        Assert.That(new StripOptions { Grammar = new Transducer([new Arc(0, 1, 0, Arc.Nothing), new Arc(1, 1, 9, 9)], 1) }.Grammar, Is.Not.Null, "a zero in front may be left out");
    }

    [Test]
    public void StripOptions_ImpossibleValues_AreRefused()
    {
        foreach (double rate in new[] { 0, -0.1, 1.1, double.NaN })
            Assert.That(() => new StripOptions { ErrorRate = rate }, Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (int count in new[] { 0, -1, 101 })
            Assert.That(() => new StripOptions { Alternatives = count }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => reader.Read((GrayImage)null!), Throws.ArgumentNullException);
        Assert.That(() => reader.Read((NormalizedStrip)null!), Throws.ArgumentNullException);
    }

    private static StripReader Of(StripMethod method) => method switch
    {
        StripMethod.Sdnn => Sweeping.Value,
        StripMethod.Hos => Cutting.Value,
        StripMethod.Windows => Windowing.Value,
        _ => Combining.Value,
    };

    private static LabeledStrip[] Draw(StripStyle style, int count) => [.. Enumerable.Range(0, count).Select(new StripGenerator(Mnist.Test, style, seed: 1).Draw)];

    private static string Summary(StripReading reading) =>
        $"{reading.Text} {reading.Confidence:R} {reading.Reason}: {string.Join(' ', reading.Digits)}: {string.Join(' ', reading.Alternatives)}";

    private static GrayImage Enlarged(GrayImage picture, int times) =>
        Drawn.Of(times * picture.Width, times * picture.Height, (x, y) => picture.Row(y / times)[x / times]).ToImage();

    /// <summary>Clean strips side by side, and what they say.</summary>
    private static (GrayImage Picture, string Text) Row(int width)
    {
        StripGenerator generator = new(Mnist.Test, StripStyle.Clean, seed: 8);
        Plane row = new(width, 32);
        row.Values.AsSpan().Fill(255);
        string text = "";
        int left = 0;
        for (int i = 0; ; i++)
        {
            LabeledStrip next = generator.Draw(i);
            if (left + next.Picture.Width > width)
                return (row.ToImage(), text);
            for (int y = 0; y < 32; y++)
                next.Picture.Row(y).CopyTo(row.Row(y)[left..]);
            left += next.Picture.Width;
            text += next.Text;
        }
    }

    private static bool PassesLuhn(string digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0', weighted = i % 2 == 1 ? 2 * digit : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return digits.Length >= 2 && sum % 10 == 0;
    }
}
