using System.Globalization;
using System.Text.RegularExpressions;
using LeNet5;
using Microsoft.Playwright;

namespace VisualGuide.Tests;

/// <summary>The page in a tab of its own, which keeps account of what must not happen.</summary>
internal sealed class Guide : IAsyncDisposable
{
    private readonly List<string> troubles = [];

    /// <summary>The network of the page.</summary>
    public static Network Network { get; } = PretrainedModels.Digits;

    private Guide(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>Opens the page and waits for its first answer.</summary>
    public static async Task<Guide> OpenAsync(int width = 1280, int height = 900, ColorScheme colours = ColorScheme.Light)
    {
        IPage page = await Site.Browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        Guide guide = new(page);
        page.PageError += (_, error) => guide.troubles.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                guide.troubles.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Site.Url, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                guide.troubles.Add($"Request to {request.Url}");
        };
        await page.GotoAsync(Site.Url);
        await Assertions.Expect(page.Locator("#answer")).ToHaveTextAsync("3", new() { Timeout = 30_000 });
        return guide;
    }

    /// <summary>Shows a digit of MNIST that the page has: its <c>number</c>th click on the button of its class.</summary>
    public Task ChooseAsync(int label) => Page.GetByLabel($"A {label} of MNIST").ClickAsync();

    /// <summary>Writes strokes on the pad, in shares of its side.</summary>
    public async Task WriteAsync(params (double X, double Y)[][] strokes)
    {
        await Page.Locator("#clear").ClickAsync();
        LocatorBoundingBoxResult box = (await Page.Locator("#pad").BoundingBoxAsync())!;
        foreach ((double X, double Y)[] stroke in strokes)
        {
            await MoveAsync(stroke[0], 1);
            await Page.Mouse.DownAsync();
            foreach ((double X, double Y) point in stroke[1..])
                await MoveAsync(point, 8);
            await Page.Mouse.UpAsync();
        }

        Task MoveAsync((double X, double Y) to, int steps) => Page.Mouse.MoveAsync((float)(box.X + (to.X * box.Width)), (float)(box.Y + (to.Y * box.Height)), new() { Steps = steps });
    }

    /// <summary>Brings an element onto the screen, and waits until its figure is drawn: figures draw what is on the screen, a frame after they are told.</summary>
    public async Task ShowAsync(string name)
    {
        ILocator element = Page.Locator($"[data-test='{name}' i]").First;
        await element.ScrollIntoViewIfNeededAsync();
        await Page.EvaluateAsync("async () => { for (let i = 0; i < 6; i++) await new Promise(requestAnimationFrame); }");
        await Assertions.Expect(element).ToHaveAttributeAsync("data-value", new Regex("."));
    }

    /// <summary>The full value of an element that shows a number.</summary>
    public async Task<double> ValueAsync(string name) =>
        double.Parse(await Page.Locator($"[data-test='{name}' i]").First.GetAttributeAsync("data-value") ?? "", CultureInfo.InvariantCulture);

    /// <summary>A whole number beside it: which map, row or column it belongs to.</summary>
    public async Task<int> PlaceAsync(string name, string attribute) =>
        int.Parse(await Page.Locator($"[data-test='{name}' i]").First.GetAttributeAsync($"data-{attribute}") ?? "", CultureInfo.InvariantCulture);

    /// <summary>What the library computes of the digit on the page.</summary>
    public async Task<Workspace> WorkspaceAsync()
    {
        byte[] pixels = await Page.EvaluateAsync<byte[]>("async () => [...(await import('./digit.js')).digit.pixels]");
        Workspace workspace = Network.CreateWorkspace(keepSums: true);
        workspace.LoadPixels(pixels, 28, 28);
        Network.Forward(workspace);
        return workspace;
    }

    /// <summary>Goes through the page from top to bottom, so that every figure is drawn.</summary>
    public async Task WalkAsync()
    {
        await Page.EvaluateAsync("""
            async () => {
                for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
                    scrollTo({ top: y, behavior: 'instant' });
                    await new Promise(done => setTimeout(done, 150));
                }
                scrollTo({ top: 0, behavior: 'instant' });
            }
            """);
        // The graphs of a strip and the errors of 1998 are worked out a while after they have come onto the screen.
        await Assertions.Expect(Page.Locator("#errors-progress")).ToContainTextAsync("82", new() { Timeout = 60_000 });
        await Assertions.Expect(Page.Locator("#string-answer")).ToHaveTextAsync("42", new() { Timeout = 60_000 });
    }

    public void AssertNoTrouble() => Assert.That(troubles, Is.Empty);

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
