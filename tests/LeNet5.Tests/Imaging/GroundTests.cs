using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

public class GroundTests
{
    [Test]
    public void Remove_FlatPaper_InkIsTheShareOfTheLightThatIsMissing([Values(120, 200, 255)] int paper, [Values(0.2, 0.6, 1)] double darkness, [Values(40, 100, 250)] int side)
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Canvas canvas = Drawn.Digit(path, side, side * 4 / 5, share: 0.7, radius: side * 0.03);
            Plane picture = canvas.On(paper, darkness);
            (Plane ink, Plane kept, Plane ground, bool isDark) = Ground.Remove(picture, darkInk: null);
            Assert.That(isDark, Is.True);
            Assert.That(kept, Is.EqualTo(picture));
            Assert.That(ground.Values, Is.All.EqualTo(paper), $"{digit}: {path}");
            // Greys are whole numbers in the picture, and their shares are again.
            Assert.That(MaxDifference(ink, canvas.Ink(darkness)), Is.LessThanOrEqualTo(2));
        }
    }

    [Test]
    public void Remove_SlopeOfLight_LeavesTheInkAlone([Values(-0.3, 0.2)] double across, [Values(-0.2, 0.3)] double down, [Values(48, 130, 250)] int side)
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Canvas canvas = Drawn.Digit(path, side, side, share: 0.6, radius: side * 0.025);
            (Plane ink, _, _, bool isDark) = Ground.Remove(canvas.On((x, y) => 180 * (1 + (across * Place(x, side)) + (down * Place(y, side))), darkness: 0.7), darkInk: null);
            Assert.That(isDark, Is.True);
            Plane expected = canvas.Ink(0.7);
            // In the darkest corner nothing darker is around, so that the ground there is too light. That is not much of the ink, of which a third counts.
            Assert.That(MaxWhere(ink, i => expected.Values[i] == 0), Is.LessThan(0.2 * 178), $"{digit}: {path}");
            Assert.That(ink.Values.Where((_, i) => expected.Values[i] == 0).Average(value => (double)value), Is.LessThan(4), $"{digit}: {path}");
            Assert.That(MaxDifference(ink, expected), Is.LessThan(25), $"{digit}: {path}");
        }
    }

    [Test]
    public void Remove_HardShadow_LeavesInkAsBlackAsInTheLight([Values(0, 0.6, 1.57, 2.5)] double angle, [Values(-0.15, 0.1)] double place, [Values(0.25, 0.5)] double depth, [Values(60, 140, 250)] int side)
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Canvas canvas = Drawn.Digit(path, side, side, share: 0.6, radius: Math.Max(0.8, side * 0.012));
            Plane picture = canvas.On((x, y) => 220 * (Behind(x, y) > 0 ? 1 - depth : 1), darkness: 0.7), expected = canvas.Ink(0.7);
            (Plane ink, _, _, bool isDark) = Ground.Remove(picture, darkInk: null);
            Assert.That(isDark, Is.True);
            // Where the coarse picture's blocks hold light and shadow, the ground is between.
            double near = 3.0 * ((side + 47) / 48);
            Assert.That(MaxWhere(ink, i => expected.Values[i] == 0 && Away(i)), Is.LessThan(13), $"{digit}: {path}");
            foreach (bool inShadow in (bool[])[false, true])
            {
                byte[] black = [.. Enumerable.Range(0, ink.Values.Length).Where(i => expected.Values[i] == 178 && Away(i) && (Behind(i % side, i / side) > 0) == inShadow).Select(i => ink.Values[i])];
                if (black.Length > 0)
                    Assert.That(black.Average(value => (double)value), Is.EqualTo(178).Within(15).Percent, $"{digit}: {path}, in the {(inShadow ? "shadow" : "light")}");
            }

            bool Away(int i) => Math.Abs(Behind(i % side, i / side)) > near;
        }

        double Behind(int x, int y) => ((Place(x, side) - (place * Math.Cos(angle))) * Math.Cos(angle) * side) + ((Place(y, side) - (place * Math.Sin(angle))) * Math.Sin(angle) * side);
    }

    [TestCase(48, 30)]
    [TestCase(96, 96)]
    [TestCase(240, 140)]
    [TestCase(135, 144)]
    public void Remove_MirroredPicture_GivesTheMirroredInk(int width, int height)
    {
        Canvas canvas = Drawn.Digit(PenStrokes.Digits[5][0], width, height, share: 0.7, radius: 4);
        Plane picture = canvas.On((x, y) => 120 + (60.0 * x / width) + (60.0 * y / height), darkness: 0.8);
        Plane ink = Ground.Remove(picture, darkInk: true).Ink;
        Assert.That(MaxDifference(ink, Ground.Remove(picture.Mirror(), darkInk: true).Ink.Mirror()), Is.LessThanOrEqualTo(3), "rounding of the ground by 1");
        Assert.That(MaxDifference(ink, Ground.Remove(picture.Transpose(), darkInk: true).Ink.Transpose()), Is.LessThanOrEqualTo(3), "rounding of the ground by 1");
    }

    [Test]
    public void Remove_ShadowAlongAnyEdge_LeavesNoInk([Values(60, 144, 250)] int side, [Values(0.1, 0.3)] double share, [Values(false, true)] bool slanted)
    {
        Plane picture = Drawn.Of(side, side, (x, y) => x < (share * side) + (slanted ? 0.2 * y : 0) ? 120 : 220);
        foreach (Plane turned in (Plane[])[picture, picture.Mirror(), picture.Transpose(), picture.Mirror().Transpose()])
        {
            int inked = Ground.Remove(turned, darkInk: true).Ink.Values.Count(value => value >= 60);
            Assert.That(inked, Is.LessThan(side * 3 * ((side + 47) / 48)), "at most the shadow's edge is left");
        }
    }

    [Test]
    public void Remove_DigitsOfAllSizesAndThicknesses_TellsDarkInkFromLight([Values(40, 90, 250)] int side, [Values(0.15, 0.3, 0.6, 0.9)] double share, [Values(0.02, 0.05, 0.09)] double thickness)
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Plane picture = Drawn.Digit(path, side, side * 5 / 4, share, radius: Math.Max(0.7, thickness * share * side)).On(235, darkness: 0.8);
            (Plane ink, _, _, bool isDark) = Ground.Remove(picture, darkInk: null);
            Assert.That(isDark, Is.True, $"{digit}: {path}");
            (Plane inverseInk, _, _, bool isInverseDark) = Ground.Remove(picture.Inverse(), darkInk: null);
            Assert.That(isInverseDark, Is.False, $"{digit}: {path}");
            Assert.That(Ground.Remove(picture, darkInk: true).Ink.Values, Is.EqualTo(ink.Values));
            Assert.That(Ground.Remove(picture.Inverse(), darkInk: false).Ink.Values, Is.EqualTo(inverseInk.Values));
            // On dark ground light is added, of what dark ink takes away a share: 188 of 255, of 235.
            Assert.That(MaxWhere(inverseInk, _ => true), Is.EqualTo(MaxWhere(ink, _ => true)).Within(20));
        }
    }

    [Test]
    public void Remove_PicturesOfTheSet_TellsDarkInkFromLight()
    {
        List<string> wrong = [];
        int count = 0;
        foreach (Taken taken in Enum.GetValues<Taken>())
        {
            for (int i = 0; i < 40; i++)
            {
                GrayImage picture = PictureMaker.PenDigit(i % 10, taken, seed: 900 + (ulong)i).Image;
                // Of a picture on a screen the corner tells; the others are of paper.
                bool expected = taken != Taken.Screen || picture.Pixels[0] > 127;
                count++;
                if (Ground.Remove(new Plane(picture.Pixels.ToArray(), picture.Width, picture.Height), darkInk: null).DarkInk != expected)
                    wrong.Add($"{taken} {i}");
            }
        }
        Assert.That(wrong, Has.Count.LessThanOrEqualTo(count / 100), string.Join(", ", wrong));
    }

    [Test]
    public void Remove_FatStrokeInATightlyCutPicture_StaysInk([Values(30, 100, 250)] int height, [Values(0.2, 0.3, 0.36)] double share)
    {
        double width = share * height;
        Canvas canvas = new((int)(height * 0.7), height);
        float middle = canvas.Width / 2f, radius = (float)width / 2;
        canvas.DrawLine(middle, radius + (0.04f * height), middle, height - radius - (0.04f * height), radius);
        Assert.That(MaxDifference(Ground.Remove(canvas.On(230, darkness: 0.9), darkInk: true).Ink, canvas.Ink(0.9)), Is.LessThan(10));
    }

    [Test]
    public void Remove_OnePixelAndOneRow_GiveNoInkWhereAllIsEven([Values(1, 2, 300)] int width, [Values(1, 2, 300)] int height, [Values(0, 30, 255)] int grey)
    {
        (Plane ink, _, Plane ground, _) = Ground.Remove(Drawn.Of(width, height, (_, _) => grey), darkInk: null);
        Assert.That(ink.Values, Is.All.Zero);
        Assert.That(ground.Values, Is.All.EqualTo(grey));
    }

    private static double Place(int pixel, int side) => ((pixel + 0.5) / side) - 0.5;

    private static int MaxDifference(Plane a, Plane b) => a.Values.Zip(b.Values, (x, y) => Math.Abs(x - y)).Max();

    private static int MaxWhere(Plane picture, Func<int, bool> isMeant) => Enumerable.Range(0, picture.Values.Length).Where(isMeant).Select(i => (int)picture.Values[i]).DefaultIfEmpty().Max();
}
