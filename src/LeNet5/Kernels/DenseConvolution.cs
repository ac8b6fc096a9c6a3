using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeNet5.Kernels;

/// <summary>A complete convolution of large fan-in. At a single position each unit is one dot product; at many, the positions lie side by side in a vector.</summary>
/// <remarks>Both sum in the same order. The backward pass goes position by position: what a unit sees is gathered into one vector.</remarks>
internal sealed class DenseConvolution(int inputs, int units, int kernel) : Convolution
{
    private readonly int fanIn = inputs * kernel * kernel;

    public override int ScratchLength(Shape input, Passes passes) => 2 * (AlignedMemory.Spaced(fanIn) + AlignedMemory.Spaced(units));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, Span<float> outputs,
        Activation squash, int step, Span<float> scratch)
    {
        if (outputShape.Plane == 1)
        {
            Dense.Forward(weights, biases, input[..fanIn], outputs);
            squash.Apply(outputs);
            return;
        }
        Span<int> offsets = MemoryMarshal.Cast<float, int>(scratch)[..fanIn];
        FindTaps(inputShape, step, offsets);
        for (int row = 0; row < outputShape.Height; row++)
            Dense.ForwardMany(weights, biases, input[(row * inputShape.Width)..], offsets, outputShape.Width, outputs[(row * outputShape.Width)..], outputShape.Plane);
        squash.Apply(outputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(
        ReadOnlySpan<float> weights, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, Span<float> weightGradient, Span<float> biasGradient, Span<float> scratch)
    {
        Span<float> seen = scratch[..fanIn];
        Span<float> seenDerivatives = scratch.Slice(AlignedMemory.Spaced(fanIn), fanIn);
        Span<float> column = scratch.Slice(2 * AlignedMemory.Spaced(fanIn), units);
        inputDerivatives.Clear();
        for (int position = 0; position < outputShape.Plane; position++)
        {
            Columns.Gather(derivatives, outputShape.Plane, position, column);
            Update.Apply(biasGradient, column, rate: -1);
            Gather(inputShape, input, outputShape, position, seen);
            for (int output = 0; output < units; output++)
            {
                Span<float> row = weightGradient.Slice(output * fanIn, fanIn);
                Update.Apply(row, seen, -column[output]);
            }
            if (inputDerivatives.IsEmpty)
                continue;
            seenDerivatives.Clear();
            Dense.Backward(weights, column, seenDerivatives);
            AddBack(inputShape, seenDerivatives, outputShape, position, inputDerivatives);
        }
    }

    public override bool CanStep(Shape outputShape) => outputShape.Plane == 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Step(
        Span<float> weights, Span<float> biases, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, StepSizes steps, Span<float> scratch)
    {
        if (inputDerivatives.IsEmpty)
            inputDerivatives = scratch[..fanIn];
        inputDerivatives.Clear();
        ReadOnlySpan<float> each = steps.Each;
        Dense.Step(weights, input, derivatives, inputDerivatives, steps.Uniform, each.IsEmpty ? each : each[..weights.Length]);
        Span<float> biasGradient = scratch.Slice(2 * AlignedMemory.Spaced(fanIn), units);
        derivatives.CopyTo(biasGradient);
        (each.IsEmpty ? steps : StepSizes.OfWeights(each[weights.Length..])).Apply(biases, biasGradient);
    }

    /// <summary>Finds where what a position sees lies, as seen from that position: kernel by kernel, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindTaps(Shape inputShape, int step, Span<int> offsets)
    {
        int next = 0;
        for (int map = 0; map < inputs; map++)
        {
            for (int y = 0; y < kernel; y++)
            {
                for (int x = 0; x < kernel; x++)
                    offsets[next++] = (map * inputShape.Plane) + (y * inputShape.Width) + (x * step);
            }
        }
    }

    /// <summary>Copies what the units at one position see: kernel by kernel, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, int position, Span<float> seen)
    {
        (int top, int left) = (position / outputShape.Width, position % outputShape.Width);
        int target = 0;
        for (int map = 0; map < inputs; map++)
        {
            int corner = (map * inputShape.Plane) + (top * inputShape.Width) + left;
            for (int y = 0; y < kernel; y++)
            {
                for (int x = 0; x < kernel; x++)
                    seen[target++] = input[corner + (y * inputShape.Width) + x];
            }
        }
    }

    /// <summary>Adds the derivatives by what the units at one position see to those by the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBack(Shape inputShape, ReadOnlySpan<float> seen, Shape outputShape, int position, Span<float> inputDerivatives)
    {
        (int top, int left) = (position / outputShape.Width, position % outputShape.Width);
        int source = 0;
        for (int map = 0; map < inputs; map++)
        {
            int corner = (map * inputShape.Plane) + (top * inputShape.Width) + left;
            for (int y = 0; y < kernel; y++)
            {
                for (int x = 0; x < kernel; x++)
                    inputDerivatives[corner + (y * inputShape.Width) + x] += seen[source++];
            }
        }
    }
}
