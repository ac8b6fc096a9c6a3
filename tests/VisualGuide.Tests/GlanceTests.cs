using LeNet5;
using Microsoft.Playwright;

namespace VisualGuide.Tests;

public class GlanceTests
{
    private static readonly (double X, double Y)[][] One = [[(0.5, 0.15), (0.5, 0.85)]];
    private static readonly (double X, double Y)[][] Seven = [[(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)]];
    private static readonly (double X, double Y)[][] Zero = [[(0.5, 0.15), (0.3, 0.3), (0.27, 0.55), (0.35, 0.8), (0.5, 0.87), (0.66, 0.78), (0.72, 0.5), (0.66, 0.25), (0.5, 0.15)]];

    private static IEnumerable<TestCaseData> Written()
    {
        yield return new TestCaseData("1", One).SetArgDisplayNames("1");
        yield return new TestCaseData("7", Seven).SetArgDisplayNames("7");
        yield return new TestCaseData("0", Zero).SetArgDisplayNames("0");
    }

    [TestCaseSource(nameof(Written))]
    public async Task Page_WhenADigitIsWritten_ReadsIt(string digit, (double X, double Y)[][] strokes)
    {
        await using Guide guide = await Guide.OpenAsync();
        await guide.WriteAsync(strokes);
        await Assertions.Expect(guide.Page.Locator("#answer")).ToHaveTextAsync(digit);
        guide.AssertNoTrouble();
    }

    [Test]
    public async Task Page_WhenADigitIsChosen_ShowsTheLibrarysDistances()
    {
        await using Guide guide = await Guide.OpenAsync();
        for (int label = 0; label < 10; label++)
        {
            await guide.ChooseAsync(label);
            await Assertions.Expect(guide.Page.Locator("#answer")).ToHaveTextAsync($"{label}");
            Workspace workspace = await guide.WorkspaceAsync();
            float[] expected = workspace.Output.Values.ToArray();
            double[] shown = await guide.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('#flow .distances .value')].map(element => +element.dataset.value)");
            for (int i = 0; i < expected.Length; i++)
                Assert.That(shown[i], Is.EqualTo(expected[i]).Within(1e-4).Percent);
        }
        guide.AssertNoTrouble();
    }

    [Test]
    public async Task Pad_WithKeys_Writes()
    {
        await using Guide guide = await Guide.OpenAsync();
        await guide.Page.Locator("#pad").FocusAsync();
        await guide.Page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(guide.Page.Locator("#answer")).ToHaveTextAsync("?");
        await guide.Page.Keyboard.PressAsync("Space");
        for (int i = 0; i < 12; i++)
            await guide.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(guide.Page.Locator("#answer")).ToHaveTextAsync("1");
        await guide.Page.Keyboard.PressAsync("Backspace");
        await Assertions.Expect(guide.Page.Locator("#answer")).ToHaveTextAsync("?");
        guide.AssertNoTrouble();
    }

    /// <summary>Whoever writes before the library is there sees that read, and not the page's own digit.</summary>
    [Test]
    public async Task Pad_BeforeTheLibraryIsThere_KeepsWhatIsWritten()
    {
        IPage page = await Site.Browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        TaskCompletionSource written = new();
        await page.RouteAsync("**/LeNet5.dll", async route =>
        {
            await written.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(Site.Url);
        await page.GetByLabel("A 5 of MNIST").ClickAsync();
        await page.Locator("#clear").ClickAsync();
        LocatorBoundingBoxResult box = (await page.Locator("#pad").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height * 0.15f));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height * 0.85f), new() { Steps = 8 });
        await page.Mouse.UpAsync();
        written.SetResult();
        await Assertions.Expect(page.Locator("#answer")).ToHaveTextAsync("1", new() { Timeout = 30_000 });
        Assert.That(errors, Is.Empty);
        await page.CloseAsync();
    }

    /// <summary>A second finger leaves no ink, and a picture none of what was there before.</summary>
    [Test]
    public async Task Pad_SecondPointerAndPicture_LeaveNoStrayInk()
    {
        await using Guide guide = await Guide.OpenAsync();
        int[] ink = await guide.Page.EvaluateAsync<int[]>("""
            async () => {
                const { pad } = await import('./writing.js');
                const canvas = document.getElementById('pad'), box = canvas.getBoundingClientRect(), frame = () => new Promise(requestAnimationFrame);
                const send = (type, pointerId, x, y) => canvas.dispatchEvent(new PointerEvent(type, { pointerId, button: 0, clientX: box.left + x * box.width, clientY: box.top + y * box.height }));
                const inked = (x, y) => canvas.getContext('2d').getImageData(x * canvas.width, y * canvas.height, 1, 1).data[0] < 128 ? 1 : 0;
                canvas.setPointerCapture = () => {};
                pad.clear();
                send('pointerdown', 1, 0.2, 0.2);
                send('pointerdown', 2, 0.8, 0.8);
                for (const y of [0.3, 0.4, 0.5]) {
                    send('pointermove', 1, 0.2, y);
                    send('pointermove', 2, 0.8, y);
                }
                send('pointerup', 2, 0.8, 0.5);
                send('pointermove', 1, 0.2, 0.6);
                send('pointerup', 1, 0.2, 0.6);
                await frame();
                await frame();
                const result = [inked(0.2, 0.4), inked(0.8, 0.4), inked(0.5, 0.4), inked(0.2, 0.57)];
                pad.show(Object.assign(document.createElement('canvas'), { width: 10, height: 10 }));
                return [...result, inked(0.2, 0.4)];
            }
            """);
        Assert.That(ink, Is.EqualTo(new[] { 1, 0, 0, 1, 0 }));
    }
}
