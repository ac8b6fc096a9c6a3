using System.Numerics.Tensors;
using LeNet5;

/// <summary>A squashing function of one's own, although it does not squash: f(a) = max(0, a).</summary>
internal sealed class Relu : Activation
{
    public override void Apply(Span<float> values) => TensorPrimitives.Max(values, 0, values);

    /// <summary>The slope is 1 where y is positive, else 0.</summary>
    public override void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives)
    {
        for (int i = 0; i < derivatives.Length; i++)
            derivatives[i] = values[i] > 0 ? derivatives[i] : 0;
    }
}
