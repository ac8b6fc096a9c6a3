using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

public class CharacterTests
{
    private const string One = "4149", Three = "311565 6169", FiveWithoutBar = "2124 ~244354656758492917", Two = "~132141525435182949596968";

    [Test]
    public void Find_EachDigit_IsOneCharacterInItsBox()
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Plane ink = Drawn.Digit(path, 120, 140, share: 0.6, radius: 4).Ink();
            Character found = Find(ink);
            Assert.That(found.Box, Is.EqualTo(BoxOf(ink, LevelOf(ink).Weak)), $"{digit}: {path}");
            Assert.That((found.OtherCount, found.SpeckCount, found.InkShare, found.TouchesEdge), Is.EqualTo((0, 0, 1.0, false)));
            Assert.That(found.Judge(), Is.EqualTo(Rejection.None));
        }
    }

    [Test]
    public void Find_FiveWithADetachedBar_KeepsBothTogether()
    {
        // The bar ends right of the stem, and a little above it.
        Canvas canvas = new(120, 140);
        canvas.Draw(FiveWithoutBar, left: 20, top: 20, scale: 10, radius: 3);
        PixelBox body = Find(canvas.Ink()).Box;
        canvas.DrawLine(52, 28, 85, 26, 3);
        Plane ink = canvas.Ink();
        Assert.That(InkSegmenter.Find(ink, LevelOf(ink).Weak), Has.Count.EqualTo(2));
        Character found = Find(ink);
        Assert.That(found.Box, Is.EqualTo(BoxOf(ink, LevelOf(ink).Weak)).And.Not.EqualTo(body));
        Assert.That((found.OtherCount, found.SpeckCount, found.InkShare), Is.EqualTo((0, 0, 1.0)));
    }

    [Test]
    public void Find_ChainOfPieces_KeepsThemTogetherFromTheLargestOn()
    {
        // A stroke in pieces of shrinking size: the last is near the others only when those are there.
        Canvas canvas = new(80, 200);
        float y = 20;
        foreach (float length in (float[])[50, 30, 20, 14])
        {
            canvas.DrawLine(40, y, 40, y + length, 3);
            y += length + 14;
        }
        Plane ink = canvas.Ink();
        Assert.That(InkSegmenter.Find(ink, LevelOf(ink).Weak), Has.Count.EqualTo(4));
        Assert.That(Find(ink).Box, Is.EqualTo(BoxOf(ink, LevelOf(ink).Weak)));
    }

    [TestCase(2, new[] { Two, Three })]
    [TestCase(2, new[] { One, One })]
    [TestCase(2, new[] { Three, One })]
    [TestCase(3, new[] { Two, Two, Three })]
    [TestCase(4, new[] { One, One, One, One })]
    public void Find_DigitsSideBySide_AreSeveralCharacters(int count, string[] paths)
    {
        Canvas canvas = new(20 + (90 * count), 130);
        for (int i = 0; i < count; i++)
            canvas.Draw(paths[i], left: 15 + (90 * i), top: 15, scale: 10, radius: 4);
        Character found = Find(canvas.Ink());
        Assert.That(found.OtherCount, Is.EqualTo(count - 1));
        Assert.That(found.Box.Width, Is.LessThan(90));
        Assert.That(found.Judge(), Is.EqualTo(Rejection.SeveralCharacters));
    }

    [Test]
    public void Find_TallStrokesCloseTogether_AreTwoCharacters()
    {
        // Nearer than the bar of a 5 may be.
        Canvas canvas = new(100, 120);
        canvas.Draw(One, left: 0, top: 10, scale: 10, radius: 4);
        canvas.Draw(One, left: 22, top: 10, scale: 10, radius: 4);
        Character found = Find(canvas.Ink());
        Assert.That((found.OtherCount, found.Box.Width), Is.EqualTo((1, 8)));
    }

    [Test]
    public void Find_Specks_AreCountedAndLeftOut()
    {
        Canvas canvas = Drawn.Digit(Two, 160, 160, share: 0.5, radius: 5);
        PixelBox box = Find(canvas.Ink()).Box;
        foreach ((float x, float y) in ((float, float)[])[(10, 10), (150, 20), (20, 140), (80, 8), (140, 150)])
            canvas.DrawLine(x, y, x + 1, y, 1.5f);
        Character found = Find(canvas.Ink());
        Assert.That((found.Box, found.OtherCount, found.SpeckCount), Is.EqualTo((box, 0, 5)));
        Assert.That(found.InkShare, Is.EqualTo(0.97).Within(0.02));
        Assert.That(found.Judge(), Is.EqualTo(Rejection.None));
    }

    [Test]
    public void Find_SpeckBesideAStroke_IsLeftOutToo()
    {
        Canvas canvas = Drawn.Digit(One, 100, 160, share: 0.7, radius: 5);
        PixelBox box = Find(canvas.Ink()).Box;
        canvas.DrawLine(box.Right + 5, 80, box.Right + 5, 80, 1);
        Character found = Find(canvas.Ink());
        Assert.That((found.Box, found.SpeckCount), Is.EqualTo((box, 1)));
    }

    [Test]
    public void Find_DashesAllOver_AreNoDigit()
    {
        Canvas canvas = new(240, 240);
        for (int i = 0; i < 16; i++)
            canvas.DrawLine(25 + (60 * (i % 4)), 25 + (60 * (i / 4)), 40 + (60 * (i % 4)) + (i == 5 ? 10 : 0), 25 + (60 * (i / 4)), 2);
        canvas.DrawLine(90, 85, 90, 130, 2);
        Character found = Find(canvas.Ink());
        Assert.That((found.OtherCount, found.SpeckCount), Is.EqualTo((0, 15)));
        Assert.That(found.InkShare, Is.LessThan(0.5));
        Assert.That(found.Judge(), Is.EqualTo(Rejection.NotADigit));
    }

    [Test]
    public void Find_MoreInkAlongTheEdge_LosesAgainstTheDigit()
    {
        Canvas canvas = Drawn.Digit(Three, 140, 140, share: 0.5, radius: 4);
        Plane digit = canvas.Ink();
        PixelBox box = Find(digit).Box;
        Plane withBar = Drawn.Of(140, 140, (x, y) => x < 18 && y is > 5 and < 130 ? 255 : digit.Row(y)[x]);
        Assert.That(InkSegmenter.Find(withBar, 128).Max(piece => piece.Mass), Is.GreaterThan(1.5 * digit.Values.Sum(value => (long)value)));
        Character found = Find(withBar);
        Assert.That((found.Box, found.OtherCount, found.SpeckCount), Is.EqualTo((box, 0, 1)));
        Assert.That((found.TouchesEdge, found.InkShare, found.Judge()), Is.EqualTo((false, 1.0, Rejection.None)), "what is cut off by the edge does not count");
    }

    [Test]
    public void Find_FrameAlongTheEdge_IsLeftOut()
    {
        Plane digit = Drawn.Digit(Two, 120, 120, share: 0.6, radius: 4).Ink();
        Plane framed = Drawn.Of(120, 120, (x, y) => Math.Min(Math.Min(x, y), Math.Min(119 - x, 119 - y)) < 9 ? 255 : digit.Row(y)[x]);
        Character found = Find(framed);
        Assert.That((found.Box, found.OtherCount, found.SpeckCount, found.Judge()), Is.EqualTo((Find(digit).Box, 0, 0, Rejection.None)));
    }

    [Test]
    public void Find_BoxOfAForm_IsLeftOut()
    {
        Plane digit = Drawn.Digit(Two, 120, 120, share: 0.5, radius: 4).Ink();
        Plane framed = Drawn.Of(120, 120, (x, y) => Math.Max(Math.Abs(x - 60), Math.Abs(y - 60)) is >= 48 and < 52 ? 255 : digit.Row(y)[x]);
        Character found = Find(framed);
        Assert.That((found.Box, found.OtherCount, found.SpeckCount), Is.EqualTo((Find(digit).Box, 0, 0)));
    }

    [Test]
    public void Find_OnlyInkThatTouchesTheEdge_IsTheCharacter()
    {
        Canvas canvas = new(80, 100);
        canvas.Draw(Three, left: 5, top: -14, scale: 10, radius: 4);
        Character found = Find(canvas.Ink());
        Assert.That((found.TouchesEdge, found.Box.Top, found.Judge()), Is.EqualTo((true, 0, Rejection.None)));
    }

    [Test]
    public void Find_ThinLineFromEdgeToEdge_IsNoCharacter()
    {
        InkLevel level = new(Noise: 0, Floor: 13, Level: 255);
        Plane line = Drawn.Of(100, 80, (_, y) => y is 2 or 3 ? 255 : 0), band = Drawn.Of(100, 80, (_, y) => y is > 10 and < 20 ? 255 : 0);
        Assert.That(Character.Find(line, level), Is.Null);
        Assert.That(Character.Find(line.Transpose(), level), Is.Null);
        Assert.That(Character.Find(band, level), Is.Not.Null);
        Assert.That(Character.Find(new Plane(100, 80), level), Is.Null);
        Assert.That(Character.Find(Drawn.Of(100, 80, (x, y) => x is > 40 and < 60 && y is > 20 and < 60 ? 110 : 0), level), Is.Null, "too faint all over");
    }

    [Test]
    public void CutOut_CharacterAmongSpecks_IsAloneBlackAndTight()
    {
        Canvas canvas = Drawn.Digit(Two, 160, 160, share: 0.5, radius: 5);
        Plane digit = canvas.Ink(0.5);
        canvas.DrawLine(10, 10, 11, 10, 1.5f);
        // In the digit's box, but no part of it.
        canvas.DrawLine(72, 60, 72, 60, 1);
        Plane ink = canvas.Ink(0.5);
        Character found = Find(ink);
        Assert.That(found.SpeckCount, Is.EqualTo(2));
        (Plane cut, PixelBox box) = found.CutOut(ink, LevelOf(ink), faint: 40);
        // 40 of 255 is a faint edge of 20 or more of 128.
        Assert.That(box, Is.EqualTo(BoxOf(digit, 20)));
        Assert.That(cut.Values, Is.EqualTo(Drawn.Of(box.Width, box.Height, (x, y) => Math.Min(255, ((digit.Row(box.Top + y)[box.Left + x] * 255) + 64) / 128)).Values).Within(1));
        Assert.That(cut.Values.Max(), Is.EqualTo(255));
    }

    /// <summary>The most pieces that a working picture can have, the farthest first in the order of their ink.</summary>
    [Test]
    public void Find_SixteenThousandDotsAroundABlot_TakesThemAll()
    {
        Plane dots = Drawn.Of(256, 256, (x, y) => x is >= 126 and <= 130 && y is >= 126 and <= 130 ? 255 : x % 2 == 0 && y % 2 == 0 ? 192 + (Math.Max(Math.Abs(x - 128), Math.Abs(y - 128)) * 0.48) : 0);
        Character found = Character.Find(dots, new InkLevel(Noise: 0, Floor: 13, Level: 255))!;
        Assert.That((found.Box.Width, found.Box.Height, found.OtherCount), Is.EqualTo((253, 253, 0)));
    }

    private static Character Find(Plane ink) => Character.Find(ink, LevelOf(ink)) ?? throw new AssertionException("No character was found.");

    private static InkLevel LevelOf(Plane ink) => InkLevel.Of(ink, ink.Inverse(), Drawn.Of(ink.Width, ink.Height, (_, _) => 255));

    private static PixelBox BoxOf(Plane ink, int faint) =>
        InkSegmenter.Find(ink, faint).Select(piece => piece.Box).Aggregate((a, b) => a.Union(b));
}
