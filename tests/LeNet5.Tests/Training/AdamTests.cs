using LeNet5.Tests.Oracle;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class AdamTests
{
    /// <summary>Lengths below a vector, of whole vectors, and with a rest, whatever the machine's vector is.</summary>
    [Test]
    public void Step_FiveTimes_AgreesWithThePlainForm(
        [Values(0, 1, 3, 15, 16, 17, 64, 101)] int length, [Values(0, 0.9)] double beta1, [Values(0, 0.95, 0.999)] double beta2, [Values(0, 0.3)] double weightDecay)
    {
        const double epsilon = 0.01;
        SeededRandom random = new((ulong)length);
        Adam adam = new(beta1, beta2, epsilon, weightDecay);
        float[] parameters = RandomNetworks.Values(length, 1, ref random);
        float[] rates = RandomNetworks.Values(length, 0.1f, ref random);
        float[] state = new float[adam.StateLength(length)];
        double[] w = PlainNetwork.ToDoubles(parameters), m = new double[length], v = new double[length];
        for (int step = 1; step <= 5; step++)
        {
            float[] gradient = RandomNetworks.Values(length, 10, ref random);
            adam.Step(parameters, gradient, rates, state, step);
            for (int i = 0; i < length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * gradient[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * gradient[i] * gradient[i]);
                double mean = m[i] / (1 - Math.Pow(beta1, step)), square = v[i] / (1 - Math.Pow(beta2, step));
                w[i] -= rates[i] * ((mean / (Math.Sqrt(square) + epsilon)) + (weightDecay * w[i]));
            }
        }

        // A beta2 of 0.999 becomes a float, and 1 - beta2 is then off by 1.3e-5 of itself, a step by half as much.
        Closeness.AssertClose<double>(parameters, w, "parameters", tolerance: 1e-6);
        Closeness.AssertClose<double>(state.AsSpan(0, length), m, "means", tolerance: 1e-6);
        Closeness.AssertClose<double>(state.AsSpan(length), v, "squares", tolerance: 2e-5);
    }

    /// <summary>Otherwise machines with vectors of other lengths would get other bits.</summary>
    [Test]
    public void Step_InAVectorOrAlone_GivesTheSameBits()
    {
        const int length = 37;
        SeededRandom random = new(1);
        Adam adam = new(weightDecay: 0.1);
        float[] parameters = RandomNetworks.Values(length, 1, ref random), gradient = RandomNetworks.Values(length, 10, ref random);
        float[] rates = RandomNetworks.Values(length, 0.1f, ref random), state = [.. RandomNetworks.Values(2 * length, 10, ref random).Select(Math.Abs)];
        float[] alone = [.. parameters], means = state[..length], squares = state[length..];
        adam.Step(parameters, gradient, rates, state, step: 3);
        for (int i = 0; i < length; i++)
        {
            float[] own = [means[i], squares[i]];
            adam.Step(alone.AsSpan(i, 1), gradient.AsSpan(i, 1), rates.AsSpan(i, 1), own, step: 3);
            (means[i], squares[i]) = (own[0], own[1]);
        }
        Closeness.AssertSameBits(parameters, alone, "parameters");
        Closeness.AssertSameBits(state, [.. means, .. squares], "state");
    }

    /// <summary>That is what the corrections by 1 - b^t are for: they make up for means that begin as zeros.</summary>
    [TestCase(1e-3f)]
    [TestCase(-0.5f)]
    [TestCase(1e4f)]
    public void Step_ConstantGradient_MovesByTheRateFromTheFirstStepOn(float gradient)
    {
        Adam adam = new();
        float[] parameters = [0], state = new float[2];
        for (int step = 1; step <= 20; step++)
        {
            adam.Step(parameters, [gradient], [0.25f], state, step);

            // Epsilon takes 1e-5 of a gradient of 1e-3, and 1 - beta2 as a float is off by as much.
            Assert.That(parameters[0], Is.EqualTo(-0.25 * step * Math.Sign(gradient)).Within(2e-5 * step), $"step {step}");
        }
    }

    /// <summary>As large as epsilon, a gradient moves half as far; none moves nothing.</summary>
    [Test]
    public void Step_GradientAsSmallAsEpsilon_IsDamped()
    {
        float[] parameters = [0, 0];
        new Adam(epsilon: 0.125).Step(parameters, [0.125f, 0], [1, 1], new float[4], step: 1);
        Assert.That(parameters[0], Is.EqualTo(-0.5).Within(1e-5));
        Assert.That(parameters[1], Is.Zero);
    }

    /// <summary>After very many steps nothing is left to be corrected.</summary>
    [Test]
    public void Step_NumberOfMillions_CorrectsNothing()
    {
        float[] parameters = [0];
        new Adam().Step(parameters, [7], [1], new float[2], step: 5_000_000);
        Assert.That(parameters[0], Is.EqualTo(-0.1 / Math.Sqrt(0.001)).Within(1e-4));
    }

    /// <summary>Were the decay a part of the gradient, it would be divided by its own size, and the steps would be as long as the rate.</summary>
    [Test]
    public void Step_DecayWithoutGradient_TakesTheShareAlone()
    {
        float[] parameters = [2, -0.5f], state = new float[4];
        new Adam(weightDecay: 0.1).Step(parameters, [0, 0], [0.5f, 0.25f], state, step: 1);
        Assert.That(parameters, Is.EqualTo(new[] { 1.9f, -0.4875f }).Within(1e-7));
        Assert.That(state, Is.All.Zero, "the decay is in neither mean");
    }

    [Test]
    public void Step_Always_AllocatesNothing()
    {
        Adam adam = new();
        float[] values = new float[20], gradient = new float[20], rates = new float[20], state = new float[40];
        adam.Step(values, gradient, rates, state, step: 1);
        Assert.That(Allocation.By(() => adam.Step(values, gradient, rates, state, step: 2)), Is.Zero);
    }

    [Test]
    public void StateLength_AnyCount_IsTwoMeansForEach() => Assert.That(new Adam().StateLength(123), Is.EqualTo(246));

    [TestCase(-0.1)]
    [TestCase(1)]
    [TestCase(0.99999999, Description = "1 as a float")]
    [TestCase(double.NaN)]
    public void Adam_ImpossibleBeta_IsRefusedByName(double beta)
    {
        AssertRefused(() => new Adam(beta1: beta), "beta1");
        AssertRefused(() => new Adam(beta2: beta), "beta2");
    }

    [TestCase(0)]
    [TestCase(-1e-8)]
    [TestCase(1e-50, Description = "0 as a float")]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Adam_ImpossibleEpsilon_IsRefusedByName(double epsilon) => AssertRefused(() => new Adam(epsilon: epsilon), "epsilon");

    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Adam_ImpossibleWeightDecay_IsRefusedByName(double weightDecay) => AssertRefused(() => new Adam(weightDecay: weightDecay), "weightDecay");

    [Test]
    public void ToString_Always_NamesTheConstants() =>
        Assert.That(new Adam(beta1: 0.8, beta2: 0.99, epsilon: 0.001, weightDecay: 0.05).ToString(), Is.EqualTo("Adam, beta 0.8 and 0.99, epsilon 0.001, weight decay 0.05"));

    private static void AssertRefused(Func<Adam> make, string name) =>
        Assert.That(make, Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name).And.Message.Contains($"{name} of Adam is"));

    [TestCase(3, 2, 4, 1L)]
    [TestCase(2, 1, 4, 1L)]
    [TestCase(2, 2, 3, 1L)]
    [TestCase(2, 2, 4, 0L)]
    public void Step_VectorsThatDoNotBelongTogether_AreRefused(int gradient, int rates, int state, long step)
    {
        float[] parameters = [1, 2];
        Assert.That(() => new Adam().Step(parameters, new float[gradient], new float[rates], new float[state], step), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new Momentum().Step(parameters, new float[gradient], new float[rates], new float[state / 2], step), Throws.InstanceOf<ArgumentException>());
        Assert.That(parameters, Is.EqualTo(new float[] { 1, 2 }));
    }
}
