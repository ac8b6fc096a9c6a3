using System.Text.Json;

namespace LeNet5.Tool.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReadCommandTests : IDisposable
{
    private const string CsvHeader = "file,reading,confidence,accepted,reason,error";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Read_TestDigits_ReadsMost()
    {
        const int count = 40;
        string[] files = [.. Enumerable.Range(0, count).Select(i => Save(i, $"{i}.{(i % 2 == 0 ? "png" : "pgm")}"))];
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
        string[] files = [Save(0, "0.png"), Save(10, "10.pgm")];
        ToolRun run = ToolRun.Of(["read", .. files]);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[0], Does.StartWith("file").And.EndWith("confidence"));
        Assert.That(lines[1], Does.Match(@"0\.png +7 +\d+\.\d %$"));
        Assert.That(lines[2], Does.Match(@"10\.pgm +0 +\d+\.\d %$"));
    }

    [TestCase(true, "dark")]
    [TestCase(false, "light")]
    public void Read_LargePicture_TellsWhereTheDigitIsAndAllThatWasDoneToIt(bool darkInk, string ink)
    {
        const int left = 250, top = 160, scale = 4, ground = 225, blackest = 25;
        byte[] pixels = Picture(400, 300, (0, left, top, scale));
        string file = SavePixels("large.png", 400, [.. pixels.Select(ink => (byte)(darkInk ? ground - (ink * (ground - blackest) / 255) : blackest + (ink * (ground - blackest) / 255)))]);
        JsonElement line = ToolRun.Of("read", "--json", file).Lines.Single();
        Assert.That(line.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[]
        {
            "file", "reading", "confidence", "accepted", "runner_up", "margin", "penalties", "box", "ink", "contrast", "threshold", "noise", "scale",
            "stroke_width", "stroke_change", "rules", "specks", "warnings",
        }));
        Assert.That(line.GetProperty("reading").GetString(), Is.EqualTo("7"));
        Assert.That(line.GetProperty("confidence").GetDouble(), Is.InRange(0.9, 1));
        Assert.That(line.GetProperty("accepted").GetBoolean(), Is.True);
        Assert.That(line.GetProperty("ink").GetString(), Is.EqualTo(ink));
        Assert.That(line.GetProperty("contrast").GetDouble(), Is.InRange(0.5, 1));
        Assert.That(line.GetProperty("threshold").GetDouble(), Is.InRange(0.05, 0.9));
        Assert.That(line.GetProperty("noise").GetDouble(), Is.InRange(0, 0.01));
        Assert.That(line.GetProperty("stroke_width").GetDouble(), Is.InRange(1, 5));
        Assert.That(line.GetProperty("stroke_change").GetDouble(), Is.InRange(-2, 2));
        Assert.That(line.GetProperty("rules").GetInt32(), Is.Zero);
        Assert.That(line.GetProperty("specks").GetInt32(), Is.Zero);
        Assert.That(line.GetProperty("warnings").GetArrayLength(), Is.Zero);

        // The digit fills 20 of the 28 pixels, of which each is four of the picture.
        JsonElement box = line.GetProperty("box");
        Assert.That(box.GetProperty("height").GetInt32(), Is.EqualTo(20 * scale).Within(scale));
        Assert.That(box.GetProperty("width").GetInt32(), Is.InRange(8 * scale, 20 * scale));
        Assert.That(box.GetProperty("left").GetInt32(), Is.InRange(left + (4 * scale), left + (12 * scale)));
        Assert.That(box.GetProperty("top").GetInt32(), Is.InRange(top + (2 * scale), top + (8 * scale)));
        Assert.That(line.GetProperty("scale").GetDouble(), Is.EqualTo(1.0 / scale).Within(0.02));
    }

    [Test]
    public void Read_NoSingleDigit_TellsWhy()
    {
        byte[] noise = new byte[200 * 150];
        new Random(1).NextBytes(noise);
        string[] files =
        [
            SavePixels("white.png", 200, [.. Enumerable.Repeat((byte)255, 200 * 150)]),
            SavePixels("black.png", 28, new byte[784]),
            SavePixels("pixel.png", 1, [7]),
            SavePixels("two.png", 300, Picture(300, 150, (0, 10, 20, 4), (3, 160, 20, 4))),
            SavePixels("noise.png", 200, noise),
        ];
        ToolRun run = ToolRun.Of(["read", "--json", .. files]);
        Assert.That(run.ExitCode, Is.Zero, "a picture without a digit is an answer, no error");
        foreach (JsonElement line in run.Lines)
        {
            Assert.That(line.GetProperty("accepted").GetBoolean(), Is.False);
            Assert.That(line.GetProperty("reading").GetString(), Is.Empty);
            Assert.That(line.GetProperty("confidence").GetDouble(), Is.Zero);
        }
        string[] reasons = [.. run.Lines.Select(line => line.GetProperty("reason").GetString()!)];
        Assert.That(reasons[..4], Is.EqualTo(new[] { "blank", "blank", "blank", "several characters" }));
        Assert.That(reasons[4], Is.EqualTo("blank").Or.EqualTo("not a digit"));
        Assert.That(run.Lines[0].TryGetProperty("box", out _), Is.False);
        Assert.That(run.Lines[3].GetProperty("warnings")[0].GetString(), Does.StartWith("2 characters"));

        string[] lines = ToolRun.Of(["read", .. files]).Output.TrimEnd().Split('\n');
        Assert.That(lines[1], Does.Match(@"white\.png +blank +0\.0 %$"));
        Assert.That(lines[4], Does.Match(@"two\.png +several characters +0\.0 %  2 characters of .+\.$"));
        (string, string, string, string)[] records = [.. Csv(ToolRun.Of(["read", "--csv", .. files]).Output)[1..].Select(record => (record[1], record[2], record[3], record[4]))];
        Assert.That(records, Is.EqualTo(reasons.Select(reason => ("", "0", "false", reason))));
    }

    [Test]
    public void Read_SomeBadFiles_ReadsTheOthersAndExitsWith1()
    {
        string text = folder.Write("text.png", [.. "no picture at all"u8]);
        string cut = folder.Write("cut.png", File.ReadAllBytes(Save(1, "1.png"))[..^20]);
        string[] bad = [text, cut, folder.PathOf("missing.png"), Directory.CreateDirectory(folder.PathOf("empty")).FullName];

        ToolRun json = ToolRun.Of(["read", "--json", .. bad, Save(0, "0.png")]);
        Assert.That(json.ExitCode, Is.EqualTo(1));
        Assert.That(json.Error, Is.Empty);
        Assert.That(json.Lines[..^1].Select(line => line.GetProperty("file").GetString()), Is.EqualTo(bad));
        Assert.That(json.Lines[..^1].Select(line => line.GetProperty("error").GetString()), Is.All.Not.Empty);
        Assert.That(json.Lines[..^1].Any(line => line.TryGetProperty("reading", out _)), Is.False);
        Assert.That(json.Lines[^1].GetProperty("reading").GetString(), Is.EqualTo("7"));

        ToolRun person = ToolRun.Of(["read", .. bad]);
        string[] messages = person.Error.TrimEnd().Split('\n');
        Assert.That(person.ExitCode, Is.EqualTo(1));
        Assert.That(person.Output.TrimEnd().Split('\n'), Has.Length.EqualTo(1), "the heading alone");
        Assert.That(messages, Has.Length.EqualTo(bad.Length).And.All.StartsWith("lenet5: "));
        for (int i = 0; i < bad.Length; i++)
            Assert.That(messages[i], Does.Contain(bad[i]));

        ToolRun csv = ToolRun.Of(["read", "--csv", .. bad]);
        Assert.That(csv.ExitCode, Is.EqualTo(1));
        Assert.That(csv.Error, Is.Empty);
        Assert.That(Csv(csv.Output)[1..].Select(record => record[0]), Is.EqualTo(bad));
        Assert.That(Csv(csv.Output)[1..].Select(record => record[5]), Is.EqualTo(json.Lines[..^1].Select(line => line.GetProperty("error").GetString())));
    }

    [Test]
    public void Read_Folder_ReadsItsPicturesInTheOrderOfTheirNames()
    {
        Directory.CreateDirectory(folder.PathOf("pictures/deeper"));
        Save(0, "pictures/deeper/0.png");
        Save(10, "pictures/10.pgm");
        folder.Write("pictures/2.png", [.. "no picture at all"u8]);
        Save(1, "pictures/3.PNG");
        folder.Write("pictures/notes.txt", [.. "no picture"u8]);
        folder.Write("pictures/photo.jpg", [0xff, 0xd8, 0xff, 0xe0, 0, 16, .. "JFIF"u8, 0, 1]);
        Save(0, "pictures/z.png");

        ToolRun run = ToolRun.Of("read", "--json", folder.PathOf("pictures"), Save(3, "3.png"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Lines.Select(line => line.GetProperty("file").GetString()), Is.EqualTo(new[]
        {
            folder.PathOf("pictures/10.pgm"), folder.PathOf("pictures/2.png"), folder.PathOf("pictures/3.PNG"), folder.PathOf("pictures/photo.jpg"), folder.PathOf("pictures/z.png"),
            folder.PathOf("3.png"),
        }));
        Assert.That(run.Lines.Select(line => line.TryGetProperty("reading", out JsonElement reading) ? reading.GetString() : null), Is.EqualTo(new[] { "0", null, "2", null, "7", "0" }));
        Assert.That(run.Lines[3].GetProperty("error").GetString(), Does.Contain("photo.jpg is a JPEG picture").And.Contain("Convert it to PNG").And.Contain("LeNet5.ImageSharp"));
    }

    [Test]
    public void Read_ManyFiles_WritesThemInOrder()
    {
        string small = Save(0, "small.png"), large = SavePixels("large.pgm", 1000, Picture(1000, 1000, (0, 400, 300, 9)));
        string[] files = [.. Enumerable.Range(0, 60).Select(i => i % 7 == 0 ? large : small)];
        ToolRun run = ToolRun.Of(["read", "--json", .. files]);
        Assert.That(run.Lines.Select(line => line.GetProperty("file").GetString()), Is.EqualTo(files));
        Assert.That(run.Lines.Select(line => line.GetProperty("reading").GetString()), Is.All.EqualTo("7"));
    }

    [TestCase]
    [TestCase("notes.txt")]
    public void Read_FolderWithoutPictures_SaysSo(params string[] files)
    {
        string empty = Directory.CreateDirectory(folder.PathOf("empty")).FullName;
        foreach (string file in files)
            folder.Write(Path.Combine("empty", file), [.. "no picture"u8]);
        ToolRun run = ToolRun.Of("read", "--json", empty);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Lines.Single().GetProperty("error").GetString(), Does.StartWith($"{empty} is a folder in which no picture is seen").And.Contain(".png"));
    }

    [Test]
    public void Read_StrangeNames_AreWrittenWhole()
    {
        List<string> names = ["a,b.png", "two words.png", "sieben ü 数 🖼.png", "'seven'.png"];
        if (!OperatingSystem.IsWindows())
            names.AddRange(["say \"7\".png", "line\nend.png", "return\r.png", "\"", "bell\a.png"]);
        string[] files = [.. names.Select(name => Save(0, name))];

        Assert.That(ToolRun.Of(["read", "--json", .. files]).Lines.Select(line => line.GetProperty("file").GetString()), Is.EqualTo(files));
        Assert.That(Csv(ToolRun.Of(["read", "--csv", .. files]).Output)[1..].Select(record => (record[0], record[1])), Is.EqualTo(files.Select(file => (file, "7"))));
        string[] lines = ToolRun.Of(["read", .. files]).Output.TrimEnd().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(files.Length + 1), "a line a file, whatever its name");
        Assert.That(string.Concat(lines).Any(char.IsControl), Is.False);
    }

    [Test]
    public void Read_Csv_IsWhatJsonTells()
    {
        string[] files = [Save(0, "0.png"), SavePixels("white.png", 40, [.. Enumerable.Repeat((byte)255, 1600)]), folder.PathOf("missing.png"), folder.PathOf("0.png")];
        string[][] records = Csv(ToolRun.Of(["read", "--csv", .. files]).Output);
        JsonElement[] lines = ToolRun.Of(["read", "--json", .. files]).Lines;
        Assert.That(string.Join(',', records[0]), Is.EqualTo(CsvHeader));
        Assert.That(records, Has.Length.EqualTo(files.Length + 1));
        for (int i = 0; i < files.Length; i++)
        {
            string[] expected = [.. CsvHeader.Split(',').Select(name => lines[i].TryGetProperty(name, out JsonElement value) ? $"{value}".Replace("True", "true").Replace("False", "false") : "")];
            Assert.That(records[i + 1], Is.EqualTo(expected));
        }
    }

    [TestCase("--csv", "--json", "0.png")]
    [TestCase("--explain", "out.jpg", "0.png")]
    [TestCase("--explain", "out.png", "0.png", "1.png")]
    [TestCase("--explain", "out.png", ".")]
    [TestCase("--explain", "0.png", "0.png")]
    [TestCase("--explain", "out.png")]
    [TestCase("--csv")]
    public void Read_OptionsThatContradict_AreWrongUsage(params string[] options)
    {
        byte[] picture = File.ReadAllBytes(Save(0, "0.png"));
        string[] paths = [.. options.Select(option => option.Contains('.') ? folder.PathOf(option) : option)];
        ToolRun run = ToolRun.Of(["read", .. paths]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Is.Not.Empty);
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "0.png" }));
        Assert.That(File.ReadAllBytes(folder.PathOf("0.png")), Is.EqualTo(picture));
    }

    [Test]
    public void Read_Explain_DrawsStagesFeaturesAndPenalties()
    {
        string file = SavePixels("seven.png", 300, Picture(300, 200, (0, 150, 60, 4))), output = folder.PathOf("out.png");
        ToolRun run = ToolRun.Of("read", "--json", "--explain", output, file);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Lines.Single().GetProperty("reading").GetString(), Is.EqualTo("7"));

        GrayImage sheet = GrayImage.Load(output);
        const int captions = 14, pictures = captions + 16, words = 212, moreCaptions = 244, morePictures = moreCaptions + 16;
        AssertInk(sheet, 0, captions, sheet.Width, 12, 0.01);
        AssertInk(sheet, 0, words, sheet.Width, 12, 0.01);
        AssertInk(sheet, 0, moreCaptions, sheet.Width, 12, 0.01);
        AssertInk(sheet, 14, pictures, 168, 112, 0.005);
        AssertInk(sheet, sheet.Width - 14 - 168, pictures, 168, 168, 0.02);
        AssertInk(sheet, 14, morePictures, 98, 168, 0.2);
        for (int label = 0; label < 10; label++)
            AssertInk(sheet, 350, morePictures + (16 * label), 120, 12, label == 7 ? 0.03 : 0.3);
        AssertMargins(sheet);
    }

    [TestCase("blank")]
    [TestCase("one pixel")]
    [TestCase("several characters")]
    [TestCase("very wide")]
    [TestCase("very high")]
    public void Read_ExplainAnyPicture_DrawsIt(string kind)
    {
        string output = folder.PathOf("out.png"), file = kind switch
        {
            "blank" => SavePixels("a.png", 200, new byte[200 * 150]),
            "one pixel" => SavePixels("a.png", 1, new byte[1]),
            "several characters" => SavePixels("a.png", 300, Picture(300, 150, (0, 10, 20, 4), (3, 160, 20, 4))),
            "very wide" => SavePixels("a.png", 1600, Picture(1600, 60, (0, 900, 2, 2))),
            _ => SavePixels("a.png", 40, Picture(40, 1600, (0, 6, 900, 1))),
        };
        ToolRun run = ToolRun.Of("read", "--explain", output, file);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        AssertMargins(GrayImage.Load(output));
    }

    [Test]
    public void Read_ExplainOfABadPicture_TellsItAndDrawsNothing()
    {
        string file = folder.Write("bad.png", [.. "no picture at all"u8]);
        ToolRun run = ToolRun.Of("read", "--csv", "--explain", folder.PathOf("out.png"), file);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(Csv(run.Output)[1][5], Does.Contain("bad.png is no picture"));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "bad.png" }));
    }

    [Test]
    public void Read_ExplainIntoNoFolder_SaysSo() =>
        ToolRun.Of("read", "--explain", folder.PathOf("nowhere/out.png"), Save(0, "0.png")).AssertFailure(folder.PathOf("nowhere"));

    [Test]
    public void Read_EmptyPathToExplain_IsWrongUsage()
    {
        ToolRun run = ToolRun.Of("read", "--json", "--explain", folder.PathOf("out.png"), "");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("not an empty text"));
    }

    [Test]
    public void Read_ModelOfAnotherKind_NamesTheFile()
    {
        string model = folder.Write("bad.safetensors", [.. "no model at all"u8]);
        ToolRun.Of("read", "--json", "--model", model, Save(0, "0.png")).AssertFailure("bad.safetensors");
    }

    [Test]
    public void Read_ModelThatSeesABlank_HasElevenPenaltiesAndNoLabel()
    {
        string model = SaveModel("0123456789 ", winner: 10), output = folder.PathOf("out.png"), file = Save(0, "0.png");
        ToolRun run = ToolRun.Of("read", "--json", "--model", model, "--explain", output, file);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        Assert.That(line.GetProperty("reading").GetString(), Is.Empty);
        Assert.That(line.GetProperty("accepted").GetBoolean(), Is.False);
        Assert.That(line.GetProperty("reason").GetString(), Is.EqualTo("blank"));
        Assert.That(line.GetProperty("penalties").GetArrayLength(), Is.EqualTo(11));
        Assert.That(line.TryGetProperty("box", out _), "there is ink, which the network takes for nothing");
        AssertMargins(GrayImage.Load(output));
    }

    [TestCase(7)]
    [TestCase(12)]
    [TestCase(84)]
    [TestCase(0)]
    public void Read_ModelOfOtherCharacters_ReadsTheirSymbols(int codeWidth)
    {
        string model = SaveModel("αβγ", winner: 1, codeWidth), output = folder.PathOf("out.png"), file = Save(0, "0.png");
        ToolRun run = ToolRun.Of("read", "--csv", "--model", model, "--explain", output, file);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(Csv(run.Output)[1][1], Is.EqualTo("β"));
        AssertMargins(GrayImage.Load(output));
    }

    [Test]
    public void Read_InfinitePenalty_IsNullInJson()
    {
        string model = SaveModel("ab", winner: 0, loser: 1e30f);
        ToolRun run = ToolRun.Of("read", "--json", "--model", model, "--explain", folder.PathOf("out.png"), Save(0, "0.png"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        Assert.That(line.GetProperty("reading").GetString(), Is.EqualTo("a"));
        Assert.That(line.GetProperty("penalties").EnumerateArray().Select(penalty => penalty.ValueKind), Is.EqualTo(new[] { JsonValueKind.Number, JsonValueKind.Null }));
        Assert.That(line.TryGetProperty("margin", out _), Is.False);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "file modes are those of Unix")]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Interoperability", "CA1416", Justification = "excluded")]
    public void Read_ForbiddenFileAndFolder_ReadsTheOthers()
    {
        if (Environment.IsPrivilegedProcess)
            Assert.Ignore("A privileged user may read every file.");
        string file = Save(0, "secret.png"), forbidden = Directory.CreateDirectory(folder.PathOf("forbidden")).FullName;
        UnixFileMode mode = File.GetUnixFileMode(forbidden);
        File.SetUnixFileMode(file, UnixFileMode.None);
        File.SetUnixFileMode(forbidden, UnixFileMode.None);
        ToolRun run = ToolRun.Of("read", "--json", file, forbidden, Save(1, "1.png"));
        File.SetUnixFileMode(forbidden, mode);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Lines[0].GetProperty("error").GetString(), Does.Contain("secret.png"));
        Assert.That(run.Lines[1].GetProperty("error").GetString(), Does.Contain("forbidden"));
        Assert.That(run.Lines[2].GetProperty("reading").GetString(), Is.EqualTo("2"));
    }

    /// <summary>Saves a test digit as it is: as PGM where the name says so, else as PNG.</summary>
    private string Save(int digit, string name)
    {
        GrayImage picture = new(28, 28, Mnist.Test.Pixels(digit));
        if (name.EndsWith(".pgm", StringComparison.Ordinal))
        {
            picture.Save(folder.PathOf(name));
            return folder.PathOf(name);
        }
        using MemoryStream png = new();
        picture.SavePng(png);
        return folder.Write(name, png.ToArray());
    }

    private string SavePixels(string name, int width, byte[] pixels)
    {
        string file = folder.PathOf(name);
        new GrayImage(width, pixels.Length / width, pixels).Save(file);
        return file;
    }

    /// <summary>Light test digits on black, each enlarged and with its upper left corner at a place.</summary>
    private static byte[] Picture(int width, int height, params (int Digit, int Left, int Top, int Scale)[] digits)
    {
        byte[] pixels = new byte[width * height];
        foreach ((int digit, int left, int top, int scale) in digits)
        {
            for (int i = 0; i < 28 * 28 * scale * scale; i++)
            {
                int x = i % (28 * scale), y = i / (28 * scale);
                pixels[((top + y) * width) + left + x] = Mnist.Test.Pixels(digit)[(y / scale * 28) + (x / scale)];
            }
        }
        return pixels;
    }

    /// <summary>Saves a network of zeros, so that the class whose code is zeros, too, wins with a penalty of 0.</summary>
    private string SaveModel(string symbols, int winner, int codeWidth = 7, float loser = 1)
    {
        float[] codes = new float[84 * symbols.Length];
        Array.Fill(codes, loser);
        codes.AsSpan(84 * winner, 84).Clear();
        Network network = Network.LeNet5(codes: new RbfCodes(symbols, codes, codeWidth));
        network.EditParameters().Clear();
        string file = folder.PathOf("model.safetensors");
        network.Save(file);
        return file;
    }

    /// <summary>Asserts that at least a share of a rectangle is dark.</summary>
    private static void AssertInk(GrayImage sheet, int left, int top, int width, int height, double share)
    {
        int dark = 0;
        for (int y = top; y < top + height; y++)
        {
            foreach (byte pixel in sheet.Row(y).Slice(left, width))
                dark += pixel < 160 ? 1 : 0;
        }
        Assert.That((double)dark / (width * height), Is.GreaterThan(share), $"{width}x{height} at {left}, {top}");
    }

    /// <summary>Asserts that nothing was drawn over the edges of a sheet, which would be cut off or come out on the other side.</summary>
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

    /// <summary>The records of comma-separated values, by the rules of RFC 4180.</summary>
    private static string[][] Csv(string text)
    {
        List<string[]> records = [];
        List<string> fields = [""];
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
                fields[^1] += text[i++];
            else if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (isQuoted || text[i] is not (',' or '\n'))
                fields[^1] += text[i];
            else if (text[i] == ',')
                fields.Add("");
            else
            {
                records.Add([.. fields]);
                fields = [""];
            }
        }
        Assert.That(isQuoted, Is.False, "an open quotation");
        Assert.That(records.Select(record => record.Length), Is.All.EqualTo(CsvHeader.Split(',').Length));
        return [.. records];
    }
}
