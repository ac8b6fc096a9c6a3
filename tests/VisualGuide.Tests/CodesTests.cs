using System.Globalization;
using System.Text.RegularExpressions;
using LeNet5;
using Microsoft.Playwright;

namespace VisualGuide.Tests;

public class CodesTests
{
    [Test]
    public async Task Gallery_OfTheErrorsOf1998_CountsWhatTheLibraryMisreads()
    {
        DigitReader reader = new(PretrainedModels.Digits);
        int misread = Mnist.ErrorsOf1998.Count(error => Nearest(reader, error.Index) != error.Label);
        await using Guide guide = await Guide.OpenAsync();
        await guide.Page.Locator("#errors-figure").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(guide.Page.Locator("#errors-progress")).ToContainTextAsync(new Regex("82"), new() { Timeout = 60_000 });
        await Assertions.Expect(guide.Page.Locator("#errors-count")).ToHaveTextAsync(misread.ToString(CultureInfo.InvariantCulture), new() { Timeout = 60_000 });
        guide.AssertNoTrouble();
    }

    [Test]
    public async Task Digit_ShiftedTooFar_IsReadWhenItIsNormalizedFirst()
    {
        await using Guide guide = await Guide.OpenAsync();
        ILocator answer = guide.Page.Locator("#limits-answer");
        await answer.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(answer).ToHaveTextAsync("3", new() { Timeout = 30_000 });
        await guide.Page.Locator("#slide-right").FillAsync("12");
        await Assertions.Expect(answer).Not.ToHaveTextAsync("3");
        await guide.Page.Locator("#normalize-first").CheckAsync();
        await Assertions.Expect(answer).ToHaveTextAsync("3");
        guide.AssertNoTrouble();
    }

    /// <summary>A sheet without ink is no 0, and nothing of it is read "all the way"; its maps have no spread to compare with.</summary>
    [Test]
    public async Task Sheet_WithoutInk_HasNoLimitsAndNoNaN()
    {
        await using Guide guide = await Guide.OpenAsync();
        await guide.Page.Locator("#clear").ClickAsync();
        await guide.ShowAsync("shift-share-C1");
        foreach (string text in await guide.Page.Locator(".share").AllInnerTextsAsync())
            Assert.That(text, Is.EqualTo("0 %"));
        await guide.Page.Locator("#limits-figure").ScrollIntoViewIfNeededAsync();
        await guide.Page.Locator("#normalize-first").CheckAsync();
        await Assertions.Expect(guide.Page.Locator("#limits-answer")).ToHaveTextAsync("–");
        await Assertions.Expect(guide.Page.Locator("#range-stroke")).ToHaveTextAsync("–", new() { Timeout = 60_000 });
        foreach (string range in await guide.Page.Locator("[data-test=limit]").AllInnerTextsAsync())
            Assert.That(range, Is.EqualTo("–"));
        guide.AssertNoTrouble();
    }

    private static int Nearest(DigitReader reader, int index)
    {
        float[] penalties = new float[10];
        reader.Read(Mnist.Test.Pixels(index), penalties);
        return Array.IndexOf(penalties, penalties.Min());
    }
}
