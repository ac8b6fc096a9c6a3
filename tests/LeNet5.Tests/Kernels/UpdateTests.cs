using LeNet5.Kernels;
using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Kernels;

[NonParallelizable]
public class UpdateTests
{
    /// <summary>What lies beside the parameters belongs to others: not even its bits may change.</summary>
    [Test]
    public void Apply_AnyLength_MovesTheParametersAloneAndHasTheSameBitsAtEveryWidth([Range(0, 40)] int length, [Values] bool ratePerParameter)
    {
        const int margin = 20;
        const float rate = 0.5f;
        SeededRandom random = new((ulong)length);
        float[] parameters = RandomNetworks.Values(margin + length + margin, 1, ref random);
        float[] gradient = RandomNetworks.Values(length, 1, ref random);
        float[] rates = RandomNetworks.Values(length, 1, ref random);
        float[] actual = VectorWidth.SameOnEach(() =>
        {
            float[] moved = [.. parameters];
            if (ratePerParameter)
                Update.Apply(moved.AsSpan(margin, length), gradient, rates);
            else
                Update.Apply(moved.AsSpan(margin, length), gradient, rate);
            return moved;
        });
        double[] expected = new double[length];
        for (int i = 0; i < length; i++)
            expected[i] = parameters[margin + i] - ((ratePerParameter ? rates[i] : rate) * (double)gradient[i]);
        Closeness.AssertClose<double>(actual.AsSpan(margin, length), expected, "parameters", tolerance: 1e-6);
        Closeness.AssertSameBits(actual.AsSpan(0, margin), parameters.AsSpan(0, margin), "before");
        Closeness.AssertSameBits(actual.AsSpan(margin + length), parameters.AsSpan(margin + length), "behind");
    }
}
