using System.Text.RegularExpressions;

namespace LeNet5.Tests.Docs;

/// <summary>A page of the documentation, in Markdown.</summary>
/// <param name="name">Its path in the checkout, with forward slashes.</param>
internal sealed partial class Page(string name)
{
    private readonly string text = File.ReadAllText(Path.Combine(Repository.Root, name)).ReplaceLineEndings("\n");

    /// <summary>The names of all: README first, the book, and the pages beside sources and samples.</summary>
    public static string[] Names { get; } =
        ["README.md", .. new[] { "docs", "src", "samples" }.SelectMany(folder => Repository.Files(folder, "*.md")).Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))];

    /// <summary>Where its links lead: a file or folder in the checkout, and a heading there or nothing. Those to the web are left out.</summary>
    public IEnumerable<(string Name, string Anchor)> Links => Link().Matches(Prose).Select(link => (NameOf(link.Groups[1].Value), link.Groups[2].Value));

    /// <summary>What stands between single backticks.</summary>
    public IEnumerable<string> CodeSpans => CodeSpan().Matches(FencedBlock().Replace(text, "")).Select(span => span.Groups[1].Value);

    /// <summary>The names by which links find its headings, made as GitHub makes them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(FencedBlock().Replace(text, "")).Select(heading =>
        NotInAnchors().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Its text without code.</summary>
    private string Prose => CodeSpan().Replace(FencedBlock().Replace(text, ""), "");

    /// <summary>The blocks of code in a language.</summary>
    public IEnumerable<string> Blocks(string language) => FencedBlock().Matches(text).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value);

    private string NameOf(string link) => link == "" ? name
        : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(name)!, link)).Replace('\\', '/');

    [GeneratedRegex(@"\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^ *```(\w*)\n(.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedBlock();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
