namespace LeNet5.Tests.Docs;

/// <summary>Every block of C# or JavaScript in the documentation stands, line for line, in a sample or a test: so it compiles and runs.</summary>
public class CodeBlockTests
{
    private static readonly Lazy<string[]> Sources = new(() =>
        [.. new[] { "samples", "tests" }.SelectMany(folder => Repository.Files(folder, "*.cs").Concat(Repository.Files(folder, "*.mjs"))).Select(file => Normalize(File.ReadAllText(file)))]);

    [TestCaseSource(typeof(Page), nameof(Page.Names))]
    public void CodeBlocks_OfPage_StandInSamplesOrTests(string page)
    {
        foreach (string block in Blocks(page))
            Assert.That(Sources.Value.Any(source => source.Contains(block, StringComparison.Ordinal)), $"No sample or test contains this block of {page}:\n{block}");
    }

    [Test]
    public void Blocks_OfReadme_AreFound() => Assert.That(Blocks("README.md"), Is.Not.Empty);

    private static IEnumerable<string> Blocks(string page) => new[] { "csharp", "js" }.SelectMany(new Page(page).Blocks).Select(Normalize);

    private static string Normalize(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
