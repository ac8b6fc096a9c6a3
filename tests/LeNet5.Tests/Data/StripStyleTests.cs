using LeNet5.Data;

namespace LeNet5.Tests.Data;

public class StripStyleTests
{
    [Test]
    public void StripStyle_CountsOutOfRange_AreRefused()
    {
        AssertRefused(nameof(StripStyle.MinLength), (style, value) => style with { MinLength = value }, 0, 1001);
        AssertRefused(nameof(StripStyle.MaxLength), (style, value) => style with { MaxLength = value }, 0, 1001);
        AssertRefused(nameof(StripStyle.MinGap), (style, value) => style with { MinGap = value }, int.MinValue, 1001);
        AssertRefused(nameof(StripStyle.MaxGap), (style, value) => style with { MaxGap = value }, -1001, int.MaxValue);
        AssertRefused(nameof(StripStyle.Jitter), (style, value) => style with { Jitter = value }, -1, 33);
    }

    [Test]
    public void StripStyle_AmountsOutOfRange_AreRefused()
    {
        AssertRefused(nameof(StripStyle.RuledShare), (style, value) => style with { RuledShare = value }, -0.1, 1.1, double.NaN);
        AssertRefused(nameof(StripStyle.InvertedShare), (style, value) => style with { InvertedShare = value }, -0.1, 1.1, double.NaN);
        AssertRefused(nameof(StripStyle.Faintness), (style, value) => style with { Faintness = value }, -0.1, 1.1, double.NaN);
        AssertRefused(nameof(StripStyle.Gradient), (style, value) => style with { Gradient = value }, -0.1, 1.1, double.NaN);
        AssertRefused(nameof(StripStyle.Blur), (style, value) => style with { Blur = value }, -0.1, 100.1, double.NaN);
        AssertRefused(nameof(StripStyle.Noise), (style, value) => style with { Noise = value }, -0.1, 255.1, double.NaN, double.PositiveInfinity);
        AssertRefused(nameof(StripStyle.SaltAndPepper), (style, value) => style with { SaltAndPepper = value }, -0.1, 1.1, double.NaN);
    }

    /// <summary>The ends of every range can be drawn.</summary>
    [Test]
    public void Draw_ExtremeStyles_MakesPictures()
    {
        StripStyle most = new()
        {
            MinLength = 2,
            MaxLength = 3,
            MinGap = -1000,
            MaxGap = 1000,
            Jitter = 32,
            RuledShare = 1,
            InvertedShare = 1,
            Faintness = 1,
            Gradient = 1,
            Blur = 100,
            Noise = 255,
            SaltAndPepper = 1,
        };
        for (int i = 0; i < 3; i++)
            Assert.That(new StripGenerator(Mnist.Test, most, seed: 1).Draw(i).Text, Has.Length.InRange(2, 3));
    }

    private static void AssertRefused<T>(string name, Func<StripStyle, T, StripStyle> change, params T[] values)
    {
        foreach (T value in values)
            Assert.That(() => change(StripStyle.Clean, value), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name).And.Message.StartsWith($"{name} of a style is from "));
    }
}
