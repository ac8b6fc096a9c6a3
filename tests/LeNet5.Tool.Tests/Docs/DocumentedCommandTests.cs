using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;

namespace LeNet5.Tool.Tests.Docs;

/// <summary>Every command of the documentation is one that works: the tool takes its arguments, and those that are short are run; projects, filters, benchmarks and samples
/// that it names are there; for the rest there is a script of <c>.ci</c> that runs it.</summary>
public class DocumentedCommandTests
{
    private const string GettingStarted = "docs/getting-started.md";

    private static readonly ShellCommand[] Commands = [.. ShellCommand.All()];

    private static readonly string[] Scripts = ["src/LeNet5/Models/make-digits", "src/LeNet5/Models/make-strips"];

    private static readonly Lazy<string> CiScripts = new(() => string.Join('\n', Directory.GetFiles(PathOf(".ci")).Select(File.ReadAllText)));

    private static IEnumerable<string[]> ToolCommands() =>
        Commands.Concat(Scripts.SelectMany(ShellCommand.OfScript)).Where(command => command.IsTool).Select(command => command.Arguments).DistinctBy(arguments => string.Join(' ', arguments));

    /// <summary>What neither trains nor measures time, with few strings.</summary>
    private static IEnumerable<string[]> ShortToolCommands() => ToolCommands().Where(arguments => arguments[0] is "read" or "inspect" or "evaluate" or "export" && !arguments.Any(word => word is "FILE" or "picture.jpg"))
        .Select(arguments => arguments.Contains("--strips") ? [.. arguments, "--count", "20"] : arguments);

    private static IEnumerable<ShellCommand> DotnetCommands() => Commands.Where(command => command.Words[0] == "dotnet" && command.Source != GettingStarted);

    [TestCaseSource(nameof(ToolCommands))]
    public void Parse_OfTool_HasNoErrors(params string[] arguments)
    {
        RootCommand root = [];
        foreach (MethodInfo create in Assembly.Load("LeNet5.Tool").GetTypes().Select(type => type.GetMethod("Create", BindingFlags.Static | BindingFlags.Public, [])!).Where(create => create?.ReturnType == typeof(Command)))
            root.Subcommands.Add((Command)create.Invoke(null, null)!);
        Assert.That(root.Parse(arguments).Errors.Select(error => error.Message), Is.Empty);
    }

    /// <summary>In a folder of its own, where there are models by all names that are used.</summary>
    [TestCaseSource(nameof(ShortToolCommands))]
    public void Run_OfTool_Succeeds(params string[] arguments)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.PathOf("docs/images"));
        foreach (string model in arguments.Where((_, i) => i > 0 && arguments[i - 1] == "--model" && !arguments[i].Contains('/')))
            (arguments.Contains("sdnn") ? PretrainedModels.Strips : PretrainedModels.Digits).Save(folder.PathOf(model));
        ToolRun run = ToolRun.In(folder.PathOf(""), [.. arguments.Select(word => Path.Exists(PathOf(word)) && !word.StartsWith("docs/", StringComparison.Ordinal) ? PathOf(word) : word)]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Is.Not.Empty);
    }

    [TestCaseSource(nameof(DotnetCommands))]
    public void Dotnet_OfPage_NamesWhatIsThere(object command)
    {
        string[] words = [.. ((ShellCommand)command).Words.Skip(2).TakeWhile(word => word != "--")];
        string project = ".";
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] is "-c")
                Assert.That(words[++i], Is.EqualTo("Release"));
            else if (words[i] is "--filter")
                AssertNamesTests(words[++i], project);
            else if (words[i] is "--logger")
                Assert.That(words[++i], Is.EqualTo("console;verbosity=normal"));
            else if (words[i].StartsWith("-p:", StringComparison.Ordinal))
                Assert.That(ProjectFiles().Any(text => text.Contains(words[i][3..words[i].IndexOf('=', StringComparison.Ordinal)], StringComparison.Ordinal)), $"{words[i]} is a property of no project.");
            else if (words[i] is "-r" or "--self-contained" or "-o")
                Assert.That(words[++i], Is.AnyOf("linux-x64", "false").Or.StartsWith("artifacts/"));
            else if (words[i] is not "--project")
            {
                project = words[i];
                AssertIsProject(project);
                if (((ShellCommand)command).Words[1] == "run" && words.ElementAtOrDefault(i + 1)?.StartsWith('-') != true)
                    break;
            }
        }
    }

    /// <summary>Which, unlike the tests, do not all run in the tests.</summary>
    [Test]
    public void Run_OfPrograms_IsDoneByCi()
    {
        foreach (ShellCommand command in DotnetCommands().Where(command => command.Words[1] == "run" && !command.IsTool))
        {
            string program = command.Words.First(word => word.Contains('/'));
            string[] arguments = [.. command.Words.SkipWhile(word => word != program).Skip(1).Where(word => word != "--")];
            if (program == "benchmarks/LeNet5.Benchmarks")
                Assert.That(Sources(program).Any(text => text.Contains(arguments[1].Trim('*'), StringComparison.Ordinal)), $"{command} finds no benchmark.");
            else if (program != "samples/ReadPhoto")   // In the solution of LeNet5.ImageSharp, which cannot be restored everywhere.
                Assert.That(CiScripts.Value.Contains(program, StringComparison.Ordinal) || IsTested(program), $"{command} is run by no script of .ci.");
            foreach (string option in arguments.Select(word => word.Split('=')).Where(option => option.Length > 1).Select(option => option[0]))
                Assert.That(File.ReadAllText(PathOf(program)).Contains($"\"{option}\"", StringComparison.Ordinal), $"{command}: {program} knows no {option}.");
        }
    }

    /// <summary>What is left: the page that a script runs as it stands, and scripts.</summary>
    [Test]
    public void Commands_OfOtherPrograms_AreScripts()
    {
        Assert.That(CiScripts.Value, Does.Contain($"page={GettingStarted}").And.Contains("check .ci/check-docs"));
        foreach (ShellCommand command in Commands.Where(command => command.Words[0] is not ("dotnet" or "lenet5") && command.Source != GettingStarted))
        {
            string script = command.Words[0];
            Assert.That(PathOf(script), Does.Exist, $"{command} is neither checked by a test nor a script.");
            Assert.That(Scripts.Contains(script) || script.StartsWith(".ci/", StringComparison.Ordinal), $"{command}: add the script to those that are looked at.");
        }
    }

    private static void AssertIsProject(string path) => Assert.That(
        File.Exists(PathOf(path)) || (Directory.Exists(PathOf(path)) && Directory.GetFiles(PathOf(path), "*.csproj").Length == 1), $"{path} is no project.");

    private static void AssertNamesTests(string filter, string project)
    {
        string name = filter.StartsWith("Category!=", StringComparison.Ordinal) ? $"Category\\(\"{filter["Category!=".Length..]}\"\\)" : $@"(class|void|Task) \w*{Regex.Escape(filter)}";
        Assert.That(Sources(project == "." ? "tests" : project).Any(text => Regex.IsMatch(text, name)), $"--filter {filter} finds no test.");
    }

    private static bool IsTested(string program) => Directory.Exists(PathOf($"tests/{Path.GetFileName(program)}.Tests"));

    private static IEnumerable<string> Sources(string folder) => Repository.Files(folder, "*.cs").Select(File.ReadAllText);

    private static IEnumerable<string> ProjectFiles() => new[] { "src", "tests" }.SelectMany(folder => Repository.Files(folder, "*.csproj")).Append(PathOf("Directory.Build.props")).Select(File.ReadAllText);

    private static string PathOf(string name) => Path.Combine(Repository.Root, name);
}
