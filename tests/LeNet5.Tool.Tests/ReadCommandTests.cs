using System.Text.Json;

namespace LeNet5.Tool.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReadCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Read_TestDigits_ReadsMost()
    {
        const int count = 40;
        string[] files = [.. Enumerable.Range(0, count).Select(i => Save(i, i % 2 == 0 ? "png" : "pgm"))];
        ToolRun run = ToolRun.Of(["read", "--json", .. files]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Lines.Select(line => line.GetProperty("file").GetString()), Is.EqualTo(files));

        int right = 0;
        for (int i = 0; i < count; i++)
        {
            JsonElement line = run.Lines[i];
            string reading = line.GetProperty("reading").GetString()!;
            bool accepted = line.GetProperty("accepted").GetBoolean();
            double[] penalties = [.. line.GetProperty("penalties").EnumerateArray().Select(penalty => penalty.GetDouble())];
            right += reading == $"{Mnist.Test.Label(i)}" ? 1 : 0;
            Assert.That(reading, accepted ? Does.Match("^[0-9]$") : Is.Empty);
            Assert.That(line.TryGetProperty("reason", out _), Is.EqualTo(!accepted));
            Assert.That(line.GetProperty("confidence").GetDouble(), Is.InRange(0, 1));
            Assert.That(line.GetProperty("margin").GetDouble(), Is.Not.Negative);
            Assert.That(penalties, Has.Length.InRange(10, 11));
            Assert.That(penalties.Order().ElementAt(1), Is.EqualTo(penalties[line.GetProperty("runner_up").GetInt32()]));
        }
        // The rest may be rejected: with eight digits of every ten read, the pictures went through the right way up.
        Assert.That(right, Is.GreaterThanOrEqualTo(0.8 * count));
    }

    [Test]
    public void Read_ForAPerson_WritesALineAFile()
    {
        string[] files = [Save(0, "png"), Save(10, "pgm")];
        ToolRun run = ToolRun.Of(["read", .. files]);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[0], Does.StartWith("file").And.EndWith("confidence"));
        Assert.That(lines[1], Does.Match(@"0\.png +7 +\d+\.\d %$"));
        Assert.That(lines[2], Does.Match(@"10\.pgm +0 +\d+\.\d %$"));
    }

    [Test]
    public void Read_NoDigit_RejectsIt()
    {
        string file = folder.PathOf("empty.png");
        new GrayImage(28, 28, new byte[784]).Save(file);
        JsonElement line = ToolRun.Of("read", "--json", file).Lines.Single();
        Assert.That(line.GetProperty("accepted").GetBoolean(), Is.False);
        Assert.That(line.GetProperty("reading").GetString(), Is.Empty);
        Assert.That(line.GetProperty("reason").GetString(), Is.EqualTo("blank").Or.EqualTo("not a digit"));
    }

    [Test]
    public void Read_SomeBadFiles_ReadsTheOthersAndExitsWith1()
    {
        string text = folder.Write("text.png", [.. "no picture at all"u8]);
        string cut = folder.Write("cut.png", File.ReadAllBytes(Save(1, "png"))[..^20]);
        string[] bad = [text, cut, folder.PathOf("missing.png"), Directory.CreateDirectory(folder.PathOf("empty")).FullName];

        ToolRun json = ToolRun.Of(["read", "--json", .. bad, Save(0, "png")]);
        Assert.That(json.ExitCode, Is.EqualTo(1));
        Assert.That(json.Error, Is.Empty);
        Assert.That(json.Lines[..^1].Select(line => line.GetProperty("file").GetString()), Is.EqualTo(bad));
        Assert.That(json.Lines[..^1].Select(line => line.GetProperty("error").GetString()), Is.All.Not.Empty);
        Assert.That(json.Lines[^1].GetProperty("reading").GetString(), Is.EqualTo("7"));

        ToolRun person = ToolRun.Of(["read", .. bad]);
        string[] messages = person.Error.TrimEnd().Split('\n');
        Assert.That(person.ExitCode, Is.EqualTo(1));
        Assert.That(messages, Has.Length.EqualTo(bad.Length).And.All.StartsWith("lenet5: "));
        for (int i = 0; i < bad.Length; i++)
            Assert.That(messages[i], Does.Contain(Path.GetFileName(bad[i])));
    }

    [Test]
    public void Read_ModelOfAnotherKind_NamesTheFile()
    {
        string model = folder.Write("bad.safetensors", [.. "no model at all"u8]);
        ToolRun.Of("read", "--json", "--model", model, Save(0, "png")).AssertFailure("bad.safetensors");
    }

    private string Save(int digit, string format)
    {
        string file = folder.PathOf($"{digit}.{format}");
        new GrayImage(28, 28, Mnist.Test.Pixels(digit)).Save(file);
        return file;
    }
}
