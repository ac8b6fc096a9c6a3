using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5;

/// <summary>Averages blocks of each map, then multiplies by a trainable weight, adds a trainable bias and squashes: S2 and S4 of the paper.</summary>
/// <remarks>
/// <para>a[m, y, x] = w[m] average of the block at (y, x) + b[m], then squashed. Blocks do not overlap. A last row or column that fills no block is
/// dropped, and its gradient is 0.</para>
/// <para>
/// The paper multiplies the sum of the block, so its coefficients are 1 / (block * block) of these. Initial weights are uniform in +-2.4, which is
/// the paper's +-2.4 / fan-in for the sum; initial biases are 0.
/// </para>
/// <para>Tensors: <c>weight</c> [maps] and <c>bias</c> [maps]. Immutable and therefore thread-safe. Section II-B of the paper.</para>
/// </remarks>
public sealed class TrainableSubsample : ActivatedLayer
{
    /// <summary>Describes a subsampling layer.</summary>
    /// <param name="name">The name in messages, tables and model files.</param>
    /// <param name="maps">Number of maps, at least 1.</param>
    /// <param name="block">Side of the square blocks, at least 1.</param>
    /// <param name="activation">The squashing function; <see langword="null"/> for the scaled tanh.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    public TrainableSubsample(string name, int maps, int block = 2, Activation? activation = null)
        : base(name, activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        Maps = maps;
        Block = block;
        Tensors = [new("weight", [maps]), new("bias", [maps])];
    }

    /// <summary>Number of maps.</summary>
    public int Maps { get; }

    /// <summary>Side of the square blocks.</summary>
    public int Block { get; }

    /// <inheritdoc/>
    public override int ParameterCount => checked(2 * Maps);

    /// <inheritdoc/>
    public override ImmutableArray<ParameterTensor> Tensors { get; }

    /// <inheritdoc/>
    public override Window Window => new(Block, Block);

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (input.Maps != Maps)
            throw new ArgumentException($"{Name} subsamples {Maps} maps but is given {input}. Make it with maps: {input.Maps}, or change the layer before it.", nameof(input));
        if (input.Height < Block || input.Width < Block)
            throw new ArgumentException($"{Name} averages blocks of {Block}x{Block} but is given {input}. Use smaller blocks, fewer layers before it, or a larger input.", nameof(input));
        return new Shape(Maps, input.Height / Block, input.Width / Block);
    }

    /// <inheritdoc/>
    public override long ConnectionCount(Shape input) => (long)OutputShape(input).Length * ((Block * Block) + 1);

    /// <inheritdoc/>
    public override int ScratchLength(Shape input, Passes passes)
    {
        // The averages, for the gradients of the weights, and for the curvature the squares of one map's.
        Shape output = OutputShape(input);
        return passes == Passes.Forward ? 0 : output.Length + (passes == Passes.Curvature ? output.Plane : 0);
    }

    /// <inheritdoc/>
    public override void Initialize(Span<float> parameters, ref SeededRandom random)
    {
        InitializeUnit(parameters[..Maps], fanIn: 1, ref random);
        parameters[Maps..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void ForwardSums(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Activation squash, Span<float> scratch)
    {
        int plane = output.Memory.Plane;
        for (int map = 0; map < Maps; map++)
        {
            Span<float> averages = scratch.IsEmpty ? scratch : scratch.Slice(map * plane, plane);
            Blocks.Forward(input.Map(map), input.Row, input.Pictures, Block, parameters[map], parameters[Maps + map], averages, output.Map(map), output.Shape.Width);
        }
        squash.Apply(output.Values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void BackwardSums(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
    {
        int plane = output.Shape.Plane;
        for (int map = 0; map < Maps; map++)
        {
            ReadOnlySpan<float> derivatives = output.Gradient.Slice(map * plane, plane);
            (float sum, float dot) = Reduction.SumAndDot(derivatives, scratch.Slice(map * plane, plane));
            gradient[map] += dot;
            gradient[Maps + map] += sum;
            if (!input.Gradient.IsEmpty)
                Blocks.Spread(derivatives, output.Shape.Width, Block, parameters[map] / (Block * Block), input.Gradient.Slice(map * input.Shape.Plane, input.Shape.Plane), input.Shape.Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void BackwardSumsCurvature(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> curvature, Span<float> scratch)
    {
        int plane = output.Shape.Plane;
        Span<float> squares = scratch.Slice(output.Shape.Length, plane);
        for (int map = 0; map < Maps; map++)
        {
            ReadOnlySpan<float> derivatives = output.Curvature.Slice(map * plane, plane);
            Square(scratch.Slice(map * plane, plane), squares);
            (float sum, float dot) = Reduction.SumAndDot(derivatives, squares);
            curvature[map] += dot;
            curvature[Maps + map] += sum;
            float share = parameters[map] / (Block * Block);
            if (!input.Curvature.IsEmpty)
                Blocks.Spread(derivatives, output.Shape.Width, Block, share * share, input.Curvature.Slice(map * input.Shape.Plane, input.Shape.Plane), input.Shape.Width);
        }
    }
}
