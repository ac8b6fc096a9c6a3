using System.Diagnostics;

namespace LeNet5.Tool.Tests;

public class ProgramTests
{
    [TestCase("train", "--epochs", "--seed", "--recipe", "--from", "--data", "--out", "--json")]
    [TestCase("evaluate", "--model", "--images", "--labels", "--threads", "--strips", "--count", "--seed", "--method", "--luhn", "--json")]
    [TestCase("read", "--model", "--strip", "--method", "--grammar", "--n-best", "--error-rate", "--explain", "--csv", "--json")]
    [TestCase("inspect", "--model", "--json")]
    [TestCase("export", "--model", "--format", "--out", "--json")]
    [TestCase("bench", "--json")]
    public void Help_AnyCommand_NamesEveryOption(string command, params string[] options)
    {
        ToolRun run = ToolRun.Of(command, "--help");
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Is.Empty);
        foreach (string option in options)
            Assert.That(run.Output, Does.Contain(option));
    }

    [TestCase]
    [TestCase("trian")]
    [TestCase("train", "--epochs", "many")]
    [TestCase("train", "--epochs", "0")]
    [TestCase("train", "--epochs", "-3")]
    [TestCase("train", "--seed", "-1")]
    [TestCase("train", "--recipe", "soup")]
    [TestCase("evaluate", "--images", "only-images")]
    [TestCase("evaluate", "--threads", "0")]
    [TestCase("read")]
    [TestCase("inspect", "--model")]
    [TestCase("export")]
    [TestCase("export", "--format", "pickle", "--out", "model.pickle")]
    [TestCase("bench", "--fast")]
    public void Parse_WrongUsage_ExitsWith2AndLeavesOutputEmpty(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Is.Not.Empty);
    }

    [TestCase("train", "--recipe", "article, paper, ")]
    [TestCase("export", "--format", "onnx or safetensors", "--out", "a")]
    [TestCase("read", "--method", "sdnn, hos, windows or both", "--strip", "a.png")]
    [TestCase("evaluate", "--method", "sdnn, hos, windows or both", "--strips")]
    public void Parse_UnknownWord_NamesTheOptionAndTheWords(string command, string option, string words, params string[] others)
    {
        ToolRun run = ToolRun.Of([command, .. others, option, "soup"]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith($"{option} takes {words}").And.Contain(", not 'soup'."));
        Assert.That(run.Error.Trim(), Does.Not.Contain("\n"));
    }

    [TestCase("1.5", "train")]
    [TestCase("-1", "train")]
    [TestCase("abc", "evaluate", "--strips")]
    [TestCase("1e3", "evaluate", "--strips")]
    public void Parse_SeedThatIsNoWholeNumber_SaysWhatIs(string seed, params string[] command)
    {
        ToolRun run = ToolRun.Of([.. command, "--seed", seed]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error.Trim(), Is.EqualTo($"--seed takes a whole number from 0 on, not '{seed}'."));
    }

    [TestCase("--model", "inspect")]
    [TestCase("--model", "evaluate")]
    [TestCase("--model", "evaluate", "--strips")]
    [TestCase("--images", "evaluate", "--labels", "LeNet5.dll")]
    [TestCase("--labels", "evaluate", "--images", "LeNet5.dll")]
    [TestCase("--model", "export", "--out", "exported")]
    [TestCase("--model", "read", "LeNet5.dll")]
    [TestCase("--model", "read", "--strip", "LeNet5.dll")]
    [TestCase("--from", "train")]
    [TestCase("--calibration", "train")]
    public void Run_FolderOrNothingWhereAFileIsWanted_NamesTheOption(string option, params string[] command)
    {
        string here = TestContext.CurrentContext.TestDirectory;
        ToolRun.In(here, [.. command, option, here]).AssertFailure($"{here} is a folder. Give {option} a file.");
        ToolRun.In(here, [.. command, option, "nowhere"]).AssertFailure($"There is no file nowhere. Give {option} one that exists.");
    }

    [TestCase("train", "--out")]
    [TestCase("train", "--from")]
    [TestCase("train", "--data")]
    [TestCase("train", "--checkpoint")]
    [TestCase("train", "--calibration")]
    [TestCase("evaluate", "--model")]
    [TestCase("evaluate", "--labels", "--images", "a")]
    [TestCase("evaluate", "--images", "--labels", "a")]
    [TestCase("evaluate", "--calibrate")]
    [TestCase("evaluate", "--gallery")]
    [TestCase("read", "--model", "a.png")]
    [TestCase("read", "--explain", "a.png")]
    [TestCase("read", "FILE|FOLDER")]
    [TestCase("inspect", "--model")]
    [TestCase("export", "--out")]
    [TestCase("export", "--model", "--out", "a")]
    public void Parse_EmptyPath_IsWrongUsage(string command, string name, params string[] others)
    {
        ToolRun run = ToolRun.Of(name.StartsWith('-') ? [command, .. others, name, ""] : [command, ""]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error.Trim(), Is.EqualTo($"{name} takes a path, not an empty text."));
    }

    /// <summary>Wrong usage that would cost what was given: found before the work.</summary>
    [Test]
    public void Parse_FileThatWouldBeOverwritten_ExitsWith2()
    {
        string folder = Directory.CreateTempSubdirectory("lenet5-").FullName;
        string digit = Path.Combine(folder, "digit.png"), link = Path.Combine(folder, "link.png");
        new GrayImage(28, 28, Mnist.Test.Pixels(0)).Save(digit);
        File.CreateSymbolicLink(link, digit);
        byte[] before = File.ReadAllBytes(digit);
        foreach (string[] arguments in new string[][]
        {
            ["train", "--checkpoint", digit, "--out", digit],
            ["train", "--checkpoint", link, "--out", digit],
            ["read", digit, "--explain", link],
            ["read", link, "--model", digit, "--explain", digit],
            ["evaluate", "--calibrate", digit, "--gallery", link],
        })
        {
            ToolRun run = ToolRun.Of(arguments);
            Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")), string.Join(' ', arguments));
            Assert.That(run.Error, Does.Contain("would overwrite"));
        }
        Assert.That(File.ReadAllBytes(digit), Is.EqualTo(before));
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("--modell", "mine.safetensors")]
    [TestCase("-x")]
    public void Read_OptionThatIsNone_ExitsWith2(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["read", "digit.png", .. arguments]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain($"neither an option nor a picture {arguments[0]}"));
    }

    /// <summary>On a full disk: what cannot be told does not end the tool, and what is lost is told.</summary>
    [Test]
    [Platform("Linux")]
    public void Run_StandardStreamThatIsFull_IsNoCrash()
    {
        Assert.That(Shell("inspect > /dev/full"), Is.EqualTo((1, "lenet5: Standard output cannot be written: No space left on device\n")));
        Assert.That(Shell("read none.png 2> /dev/full"), Is.EqualTo((1, "")));
        Assert.That(Shell("trian 2> /dev/full"), Is.EqualTo((2, "")));

        static (int ExitCode, string Error) Shell(string arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"dotnet '{Path.Combine(TestContext.CurrentContext.TestDirectory, "LeNet5.Tool.dll")}' {arguments}"]) { RedirectStandardError = true })!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
    }
}
