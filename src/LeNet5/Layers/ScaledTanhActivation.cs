using LeNet5.Kernels;

namespace LeNet5;

internal sealed class ScaledTanhActivation : Activation
{
    public override void Apply(Span<float> values) => Squashing.Apply(values);

    public override void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives) => Squashing.MultiplyBySlope(values, derivatives);
}
