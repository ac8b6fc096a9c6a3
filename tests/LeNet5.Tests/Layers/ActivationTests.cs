namespace LeNet5.Tests.Layers;

public class ActivationTests
{
    [Test]
    public void ScaledTanh_WideRange_AgreesWithTanhInDoubles()
    {
        float[] sums = [.. Enumerable.Range(-4000, 8001).Select(i => i / 200f), -1000, 1000, float.MinValue, float.MaxValue];
        float[] values = [.. sums];
        Activation.ScaledTanh.Apply(values);
        for (int i = 0; i < sums.Length; i++)
            Assert.That(values[i], Is.EqualTo(1.7159 * Math.Tanh(2.0 / 3 * sums[i])).Within(1e-6), $"f({sums[i]})");
    }

    /// <summary>The paper chose amplitude and stretch for this (appendix A).</summary>
    [TestCase(1f)]
    [TestCase(-1f)]
    public void ScaledTanh_OfOne_IsOne(float one)
    {
        float[] values = [one];
        Activation.ScaledTanh.Apply(values);
        Assert.That(values[0], Is.EqualTo(one).Within(1e-4));
    }

    [Test]
    public void MultiplyBySlope_OfScaledTanh_FollowsFromValuesAlone()
    {
        // 37 values: more than fill the vectors of any width.
        float[] sums = [.. Enumerable.Range(-18, 37).Select(i => i / 4f)];
        float[] values = [.. sums];
        Activation.ScaledTanh.Apply(values);
        float[] derivatives = [.. Enumerable.Repeat(3f, sums.Length)];
        Activation.ScaledTanh.MultiplyBySlope(values, derivatives);
        for (int i = 0; i < sums.Length; i++)
        {
            double slope = 1.7159 * 2 / 3 * (1 - Math.Pow(Math.Tanh(2.0 / 3 * sums[i]), 2));
            Assert.That(derivatives[i], Is.EqualTo(3 * slope).Within(1e-6), $"f'({sums[i]})");
        }
    }

    [Test]
    public void Identity_AnyValues_ChangesNothing()
    {
        float[] values = [-3, 0, 5];
        float[] derivatives = [1, 2, 3];
        Activation.Identity.Apply(values);
        Activation.Identity.MultiplyBySlope(values, derivatives);
        Assert.That(values, Is.EqualTo(new float[] { -3, 0, 5 }));
        Assert.That(derivatives, Is.EqualTo(new float[] { 1, 2, 3 }));
    }
}
