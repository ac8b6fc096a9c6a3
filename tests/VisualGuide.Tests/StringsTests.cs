using Microsoft.Playwright;

namespace VisualGuide.Tests;

public class StringsTests
{
    [TestCase("1998", 3)]
    [TestCase("407", 0)]
    public async Task Strip_ComposedOfDigits_IsRead(string text, int gap)
    {
        await using Guide guide = await Guide.OpenAsync();
        await ComposeAsync(guide, text, gap);
        await Assertions.Expect(guide.Page.Locator("#string-answer")).ToHaveTextAsync(text, new() { Timeout = 30_000 });
        guide.AssertNoTrouble();
    }

    /// <summary>The article's strip: two digits in 60 columns.</summary>
    [Test]
    public async Task Stages_OfTheFirstStrip_HaveTheSizesOfTheArticle()
    {
        await using Guide guide = await Guide.OpenAsync();
        await guide.Page.Locator("#strings").ScrollIntoViewIfNeededAsync();
        foreach ((string layer, string size) in ((string, string)[])[("Input", "32 × 60"), ("C1", "28 × 56"), ("S2", "14 × 28"), ("C3", "10 × 24"), ("S4", "5 × 12")])
            await Assertions.Expect(guide.Page.Locator($"[data-test='string-size-{layer}']")).ToContainTextAsync(size, new() { Timeout = 30_000 });
        await Assertions.Expect(guide.Page.Locator("#string-c5-size")).ToHaveTextAsync("120 × 8");
        await Assertions.Expect(guide.Page.Locator("#string-f6-size")).ToHaveTextAsync("84 × 8");
        guide.AssertNoTrouble();
    }

    private static async Task ComposeAsync(Guide guide, string text, int gap)
    {
        await guide.Page.Locator("#string-clear").ClickAsync();
        await guide.Page.Locator("#string-gap").FillAsync($"{gap}");
        foreach (char digit in text)
            await guide.Page.Locator("#string-digits button").Nth(digit - '0').ClickAsync();
    }
}
