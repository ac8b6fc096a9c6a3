namespace LeNet5;

/// <summary>A convolution in which every input map feeds every output map: C1 and C5 of the paper.</summary>
/// <remarks>
/// <para>a[o, y, x] = b[o] + sum over i, v, u of w[o, i, v, u] input[i, y + v, x + u], then squashed. No padding, step 1.</para>
/// <para>Tensors: <c>weight</c> [outputs, inputs, kernel, kernel] and <c>bias</c> [outputs]. Immutable and therefore thread-safe. Section II-B of the paper.</para>
/// </remarks>
public sealed class Conv : WeightedLayer
{
    /// <summary>Describes a convolution.</summary>
    /// <param name="name">The name in messages, tables and model files.</param>
    /// <param name="inputs">Number of input maps, at least 1.</param>
    /// <param name="outputs">Number of output maps, at least 1.</param>
    /// <param name="kernel">Side of the square kernels, at least 1.</param>
    /// <param name="activation">The squashing function; <see langword="null"/> for the scaled tanh.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    /// <exception cref="ArgumentException">It would have more than 500,000,000 parameters.</exception>
    public Conv(string name, int inputs, int outputs, int kernel, Activation? activation = null)
        : base(name, LinkAll(name, inputs, outputs, kernel), kernel, [outputs, inputs, kernel, kernel], activation)
    {
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (input.Maps != Inputs)
            throw new ArgumentException($"{Name} convolves {Inputs} maps but is given {input}. Make it with inputs: {input.Maps}, or change the layer before it.", nameof(input));
        if (input.Height < Kernel || input.Width < Kernel)
            throw new ArgumentException($"{Name} has kernels of {Kernel}x{Kernel} but is given {input}. Use a smaller kernel, fewer layers before it, or a larger input.", nameof(input));
        return ConvolvedShape(input);
    }
}
