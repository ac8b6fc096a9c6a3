using LeNet5.Data;
using LeNet5.Imaging;
using LeNet5.Segmentation;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Reading.Segmentation;

public class ClassicCutsTests
{
    private const int Faint = 40, Dearest = 10 * 255;

    private readonly ClassicCuts cuts = new();

    /// <summary>A box that is hollow in columns 20 to 23: its contours are as far apart everywhere.</summary>
    [Test]
    public void Find_LeastInkInSomeColumns_IsAMinimumOfTheProjection()
    {
        Plane strip = Strips.With(60, new PixelBox(12, 6, 8, 20), new PixelBox(20, 6, 4, 2), new PixelBox(20, 24, 4, 2), new PixelBox(24, 6, 8, 20));
        Assert.That(Find(strip, CutSource.Projection), Is.EqualTo(new[] { (4 * 255, 22) }));
        Assert.That(Find(strip, CutSource.ContourDistance), Is.Empty);
    }

    /// <summary>Two lines of even thickness that come nearer to each other up to column 26: every column has as much ink.</summary>
    [Test]
    public void Find_ContoursThatComeNear_AreAMinimumOfTheirDistance()
    {
        Plane strip = Drawn.Of(53, 32, (x, y) => x is >= 12 and <= 40 && Math.Abs(y - 15.5) - (3 + (Math.Abs(x - 26) / 2)) is > 0 and < 2 ? 255 : 0);
        Assert.That(Find(strip, CutSource.ContourDistance), Is.EqualTo(new[] { (4 * 255, 26) }));
        Assert.That(Find(strip, CutSource.Projection), Is.Empty);
    }

    /// <summary>A cup: lines from above meet in it and cut its bottom, lines from below are deflected around it.</summary>
    [Test]
    public void Find_Cup_IsCutFromTheSideOfItsPit([Values] bool upsideDown)
    {
        Plane strip = Drawn.Of(53, 32, (x, y) => Math.Abs(x - 26) <= 12 && (upsideDown ? 31 - y : y) - (24 - (Math.Abs(x - 26) / 2)) is >= 0 and < 4 ? 255 : 0);
        (CutSource into, CutSource around) = upsideDown ? (CutSource.DropFromBottom, CutSource.DropFromTop) : (CutSource.DropFromTop, CutSource.DropFromBottom);
        (int cost, int place) = Find(strip, into).MinBy(cut => Math.Abs(cut.Place - 26));
        Assert.That(cost, Is.EqualTo(4 * 255));
        Assert.That(Path(into, place)[upsideDown ? 0 : ^1], Is.InRange(26, 27));
        Assert.That(Find(strip, around).Where(cut => Path(around, cut.Place).All(x => x is > 15 and < 38)), Is.Empty);
    }

    [Test]
    public void Find_BlankOrAllInkOrOneColumn_HasNone([Values(1, 2, 300)] int width, [Values(0, 255)] byte value)
    {
        cuts.Find(Drawn.Of(width, 32, (_, _) => value), Faint, Dearest);
        Assert.That(cuts.Found.Length, Is.Zero);
    }

    [Test]
    public void Find_GapsAlone_HasNone()
    {
        cuts.Find(Strips.With(100, new PixelBox(12, 6, 14, 20), new PixelBox(40, 6, 14, 20)), Faint, dearest: 19 * 255);
        Assert.That(cuts.Found.Length, Is.Zero);
    }

    [Test]
    public void Find_AnyStrip_GivesTheCheapestFirstAndWhatTheySever()
    {
        foreach (Plane strip in Strips.Of(StripStyle.Touching, 10).Select(pair => pair.Strip).Append(Drawn.Noise(100, 32, seed: 1, 0.2)))
        {
            cuts.Find(strip, Faint, Dearest);
            Assert.That(cuts.Found.ToArray(), Is.Ordered.And.Not.Empty);
            foreach ((int cost, CutSource source, int place) in cuts.Found)
            {
                int[] path = Path(source, place);
                Assert.That(path, Is.All.InRange(0, strip.Width));
                Assert.That(cost, Is.EqualTo(Severed(strip, path)).And.InRange(1, Dearest));
            }
        }
    }

    [Test]
    public void Find_StripMetBefore_TakesNoMemory()
    {
        Plane strip = Strips.Of(StripStyle.Touching, 1).Single().Strip;
        cuts.Find(strip, Faint, Dearest);
        Assert.That(Allocation.By(() => cuts.Find(strip, Faint, Dearest)), Is.Zero);
    }

    private (int Cost, int Place)[] Find(Plane strip, CutSource source)
    {
        cuts.Find(strip, Faint, Dearest);
        return [.. cuts.Found.ToArray().Where(cut => cut.Source == source).Select(cut => (cut.Cost, cut.Place))];
    }

    private int[] Path(CutSource source, int place)
    {
        int[] path = new int[32];
        cuts.Trace(source, place, path);
        return path;
    }

    /// <summary>All pairs of pixels, side by side or one above the other, that are parted.</summary>
    private static int Severed(Plane strip, int[] path)
    {
        int severed = 0;
        for (int y = 0; y < strip.Height; y++)
        {
            for (int x = 0; x < strip.Width; x++)
            {
                bool left = x < path[y];
                if (x + 1 < strip.Width && left != x + 1 < path[y])
                    severed += Math.Min(strip.Row(y)[x], strip.Row(y)[x + 1]);
                if (y > 0 && left != x < path[y - 1])
                    severed += Math.Min(strip.Row(y)[x], strip.Row(y - 1)[x]);
            }
        }
        return severed;
    }
}
