using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace LeNet5;

/// <summary>A layer of units that squash a weighted sum: a = sum of w x + b, y = f(a). What <see cref="WeightedLayer"/> and
/// <see cref="TrainableSubsample"/> share.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public abstract class ActivatedLayer : Layer
{
    private protected ActivatedLayer(string name, Activation? activation)
        : base(name)
    {
        Activation = activation ?? Activation.ScaledTanh;
    }

    /// <summary>The squashing function f.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public sealed override bool HasCurvature => true;

    internal sealed override bool TakesManyPictures => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
    {
        Check(parameters.Length, input, output);
        if (output.Sums.IsEmpty)
        {
            ForwardSums(parameters, input, output, Activation, scratch);
            return;
        }
        ForwardSums(parameters, input, output, Activation.Identity, scratch);
        output.Values.CopyTo(output.Sums);
        Activation.Apply(output.Values);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
    {
        Check(parameters.Length, input, output);
        CheckDerivatives(output.Gradient, output, gradient);
        Activation.MultiplyBySlope(output.Values, output.Gradient);
        BackwardSums(parameters, input, output, gradient[..ParameterCount], scratch);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void BackwardCurvature(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> curvature, Span<float> scratch)
    {
        Check(parameters.Length, input, output);
        CheckDerivatives(output.Curvature, output, curvature);
        // Equation 27: d2E/da2 = f'(a)^2 d2E/dy2.
        Activation.MultiplyBySlope(output.Values, output.Curvature);
        Activation.MultiplyBySlope(output.Values, output.Curvature);
        BackwardSumsCurvature(parameters, input, output, curvature[..ParameterCount], scratch);
    }

    /// <summary>Writes the squashed weighted sums into <c>output.Values</c>. Large maps are squashed one by one, while they are in the first-level cache.</summary>
    private protected abstract void ForwardSums(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Activation squash, Span<float> scratch);

    /// <summary>Takes dE/da in <c>output.Gradient</c> to dE/dx, and adds dE/dw.</summary>
    private protected abstract void BackwardSums(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch);

    /// <summary>Takes d2E/da2 in <c>output.Curvature</c> to d2E/dx2, and adds d2E/dw2.</summary>
    private protected abstract void BackwardSumsCurvature(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> curvature, Span<float> scratch);

    /// <summary>The paper's interval for a unit's initial weights: uniform in +-2.4 / fan-in (appendix A).</summary>
    private protected static void InitializeUnit(Span<float> weights, int fanIn, ref SeededRandom random)
    {
        foreach (ref float weight in weights)
            weight = random.NextSingle(-2.4f / fanIn, 2.4f / fanIn);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected static void Square(ReadOnlySpan<float> values, Span<float> squares) => TensorPrimitives.Multiply(values, values, squares);
}
