using LeNet5.Tests.Oracle;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class MomentumTests
{
    /// <summary>Lengths below a vector, of whole vectors, and with a rest, whatever the machine's vector is.</summary>
    [Test]
    public void Step_FiveTimes_AgreesWithThePlainForm([Values(0, 1, 3, 15, 16, 17, 64, 101)] int length, [Values(0, 0.5, 0.9)] double coefficient)
    {
        SeededRandom random = new((ulong)length);
        Momentum momentum = new(coefficient);
        float[] parameters = RandomNetworks.Values(length, 1, ref random);
        float[] rates = RandomNetworks.Values(length, 0.1f, ref random);
        float[] state = new float[momentum.StateLength(length)];
        double[] w = PlainNetwork.ToDoubles(parameters);
        double[] v = new double[length];
        for (int step = 1; step <= 5; step++)
        {
            float[] gradient = RandomNetworks.Values(length, 10, ref random);
            momentum.Step(parameters, gradient, rates, state, step);
            for (int i = 0; i < length; i++)
            {
                v[i] = (coefficient * v[i]) + gradient[i];
                w[i] -= rates[i] * v[i];
            }
        }
        Closeness.AssertClose<double>(parameters, w, "parameters", tolerance: 1e-6);
        Closeness.AssertClose<double>(state, v, "velocity", tolerance: 1e-6);
    }

    /// <summary>Otherwise machines with vectors of other lengths would get other bits.</summary>
    [Test]
    public void Step_InAVectorOrAlone_GivesTheSameBits()
    {
        SeededRandom random = new(1);
        Momentum momentum = new(0.9);
        float[] parameters = RandomNetworks.Values(37, 1, ref random), gradient = RandomNetworks.Values(37, 10, ref random);
        float[] rates = RandomNetworks.Values(37, 0.1f, ref random), state = RandomNetworks.Values(37, 10, ref random);
        float[] alone = [.. parameters], ownState = [.. state];
        momentum.Step(parameters, gradient, rates, state, step: 2);
        for (int i = 0; i < alone.Length; i++)
            momentum.Step(alone.AsSpan(i, 1), gradient.AsSpan(i, 1), rates.AsSpan(i, 1), ownState.AsSpan(i, 1), step: 2);
        Closeness.AssertSameBits(parameters, alone, "parameters");
        Closeness.AssertSameBits(state, ownState, "velocity");
    }

    [Test]
    public void Step_Always_AllocatesNothing()
    {
        Momentum momentum = new();
        float[] values = new float[20], gradient = new float[20], rates = new float[20], state = new float[20];
        momentum.Step(values, gradient, rates, state, step: 1);
        Assert.That(Allocation.By(() => momentum.Step(values, gradient, rates, state, step: 2)), Is.Zero);
    }

    [Test]
    public void StateLength_AnyCount_IsAVelocityForEach() => Assert.That(new Momentum().StateLength(123), Is.EqualTo(123));

    [TestCase(-0.1)]
    [TestCase(1)]
    [TestCase(0.99999999, Description = "1 as a float")]
    [TestCase(double.NaN)]
    public void Momentum_ImpossibleCoefficient_IsRefusedByName(double coefficient) =>
        Assert.That(() => new Momentum(coefficient), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("coefficient"));

    [Test]
    public void ToString_Always_NamesTheCoefficient() => Assert.That(new Momentum(0.95).ToString(), Is.EqualTo("momentum 0.95"));
}
