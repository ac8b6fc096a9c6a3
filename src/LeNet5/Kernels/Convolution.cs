namespace LeNet5.Kernels;

/// <summary>The weighted sums of a convolution over a connection table, and their derivatives, on bare memory.</summary>
/// <remarks>Weights: a kernel for each link of the table, row by row. Maps: map by map, row by row.</remarks>
internal abstract class Convolution
{
    /// <summary>
    /// Fan-in from which a complete convolution is faster as one dot product a unit and position than as sweeps over whole planes.
    /// A fixed limit, so that a unit has the same order of summation, and the same bits, on a strip as on a single character.
    /// </summary>
    private const int DenseFanIn = 100;

    public static Convolution For(ConnectionTable table, int kernel) =>
        table.IsComplete && (kernel == 1 || table.Inputs * kernel * kernel >= DenseFanIn)
            ? new DenseConvolution(table.Inputs, table.Outputs, kernel)
            : new PlaneConvolution(table, kernel);

    public abstract int ScratchLength(Shape input, Passes passes);

    /// <summary>Overwrites <paramref name="outputs"/> by the squashed weighted sums.</summary>
    /// <remarks><paramref name="step"/> is the distance of neighbouring columns in memory; the widths of the shapes are in floats.</remarks>
    public abstract void Forward(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, Span<float> outputs,
        Activation squash, int step, Span<float> scratch);

    /// <summary>Takes derivatives by the sums to derivatives by the input (overwritten, unless empty) and by weights
    /// and biases (added).</summary>
    public abstract void Backward(
        ReadOnlySpan<float> weights, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, Span<float> weightGradient, Span<float> biasGradient, Span<float> scratch);

    /// <summary>Whether <see cref="Step"/> is there for this output, faster than <see cref="Backward"/> and an update.</summary>
    public virtual bool CanStep(Shape outputShape) => false;

    /// <summary>Backward pass and update in one sweep over the weights.</summary>
    public virtual void Step(
        Span<float> weights, Span<float> biases, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, StepSizes steps, Span<float> scratch) => throw new NotSupportedException();
}
