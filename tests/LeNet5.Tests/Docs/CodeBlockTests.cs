namespace LeNet5.Tests.Docs;

/// <summary>Every block of C# or JavaScript in the documentation stands, line for line, in a sample or a test: so it compiles and runs.</summary>
public class CodeBlockTests
{
    private static readonly Lazy<string[]> Sources = new(() =>
        [.. new[] { "samples", "tests" }.SelectMany(folder => Repository.Files(folder, "*.cs").Concat(Repository.Files(folder, "*.mjs"))).Select(file => Normalize(File.ReadAllText(file)))]);

    private static IEnumerable<TestCaseData> Pages() => new[] { Path.Combine(Repository.Root, "README.md") }
        .Concat(Repository.Files("src", "README.md"))
        .Concat(Repository.Files("docs", "*.md"))
        .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileName(file)));

    [TestCaseSource(nameof(Pages))]
    public void CodeBlocks_OfPage_StandInSamplesOrTests(string file)
    {
        foreach (string block in Blocks(File.ReadAllText(file)))
            Assert.That(Sources.Value.Any(source => source.Contains(block, StringComparison.Ordinal)), $"No sample or test contains this block of {Path.GetFileName(file)}:\n{block}");
    }

    [TestCaseSource(nameof(Pages))]
    public void Links_OfPage_LeadToFiles(string file)
    {
        foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(file), @"\]\((?!https?:|#)([^)#\s]+)"))
        {
            string target = Path.Combine(Path.GetDirectoryName(file)!, link.Groups[1].Value);
            Assert.That(File.Exists(target) || Directory.Exists(target), $"{Path.GetFileName(file)} links to {link.Groups[1].Value}, which is not there.");
        }
    }

    [Test]
    public void Blocks_OfReadme_AreFound() => Assert.That(Blocks(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))), Is.Not.Empty);

    private static IEnumerable<string> Blocks(string page) => new[] { "csharp", "js" }
        .SelectMany(language => page.ReplaceLineEndings("\n").Split($"```{language}\n").Skip(1))
        .Select(rest => Normalize(rest[..rest.IndexOf("```", StringComparison.Ordinal)]));

    private static string Normalize(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
