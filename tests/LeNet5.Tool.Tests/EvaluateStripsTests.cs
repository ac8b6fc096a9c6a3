using System.Text.Json;
using LeNet5.Data;

namespace LeNet5.Tool.Tests;

public class EvaluateStripsTests
{
    [Test]
    public void Evaluate_Strips_MeasuresEachLevelByEachMethod()
    {
        ToolRun run = ToolRun.Of("evaluate", "--strips", "--count", "20", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        Assert.That(
            run.Lines.Select(line => $"{line.GetProperty("level")} {line.GetProperty("method")} {line.GetProperty("model")}"),
            Is.EqualTo(new[] { "clean", "touching", "hard" }.SelectMany(level => new[] { $"{level} sdnn built-in strips", $"{level} hos built-in segments", $"{level} windows built-in digits", $"{level} both built-in strips + segments" })));
        foreach (JsonElement line in run.Lines)
        {
            int right = line.GetProperty("right").GetInt32(), errors = line.GetProperty("errors").GetInt32();
            Assert.That(line.GetProperty("count").GetInt32(), Is.EqualTo(20).And.EqualTo(right + errors));
            Assert.That(line.GetProperty("error_rate").GetDouble(), Is.EqualTo(errors / 20.0).Within(1e-12));
            foreach (string name in (string[])["error_rate_length_known", "error_rate_5_percent_rejected", "mean_confidence"])
                Assert.That(line.GetProperty(name).GetDouble(), Is.InRange(0, 1), name);
        }
        Assert.That(run.Lines[0].GetProperty("error_rate").GetDouble(), Is.LessThan(0.3));
    }

    [Test]
    public void Evaluate_StripsByOneMethod_IsWhatTheLibraryMeasures()
    {
        JsonElement line = ToolRun.Of("evaluate", "--strips", "--count", "10", "--seed", "7", "--method", "sdnn", "--held-out", "500", "--json").Lines[1];
        StripGenerator generator = new(Mnist.Train.Slice(59_500, 500), StripStyle.Touching, seed: 7);
        LabeledStrip[] strips = [.. Enumerable.Range(0, 10).Select(generator.Draw)];
        StripReader reader = new(PretrainedModels.Strips);
        StripEvaluation expected = StripEvaluator.Run(reader, strips);
        StripEvaluation ofKnownLength = StripEvaluator.Run(reader, strips, strip => new StripOptions { Grammar = Grammar.FixedLength(strip.Text.Length) });
        Assert.That(line.GetProperty("right").GetInt32(), Is.EqualTo(expected.RightCount));
        Assert.That(line.GetProperty("error_rate_length_known").GetDouble(), Is.EqualTo(1 - ofKnownLength.Accuracy));
        Assert.That(line.GetProperty("mean_confidence").GetDouble(), Is.EqualTo(expected.MeanConfidence));
    }

    [Test]
    public void Evaluate_StripsWithCheckDigits_AlsoReadsThemAsSuch()
    {
        JsonElement[] lines = ToolRun.Of("evaluate", "--strips", "--luhn", "--count", "10", "--method", "sdnn", "--json").Lines;
        StripGenerator generator = new(Mnist.Test, StripStyle.Hard, seed: 2024);
        LabeledStrip[] drawn = [.. Enumerable.Range(0, 1000).Select(generator.Draw)];
        StripEvaluation right = Read(passing: true), wrong = Read(passing: false);
        Assert.That(lines[2].GetProperty("error_rate_luhn_known").GetDouble(), Is.EqualTo(1 - right.Accuracy));
        Assert.That(lines[2].GetProperty("not_in_grammar").GetDouble(), Is.EqualTo(right.Readings.Count(reading => reading.Reason == Rejection.NotInGrammar) / 10.0));
        Assert.That(lines[2].GetProperty("wrong_digit_accepted").GetDouble(), Is.EqualTo(wrong.Readings.Count(reading => reading.IsAccepted) / 10.0));

        StripEvaluation Read(bool passing) => StripEvaluator.Run(
            new StripReader(PretrainedModels.Strips), [.. drawn.Where(strip => Grammar.Luhn().Accepts(strip.Text) == passing).Take(10)], _ => new StripOptions { Grammar = Grammar.Luhn() });
    }

    [Test]
    public void Evaluate_StripsForAPerson_WritesATable()
    {
        ToolRun run = ToolRun.Of("evaluate", "--strips", "--count", "3", "--method", "hos", "--luhn");
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(lines, Has.Length.EqualTo(4));
        Assert.That(lines[0], Does.StartWith("level").And.Contain("Luhn known"));
        Assert.That(lines[3], Does.Match(@"^hard +hos( +\d+\.\d %){7}$"));
    }

    [Test]
    public void Evaluate_StripsOfAModel_MeasuresWhatItCanServe()
    {
        using TemporaryFolder folder = new();
        string model = folder.PathOf("model.safetensors");
        PretrainedModels.Digits.Save(model);
        JsonElement[] lines = ToolRun.Of("evaluate", "--strips", "--count", "1", "--model", model, "--json").Lines;
        Assert.That(lines[..2].Select(line => line.GetProperty("method").GetString()), Is.EqualTo(new[] { "hos", "windows" }));
        Assert.That(lines[0].GetProperty("model").GetString(), Is.EqualTo(model));
    }

    [Test]
    public void Evaluate_CalibrateOnStrips_FitsHeldOutOnesAndSaves()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("calibrated.safetensors");
        ToolRun run = ToolRun.Of("evaluate", "--strips", "--calibrate", file, "--count", "10", "--held-out", "500", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        StripStyle[] styles = [StripStyle.Clean, StripStyle.Touching, StripStyle.Hard];
        LabeledStrip[] strips = [.. styles.SelectMany(style => Enumerable.Range(0, 10).Select(new StripGenerator(Mnist.Train.Slice(59_500, 500), style, seed: 2024).Draw))];
        Network saved = Network.Load(file);
        Assert.That(saved.Metadata.StripCalibration, Is.EqualTo(StripCalibration.Fit(PretrainedModels.Strips, StripMethod.Sdnn, strips)));
        Assert.That(saved.Parameters.SequenceEqual(PretrainedModels.Strips.Parameters));
        Assert.That(run.Lines[0].GetProperty("file").GetString(), Is.EqualTo(file));
        Assert.That(run.Lines[0].GetProperty("calibration").GetProperty("temperature").GetDouble(), Is.EqualTo(saved.Metadata.StripCalibration!.Temperature));
        Assert.That(ToolRun.Of("read", "--strip", "--model", file, "nowhere.png").ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Evaluate_CalibrateAModelOfSegments_ReadsItByTheMethodThatItIsMadeFor()
    {
        using TemporaryFolder folder = new();
        string model = folder.PathOf("segments.safetensors"), file = folder.PathOf("calibrated.safetensors");
        PretrainedModels.Segments.Save(model);
        ToolRun run = ToolRun.Of("evaluate", "--strips", "--model", model, "--calibrate", file, "--count", "2", "--held-out", "500", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Lines.Select(line => line.GetProperty("method").GetString()), Is.EqualTo(new[] { "hos", "hos", "hos" }));
        Assert.That(Network.Load(file).Metadata.StripCalibration, Is.Not.EqualTo(PretrainedModels.Segments.Metadata.StripCalibration).And.Not.Null);
    }

    [TestCase("--count", "5")]
    [TestCase("--seed", "5")]
    [TestCase("--method", "hos")]
    [TestCase("--luhn")]
    [TestCase("--strips", "--count", "0")]
    [TestCase("--strips", "--method", "soup")]
    [TestCase("--strips", "--images", "a", "--labels", "b")]
    [TestCase("--strips", "--method", "both", "--model", "a")]
    [TestCase("--strips", "--method", "both", "--calibrate", "a")]
    [TestCase("--strips", "--errors-of-1998")]
    [TestCase("--strips", "--gallery", "a.png")]
    [TestCase("--strips", "--model", "a", "--model", "b")]
    public void Evaluate_StripOptionsThatAreWrong_AreWrongUsage(params string[] options)
    {
        ToolRun run = ToolRun.Of(["evaluate", .. options]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
    }
}
