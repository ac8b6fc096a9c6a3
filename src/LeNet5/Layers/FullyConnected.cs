namespace LeNet5;

/// <summary>Units that each see all maps, at every position alike: F6 of the paper.</summary>
/// <remarks>
/// <para>a[o, y, x] = b[o] + sum over i of w[o, i] input[i, y, x], then squashed. On the 1x1 maps of a single character that is an ordinary full
/// layer; on a strip it acts at every column (section VII).</para>
/// <para>Tensors: <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs]. Immutable and therefore thread-safe. Section II-B of the paper.</para>
/// </remarks>
public sealed class FullyConnected : WeightedLayer
{
    /// <summary>Describes a full layer.</summary>
    /// <param name="name">The name in messages, tables and model files.</param>
    /// <param name="inputs">Number of input maps, at least 1.</param>
    /// <param name="outputs">Number of units, at least 1.</param>
    /// <param name="activation">The squashing function; <see langword="null"/> for the scaled tanh.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    /// <exception cref="ArgumentException">It would have more than 500,000,000 parameters.</exception>
    public FullyConnected(string name, int inputs, int outputs, Activation? activation = null)
        : base(name, LinkAll(name, inputs, outputs, kernel: 1), kernel: 1, [outputs, inputs], activation)
    {
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (input.Maps == Inputs)
            return ConvolvedShape(input);
        string wayOut = input.Plane > 1
            ? $"To connect whole maps, put a Conv with a {Math.Min(input.Height, input.Width)}x{Math.Min(input.Height, input.Width)} kernel before it."
            : $"Make it with inputs: {input.Maps}, or change the layer before it.";
        throw new ArgumentException($"{Name} connects {Inputs} maps but is given {input}. {wayOut}", nameof(input));
    }
}
