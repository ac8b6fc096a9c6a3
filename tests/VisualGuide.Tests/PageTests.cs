using System.IO.Compression;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace VisualGuide.Tests;

public class PageTests
{
    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Page_InBothThemes_PassesAxe(ColorScheme colours)
    {
        await using Guide guide = await Guide.OpenAsync(colours: colours);
        await guide.WalkAsync();
        AxeResult result = await guide.Page.RunAxe();
        Assert.That(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")), Is.Empty);
    }

    [TestCase(390, 844)]
    [TestCase(820, 1180)]
    [TestCase(1440, 900)]
    public async Task Page_AtAnyWidth_FitsTheScreen(int width, int height)
    {
        foreach (ColorScheme colours in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using Guide guide = await Guide.OpenAsync(width, height, colours);
            await guide.WalkAsync();
            int overflow = await guide.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            await guide.Page.ScreenshotAsync(new() { Path = Path.Combine(Site.Pictures, $"{width}-{colours}.png".ToLowerInvariant()), FullPage = true });
            Assert.That(overflow, Is.Zero, $"pixels beyond the right edge at {width}");
            guide.AssertNoTrouble();
        }
    }

    [Test]
    public async Task Page_OnceLoaded_WorksWithoutANetwork()
    {
        await using IBrowserContext context = await Site.Browser.NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(Site.Url);
        await page.EvaluateAsync("""
            async () => {
                await navigator.serviceWorker.ready;
                while (!await caches.match('runtime/dotnet.native.wasm') || !navigator.serviceWorker.controller) await new Promise(done => setTimeout(done, 50));
            }
            """);
        await context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#answer")).ToHaveTextAsync("3", new() { Timeout = 30_000 });
    }

    [Test]
    public void Site_HasAtMost8MegabytesOr3Compressed()
    {
        (long plain, long packed) = (0, 0);
        foreach (string file in Directory.EnumerateFiles(Site.Folder, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(file);
            using MemoryStream stream = new();
            using (BrotliStream brotli = new(stream, CompressionLevel.SmallestSize, leaveOpen: true))
                brotli.Write(bytes);
            plain += bytes.Length;
            packed += stream.Length;
        }
        TestContext.Out.WriteLine($"{plain:N0} bytes, {packed:N0} packed with Brotli");
        Assert.That(plain, Is.LessThanOrEqualTo(8_000_000));
        Assert.That(packed, Is.LessThanOrEqualTo(3_000_000));
    }
}
