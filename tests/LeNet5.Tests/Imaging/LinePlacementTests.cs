using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class LinePlacementTests
{
    [Test]
    public void ToStrip_OfToPicture_IsTheSamePoint([Values(-0.17, 0, 0.1)] double tilt, [Values(-0.3, 0, 0.4)] double slant, [Values(0.1, 1, 2.5)] double scale)
    {
        LinePlacement placement = new(12.5, 40, scale, tilt, slant);
        foreach ((double column, double row) in ((double, double)[])[(0, 0), (31, -16), (200.5, 7.25)])
        {
            (double x, double y) = placement.ToPicture(column, row);
            (double thereColumn, double thereRow) = placement.ToStrip(x, y);
            Assert.That((thereColumn - column, thereRow - row), Is.EqualTo((0.0, 0.0)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-9 && Math.Abs(a.Item2 - b.Item2) < 1e-9));
        }
        Assert.That(placement.IsUpright, Is.EqualTo(tilt == 0 && slant == 0));
    }

    [Test]
    public void ToPicture_TiltedLine_FallsByItsTiltAndKeepsLengths()
    {
        LinePlacement placement = new(0, 0, Scale: 0.5, Tilt: 0.1, Slant: 0);
        (double x, double y) = placement.ToPicture(100, 0);
        Assert.That(y / x, Is.EqualTo(0.1).Within(1e-12));
        Assert.That(Math.Sqrt((x * x) + (y * y)), Is.EqualTo(200).Within(1e-9));
    }

    [Test]
    public void ToPicture_SlantedStroke_GoesToTheLeftOnItsWayDown()
    {
        LinePlacement placement = new(50, 50, Scale: 1, Tilt: 0, Slant: 0.3);
        Assert.That(placement.ToPicture(0, 10).X, Is.EqualTo(47).Within(1e-12));
        Assert.That(placement.ToPicture(0, 10).Y, Is.EqualTo(60).Within(1e-12));
    }

    [Test]
    public void InWhole_PartInBlocks_IsTheSamePlace()
    {
        LinePlacement placement = new(3, 4, Scale: 2, Tilt: 0.05, Slant: 0.1), whole = placement.InWhole(new PixelBox(100, 200, 300, 400), block: 5);
        (double x, double y) = placement.ToPicture(40, -6);
        (double wholeX, double wholeY) = whole.ToPicture(40, -6);
        Assert.That(wholeX, Is.EqualTo(100 + (5 * x)).Within(1e-9));
        Assert.That(wholeY, Is.EqualTo(200 + (5 * y)).Within(1e-9));
    }
}
