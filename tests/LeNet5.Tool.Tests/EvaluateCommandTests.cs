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
