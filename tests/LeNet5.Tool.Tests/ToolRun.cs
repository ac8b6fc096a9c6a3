using System.Diagnostics;
using System.Text.Json;

// Each test waits for processes of its own, and what they write lies in a folder of its own.
[assembly: Parallelizable(ParallelScope.All)]

namespace LeNet5.Tool.Tests;

/// <summary>What one run of the tool, as a process of its own, wrote and returned.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output, each a JSON object.</summary>
    public JsonElement[] Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    public static ToolRun Of(params string[] arguments) => In(Environment.CurrentDirectory, arguments);

    /// <summary>A run in another folder than the tests'.</summary>
    public static ToolRun In(string folder, params string[] arguments)
    {
        using Process process = Process.Start(StartOf(arguments, folder))!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolRun(process.ExitCode, output, error.Result);
    }

    public static Process Start(params string[] arguments) => Process.Start(StartOf(arguments, Environment.CurrentDirectory))!;

    /// <summary>Asserts that the run failed with one line for a person, which contains <paramref name="name"/>.</summary>
    public void AssertFailure(string name)
    {
        Assert.That(ExitCode, Is.EqualTo(1));
        Assert.That(Output, Is.Empty);
        Assert.That(Error, Does.StartWith("lenet5: ").And.Contain(name));
        Assert.That(Error.TrimEnd(), Does.Not.Contain("\n"), "a stack trace or a second message");
    }

    private static ProcessStartInfo StartOf(string[] arguments, string folder) =>
        new("dotnet", [Path.Combine(TestContext.CurrentContext.TestDirectory, "LeNet5.Tool.dll"), .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
}
