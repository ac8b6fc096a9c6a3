using System.Text.RegularExpressions;
using LeNet5.Tests.Docs;

namespace LeNet5.Tool.Tests.Docs;

/// <summary>A command that the documentation tells people to type: its words, without quotation marks, comments and what merely measures or pins it.</summary>
internal sealed partial class ShellCommand
{
    private ShellCommand(string source, string text)
    {
        Source = source;
        Text = text;
        Words = [.. Word().Matches(text).Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Groups[2].Success ? word.Groups[2].Value : word.Value)];
        if (Words is ["time", ..])
            Words = Words[1..];
        if (Words is ["taskset", "-c", _, ..])
            Words = Words[3..];
    }

    /// <summary>The page or script where it stands.</summary>
    public string Source { get; }

    public string Text { get; }

    public string[] Words { get; }

    /// <summary>Whether it runs the command <c>lenet5</c>, installed or from source.</summary>
    public bool IsTool => Words is ["lenet5", ..] || (Words is ["dotnet", "run", ..] && Words.Contains("src/LeNet5.Tool"));

    /// <summary>What the program gets that it runs.</summary>
    public string[] Arguments => Words[0] == "lenet5" ? Words[1..] : [.. Words.SkipWhile(word => word != "--").Skip(1)];

    /// <summary>The commands of the shell blocks of all pages, and those in the text, which begin with the name of a program and have arguments.</summary>
    public static IEnumerable<ShellCommand> All() => Page.Names.SelectMany(name =>
    {
        Page page = new(name);
        return page.Blocks("sh").SelectMany(Unrolled).Concat(page.CodeSpans.Where(span => InText().IsMatch(span))).Select(text => new ShellCommand(name, text));
    });

    /// <summary>The commands of a script that are <c>lenet5</c>'s.</summary>
    public static IEnumerable<ShellCommand> OfScript(string script) => File.ReadLines(Path.Combine(Repository.Root, script))
        .Where(line => line.StartsWith("lenet5 ", StringComparison.Ordinal) && !line.EndsWith('{'))
        .Select(line => new ShellCommand(script, line.Replace("$seed", "1", StringComparison.Ordinal).Replace("$work/", "", StringComparison.Ordinal)));

    public override string ToString() => $"{Source}: {Text}";

    /// <summary>The lines of a block, those inside loops once for each value, without comments and what reads their output.</summary>
    private static IEnumerable<string> Unrolled(string block)
    {
        Stack<(string Variable, string[] Values)> loops = [];
        foreach (string line in block.Split('\n').Select(line => Comment().Replace(line, "").Split(" | ")[0].Trim()).Where(line => line != ""))
        {
            if (Loop().Match(line) is { Success: true } loop)
                loops.Push((loop.Groups[1].Value, loop.Groups[2].Value.Split(' ')));
            else if (line == "done")
                loops.Pop();
            else
            {
                foreach (string command in loops.Aggregate(new[] { line }, (lines, variable) => [.. lines.SelectMany(_ => variable.Values, (text, value) => text.Replace($"${variable.Variable}", value, StringComparison.Ordinal))]))
                    yield return command;
            }
        }
    }

    [GeneratedRegex("""  "([^"]*)"  |  '([^']*)'  |  [^\s"']+  """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Word();

    [GeneratedRegex(@"(^|\s)#.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^for (\w+) in (.+); do$")]
    private static partial Regex Loop();

    [GeneratedRegex(@"^(lenet5 \w|dotnet \w+ \S|\.ci/\w|src/.* \w)")]
    private static partial Regex InText();
}
