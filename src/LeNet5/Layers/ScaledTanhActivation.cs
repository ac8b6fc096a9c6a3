using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeNet5;

internal sealed class ScaledTanhActivation : Activation
{
    public const float Amplitude = 1.7159f;
    public const float Stretch = 2f / 3f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(Span<float> values)
    {
        TensorPrimitives.Multiply(values, Stretch, values);
        TensorPrimitives.Tanh(values, values);
        TensorPrimitives.Multiply(values, Amplitude, values);
    }

    /// <summary>f' = (S/A)(A - y)(A + y). Element by element and without fused operations, so that every machine gets the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives)
    {
        const float scale = Stretch / Amplitude;
        values = values[..derivatives.Length];
        ReadOnlySpan<Vector<float>> y = MemoryMarshal.Cast<float, Vector<float>>(values);
        Span<Vector<float>> d = MemoryMarshal.Cast<float, Vector<float>>(derivatives);
        Vector<float> amplitude = new(Amplitude);
        for (int i = 0; i < d.Length; i++)
            d[i] *= (amplitude - y[i]) * (amplitude + y[i]) * scale;
        for (int i = d.Length * Vector<float>.Count; i < derivatives.Length; i++)
            derivatives[i] *= (Amplitude - values[i]) * (Amplitude + values[i]) * scale;
    }
}
