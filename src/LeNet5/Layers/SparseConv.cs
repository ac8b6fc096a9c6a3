namespace LeNet5;

/// <summary>A convolution in which a table tells which input maps feed which output maps: C3 of the paper.</summary>
/// <remarks>
/// <para>a[o, y, x] = b[o] + sum over the inputs i of o in the table, and over v, u, of w[link(o, i), v, u] input[i, y + v, x + u], then squashed. No
/// padding, step 1.</para>
/// <para>Tensors: <c>weight</c> [links, kernel, kernel] and <c>bias</c> [outputs]. Immutable and therefore thread-safe. Section II-B and table
/// I of the paper.</para>
/// </remarks>
public sealed class SparseConv : WeightedLayer
{
    /// <summary>Describes a convolution over a connection table.</summary>
    /// <param name="name">The name in messages, tables and model files.</param>
    /// <param name="table">Which input maps feed which output maps.</param>
    /// <param name="kernel">Side of the square kernels, at least 1.</param>
    /// <param name="activation">The squashing function; <see langword="null"/> for the scaled tanh.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kernel is below 1.</exception>
    /// <exception cref="ArgumentException">It would have more than 500,000,000 parameters.</exception>
    public SparseConv(string name, ConnectionTable table, int kernel, Activation? activation = null)
        : base(name, table ?? throw new ArgumentNullException(nameof(table)), kernel, [table.LinkCount, kernel, kernel], activation)
    {
        Table = table;
    }

    /// <summary>Which input maps feed which output maps.</summary>
    public ConnectionTable Table { get; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (input.Maps != Inputs)
            throw new ArgumentException($"{Name} has a connection table for {Inputs} maps but is given {input}. Use a table with {input.Maps} rows, or change the layer before it.", nameof(input));
        if (input.Height < Kernel || input.Width < Kernel)
            throw new ArgumentException($"{Name} has kernels of {Kernel}x{Kernel} but is given {input}. Use a smaller kernel, fewer layers before it, or a larger input.", nameof(input));
        return ConvolvedShape(input);
    }
}
