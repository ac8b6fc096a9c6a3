using LeNet5.Kernels;
using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Kernels;

[NonParallelizable]
public class SquashingTests
{
    private const float Amplitude = 1.7159f;

    /// <summary>Where f is steep, where it bends, where it is flat, and beyond.</summary>
    private static readonly float[] Extremes =
        [0, float.Epsilon, 1e-30f, 1e-10f, 1e-4f, 11.8f, 11.85f, 11.86f, 15, 1000, 1e10f, 1e19f, 1e20f, float.MaxValue, float.PositiveInfinity];

    [Test]
    public void Apply_AnyLength_SquashesAllAndHasTheSameBitsAtEveryWidth([Range(0, 40)] int length)
    {
        SeededRandom random = new((ulong)length);
        float[] sums = RandomNetworks.Values(length, 3, ref random);
        float[] actual = VectorWidth.SameOnEach(() =>
        {
            Guarded values = new(sums);
            Squashing.Apply(values.Span);
            return values.TakeUnspilt();
        });
        Closeness.AssertClose<double>(actual, [.. sums.Select(a => Exact(a))], "activations", tolerance: 5e-7);
    }

    [Test]
    public void Apply_DenseSweep_IsWithin5e7RelativeAndTheAmplitude()
    {
        const int steps = 300_000;
        float[] sums = [.. Enumerable.Range(-steps, (2 * steps) + 1).Select(i => 15f * i / steps)];
        float[] values = Squash(sums);
        double worst = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            if (sums[i] != 0)
                worst = Math.Max(worst, Math.Abs((values[i] / Exact(sums[i])) - 1));
        }
        Assert.That(worst, Is.LessThan(5e-7), "largest relative error");
        Assert.That(values.Max(MathF.Abs), Is.LessThanOrEqualTo(Amplitude));
    }

    [Test]
    public void Apply_AnyFiniteSum_StaysWithinTheAmplitude()
    {
        // Every exponent, and as many values of each.
        SeededRandom random = new(1);
        float[] sums = [.. Enumerable.Range(0, 100_000).Select(_ => BitConverter.Int32BitsToSingle(random.NextInt32(0x7F80_0000))), .. Extremes];
        Assert.That(Squash(sums).Max(), Is.LessThanOrEqualTo(Amplitude));
    }

    [Test]
    public void Apply_OppositeSums_GivesOppositeBits()
    {
        SeededRandom random = new(1);
        float[] sums = [.. RandomNetworks.Values(10_000, 15, ref random), .. Extremes];
        float[] opposite = Squash([.. sums.Select(a => -a)]);
        Closeness.AssertSameBits(opposite, [.. Squash(sums).Select(y => -y)], "f(-a)");
    }

    /// <summary>The divergence of a training must stay visible.</summary>
    [Test]
    public void Apply_WhatIsNoNumber_StaysSo([Range(1, 17)] int length)
    {
        float[] sums = new float[length];
        sums[^1] = float.NaN;
        float[] values = Squash(sums);
        Assert.That(values[^1], Is.NaN);
        Assert.That(values[..^1], Is.All.Zero, "f(0) = 0");
    }

    [Test]
    public void Apply_Infinities_GiveTheAmplitude() =>
        Assert.That(Squash([float.PositiveInfinity, float.NegativeInfinity]), Is.EqualTo(new[] { Amplitude, -Amplitude }).Within(1e-6));

    [Test]
    public void MultiplyBySlope_AnyLength_AgreesAndHasTheSameBitsAtEveryWidth([Range(0, 40)] int length)
    {
        SeededRandom random = new((ulong)length);
        Guarded values = new(RandomNetworks.Values(length, Amplitude, ref random));
        float[] derivatives = RandomNetworks.Values(length, 1, ref random);
        float[] actual = VectorWidth.SameOnEach(() =>
        {
            Guarded multiplied = new(derivatives);
            Squashing.MultiplyBySlope(values.Span, multiplied.Span);
            return multiplied.TakeUnspilt();
        });
        double[] expected = new double[length];
        for (int i = 0; i < length; i++)
            expected[i] = derivatives[i] * 2.0 / 3 / Amplitude * (Amplitude - (double)values.Span[i]) * (Amplitude + (double)values.Span[i]);
        Closeness.AssertClose<double>(actual, expected, "derivatives", tolerance: 1e-6);
    }

    private static float[] Squash(float[] sums) => VectorWidth.SameOnEach(() =>
    {
        float[] values = [.. sums];
        Squashing.Apply(values);
        return values;
    });

    private static double Exact(double sum) => 1.7159 * Math.Tanh(sum * 2 / 3);
}
