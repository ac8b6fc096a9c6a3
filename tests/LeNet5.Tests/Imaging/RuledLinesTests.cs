using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

public class RuledLinesTests
{
    /// <summary>A digit's strokes that cross rules and do not run along them.</summary>
    private const string Crossing = "4149", Slanted = "223149", Round = "~3121132638596765625141";

    [Test]
    public void Remove_RuledPaper_TakesTheRulesAndLeavesTheStroke(
        [Values(0, 0.03, -0.08)] double slope, [Values(1, 3)] int thickness, [Values(0.35, 1)] double darkness, [Values(120, 200)] int side, [Values(false, true)] bool turned)
    {
        foreach (string path in (string[])[Crossing, Slanted])
        {
            Canvas canvas = Drawn.Digit(path, side, side, share: 0.6, radius: 4);
            Plane digit = canvas.Ink(), paper = Rules(side, side, spacing: 26, thickness, slope, 255 * darkness), ruled = Over(digit, paper);
            // Those whose middle is in the picture.
            int expected = Enumerable.Range(0, side).Count(y => paper.Row(y)[side / 2] > 0) / thickness;
            if (turned)
                (digit, ruled) = (digit.Transpose(), ruled.Transpose());
            Plane without = ruled.Copy();
            Assert.That(RuledLines.Remove(without, LevelOf(ruled)), Is.EqualTo(expected).Within(1), path);
            CheckDigit(digit, without, path);
        }
    }

    [Test]
    public void Remove_SquaredPaper_TakesTheRulesAndLeavesTheStroke([Values(0, 0.02)] double slope, [Values(1, 2)] int thickness)
    {
        foreach (string path in (string[])[Slanted, Round])
        {
            Plane digit = Drawn.Digit(path, 180, 160, share: 0.6, radius: 5).Ink();
            Plane squares = Over(Rules(180, 160, 33, thickness, slope, 90), Rules(160, 180, 33, thickness, -slope, 90).Transpose()), without = Over(digit, squares);
            Assert.That(RuledLines.Remove(without, LevelOf(without)), Is.InRange(10, 5 + 6));
            CheckDigit(digit, without, path);
        }
    }

    [Test]
    public void Remove_DigitsWithoutRules_LeavesThemAsTheyAre([Values(0.3, 0.6, 0.85)] double share, [Values(0.02, 0.05, 0.08)] double thickness, [Values(48, 100, 250)] int side)
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Plane ink = Drawn.Digit(path, side, side, share, Math.Max(0.7, thickness * share * side)).Ink(), without = ink.Copy();
            Assert.That(RuledLines.Remove(without, LevelOf(ink)), Is.Zero, $"{digit}: {path}");
            Assert.That(without.Values, Is.EqualTo(ink.Values));
        }
    }

    [Test]
    public void Remove_PicturesOfScreensAndScans_FindsNoRules()
    {
        foreach (TestPicture picture in TestPictures.Digits().Where(picture => picture.Taken is Taken.Screen or Taken.Scan))
        {
            NormalizedDigit digit = DigitNormalizer.Normalize(picture.Image);
            Assert.That(digit.RuleCount, Is.Zero, picture.What);
        }
    }

    [TestCase("116148", 0.04)]
    [TestCase("116148", 0.1)]
    [TestCase("11614819", 0.05)]
    [TestCase("411666 4549", 0.04)]
    [TestCase("411666 4549", 0.1)]
    [TestCase("4149", 0.05)]
    [TestCase("4149", 0.12)]
    [TestCase("223149 1959", 0.05)]
    public void Remove_BarOrStemThatFillsThePicture_StaysThere(string path, double thickness)
    {
        foreach (int height in (int[])[48, 100, 250])
        {
            List<(float X, float Y)> points = [.. path.Split(' ').SelectMany(stroke => Enumerable.Range(0, stroke.Length / 2).Select(i => ((float)(stroke[2 * i] - '0'), (float)(stroke[(2 * i) + 1] - '0'))))];
            float scale = height / 10f, radius = (float)(thickness * height), margin = radius + 1;
            float left = points.Min(point => point.X) * scale, top = points.Min(point => point.Y) * scale;
            Canvas canvas = new((int)(Math.Max(scale, (points.Max(point => point.X) * scale) - left) + (2 * margin)), (int)((points.Max(point => point.Y) * scale) - top + (2 * margin)));
            canvas.Draw(path, margin - left, margin - top, scale, radius);
            Plane ink = canvas.Ink(), without = ink.Copy();
            Assert.That(RuledLines.Remove(without, LevelOf(ink)), Is.Zero, $"{canvas.Width}x{canvas.Height}");
            Assert.That(without.Values, Is.EqualTo(ink.Values));
        }
    }

    [Test]
    public void Remove_SmallOrEmptyPicture_FindsNothing()
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (39, 300), (300, 39), (300, 1), (100, 100)])
        {
            Plane empty = new(width, height);
            Assert.That(RuledLines.Remove(empty, new InkLevel(Noise: 0, Floor: 13, Level: 255)), Is.Zero);
            Assert.That(empty.Values, Is.All.Zero);
        }
        Plane ruled = Rules(39, 39, 10, 1, 0, 255), without = ruled.Copy();
        Assert.That(RuledLines.Remove(without, LevelOf(ruled)), Is.Zero);
        Assert.That(without.Values, Is.EqualTo(ruled.Values));
    }

    /// <summary>Patterns with as many candidates as possible.</summary>
    [Test]
    public void Remove_PatternsAllOver_ComesToAnEnd()
    {
        InkLevel level = new(Noise: 0, Floor: 13, Level: 255);
        foreach (Func<int, int, bool> pattern in (Func<int, int, bool>[])
            [(_, _) => true, (x, y) => (x + y) % 2 == 0, (_, y) => y % 2 == 0, (_, y) => y % 8 == 0, (x, y) => (y + (x / 9)) % 9 == 0, (x, y) => (x * 7) % 16 != (y * 3) % 16, (x, y) => ((x / 16) + y) % 3 == 0])
        {
            Plane ink = Drawn.Of(256, 256, (x, y) => pattern(x, y) ? 255 : 0), without = ink.Copy();
            Assert.That(RuledLines.Remove(without, level), Is.InRange(0, 120));
            Assert.That(without.Values.Zip(ink.Values, (after, before) => after == before || after == 0), Is.All.True);
        }
    }

    /// <summary>Nothing is left of the rules, and the digit hangs together.</summary>
    private static void CheckDigit(Plane digit, Plane without, string path)
    {
        InkLevel level = LevelOf(without);
        Plane around = Extremes.Largest(digit, 3);
        int left = Enumerable.Range(0, digit.Values.Length).Count(i => around.Values[i] == 0 && without.Values[i] >= level.Weak);
        Assert.That(left, Is.LessThanOrEqualTo(digit.Values.Length / 500), $"{path}: pixels of rules");
        List<InkComponent> pieces = [.. InkSegmenter.Find(without, level.Weak).Where(piece => piece.Mass > 20 * 255)];
        Assert.That(pieces, Has.Count.EqualTo(1), path);
        Assert.That(pieces[0].Mass, Is.EqualTo(digit.Values.Sum(value => (long)value)).Within(10).Percent, path);
    }

    private static Plane Over(Plane a, Plane b) => Drawn.Of(a.Width, a.Height, (x, y) => Math.Max(a.Row(y)[x], b.Row(y)[x]));

    private static Plane Rules(int width, int height, int spacing, int thickness, double slope, double ink) => Drawn.Of(width, height, (x, y) =>
    {
        int row = (int)Math.Floor(y - 9 - (slope * (x - (width / 2))));
        return ((row % spacing) + spacing) % spacing < thickness ? ink : 0;
    });

    private static InkLevel LevelOf(Plane ink) => InkLevel.Of(ink, ink.Inverse(), Drawn.Of(ink.Width, ink.Height, (_, _) => 255));
}
