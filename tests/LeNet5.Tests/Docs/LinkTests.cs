using System.Text.RegularExpressions;

namespace LeNet5.Tests.Docs;

/// <summary>The pages of the documentation are one book: links lead somewhere, and everything can be found from README.</summary>
public partial class LinkTests
{
    [TestCaseSource(typeof(Page), nameof(Page.Names))]
    public void Links_OfPage_LeadToFilesAndHeadings(string page)
    {
        foreach ((string target, string anchor) in new Page(page).Links)
        {
            Assert.That(Path.Exists(PathOf(target)), $"{page} links to {target}, which is not there.");
            if (anchor != "")
                Assert.That(new Page(target).Anchors, Does.Contain(anchor), $"{page} links to a heading of {target}.");
        }
    }

    [Test]
    public void Links_FromReadme_LeadToEveryPage()
    {
        HashSet<string> found = [];
        Queue<string> open = new(["README.md"]);
        while (open.TryDequeue(out string? page))
        {
            if (!found.Add(page))
                continue;
            foreach ((string target, _) in new Page(page).Links.Where(link => link.Name.EndsWith(".md", StringComparison.Ordinal)))
                open.Enqueue(target);
        }
        Assert.That(Page.Names.Where(page => !page.StartsWith("samples/", StringComparison.Ordinal)), Is.SubsetOf(found));
    }

    /// <summary>In the order of the table of contents.</summary>
    [Test]
    public void LastLinks_OfTheBook_LeadFromPageToPage()
    {
        const string contents = "docs/README.md";
        string[] pages = [.. new Page(contents).Links.Select(link => link.Name)];
        Assert.That(pages, Is.EquivalentTo(Page.Names.Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != contents)));
        foreach ((string page, string next) in pages.Zip(pages.Skip(1)))
            Assert.That(new Page(page).Links.Last().Name, Is.EqualTo(next), $"{page} ends with a link to the next page.");
    }

    [Test]
    public void Pictures_OfTheBook_AreShown()
    {
        IEnumerable<string> shown = Page.Names.SelectMany(page => new Page(page).Links).Select(link => PathOf(link.Name));
        Assert.That(Repository.Files(Path.Combine("docs", "images"), "*"), Is.SubsetOf(shown));
    }

    /// <summary>Comments name pages, too.</summary>
    [Test]
    public void Pages_NamedInSources_AreThere()
    {
        foreach (string file in new[] { "src", "samples", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.*")).Where(file => Path.GetExtension(file) is ".cs" or ".js" or ".csproj"))
        {
            foreach (Match page in PageName().Matches(File.ReadAllText(file)))
                Assert.That(PathOf(page.Value), Does.Exist, $"{file} names it.");
        }
    }

    private static string PathOf(string name) => Path.GetFullPath(Path.Combine(Repository.Root, name));

    [GeneratedRegex(@"\bdocs/[\w-]+\.md\b")]
    private static partial Regex PageName();
}
