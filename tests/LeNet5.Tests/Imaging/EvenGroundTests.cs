using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class EvenGroundTests
{
    [Test]
    public void Remove_EvenPaper_InkIsTheShareOfTheLightThatIsMissing([Values(60, 180, 255)] int paper, [Values(0.3, 0.7, 1)] double darkness, [Values] bool inverted)
    {
        Plane ink = DigitLines.Ink(2, length: 4), picture = ink.OnPaper(paper, darkness);
        (Plane found, InkLevel level, bool isDark, byte grey) = EvenGround.Remove(inverted ? picture.Inverse() : picture, darkInk: null)!.Value;
        Assert.That((isDark, (int)grey), Is.EqualTo((!inverted, inverted ? 255 - paper : paper)));
        for (int i = 0; i < found.Values.Length; i++)
            Assert.That(found.Values[i], Is.EqualTo(darkness * ink.Values[i]).Within(1 + (128.0 / paper)));
        Assert.That(level.Noise, Is.Zero);
        Assert.That(level.Level, Is.EqualTo(255 * darkness).Within(4));
    }

    [Test]
    public void Remove_KnownPolarity_FindsThatInkAlone()
    {
        Plane picture = DigitLines.Ink(2, length: 4).OnPaper(255);
        Assert.That(EvenGround.Remove(picture, darkInk: true), Is.Not.Null);
        Assert.That(EvenGround.Remove(picture, darkInk: false), Is.Null);
    }

    [Test]
    public void Remove_ShadowNoiseOrSlope_IsNotEven()
    {
        Plane ink = DigitLines.Ink(3, length: 6);
        Assert.That(EvenGround.Remove(ink.OnPaper(255).WithNoise(3, seed: 1), darkInk: null), Is.Null, "noise");
        Assert.That(EvenGround.Remove(ink.OnPaper(loss: 0.3), darkInk: null), Is.Null, "slope");
        Plane shaded = Drawn.Of(ink.Width, 32, (x, y) => (x < 60 ? 150 : 255) * (1 - (ink.Row(y)[x] / 255.0)));
        Assert.That(EvenGround.Remove(shaded, darkInk: null), Is.Null, "a shadow beside overexposed paper");
    }

    [Test]
    public void Remove_BlankPicture_HasNoInk([Values(0, 77, 255)] int grey)
    {
        (Plane ink, InkLevel level, _, byte found) = EvenGround.Remove(Drawn.Of(50, 20, (_, _) => grey), darkInk: null)!.Value;
        Assert.That((level.Level, (int)found), Is.EqualTo((0, grey)));
        Assert.That(ink.Values, Is.All.Zero);
    }
}
