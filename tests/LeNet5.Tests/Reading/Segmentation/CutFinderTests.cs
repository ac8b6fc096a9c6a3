using LeNet5.Data;
using LeNet5.Imaging;
using LeNet5.Segmentation;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Reading.Segmentation;

public class CutFinderTests
{
    private const int Faint = 40;

    private readonly CutPaths cuts = new();

    [Test]
    public void Find_BlankStrip_HasItsEdgesAlone([Values(1, 2, 32, 500)] int width)
    {
        Find(new Plane(width, 32));
        Assert.That(cuts.Count, Is.EqualTo(2));
        Assert.That(cuts[0].ToArray(), Is.All.Zero);
        Assert.That(cuts[1].ToArray(), Is.All.EqualTo(width));
    }

    [Test]
    public void Find_WhiteColumns_AreCutInTheirMiddleForNothing([Values(1, 2, 3, 8, 40)] int gap)
    {
        Find(Strips.With(80 + gap, new PixelBox(12, 6, 14, 20), new PixelBox(26 + gap, 6, 14, 20)));
        int cut = Enumerable.Range(1, cuts.Count - 2).Single(i => cuts.CostOf(i) == 0);
        Assert.That(cuts[cut].ToArray(), Is.All.EqualTo(26 + (gap / 2)));
    }

    [Test]
    public void Find_BarsSideBySide_AreCutBetweenAnyTwo()
    {
        PixelBox[] bars = [.. Enumerable.Range(0, 50).Select(i => new PixelBox(12 + (5 * i), 6, 3, 20))];
        Find(Strips.With(280, bars));
        Assert.That(Enumerable.Range(0, cuts.Count).Count(i => cuts.CostOf(i) == 0), Is.EqualTo(51));
    }

    /// <summary>Two squares joined by a bridge of two rows, off their middle: the cut goes through the bridge.</summary>
    [Test]
    public void Find_ShapesThatTouch_AreCutWhereTheyTouch([Values(8, 15, 22)] int bridge)
    {
        Find(Strips.With(80, new PixelBox(12, 6, 14, 20), new PixelBox(26, bridge, 4, 2), new PixelBox(30, 6, 14, 20)));
        int cheapest = Enumerable.Range(1, cuts.Count - 2).MinBy(cuts.CostOf);
        Assert.That(cuts.CostOf(cheapest), Is.EqualTo(2 * 255));
        Assert.That(cuts[cheapest].ToArray(), Is.All.InRange(26, 30));
    }

    /// <summary>Two circles that touch, drawn by a pen.</summary>
    [Test]
    public void Find_RoundShapesThatTouch_AreCutInTheValley()
    {
        Plane strip = Drawn.Of(70, 32, (x, y) => Math.Max(Ring(x, y, 22), Ring(x, y, 42)));
        Find(strip);
        Assert.That(Enumerable.Range(1, cuts.Count - 2).Any(i => cuts[i].ToArray().All(x => x is >= 31 and <= 34)));

        static double Ring(int x, int y, double middle) => 255 * (2.5 - Math.Abs(Math.Sqrt(((x - middle) * (x - middle)) + ((y - 16) * (y - 16))) - 9));
    }

    /// <summary>Two lines of even thickness that come near in the middle: no path is cheaper than its neighbours, but the contours are nearest there.</summary>
    [Test]
    public void Find_ValleyOfEvenInk_IsCutInItsMiddle()
    {
        Plane strip = Drawn.Of(70, 32, (x, y) => x is < 12 or > 57 ? 0 : x is < 28 or > 41 ? Line(y, 9) : x is 28 or 29 or 40 or 41 ? Math.Max(Line(y, 9), Math.Max(Line(y, 7), Line(y, 5))) : Line(y, 5));
        Find(strip);
        Assert.That(cuts.Count, Is.EqualTo(3));
        Assert.That(cuts[1].ToArray(), Is.All.EqualTo(35));
        Assert.That(cuts.CostOf(1), Is.EqualTo(4 * 255));

        static double Line(int y, int fromMiddle) => Math.Abs(y - 15.5) - fromMiddle is > 0 and < 2 ? 255 : 0;
    }

    /// <summary>A slanted stroke before another, their boxes half over each other.</summary>
    [Test]
    public void Find_OverlappingBoxesOfSeparateShapes_ArePartedWithoutSeveringInk()
    {
        Plane strip = Drawn.Of(64, 32, (x, y) => y is < 6 or > 25 ? 0 : x - (32 - y) is >= 4 and < 8 or >= 14 and < 18 ? 255 : 0);
        Find(strip);
        int gap = Enumerable.Range(1, cuts.Count - 2).Single(i => cuts.CostOf(i) < 255);
        int[] path = cuts[gap].ToArray();
        for (int y = 6; y <= 25; y++)
            Assert.That(path[y] - (32 - y), Is.InRange(8, 14));
    }

    [Test]
    public void Find_DigitsThatDoNotTouch_AreApart()
    {
        foreach ((Plane strip, LabeledStrip source) in Strips.Of(StripStyle.Clean, 30))
        {
            Find(strip);
            for (int i = 1; i < source.Boxes.Length; i++)
            {
                (int left, int right) = (source.Boxes[i - 1].Right + 8, source.Boxes[i].Left + 8);
                Assert.That(Enumerable.Range(1, cuts.Count - 2).Any(cut => cuts[cut].ToArray().All(x => x >= left - 1 && x <= right + 1)), $"{source.Text}, digit {i}");
            }
        }
    }

    [Test]
    public void Find_AnyStrip_OrdersItsCutsWithInkBetween()
    {
        foreach (Plane strip in Strips.Of(StripStyle.Touching, 30).Select(pair => pair.Strip).Concat([Drawn.Noise(300, 32, 1, 0.2), Drawn.Noise(300, 32, 2), Drawn.Noise(40, 5, 3), Drawn.Noise(40, 70, 3)]))
        {
            Find(strip);
            for (int cut = 1; cut < cuts.Count; cut++)
            {
                int ink = 0;
                for (int y = 0; y < strip.Height; y++)
                {
                    Assert.That(cuts[cut - 1][y], Is.LessThanOrEqualTo(cuts[cut][y]));
                    foreach (byte value in strip.Row(y)[cuts[cut - 1][y]..cuts[cut][y]])
                        ink += value >= Faint ? value : 0;
                }
                Assert.That(ink, Is.GreaterThanOrEqualTo(3 * 255));
            }
        }
    }

    [Test]
    public void Find_AllInk_IsOnePiece([Values(1, 30, 10000)] int width)
    {
        Find(Drawn.Of(width, 32, (_, _) => 255));
        Assert.That(cuts.Count, Is.EqualTo(2));
    }

    [Test]
    public void Find_MuchInk_HasCutsInProportionToItsWidth([Values(0.05, 0.3, 0.6)] double density)
    {
        Find(Drawn.Noise(10000, 32, seed: 1, density));
        Assert.That(cuts.Count, Is.InRange(100, 10000));
    }

    [Test]
    public void Find_SameStripAfterOthers_GivesTheSameCuts()
    {
        Plane strip = Drawn.Noise(100, 32, seed: 1, 0.2);
        int[] first = Describe();
        Find(Drawn.Noise(400, 50, seed: 2));
        Find(new Plane(3, 32));
        Assert.That(Describe(), Is.EqualTo(first));

        int[] Describe()
        {
            Find(strip);
            return [.. Enumerable.Range(0, cuts.Count).SelectMany(i => cuts[i].ToArray().Append(cuts.CostOf(i)))];
        }
    }

    private readonly CutFinder finder = new();

    private void Find(Plane strip) => finder.Find(strip, Faint, cuts);
}
