using LeNet5.Kernels;
using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Kernels;

[NonParallelizable]
public class ReductionTests
{
    private const int Longest = 200;
    private AlignedMemory x = new(0);
    private AlignedMemory y = new(0);

    [SetUp]
    public void Draw()
    {
        SeededRandom random = new(1);
        x = RandomNetworks.Memory(Longest, 1, ref random);
        y = RandomNetworks.Memory(Longest, 1, ref random);
    }

    [Test]
    public void SumAndDot_AnyLength_AgreesAndHasTheSameBitsAtEveryWidth()
    {
        AssertAgrees(n => Reduction.SumAndDot(x.Span[..n], y.Span[..n]).Sum, (a, _) => a);
        AssertAgrees(n => Reduction.SumAndDot(x.Span[..n], y.Span[..n]).Dot, (a, b) => a * b);
    }

    [Test]
    public void SquaredDistance_AnyLength_AgreesAndHasTheSameBitsAtEveryWidth() =>
        AssertAgrees(n => Reduction.SquaredDistance(x.Span[..n], y.Span[..n]), (a, b) => (a - b) * (a - b));

    [Test]
    public void Sum_AnyLength_AgreesAndHasTheSameBitsAtEveryWidth() =>
        AssertAgrees(n => Reduction.Sum(x.Span[..n]), (a, _) => a);

    /// <summary>The documented order, which trained models depend on: four groups of 16 partial sums as long as there are 64 values, their sum, the rest
    /// into partial sum i modulo 16, then halves upon halves.</summary>
    [Test]
    public void Sum_AnyLength_HasItsDocumentedOrder([Values(0, 1, 15, 16, 40, 63, 64, 65, 127, 128, 145, 200)] int length)
    {
        float[] partials = new float[64];
        int whole = length / 64 * 64;
        for (int i = 0; i < whole; i++)
            partials[i % 64] += x.Span[i];
        for (int i = 0; i < 16; i++)
            partials[i] = (partials[i] + partials[i + 16]) + (partials[i + 32] + partials[i + 48]);
        for (int i = whole; i < length; i++)
            partials[i % 16] += x.Span[i];
        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                partials[i] += partials[i + half];
        }
        Assert.That(Reduction.Sum(x.Span[..length]), Is.EqualTo(partials[0]));
    }

    private void AssertAgrees(Func<int, float> reduce, Func<double, double, double> term)
    {
        float[] actual = VectorWidth.SameOnEach(() => [.. Enumerable.Range(0, Longest + 1).Select(reduce)]);
        for (int n = 0; n <= Longest; n++)
        {
            double[] terms = [.. Enumerable.Range(0, n).Select(i => term(x.Span[i], y.Span[i]))];
            Assert.That(actual[n], Is.EqualTo(terms.Sum()).Within(1e-6 * terms.Sum(Math.Abs)), $"{n} values");
        }
    }
}
