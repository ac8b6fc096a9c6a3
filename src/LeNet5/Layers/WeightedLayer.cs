using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5;

/// <summary>A layer whose units have a weight for every input they see and one bias: <see cref="Conv"/>, <see cref="SparseConv"/> and
/// <see cref="FullyConnected"/>.</summary>
/// <remarks>Parameters are the kernels, link by link of the connection table, then the biases. Initial weights are uniform in +-2.4 / fan-in, initial biases 0. Immutable and therefore thread-safe.</remarks>
public abstract class WeightedLayer : ActivatedLayer
{
    private readonly ConnectionTable table;
    private readonly Convolution convolution;
    private readonly int weightCount;

    private protected WeightedLayer(string name, ConnectionTable table, int kernel, ImmutableArray<int> weightDimensions, Activation? activation)
        : base(name, activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        CheckCount(name, nameof(ParameterCount), ((double)table.LinkCount * kernel * kernel) + table.Outputs);
        this.table = table;
        Kernel = kernel;
        convolution = Convolution.For(table, kernel);
        weightCount = table.LinkCount * kernel * kernel;
        ParameterCount = weightCount + table.Outputs;
        Tensors = [new("weight", weightDimensions), new("bias", [table.Outputs])];
    }

    /// <summary>Number of input maps.</summary>
    public int Inputs => table.Inputs;

    /// <summary>Number of output maps.</summary>
    public int Outputs => table.Outputs;

    /// <summary>Side of the square kernels; 1 for <see cref="FullyConnected"/>.</summary>
    public int Kernel { get; }

    /// <inheritdoc/>
    public sealed override int ParameterCount { get; }

    /// <inheritdoc/>
    public sealed override ImmutableArray<ParameterTensor> Tensors { get; }

    /// <inheritdoc/>
    public sealed override Window Window => new(Kernel, 1);

    /// <inheritdoc/>
    public sealed override long ConnectionCount(Shape input)
    {
        Shape output = OutputShape(input);
        return (long)output.Plane * ParameterCount;
    }

    /// <inheritdoc/>
    public sealed override int ScratchLength(Shape input, Passes passes)
    {
        int own = AlignedMemory.Spaced(convolution.ScratchLength(input, passes));
        return passes < Passes.Curvature ? own : own + AlignedMemory.Spaced(input.Length) + AlignedMemory.Spaced(weightCount);
    }

    /// <inheritdoc/>
    public sealed override void Initialize(Span<float> parameters, ref SeededRandom random)
    {
        int area = Kernel * Kernel;
        for (int output = 0; output < Outputs; output++)
        {
            int fanIn = table.InputsOf(output).Length * area;
            InitializeUnit(parameters.Slice(table.FirstLinkOf(output) * area, fanIn), fanIn, ref random);
        }
        parameters[weightCount..].Clear();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Step(Span<float> parameters, FeatureMaps input, FeatureMaps output, StepSizes steps, Span<float> gradient, Span<float> scratch)
    {
        Check(parameters.Length, input, output);
        if (!convolution.CanStep(output.Shape))
        {
            base.Step(parameters, input, output, steps, gradient, scratch);
            return;
        }
        Activation.MultiplyBySlope(output.Values, output.Gradient);
        convolution.Step(parameters[..weightCount], parameters[weightCount..], input.Values, output.Gradient, input.Gradient, steps, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected sealed override void ForwardSums(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Activation squash, Span<float> scratch) =>
        convolution.Forward(parameters[..weightCount], parameters[weightCount..], input.Memory, input.Values, output.Memory, output.Values, squash, input.Pictures, scratch);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected sealed override void BackwardSums(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch) =>
        convolution.Backward(parameters[..weightCount], input.Shape, input.Values, output.Shape, output.Gradient, input.Gradient, gradient[..weightCount], gradient[weightCount..], scratch);

    /// <summary>Equations 23 to 27: second derivatives travel as first derivatives do, through the squares of weights and inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected sealed override void BackwardSumsCurvature(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> curvature, Span<float> scratch)
    {
        int own = AlignedMemory.Spaced(convolution.ScratchLength(input.Shape, Passes.Curvature));
        Span<float> inputSquares = scratch.Slice(own, input.Shape.Length);
        Span<float> weightSquares = scratch.Slice(own + AlignedMemory.Spaced(input.Shape.Length), weightCount);
        Square(input.Values, inputSquares);
        Square(parameters[..weightCount], weightSquares);
        convolution.Backward(weightSquares, input.Shape, inputSquares, output.Shape, output.Curvature, input.Curvature, curvature[..weightCount], curvature[weightCount..], scratch);
    }

    /// <summary>Links all maps, once it is known that the layer does not grow too large.</summary>
    private protected static ConnectionTable LinkAll(string name, int inputs, int outputs, int kernel)
    {
        if (inputs > 0 && outputs > 0)
            CheckCount(name, nameof(ParameterCount), (((double)inputs * kernel * kernel) + 1) * outputs);
        return ConnectionTable.Complete(inputs, outputs);
    }

    private protected Shape ConvolvedShape(Shape input) => new(Outputs, input.Height - Kernel + 1, input.Width - Kernel + 1);
}
