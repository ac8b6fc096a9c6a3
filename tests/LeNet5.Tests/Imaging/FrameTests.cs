using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

public class FrameTests
{
    private const int Width = 180;
    private const int Height = 150;

    /// <summary>A frame of any of the sixteen combinations of sides is cut off, to a few pixels; dark around light paper, and the other way round.</summary>
    [Test]
    public void Inside_FrameOnSomeSides_IsThePaper([Range(1, 15)] int sides, [Values] bool inverted)
    {
        const int thickness = 21;
        (int left, int right) = ((sides & 1) != 0 ? thickness : 0, (sides & 2) != 0 ? Width - thickness : Width);
        (int top, int bottom) = ((sides & 4) != 0 ? thickness : 0, (sides & 8) != 0 ? Height - thickness : Height);
        Canvas digit = Drawn.Digit(PenStrokes.Digits[3][0], Width, Height, share: 0.5, radius: 4);
        Plane picture = digit.On((x, y) => x >= left && x < right && y >= top && y < bottom ? 210 : 30, darkness: 0.7);
        PixelBox inside = Frame.Inside(inverted ? picture.Inverse() : picture)!.Value;
        Assert.That(inside.Left, Is.InRange(left, left + 6));
        Assert.That(inside.Top, Is.InRange(top, top + 6));
        Assert.That(inside.Right, Is.InRange(right - 6, right));
        Assert.That(inside.Bottom, Is.InRange(bottom - 6, bottom));
    }

    /// <summary>Bars of digits along the edge of a tightly cut picture, and shadows, are no frames.</summary>
    [Test]
    public void Inside_DigitsThatFillThePicture_AreLeftAlone([Values] bool inverted)
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            foreach (double radius in (double[])[2, 6])
            {
                Plane loose = Drawn.Digit(path, 120, 120, share: 0.7, radius).On(230);
                PixelBox box = Character.Find(loose.Inverse(), new InkLevel(0, 40, 200))!.Box;
                Plane tight = Plane.Crop(loose.Values, loose.Width, box);
                Assert.That(Frame.Inside(inverted ? tight.Inverse() : tight), Is.Null, $"{digit}: {path}, radius {radius}");
            }
        }
    }

    [Test]
    public void Inside_Shadow_IsNoFrame()
    {
        Plane picture = Drawn.Digit(PenStrokes.Digits[4][0], Width, Height, share: 0.6, radius: 4).On((x, y) => x < 40 ? 130 : 220, darkness: 0.5);
        Assert.That(Frame.Inside(picture), Is.Null);
    }

    [Test]
    public void Inside_NothingOrLittle_IsNull()
    {
        Assert.That(Frame.Inside(Drawn.Of(Width, Height, (_, _) => 0)), Is.Null);
        Assert.That(Frame.Inside(Drawn.Of(Width, Height, (_, _) => 255)), Is.Null);
        Assert.That(Frame.Inside(Drawn.Of(30, 30, (x, y) => x < 4 || y < 4 ? 0 : 255)), Is.Null, "too small for a frame");
        Assert.That(Frame.Inside(Drawn.Of(1, 1, (_, _) => 9)), Is.Null);
    }

    /// <summary>The whole way: a digit on a table, in a frame, in the box of a form.</summary>
    [Test]
    public void Normalize_DigitWithSomethingAround_IsCutOutAlone([Values("frame", "table", "box")] string around)
    {
        foreach ((int digit, string path) in Drawn.Paths())
        {
            Canvas canvas = Drawn.Digit(path, Width, Height, share: 0.5, radius: 4);
            NormalizedDigit alone = DigitNormalizer.Normalize(canvas.On(220, 0.8).ToImage());
            Plane picture = canvas.On((x, y) => around switch
            {
                "frame" => x < 12 || y < 12 || x >= Width - 12 || y >= Height - 12 ? 20 : 220,
                "table" => x < 30 || y < 20 ? 40 : 220,
                _ => IsOnBox(x, y) ? 80 : 220,
            }, 0.8);
            NormalizedDigit cut = DigitNormalizer.Normalize(picture.ToImage());
            int difference = cut.Picture.Pixels.ToArray().Zip(alone.Picture.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Sum() / (28 * 28);
            Assert.That(cut.Rejection, Is.EqualTo(Rejection.None), $"{digit}: {path}");
            Assert.That(difference, Is.LessThan(8), $"{digit}: {path}");
        }

        static bool IsOnBox(int x, int y) => x is >= 20 and < 160 && y is >= 14 and < 136 && (x < 23 || x >= 157 || y < 17 || y >= 133);
    }
}
