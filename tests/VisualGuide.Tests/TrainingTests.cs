using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace VisualGuide.Tests;

public partial class TrainingTests
{
    [Test]
    public async Task Training_ForAThousandDigits_MakesTheErrorFall()
    {
        await using Guide guide = await Guide.OpenAsync();
        await guide.Page.Locator("#live-run").ClickAsync();
        ILocator status = guide.Page.Locator("#live-status");
        List<double> errors = [];
        foreach (string seen in (string[])["250", "1,000"])
        {
            await Assertions.Expect(status).ToHaveTextAsync(new Regex($"^After {seen} digits it misreads"), new() { Timeout = 120_000 });
            errors.Add(double.Parse(Misread().Match(await status.TextContentAsync() ?? "").Groups[1].Value, CultureInfo.InvariantCulture) / 300);
        }
        await guide.Page.Locator("#live-run").ClickAsync();
        await Assertions.Expect(status).ToHaveTextAsync("Paused.");
        Assert.That(errors[1], Is.LessThan(0.5).And.LessThan(errors[0]));
        guide.AssertNoTrouble();
    }

    [Test]
    public async Task Step_OfAFreshNetwork_MakesTheLossSmaller()
    {
        await using Guide guide = await Guide.OpenAsync();
        await guide.Page.Locator("#live-step").ClickAsync();
        ILocator status = guide.Page.Locator("#live-status");
        await Assertions.Expect(status).ToHaveTextAsync(new Regex("^One step, on a \\d: the loss went from"), new() { Timeout = 30_000 });
        Match losses = Losses().Match(await status.TextContentAsync() ?? "");
        Assert.That(double.Parse(losses.Groups[2].Value, CultureInfo.InvariantCulture), Is.LessThan(double.Parse(losses.Groups[1].Value, CultureInfo.InvariantCulture)));
        guide.AssertNoTrouble();
    }

    [GeneratedRegex(@"misreads (\d+) of the 300")]
    private static partial Regex Misread();

    [GeneratedRegex(@"from ([\d.]+) to ([\d.]+)\.")]
    private static partial Regex Losses();
}
