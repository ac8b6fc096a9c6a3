using System.Text.Json;

namespace LeNet5.Tool.Tests;

[Category("Slow")]
public class BenchCommandTests
{
    [Test]
    public void Bench_Json_GivesPositiveFigures()
    {
        ToolRun run = ToolRun.Of("bench", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        foreach (string key in (string[])["forward_ns", "batch_ns_per_digit", "step_ns", "strip_ns", "strip_read_ns", "startup_ms", "peak_gflops"])
            Assert.That(line.GetProperty(key).GetDouble(), Is.Positive, key);
        Assert.That(line.GetProperty("vector_bits").GetInt32(), Is.AnyOf(128, 256, 512));
    }

    [Test]
    public void Bench_ForAPerson_ShowsTheShareOfThePeak()
    {
        ToolRun run = ToolRun.Of("bench");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Match("forward pass.* ns +[0-9]+ % of the peak").And.Contain("GFLOP/s"));
    }
}
