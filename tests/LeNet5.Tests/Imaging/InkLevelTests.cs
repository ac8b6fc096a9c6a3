using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

public class InkLevelTests
{
    [Test]
    public void Of_NoisyPaper_EstimatesTheDeviation([Values(1.5, 2, 3, 5, 8, 12, 20)] double deviation, [Values(120, 180)] int paper, [Values(false, true)] bool withDigit)
    {
        Canvas canvas = new(200, 150);
        if (withDigit)
            canvas.Draw(PenStrokes.Digits[8][0], left: 50, top: 20, scale: 12, radius: 5);
        Plane picture = canvas.On(paper).WithNoise(deviation, seed: paper);
        Plane ground = Drawn.Of(200, 150, (_, _) => paper);
        InkLevel level = InkLevel.Of(canvas.Ink(), picture, ground);
        // Noise is a share of the ground's light, as ink is.
        Assert.That(level.Noise * paper / 255, Is.EqualTo(deviation).Within(25).Percent);
    }

    [Test]
    public void Of_CleanPictures_HaveNoNoise()
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Plane picture = Drawn.Digit(path, 100, 120, share: 0.6, radius: 4).On(220);
            (Plane ink, picture, Plane ground, _) = Ground.Remove(picture, darkInk: true);
            Assert.That(InkLevel.Of(ink, picture, ground).Noise, Is.Zero, $"{digit}: {path}");
        }
    }

    [Test]
    public void Of_BlankNoisyPaper_HasHardlyAnyInk([Values(0, 1, 3, 6, 10, 15)] double deviation, [Values(120, 200)] int paper, [Values(40, 200)] int side)
    {
        Plane picture = Drawn.Of(side, side, (_, _) => paper).WithNoise(deviation, seed: side);
        (Plane ink, picture, Plane ground, _) = Ground.Remove(picture, darkInk: side < 100 ? true : null);
        InkLevel level = InkLevel.Of(ink, picture, ground);
        Assert.That(ink.Values.Count(value => value >= level.Floor), Is.LessThanOrEqualTo(side * side / 1000));
    }

    [Test]
    public void Of_BlankPaper_IsZero([Values(0, 1, 128, 255)] int grey)
    {
        Plane picture = Drawn.Of(60, 50, (_, _) => grey);
        InkLevel level = InkLevel.Of(new Plane(60, 50), picture, picture);
        Assert.That((level.Level, level.Noise), Is.EqualTo((0, 0.0)));
        Assert.That(level.Weak, Is.GreaterThan(0), "else all paper would be ink");
    }

    [Test]
    public void Of_InkOfAnyBlackness_IsNearIt([Values(0.15, 0.3, 0.6, 1)] double darkness, [Values(150, 240)] int paper, [Values(0, 2)] double deviation)
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Canvas canvas = Drawn.Digit(path, 100, 100, share: 0.7, radius: 4);
            Plane picture = canvas.On(paper, darkness).WithNoise(deviation, seed: digit), ground = Drawn.Of(100, 100, (_, _) => paper);
            Plane ink = Drawn.Of(100, 100, (x, y) => (paper - picture.Row(y)[x]) * 255.0 / paper);
            InkLevel level = InkLevel.Of(ink, picture, ground);
            // Noise of twice its deviation, and the rounding to whole greys.
            Assert.That((double)level.Level, Is.EqualTo(255 * darkness).Within(4 + (2.5 * deviation * 255 / paper)), $"{digit}: {path}");
            Assert.That(level.Weak, Is.LessThan(level.Strong).And.LessThan(level.Level));
            Assert.That((double)level.Weak, Is.GreaterThanOrEqualTo(level.Floor));
        }
    }

    [Test]
    public void Of_GreysFromOneUp_CountsWhatRisesAboveTheFloor()
    {
        // 93 % of what is between 13 and 255 is up to 238.
        Plane ink = Drawn.Of(256, 1, (x, _) => x), paper = Drawn.Of(256, 1, (_, _) => 255);
        InkLevel level = InkLevel.Of(ink, paper, paper);
        Assert.That(level, Is.EqualTo(new InkLevel(Noise: 0, Floor: 13, Level: 238)));
        Assert.That((level.Strong, level.Weak), Is.EqualTo((119, 83)));
    }

    [TestCase(0, 0.5, 2)]
    [TestCase(0, 0.51, 3)]
    [TestCase(0, 1, 200)]
    [TestCase(0, 0.01, 2)]
    [TestCase(3, 0.01, 3)]
    [TestCase(4, 0.5, 200)]
    [TestCase(201, 0.5, 0)]
    [TestCase(256, 0.5, 0)]
    public void ValueAt_Share_IsTheFirstValueThatSoManyDoNotExceed(int first, double share, int expected)
    {
        int[] counts = new int[256];
        (counts[2], counts[3], counts[200]) = (5, 4, 1);
        Assert.That(InkLevel.ValueAt(counts, first, share), Is.EqualTo(expected));
    }
}
