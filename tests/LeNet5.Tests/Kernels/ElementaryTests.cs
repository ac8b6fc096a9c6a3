using LeNet5.Kernels;

namespace LeNet5.Tests.Kernels;

/// <summary>
/// Within 4 units in the last place of the system's own, which are good to 1: below 1e-15 relative, and for subnormal results as near as they can be.
/// </summary>
public class ElementaryTests
{
    [Test]
    public void Exp_WholeRange_AgreesWithTheSystems()
    {
        SeededRandom random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            double x = -746 + (1456 * random.NextDouble());
            Assert.That(Elementary.Exp(x), Is.EqualTo(Math.Exp(x)).Within(4).Ulps, $"exp({x:R})");
        }
    }

    [TestCase(0)]
    [TestCase(-0.0)]
    [TestCase(1e-300)]
    [TestCase(-1e-17)]
    [TestCase(709)]
    [TestCase(709.782712893384, Description = "the largest that is finite")]
    [TestCase(709.7827128933841)]
    [TestCase(-700)]
    [TestCase(-708.4, Description = "the first subnormal results")]
    [TestCase(-745.13, Description = "the smallest that is not 0")]
    [TestCase(-745.14)]
    [TestCase(1e308)]
    [TestCase(-1e308)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(double.NaN)]
    public void Exp_Extremes_AgreeWithTheSystems(double x) => Assert.That(Elementary.Exp(x), Is.EqualTo(Math.Exp(x)).Within(4).Ulps);

    [Test]
    public void Log_WholeRange_AgreesWithTheSystems()
    {
        SeededRandom random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            // Random bits: every exponent, that of the subnormal numbers too.
            double x = BitConverter.Int64BitsToDouble((long)(random.NextDouble() * 0x7FF0_0000_0000_0000L));
            Assert.That(Elementary.Log(x), Is.EqualTo(Math.Log(x)).Within(4).Ulps, $"log({x:R})");
        }
    }

    [Test]
    public void Log_NearOne_AgreesWithTheSystems([Range(1, 53)] int power)
    {
        double above = 1 + Math.ScaleB(1, -power);
        double below = 1 - Math.ScaleB(1, -power);
        Assert.That(Elementary.Log(above), Is.EqualTo(Math.Log(above)).Within(4).Ulps);
        Assert.That(Elementary.Log(below), Is.EqualTo(Math.Log(below)).Within(4).Ulps);
    }

    [TestCase(1)]
    [TestCase(1.4142135623730951)]
    [TestCase(double.Epsilon)]
    [TestCase(2.2250738585072009E-308, Description = "the largest subnormal")]
    [TestCase(2.2250738585072014E-308, Description = "the smallest normal")]
    [TestCase(double.MaxValue)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(0)]
    [TestCase(-0.0)]
    [TestCase(-1)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(double.NaN)]
    public void Log_Extremes_AgreeWithTheSystems(double x) => Assert.That(Elementary.Log(x), Is.EqualTo(Math.Log(x)).Within(4).Ulps);
}
