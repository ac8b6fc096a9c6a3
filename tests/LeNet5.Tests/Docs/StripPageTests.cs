using LeNet5.Imaging;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Docs;

/// <summary>The picture of docs/images.md that shows how a line of digits is normalized.</summary>
public class StripPageTests
{
    private const int Gap = 6;

    [Test]
    public void Stages_OfATiltedLineOnRuledPaper_AreThoseOfTheDocs()
    {
        NormalizedStrip strip = StripNormalizer.Normalize(Photo().ToImage(), keepStages: true);
        Assert.That(strip.Stages.Select(stage => stage.Name), Is.EqualTo(new[] { "picture", "ground", "ink", "without rules", "line", "normalized" }));
        Assert.That((strip.Tilt, strip.RuleCount), Is.Not.EqualTo((0.0, 0)));
        PictureGrid.AssertIsOfTheDocs(Draw([.. strip.Stages.Select(stage => stage.Picture)]), "strip-stages.png");
    }

    [Test]
    public void BoxInPicture_OfThePage_IsABoxOfThePicture()
    {
        GrayImage picture = Photo().ToImage();
        NormalizedStrip strip = StripNormalizer.Normalize(picture, keepStages: true);
        PixelBox there = strip.BoxInPicture(new PixelBox(12, 6, 20, 20));
        Assert.That(there.Height, Is.EqualTo(20 / strip.Scale).Within(20).Percent);
    }

    /// <summary>A line on ruled paper, photographed askew in uneven light.</summary>
    private static Plane Photo()
    {
        Plane ink = DigitLines.Ink(21, length: 7).Enlarged(2);
        Plane page = ink.Within(ink.Width + 120, 150, left: 60, top: 40);
        Plane ruled = Drawn.Of(page.Width, page.Height, (x, y) => Math.Max(page.Row(y)[x], y is 18 or 94 ? 120 : 0));
        Plane turned = ruled.Turned(-3.5);
        Plane photo = turned.OnPaper(paper: 225, darkness: 0.75, loss: 0.45).WithNoise(5, seed: 2);
        return Plane.Crop(photo.Values, photo.Width, new PixelBox(12, 16, photo.Width - 24, photo.Height - 32));
    }

    /// <summary>Two stages beside each other, dark on light.</summary>
    private static GrayImage Draw(GrayImage[] stages)
    {
        int cellWidth = stages.Max(stage => stage.Width) + Gap, cellHeight = stages.Max(stage => stage.Height) + Gap;
        Plane sheet = new(2 * cellWidth, (stages.Length + 1) / 2 * cellHeight);
        sheet.Values.AsSpan().Fill(255);
        for (int i = 0; i < stages.Length; i++)
        {
            for (int y = 0; y < stages[i].Height; y++)
                stages[i].Row(y).CopyTo(sheet.Row((i / 2 * cellHeight) + y)[(i % 2 * cellWidth)..]);
        }
        return sheet.ToImage();
    }
}
