using System.Text.Json;

namespace LeNet5.Tool.Tests;

public class EvaluateCommandTests
{
    [Test]
    public void Evaluate_BuiltInModel_MisreadsFewTestDigits()
    {
        ToolRun run = ToolRun.Of("evaluate", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        int errors = line.GetProperty("errors").GetInt32();
        int[][] confusion = [.. line.GetProperty("confusion").EnumerateArray().Select(Integers)];
        Assert.That(line.GetProperty("count").GetInt32(), Is.EqualTo(10_000));
        Assert.That(line.GetProperty("error_rate").GetDouble(), Is.EqualTo(errors / 10_000.0).And.LessThan(0.02));
        Assert.That(Integers(line.GetProperty("errors_by_class")).Sum(), Is.EqualTo(errors));
        Assert.That(confusion.Sum(row => row.Sum()), Is.EqualTo(10_000));
        Assert.That(confusion.Select((row, label) => row[label]).Sum(), Is.EqualTo(10_000 - errors));
        Assert.That(line.GetProperty("model").GetString(), Is.EqualTo("built-in digits"));

        static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt32())];
    }

    [Test]
    public void Evaluate_ForAPerson_ShowsErrorRateAndConfusion()
    {
        ToolRun run = ToolRun.Of("evaluate", "--threads", "1");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("errors in 10000 images").And.Contain("True class down"));
        Assert.That(run.Output, Does.Contain("To reject for an error").And.Match(@"Expected calibration error of the posteriors: \d+\.\d\d % \(temperature [\d.]+, j = [\d.]+, rejecting beyond [\d.]+\)"));
    }

    [Test]
    public void Evaluate_BuiltInModel_TellsShareToRejectAndCalibrationError()
    {
        JsonElement line = ToolRun.Of("evaluate", "--json").Lines.Single();
        EvaluationResult evaluation = Evaluator.Run(PretrainedModels.Digits, Mnist.Test);
        Calibration calibration = PretrainedModels.Digits.Metadata.Calibration!;
        foreach (RejectionScore score in Enum.GetValues<RejectionScore>())
        {
            RejectionCurve curve = new(evaluation, calibration, score);
            string by = score == RejectionScore.Posterior ? "posterior" : "margin";
            Assert.That(line.GetProperty($"reject_for_0_5_percent_by_{by}").GetDouble(), Is.EqualTo(curve.ShareToReject(0.005)));
            Assert.That(line.GetProperty($"reject_for_0_1_percent_by_{by}").GetDouble(), Is.EqualTo(curve.ShareToReject(0.001)).And.InRange(0.001, 0.1));
        }
        Assert.That(line.GetProperty("calibration_error").GetDouble(), Is.EqualTo(evaluation.ExpectedCalibrationError(calibration)).And.InRange(0, 0.003));
        Assert.That(line.GetProperty("calibration").GetProperty("temperature").GetDouble(), Is.EqualTo(calibration.Temperature));
        Assert.That(line.GetProperty("calibration").GetProperty("rubbish_penalty").GetDouble(), Is.EqualTo(calibration.RubbishPenalty));
        Assert.That(line.GetProperty("calibration").GetProperty("largest_penalty").GetDouble(), Is.EqualTo(calibration.LargestPenalty));
    }

    [Test]
    public void Evaluate_Calibrate_FitsTheLastTrainingDigitsAndSaves()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("calibrated.safetensors");
        ToolRun run = ToolRun.Of("evaluate", "--calibrate", file, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        Calibration expected = Calibration.Fit(Evaluator.Run(PretrainedModels.Digits, Mnist.Train.Slice(55_000, 5000)));
        Network saved = Network.Load(file);
        Assert.That(line.GetProperty("count").GetInt32(), Is.EqualTo(5000));
        Assert.That(line.GetProperty("file").GetString(), Is.EqualTo(file));
        Assert.That(line.GetProperty("calibration").GetProperty("temperature").GetDouble(), Is.EqualTo(expected.Temperature));
        Assert.That(saved.Metadata.Calibration, Is.EqualTo(expected));
        Assert.That(saved.Parameters.SequenceEqual(PretrainedModels.Digits.Parameters));

        JsonElement inspected = ToolRun.Of("inspect", "--model", file, "--json").Lines.Single();
        Assert.That(inspected.GetProperty("metadata").GetProperty("calibration").GetProperty("rubbish_penalty").GetDouble(), Is.EqualTo(expected.RubbishPenalty));
        Assert.That(ToolRun.Of("evaluate", "--model", file).Output, Does.Contain($"(temperature {expected.Temperature:0.###}"));
    }

    [Test]
    public void Evaluate_CalibrateOnImages_FitsThem()
    {
        using SmallMnist digits = new();
        string file = digits.PathOf("calibrated.safetensors");
        ToolRun run = ToolRun.Of("evaluate", "--images", digits.PathOf("train-images-idx3-ubyte"), "--labels", digits.PathOf("train-labels-idx1-ubyte"), "--calibrate", file);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain($"errors in {SmallMnist.TrainCount} images").And.Contain("calibrated.safetensors"));
        Assert.That(Network.Load(file).Metadata.Calibration, Is.EqualTo(Calibration.Fit(Evaluator.Run(PretrainedModels.Digits, Mnist.Test.Slice(0, SmallMnist.TrainCount)))));
    }

    [Test]
    public void Evaluate_HeldOut_TakesTheLastTrainingDigits()
    {
        JsonElement line = ToolRun.Of("evaluate", "--held-out", "700", "--json").Lines.Single();
        Assert.That(line.GetProperty("count").GetInt32(), Is.EqualTo(700));
        Assert.That(line.GetProperty("errors").GetInt32(), Is.EqualTo(Evaluator.Run(PretrainedModels.Digits, Mnist.Train.Slice(59_300, 700)).Errors.Length));
    }

    [Test]
    public void Evaluate_HeldOutMoreThanThereAre_SaysSo() => ToolRun.Of("evaluate", "--held-out", "60001").AssertFailure("60000 training digits");

    [Test]
    public void Evaluate_SeveralModels_EvaluatesTheAverageOfTheirPenalties()
    {
        using TemporaryFolder folder = new();
        string[] files = [folder.PathOf("a.safetensors"), folder.PathOf("b.safetensors")];
        Network[] networks = [PretrainedModels.Digits, PretrainedModels.Digits];
        foreach (ref float parameter in networks[1].EditParameters())
            parameter *= 1.05f;
        networks[0].Save(files[0]);
        networks[1].Save(files[1]);
        ToolRun run = ToolRun.Of("evaluate", "--model", files[0], "--model", files[1], "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        Assert.That(line.GetProperty("errors").GetInt32(), Is.EqualTo(new CommitteeReader(networks).Evaluate(Mnist.Test).Errors.Length));
        Assert.That(line.GetProperty("model").GetString(), Does.Contain("a.safetensors").And.Contain("b.safetensors"));
    }

    [TestCase("--held-out", "5", "--images", "a", "--labels", "b")]
    [TestCase("--held-out", "5", "--errors-of-1998")]
    [TestCase("--calibrate", "c", "--errors-of-1998")]
    [TestCase("--calibrate", "c", "--model", "a", "--model", "b")]
    public void Evaluate_OptionsThatContradict_AreWrongUsage(params string[] options) =>
        Assert.That(ToolRun.Of(["evaluate", .. options]).ExitCode, Is.EqualTo(2));

    /// <summary>The missing model would be found first, if the outputs were not checked before all work.</summary>
    [TestCase("--calibrate", "nowhere/calibrated", "nowhere does not exist")]
    [TestCase("--calibrate", ".", "is a folder. Give --calibrate")]
    [TestCase("--gallery", "nowhere/gallery.png", "nowhere does not exist")]
    [TestCase("--gallery", "folder.png", "is a folder. Give --gallery")]
    [TestCase("--strips", "--calibrate", "nowhere/calibrated", "nowhere does not exist")]
    public void Evaluate_OutputThatCannotBeSaved_FailsBeforeTheWork(params string[] optionsAndFault)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.PathOf("folder.png"));
        ToolRun.In(folder.PathOf(""), ["evaluate", "--model", "missing", .. optionsAndFault[..^1]]).AssertFailure(optionsAndFault[^1]);
    }

    [Test]
    [Platform("Linux")]
    public void Evaluate_NameThatCannotBeMade_FailsBeforeTheWork()
    {
        using TemporaryFolder folder = new();
        string longest = new('x', 240), lost = folder.PathOf("lost");
        ToolRun.In(folder.PathOf(""), "evaluate", "--model", "missing", "--calibrate", longest).AssertFailure($"{longest} cannot be saved: its name is too long.");
        File.CreateSymbolicLink(lost, folder.PathOf("nowhere/target"));
        ToolRun.Of("evaluate", "--model", "missing", "--calibrate", lost).AssertFailure("nowhere does not exist");
        ToolRun.Of("evaluate", "--model", "missing", "--calibrate", "/dev/null").AssertFailure("missing");
    }

    [Test]
    public void Evaluate_GalleryOfNoErrors_SaysSo()
    {
        using TemporaryFolder folder = new();
        int[] right = [.. Enumerable.Range(0, 3)];
        Assert.That(Evaluator.Run(PretrainedModels.Digits, Mnist.Test.Slice(0, 3)).Errors, Is.Empty);
        string images = folder.PathOf("images"), labels = folder.PathOf("labels"), picture = folder.Write("gallery.png", [1, 2, 3]);
        File.WriteAllBytes(images, [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 28, 0, 0, 0, 28, .. right.SelectMany(i => Mnist.Test.Pixels(i).ToArray())]);
        File.WriteAllBytes(labels, [0, 0, 8, 1, 0, 0, 0, 3, .. right.Select(i => (byte)Mnist.Test.Label(i))]);
        Assert.That(ToolRun.Of("evaluate", "--images", images, "--labels", labels, "--gallery", picture).ExitCode, Is.Zero);
        Assert.That(GrayImage.Load(picture).Width, Is.GreaterThan(100), "it tells that nothing was misread");
    }

    [Test]
    public void Evaluate_GalleryThatIsNoPng_IsWrongUsage()
    {
        ToolRun run = ToolRun.Of("evaluate", "--gallery", "gallery.txt");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("--gallery writes a PNG picture: end 'gallery.txt' in .png."));
    }

    [Test]
    public void Evaluate_ErrorsOf1998AndGallery_TellsHowManyAndDrawsAll()
    {
        string picture = Path.Combine(TestContext.CurrentContext.WorkDirectory, "gallery.png");
        ToolRun run = ToolRun.Of("evaluate", "--errors-of-1998", "--gallery", picture, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        EvaluationResult evaluation = Evaluator.Run(PretrainedModels.Digits, Mnist.Test);
        Assert.That(line.GetProperty("errors_of_1998").GetInt32(), Is.EqualTo(82));
        Assert.That(line.GetProperty("errors_of_1998_misread").GetInt32(), Is.EqualTo(Mnist.ErrorsOf1998.Count(error => evaluation.Errors.Contains(error.Index))));
        Assert.That(line.GetProperty("errors_of_1998_same_answer").GetInt32(), Is.EqualTo(Mnist.ErrorsOf1998.Count(error => evaluation.Answers[error.Index] == error.Answer)));

        // Rows of twelve; the first cell holds the first misread digit, twice as large, dark on light.
        GrayImage gallery = GrayImage.Load(picture);
        int rows = (evaluation.Errors.Length + 11) / 12;
        Assert.That((gallery.Width, gallery.Height), Is.EqualTo(((12 * 62) + 6, (rows * 80) + 6)));
        ReadOnlySpan<byte> first = Mnist.Test.Pixels(evaluation.Errors[0]);
        for (int i = 0; i < first.Length; i++)
            Assert.That(gallery.Pixels[((6 + (i / 28 * 2)) * gallery.Width) + 6 + (i % 28 * 2)], Is.EqualTo(255 - first[i]));
    }

    [Test]
    public void Evaluate_ErrorsOf1998OfOtherImages_IsWrongUsage() =>
        Assert.That(ToolRun.Of("evaluate", "--errors-of-1998", "--images", "a", "--labels", "b").ExitCode, Is.EqualTo(2));

    [Test]
    public void Evaluate_MissingModel_NamesTheFile() => ToolRun.Of("evaluate", "--model", "nowhere.safetensors").AssertFailure("nowhere.safetensors");

    [Test]
    public void Evaluate_MissingImages_NamesTheFile() => ToolRun.Of("evaluate", "--images", "nowhere.idx", "--labels", "nowhere.idx", "--json").AssertFailure("nowhere.idx");
}
