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
}
