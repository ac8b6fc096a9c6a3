using System.Globalization;
using LeNet5;
using Microsoft.Playwright;

namespace VisualGuide.Tests;

/// <summary>What the figures of the layers show is what the library computes.</summary>
public class LayersTests
{
    [TestCase("C1")]
    [TestCase("S2")]
    [TestCase("C3")]
    [TestCase("S4")]
    [TestCase("C5")]
    [TestCase("F6")]
    public async Task Figure_OfALayer_ShowsTheLibrarysSumAndValue(string name)
    {
        await using Guide guide = await Guide.OpenAsync();
        foreach (int label in (int[])[3, 8])
        {
            await guide.ChooseAsync(label);
            await guide.ShowAsync($"{name}-sum");
            Workspace workspace = await guide.WorkspaceAsync();
            (int map, int y, int x) = (await guide.PlaceAsync($"{name}-sum", "map"), await guide.PlaceAsync($"{name}-sum", "y"), await guide.PlaceAsync($"{name}-sum", "x"));
            (float sum, float value) = At(workspace, name, map, y, x);
            Assert.That(await guide.ValueAsync($"{name}-sum"), Is.EqualTo(sum).Within(1e-4));
            Assert.That(await guide.ValueAsync($"{name}-value"), Is.EqualTo(value).Within(1e-4));
        }
        guide.AssertNoTrouble();
    }

    private static (float Sum, float Value) At(Workspace workspace, string layer, int map, int y, int x)
    {
        FeatureMaps maps = workspace.OutputOf(Guide.Network.Layers.Single(other => other.Name == layer));
        int place = (((map * maps.Shape.Height) + y) * maps.Shape.Width) + x;
        return (maps.Sums[place], maps.Values[place]);
    }

    [Test]
    public async Task Input_PointedAt_ShowsTheValueOfThePixel()
    {
        await using Guide guide = await Guide.OpenAsync();
        ILocator map = guide.Page.Locator("#input canvas[tabindex='0']").Last;
        await guide.ShowAsync("input-value");
        await map.FocusAsync();
        for (int i = 0; i < 3; i++)
            await guide.Page.Keyboard.PressAsync("ArrowUp");
        float[] input = (await guide.WorkspaceAsync()).Input.Values.ToArray();
        int y = await guide.PlaceAsync("input-value", "y"), x = await guide.PlaceAsync("input-value", "x");
        Assert.That(await guide.ValueAsync("input-value"), Is.EqualTo(input[(y * 32) + x]).Within(1e-4));
        guide.AssertNoTrouble();
    }

    [Test]
    public async Task Output_OfAClass_ShowsTheLibrarysDistance()
    {
        await using Guide guide = await Guide.OpenAsync();
        await guide.ShowAsync("output-distance");
        float[] expected = (await guide.WorkspaceAsync()).Output.Values.ToArray();
        foreach (ILocator element in await guide.Page.Locator("[data-test='output-distance']").AllAsync())
        {
            int label = int.Parse(await element.GetAttributeAsync("data-map") ?? "", CultureInfo.InvariantCulture);
            Assert.That(double.Parse(await element.GetAttributeAsync("data-value") ?? "", CultureInfo.InvariantCulture), Is.EqualTo(expected[label]).Within(1e-4).Percent);
        }
        guide.AssertNoTrouble();
    }
}
