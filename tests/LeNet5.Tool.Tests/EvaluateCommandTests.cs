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
    }

    [Test]
    public void Evaluate_MissingModel_NamesTheFile() => ToolRun.Of("evaluate", "--model", "nowhere.safetensors").AssertFailure("nowhere.safetensors");

    [Test]
    public void Evaluate_MissingImages_NamesTheFile() => ToolRun.Of("evaluate", "--images", "nowhere.idx", "--labels", "nowhere.idx", "--json").AssertFailure("nowhere.idx");
}
