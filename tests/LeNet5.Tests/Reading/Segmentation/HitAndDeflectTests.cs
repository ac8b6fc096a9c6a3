using LeNet5.Data;
using LeNet5.Imaging;
using LeNet5.Segmentation;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Reading.Segmentation;

public class HitAndDeflectTests
{
    private const int Faint = 40;

    private static readonly Plane Slope = Drawn.Of(
        "........",
        "##......",
        "####....",
        "#####...",
        "#####...",
        "........");

    private static readonly Plane Pit = Drawn.Of(
        "...........",
        "##.......##",
        "###.....###",
        "####...####",
        "###########",
        "###########",
        "...........");

    [TestCase(4, 4, 4, 5, 5)]
    [TestCase(3, 3, 4, 5, 5)]
    [TestCase(5, 5, 5, 5, 5)]
    [TestCase(6, 6, 6, 6, 6)]
    public void Drop_Slope_IsFollowedDownwards(int place, params int[] then) =>
        Assert.That(Drop(Slope, place), Is.EqualTo(then.Prepend(place).Append(then[^1])));

    /// <summary>Both halves of the slopes lead to a ground of three columns, 4 to 6: its middle lies between the places 5 and 6.</summary>
    [TestCase(2, 5)]
    [TestCase(3, 5)]
    [TestCase(5, 5)]
    [TestCase(6, 6)]
    [TestCase(9, 6)]
    public void Drop_Pit_IsCutStraightDownFromItsMiddle(int place, int middle) =>
        Assert.That(Drop(Pit, place)[4..], Is.All.EqualTo(middle));

    [Test]
    public void Drop_Top_IsLeftByTheNearerSide()
    {
        Plane strip = Strips.With(30, new PixelBox(10, 8, 10, 12));
        Assert.That(Drop(strip, 14)[8..], Is.All.EqualTo(10));
        Assert.That(Drop(strip, 16)[8..], Is.All.EqualTo(20));
        Assert.That(Drop(strip, 15), Is.All.EqualTo(15), "both are as near");
    }

    /// <summary>The line gets into the ring through the pit of its upper contour, and out of it through the lowest place inside.</summary>
    [Test]
    public void Drop_RoomInsideInk_IsFollowedToItsLowestPlace()
    {
        Plane strip = Drawn.Of(
            "............",
            "##.......###",
            "###.....####",
            "############",
            "##........##",
            "####......##",
            "#######..###",
            "############",
            "............");
        Assert.That(Drop(strip, 4), Is.EqualTo(new[] { 4, 4, 4, 5, 5, 5, 7, 8, 8 }));
    }

    [Test]
    public void Drop_FaintInk_IsNotHit()
    {
        Assert.That(Drop(Drawn.Of(9, 5, (_, _) => Faint - 1), 4), Is.All.EqualTo(4));
        Assert.That(Drop(Drawn.Of(9, 5, (x, y) => y > 0 && x < 6 ? Faint : 0), 4)[1..], Is.All.EqualTo(6));
    }

    [Test]
    public void Drop_BlankAllInkOrOneColumn_IsStraight([Values(1, 2, 100)] int width, [Values(0, 255)] byte value)
    {
        Plane strip = Drawn.Of(width, 32, (_, _) => value);
        for (int place = 0; place <= width; place++)
            Assert.That(Drop(strip, place), Is.All.EqualTo(place));
    }

    [Test]
    public void Drop_LinesThatMeet_NeverPart()
    {
        foreach ((Plane strip, LabeledStrip source) in Strips.Of(StripStyle.Touching, 10))
        {
            int[][] lines = [.. Enumerable.Range(0, strip.Width + 1).Select(place => Drop(strip, place))];
            foreach ((int[] left, int[] right) in lines.Zip(lines.Skip(1)))
            {
                bool[] together = [.. left.Zip(right, (a, b) => a == b)];
                Assert.That(together, Is.Ordered, source.Text);
            }
        }
    }

    [Test]
    public void Drop_MirroredStrip_GivesMirroredLines([Values] bool up)
    {
        foreach (Plane strip in Strips.Of(StripStyle.Touching, 10).Select(pair => pair.Strip).Concat([Slope, Pit, Drawn.Noise(60, 32, 1, 0.3)]))
        {
            Plane mirrored = Drawn.Of(strip.Width, strip.Height, (x, y) => strip.Row(y)[^(x + 1)]);
            for (int place = 0; place <= strip.Width; place++)
                Assert.That(Drop(mirrored, strip.Width - place, up), Is.EqualTo(Drop(strip, place, up).Select(x => strip.Width - x)));
        }
    }

    [Test]
    public void Drop_Upwards_IsTheSameUpsideDown()
    {
        foreach ((Plane strip, _) in Strips.Of(StripStyle.Touching, 10))
        {
            Plane upsideDown = Drawn.Of(strip.Width, strip.Height, (x, y) => strip.Row(strip.Height - 1 - y)[x]);
            for (int place = 0; place <= strip.Width; place++)
                Assert.That(Drop(strip, place, up: true), Is.EqualTo(Drop(upsideDown, place).Reverse()));
        }
    }

    private static int[] Drop(Plane strip, int place, bool up = false)
    {
        int[] path = new int[strip.Height];
        HitAndDeflect.Drop(strip, Faint, up, place, path);
        return path;
    }
}
