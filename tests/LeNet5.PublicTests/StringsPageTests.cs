using LeNet5.Data;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Training;

namespace LeNet5.PublicTests;

/// <summary>What docs/reading-strings.md shows and docs/training.md about strings of digits, run.</summary>
public class StringsPageTests
{
    private static readonly StripReader Swept = new(PretrainedModels.Strips);

    [Test]
    public void Read_String_GivesItsDigitsAndWhereTheyAre()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "string.png");
        LabeledStrip strip = Draw(StripStyle.Clean, length: 4);
        strip.Picture.Save(path);

        var reader = new StripReader();
        StripReading r = reader.Read(GrayImage.Load(path));
        Console.WriteLine(r.IsAccepted ? $"{r.Text} ({r.Confidence:P1})" : $"not sure of {r.Text}: {r.Reason}");
        foreach (StripDigit digit in r.Digits)
            Console.WriteLine($"{digit.Label} at {digit.Position:0}, {digit.Confidence:P1}");

        Assert.That(r.Digits.Select(digit => digit.Label), Is.EqualTo(r.Text.Select(digit => digit - '0')));
        Assert.That(r.Digits.Select(digit => digit.Position), Is.Ordered);
        File.Delete(path);
    }

    [Test]
    public void Read_ByAnyMethod_ReadsACleanString()
    {
        LabeledStrip strip = Draw(StripStyle.Clean, length: 4);

        var segments = new StripReader(StripMethod.Hos);
        var swept = new StripReader(StripMethod.Sdnn);
        var own = new StripReader(Network.LeNet5(codes: RbfCodes.DigitsAndBlank));   // Sdnn, since it has a class for the blank
        var both = new StripReader(PretrainedModels.Strips, PretrainedModels.Segments);   // as new StripReader()

        Assert.That(new[] { segments, swept, both }.Select(reader => reader.Read(strip.Picture).Text.Length), Is.All.InRange(3, 5));
        Assert.That(own.Method, Is.EqualTo(StripMethod.Sdnn));
    }

    /// <summary>What a sweep cannot see and a cut can: narrow digits close together. Wide gaps are easy for both.</summary>
    [TestCase(StripMethod.Hos)]
    [TestCase(StripMethod.Sdnn)]
    public void Read_ThreeOnes_NeedsRoomBetweenThem(StripMethod method)
    {
        StripReader reader = new(method);
        int[] gaps = [-2, 0, 2, 4, 6], right = [.. gaps.Select(RightAt)];
        Console.WriteLine($"{method}: {string.Join(", ", gaps.Zip(right, (gap, count) => $"{count} of 40 at {gap}"))}");
        Assert.That(right[^1], Is.GreaterThan(25).And.GreaterThanOrEqualTo(right[0]));

        int RightAt(int gap)
        {
            StripGenerator generator = new(Ones(), new StripStyle { MinLength = 3, MaxLength = 3, MinGap = gap, MaxGap = gap }, seed: 5);
            return Enumerable.Range(0, 40).Count(i => reader.Read(generator.Draw(i).Picture).Text == "111");
        }
    }

    [Test]
    public void Read_WithOptions_ObeysThem()
    {
        StripReader reader = Swept;
        GrayImage picture = Draw(StripStyle.Clean, length: 16).Picture;

        var card = new StripOptions { Grammar = Grammar.Luhn(16), ErrorRate = 0.01, Alternatives = 3 };
        StripReading r = reader.Read(picture, card);

        Assert.That(r.Text is "" || Grammar.Luhn(16).Accepts(r.Text));
        Assert.That(r.Alternatives, Has.Length.InRange(0, 3));
    }

    [Test]
    public void Grammar_OfOnesOwn_IsMadeOfParts()
    {
        Transducer shelf = Grammar.Year(1990, 1999).Then(Grammar.FixedLength(2).Repeat(1, 2)).Then(Transducer.OneOf(0, 2, 4, 6, 8));

        Assert.That(shelf.Accepts("1998322"));
        Assert.That(shelf.Accepts("199832123"), Is.False);
    }

    [Test]
    public void Grammar_OfArcs_CountsAndPrefers()
    {
        Transducer multiplesOfThree = new(
            from remainder in Enumerable.Range(0, 3)
            from digit in Enumerable.Range(0, 10)
            select new Arc(remainder, (remainder + digit) % 3, digit, digit),
            0);
        Transducer likelyShort = new(
            from digit in Enumerable.Range(0, 10)
            select new Arc(0, 0, digit, digit, Penalty: 0.5),
            0);
        var options = new StripOptions { Grammar = multiplesOfThree.And(likelyShort) };

        Assert.That(options.Grammar.Accepts("741"));
        Assert.That(options.Grammar.Accepts("742"), Is.False);
        Assert.That(Swept.Read(Draw(StripStyle.Clean, length: 3).Picture, options).Text.Sum(digit => digit - '0') % 3, Is.Zero);
    }

    [Test]
    public void GraphLoss_OfTwoColumns_HasPosteriorsForGradient()
    {
        Transducer characterModel = new([new Arc(0, 1, 1, 1), new Arc(1, 1, 1, Arc.Nothing), new Arc(1, 0, 0, Arc.Nothing), new Arc(0, 0, 0, Arc.Nothing)], 0, 1);

        WeightedGraph recognition = new(), interpretations = new();
        for (int column = 0; column < 2; column++)
        {
            int next = recognition.AddNode();
            recognition.AddArc(new Arc(column, next, 0, 0, Penalty: 1.5));   // nothing
            recognition.AddArc(new Arc(column, next, 1, 1, Penalty: 0.5));   // a 1
        }
        recognition.SetEnd(2);
        recognition.Compose(characterModel, interpretations);
        double[] gradient = new double[recognition.ArcCount];
        double loss = new GraphLoss(GraphLossForm.DiscriminativeForward).Evaluate(interpretations, Transducer.Sequence(1), gradient);

        // Of the four paths three spell 1: all but the one that sees nothing twice.
        double all = Math.Exp(-1) + (2 * Math.Exp(-2)) + Math.Exp(-3);
        Assert.That(loss, Is.EqualTo(-Math.Log(1 - (Math.Exp(-3) / all))).Within(1e-12));
        Assert.That(gradient[0], Is.EqualTo(-gradient[1]).Within(1e-12).And.Negative);
    }

    [Test]
    public void Strips_Drawn_AreMeasured()
    {
        StripReader reader = Swept;

        var generator = new StripGenerator(Mnist.Test, StripStyle.Touching, seed: 2024);
        LabeledStrip[] strips = [.. Enumerable.Range(0, 20).Select(generator.Draw)];
        StripEvaluation plain = StripEvaluator.Run(reader, strips);
        StripEvaluation ofKnownLength = StripEvaluator.Run(reader, strips, strip => new StripOptions { Grammar = Grammar.FixedLength(strip.Text.Length) });
        Console.WriteLine($"{plain.Accuracy:P1}, {ofKnownLength.Accuracy:P1} of known length");

        Assert.That(ofKnownLength.Readings.Select(reading => reading.Text.Length), Is.EqualTo(strips.Select(strip => strip.Text.Length)).Or.Contain(0));
        Assert.That(plain.Count, Is.EqualTo(20));
    }

    [Test]
    public void Training_ColumnsThenStrings_IsCalibratedAndSaved()
    {
        // One that has learnt strips already: calibration needs some that are read right.
        Network begun = PretrainedModels.Strips;
        LabeledImages digits = Mnist.Train.Slice(0, 500);
        LabeledStrip[] heldOut = [.. Enumerable.Range(0, 12).Select(new StripGenerator(Mnist.Train.Slice(55_000, 5000), StripStyle.Clean, seed: 3).Draw)];
        string path = Path.GetTempFileName();
        StripTraining few = new() { Count = 8, Width = 96, Loss = new ColumnLoss(), Styles = StripTraining.ManyStyles };
        TrainingRecipe columns = TrainingRecipe.Strips with { Epochs = 1, Strip = few };
        TrainingRecipe strings = TrainingRecipe.StripsGlobal with { Epochs = 1, Strip = few with { Loss = new StringLoss() } };

        var network = Network.LeNet5(seed: 1998, RbfCodes.DigitsAndBlank);
        begun.Parameters.CopyTo(network.EditParameters());   // PretrainedModels.Digits
        new Trainer(network, columns).Run(digits);   // TrainingRecipe.Strips
        new Trainer(network, strings).Run(digits);   // TrainingRecipe.StripsGlobal
        var calibration = StripCalibration.Fit(network, StripMethod.Sdnn, heldOut);
        network.Metadata = network.Metadata with { StripCalibration = calibration };
        network.Save(path);

        Assert.That(new StripReader(Network.Load(path)).Calibration, Is.EqualTo(calibration));
        File.Delete(path);
    }

    [Test]
    public void Recipe_OfOnesOwnStyle_TellsWhatItDoes()
    {
        var form = new StripStyle { MinLength = 6, MaxLength = 6, MinGap = -2, MaxGap = 8, Jitter = 3, Noise = 10, Digit = Distortion.Mild };
        var recipe = TrainingRecipe.StripsGlobal with
        {
            Name = "forms",
            Strip = new StripTraining { Width = 192, Styles = [form, StripStyle.Hard] },
        };

        Assert.That(recipe.Strip.ToString(), Does.Contain("192 wide"));
    }

    [Test]
    public void Stream_ColumnByColumn_ReadsAsTheReaderDoes()
    {
        NormalizedStrip line = StripNormalizer.Normalize(Draw(StripStyle.Clean, length: 5).Picture);
        IEnumerable<byte[]> scanner = ColumnsOf(line.Picture).Chunk(5).Select(columns => columns.SelectMany(column => column).ToArray());

        var stream = new StripStream(PretrainedModels.Strips);
        foreach (byte[] columns in scanner)   // 32 bytes each, ink 255, as many as have come
            stream.Append(columns);
        StripReading r = stream.Read();

        Assert.That(r.Text, Is.EqualTo(Swept.Read(line).Text));
    }

    [Test]
    public void Explain_NormalizedStrip_TellsWhatWasSeen()
    {
        StripReader reader = Swept;
        GrayImage picture = Draw(StripStyle.Touching, length: 3).Picture;

        NormalizedStrip strip = StripNormalizer.Normalize(picture);
        StripExplanation seen = reader.Explain(strip);
        Console.WriteLine(string.Concat(seen.Path.Select(label => label is int digit ? (char)('0' + digit) : '-')));

        Assert.That(seen.Path, Has.Length.EqualTo(seen.ColumnCount));
    }

    private static LabeledStrip Draw(StripStyle style, int length) => new StripGenerator(Mnist.Test, style with { MinLength = length, MaxLength = length }, seed: 5).Draw(0);

    private static LabeledImages Ones()
    {
        int[] ones = [.. Enumerable.Range(0, Mnist.Test.Count).Where(i => Mnist.Test.Label(i) == 1).Take(500)];
        return new LabeledImages(28, 28, [.. ones.SelectMany(i => Mnist.Test.Pixels(i).ToArray())], [.. ones.Select(_ => (byte)1)]);
    }

    private static IEnumerable<byte[]> ColumnsOf(GrayImage picture) =>
        Enumerable.Range(0, picture.Width).Select(x => Enumerable.Range(0, picture.Height).Select(y => picture.Row(y)[x]).ToArray());
}
