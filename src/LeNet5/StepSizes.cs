using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5;

/// <summary>How far a training step moves each parameter against its gradient: one rate for all, one a layer, or one a weight.</summary>
/// <remarks>
/// A uniform rate costs no memory traffic; one rate a weight is what stochastic diagonal Levenberg-Marquardt needs (appendix C, equation 21).
/// A <see cref="Layer"/> only ever meets the uniform form and the form with one rate a weight.
/// Immutable and therefore thread-safe, while nobody changes the rates that it was given.
/// </remarks>
public readonly ref struct StepSizes
{
    private readonly ReadOnlySpan<float> layers;

    private StepSizes(float uniform, ReadOnlySpan<float> layers, ReadOnlySpan<float> each)
    {
        Uniform = uniform;
        this.layers = layers;
        Each = each;
    }

    /// <summary>The one rate for all parameters. Has no meaning where <see cref="Each"/> is not empty.</summary>
    public float Uniform { get; }

    /// <summary>One rate for each parameter, in the order of the parameters; empty for a uniform rate.</summary>
    public ReadOnlySpan<float> Each { get; }

    /// <summary>The same rate for every parameter.</summary>
    /// <param name="rate">What derivatives are multiplied by, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not a finite number.</exception>
    public static StepSizes OfUniform(float rate) => rate >= 0 && float.IsFinite(rate)
        ? new(rate, [], [])
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "A step goes against the gradient by a rate that is finite and not negative.");

    /// <summary>A uniform rate for each layer, and one a weight for those that need it.</summary>
    /// <param name="rates">One for each of <see cref="Network.Layers"/>, those without parameters included; <see cref="float.NaN"/> where
    /// <paramref name="each"/> holds.</param>
    /// <param name="each">One for each of <see cref="Network.Parameters"/>, read for the layers whose rate is <see cref="float.NaN"/>. May be empty
    /// where there are none.</param>
    public static StepSizes OfLayers(ReadOnlySpan<float> rates, ReadOnlySpan<float> each = default) => new(0, rates, each);

    /// <summary>One rate for each parameter of the network, in the order of <see cref="Network.Parameters"/>.</summary>
    /// <param name="rates">What derivatives are multiplied by, at least one. Not copied.</param>
    /// <exception cref="ArgumentException">There are no rates.</exception>
    public static StepSizes OfWeights(ReadOnlySpan<float> rates) => rates.IsEmpty
        ? throw new ArgumentException("There are no step sizes. Give one for each parameter, or one for all by OfUniform.", nameof(rates))
        : new(0, [], rates);

    /// <summary>Moves parameters against their gradient: <c>w -= rate * dE/dw</c> (equation 18).</summary>
    /// <param name="parameters">What is moved.</param>
    /// <param name="gradient">dE/dw, of the same length.</param>
    /// <exception cref="InvalidOperationException">These are rates by layer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        if (!layers.IsEmpty)
            throw new InvalidOperationException("Rates by layer cannot be applied to bare parameters. Use Network.Step, which gives each layer its own.");
        if (Each.IsEmpty)
            Update.Apply(parameters, gradient, Uniform);
        else
            Update.Apply(parameters, gradient, Each);
    }

    internal StepSizes OfLayer(int index, int offset, int count) =>
        layers.IsEmpty ? (Each.IsEmpty ? this : new(0, [], Each.Slice(offset, count)))
        : float.IsNaN(layers[index]) ? new(0, [], Each.Slice(offset, count))
        : new(layers[index], [], []);

    internal void Check(int layerCount, int parameterCount)
    {
        if (!layers.IsEmpty && layers.Length != layerCount)
            throw new ArgumentException($"There are {layers.Length} step sizes for {layerCount} layers. Give one for each, those without parameters included.");
        if (Each.Length != parameterCount && (!Each.IsEmpty || layers.Contains(float.NaN)))
            throw new ArgumentException($"There are {Each.Length} step sizes for {parameterCount} parameters. Give one for each.");
    }
}
