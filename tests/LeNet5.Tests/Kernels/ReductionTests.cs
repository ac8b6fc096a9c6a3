using LeNet5.Kernels;
using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Kernels;

[NonParallelizable]
public class ReductionTests
{
    private const int Longest = 200;
    private float[] x = [];
    private float[] y = [];

    [SetUp]
    public void Draw()
    {
        SeededRandom random = new(1);
        x = RandomNetworks.Values(Longest, 1, ref random);
        y = RandomNetworks.Values(Longest, 1, ref random);
    }

    [Test]
    public void Dot_AnyLength_AgreesAndHasTheSameBitsAtEveryWidth() =>
        AssertAgrees(n => Reduction.Dot(x.AsSpan(0, n), y.AsSpan(0, n)), (a, b) => a * b);

    [Test]
    public void SquaredDistance_AnyLength_AgreesAndHasTheSameBitsAtEveryWidth() =>
        AssertAgrees(n => Reduction.SquaredDistance(x.AsSpan(0, n), y.AsSpan(0, n)), (a, b) => (a - b) * (a - b));

    [Test]
    public void Sum_AnyLength_AgreesAndHasTheSameBitsAtEveryWidth() =>
        AssertAgrees(n => Reduction.Sum(x.AsSpan(0, n)), (a, _) => a);

    /// <summary>The documented order, which trained models depend on: value i into partial sum i modulo 16, then halves upon halves.</summary>
    [Test]
    public void Sum_AnyLength_HasItsDocumentedOrder([Range(0, 40)] int length)
    {
        float[] partials = new float[16];
        for (int i = 0; i < length; i++)
            partials[i % 16] += x[i];
        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                partials[i] += partials[i + half];
        }
        Assert.That(Reduction.Sum(x.AsSpan(0, length)), Is.EqualTo(partials[0]));
    }

    private void AssertAgrees(Func<int, float> reduce, Func<double, double, double> term)
    {
        float[] actual = VectorWidth.SameOnEach(() => [.. Enumerable.Range(0, Longest + 1).Select(reduce)]);
        for (int n = 0; n <= Longest; n++)
        {
            double[] terms = [.. Enumerable.Range(0, n).Select(i => term(x[i], y[i]))];
            Assert.That(actual[n], Is.EqualTo(terms.Sum()).Within(1e-6 * terms.Sum(Math.Abs)), $"{n} values");
        }
    }
}
