using System.Text.Json;
using LeNet5.Data;
using LeNet5.Imaging;

namespace LeNet5.Tool.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReadStripTests : IDisposable
{
    private const string Text = "47924790";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Read_StripJson_TellsTheStringAndWhereItsDigitsAre()
    {
        string file = Save("strip.png");
        ToolRun run = ToolRun.Of("read", "--strip", "--json", file);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        JsonElement line = run.Lines.Single();
        Assert.That(line.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[]
        {
            "file", "reading", "confidence", "accepted", "digits", "box", "ink", "contrast", "scale", "tilt", "slant", "slant_change", "stroke_width", "stroke_change", "rules", "specks", "warnings",
        }));
        StripReading expected = new StripReader().Read(Strip().Picture);
        Assert.That(line.GetProperty("file").GetString(), Is.EqualTo(file));
        Assert.That(line.GetProperty("reading").GetString(), Is.EqualTo(Text).And.EqualTo(expected.Text));
        Assert.That(line.GetProperty("confidence").GetSingle(), Is.EqualTo(expected.Confidence));
        Assert.That(line.GetProperty("accepted").GetBoolean(), Is.True);
        JsonElement[] digits = [.. line.GetProperty("digits").EnumerateArray()];
        Assert.That(digits, Has.Length.EqualTo(Text.Length));
        for (int i = 0; i < digits.Length; i++)
        {
            PixelBox box = expected.Digits[i].Box;
            Assert.That(digits[i].EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "label", "confidence", "position", "left", "top", "width", "height" }));
            Assert.That(digits[i].GetProperty("label").GetInt32(), Is.EqualTo(Text[i] - '0'));
            Assert.That(digits[i].GetProperty("confidence").GetSingle(), Is.EqualTo(expected.Digits[i].Confidence));
            Assert.That(digits[i].GetProperty("position").GetDouble(), Is.EqualTo(expected.Digits[i].Position));
            Assert.That(
                new[] { "left", "top", "width", "height" }.Select(name => digits[i].GetProperty(name).GetInt32()),
                Is.EqualTo(new[] { box.Left, box.Top, box.Width, box.Height }));
        }
    }

    [TestCase("sdnn")]
    [TestCase("hos")]
    [TestCase("windows")]
    [TestCase("both")]
    public void Read_StripByEachMethod_ReadsThisOne(string method)
    {
        JsonElement line = ToolRun.Of("read", "--strip", "--method", method, "--grammar", $"length:{Text.Length}", "--json", Save("strip.png")).Lines.Single();
        Assert.That(line.GetProperty("reading").GetString(), Is.EqualTo(Text));
    }

    [Test]
    public void Read_StripWithGrammarAndAlternatives_GivesStringsOfTheGrammar()
    {
        string file = Save("strip.png");
        JsonElement line = ToolRun.Of("read", "--strip", "--grammar", "one-of:47924190,11,47924790", "--n-best", "3", "--json", file).Lines.Single();
        JsonElement[] alternatives = [.. line.GetProperty("alternatives").EnumerateArray()];
        Assert.That(line.GetProperty("reading").GetString(), Is.EqualTo(Text));
        Assert.That(alternatives, Has.Length.InRange(1, 3));
        Assert.That(alternatives[0].GetProperty("text").GetString(), Is.EqualTo(Text));
        Assert.That(alternatives[0].GetProperty("confidence").GetDouble(), Is.EqualTo(line.GetProperty("confidence").GetDouble()));
        Assert.That(alternatives.Select(other => other.GetProperty("text").GetString()), Is.SubsetOf(new[] { "47924190", "11", Text }));

        string[] lines = ToolRun.Of("read", "--strip", "--n-best", "2", file).Output.TrimEnd().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[1], Does.Match($@"strip\.png +{Text} +\d+\.\d %$"));
        Assert.That(lines[2], Does.Match(@"^ +[0-9]+ +\d+\.\d %$"));
    }

    [Test]
    public void Read_StripsWithoutGoodReading_TellWhy()
    {
        string file = Save("strip.png"), white = folder.PathOf("white.png");
        new GrayImage(90, 40, [.. Enumerable.Repeat((byte)255, 90 * 40)]).Save(white);

        JsonElement blank = ToolRun.Of("read", "--strip", "--json", white).Lines.Single();
        AssertRejected(blank, "blank", "");
        Assert.That(blank.GetProperty("confidence").GetDouble(), Is.Zero);
        Assert.That(blank.GetProperty("digits").GetArrayLength(), Is.Zero);
        AssertRejected(ToolRun.Of("read", "--strip", "--grammar", "one-of:11", "--json", file).Lines.Single(), "not in grammar", null);
        AssertRejected(ToolRun.Of("read", "--strip", "--error-rate", "1e-9", "--json", file).Lines.Single(), "unsure", Text);

        string[] lines = ToolRun.Of("read", "--strip", "--error-rate", "1e-9", white, file).Output.TrimEnd().Split('\n');
        Assert.That(lines[1], Does.Match(@"white\.png +blank +0\.0 %$"));
        Assert.That(lines[2], Does.Match($@"strip\.png +{Text} +\d+\.\d %  Rejected: unsure\.$"));

        static void AssertRejected(JsonElement line, string reason, string? text)
        {
            Assert.That(line.GetProperty("accepted").GetBoolean(), Is.False);
            Assert.That(line.GetProperty("reason").GetString(), Is.EqualTo(reason));
            if (text is not null)
                Assert.That(line.GetProperty("reading").GetString(), Is.EqualTo(text));
        }
    }

    [Test]
    public void Read_StripsOfWhichSomeAreBad_ReadsTheOthersAndExitsWith1()
    {
        string bad = folder.Write("bad.png", [.. "no picture at all"u8]), file = Save("strip.png");
        ToolRun json = ToolRun.Of("read", "--strip", "--json", bad, file);
        Assert.That(json.ExitCode, Is.EqualTo(1));
        Assert.That(json.Lines[0].EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "file", "error" }));
        Assert.That(json.Lines[1].GetProperty("reading").GetString(), Is.EqualTo(Text));

        string[] records = ToolRun.Of("read", "--strip", "--csv", bad, file).Output.TrimEnd().Split('\n');
        Assert.That(records[0], Is.EqualTo("file,reading,confidence,accepted,reason,error"));
        Assert.That(records[1], Does.StartWith($"{bad},,,,,\"bad.png is no picture"));
        Assert.That(records[2], Does.Match($@"^{file},{Text},0\.\d+,true,,$"));
    }

    [Test]
    public void Read_StripByAModelThatCannot_NamesTheWayOut()
    {
        string model = folder.PathOf("model.safetensors"), file = Save("strip.png");
        PretrainedModels.Digits.Save(model);
        ToolRun.Of("read", "--strip", "--model", model, "--method", "sdnn", file).AssertFailure("class for the blank");
        Assert.That(ToolRun.Of("read", "--strip", "--model", model, file).ExitCode, Is.Zero, "by what it is made for: segments");
    }

    [TestCase("soup")]
    [TestCase("length:-1")]
    [TestCase("luhn:1000000")]
    [TestCase("any:8-4")]
    [TestCase("date:soup")]
    public void Read_StripWithWrongGrammar_SaysWhyInOneLine(string grammar)
    {
        ToolRun run = ToolRun.Of("read", "--strip", "--grammar", grammar, "strip.png");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith($"--grammar {grammar}: ").And.Not.Contain("Parameter").And.Not.Contain("Actual value"));
        Assert.That(run.Error.Trim(), Does.Not.Contain("\n"));
    }

    [TestCase("--grammar", "soup", "strip.png", "--strip")]
    [TestCase("--grammar", "date:soup", "strip.png", "--strip")]
    [TestCase("--method", "soup", "strip.png", "--strip")]
    [TestCase("--model", "both", "--method", "both", "strip.png", "--strip")]
    [TestCase("--n-best", "0", "strip.png", "--strip")]
    [TestCase("--n-best", "101", "strip.png", "--strip")]
    [TestCase("--n-best", "2", "--csv", "strip.png", "--strip")]
    [TestCase("--error-rate", "0", "strip.png", "--strip")]
    [TestCase("--error-rate", "nan", "strip.png", "--strip")]
    [TestCase("--error-rate", "1.5", "strip.png", "--strip")]
    [TestCase("--grammar", "luhn", "strip.png")]
    [TestCase("--method", "hos", "strip.png")]
    [TestCase("--n-best", "2", "strip.png")]
    [TestCase("--error-rate", "0.1", "strip.png")]
    public void Read_StripOptionsThatAreWrong_AreWrongUsage(params string[] options)
    {
        ToolRun run = ToolRun.Of(["read", .. options]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Contain(options[^1] == "--strip" ? options[1] : "--strip").Or.Contain("--n-best"));
    }

    [TestCase("sdnn")]
    [TestCase("hos")]
    [TestCase("windows")]
    [TestCase("both")]
    public void Read_ExplainStrip_DrawsPictureStripAndDigits(string method)
    {
        string output = folder.PathOf("out.png");
        ToolRun run = ToolRun.Of("read", "--strip", "--method", method, "--json", "--explain", output, Save("strip.png"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Lines.Single().GetProperty("accepted").GetBoolean(), Is.True);
        GrayImage sheet = GrayImage.Load(output);
        Assert.That(sheet.Width, Is.GreaterThan(4 * Strip().Picture.Width));
        Assert.That(sheet.Height, Is.GreaterThan(400));
        AssertMargins(sheet);
    }

    [TestCase("white")]
    [TestCase("one pixel")]
    [TestCase("noise")]
    [TestCase("wide")]
    public void Read_ExplainAnyStrip_DrawsIt(string kind)
    {
        string output = folder.PathOf("out.png"), file = folder.PathOf("strip.png");
        GrayImage picture = kind switch
        {
            "white" => new GrayImage(60, 40, [.. Enumerable.Repeat((byte)255, 2400)]),
            "one pixel" => new GrayImage(1, 1, [7]),
            "noise" => Noise(),
            _ => new StripGenerator(Mnist.Test, StripStyle.Touching with { MinLength = 60, MaxLength = 60 }, seed: 1).Draw(0).Picture,
        };
        picture.Save(file);
        ToolRun run = ToolRun.Of("read", "--strip", "--explain", output, file);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        AssertMargins(GrayImage.Load(output));

        static GrayImage Noise()
        {
            byte[] pixels = new byte[120 * 60];
            new Random(1).NextBytes(pixels);
            return new GrayImage(120, 60, pixels);
        }
    }

    /// <summary>A clean string.</summary>
    private static LabeledStrip Strip() => new StripGenerator(Mnist.Test, StripStyle.Clean, seed: 1998).Draw(30);

    private string Save(string name)
    {
        LabeledStrip strip = Strip();
        Assert.That(strip.Text, Is.EqualTo(Text));
        strip.Picture.Save(folder.PathOf(name));
        return folder.PathOf(name);
    }

    /// <summary>Asserts that nothing was drawn over the edges of a sheet.</summary>
    private static void AssertMargins(GrayImage sheet)
    {
        for (int y = 0; y < sheet.Height; y++)
        {
            bool isEdge = y < 12 || y >= sheet.Height - 12;
            ReadOnlySpan<byte> row = sheet.Row(y);
            Assert.That((isEdge ? row : row[..12]).ContainsAnyExcept((byte)255), Is.False, $"row {y}");
            Assert.That(row[^12..].ContainsAnyExcept((byte)255), Is.False, $"end of row {y}");
        }
    }
}
