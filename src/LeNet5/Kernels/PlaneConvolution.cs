using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>Convolution plane by plane: the outputs of a row lie side by side in a vector, and every one has a sum of its own.</summary>
internal sealed class PlaneConvolution(ConnectionTable table, int kernel) : Convolution
{
    private readonly int area = kernel * kernel;
    private readonly int border = kernel - 1;

    // Scratch holds, in this order: the rows of a plane narrower than a vector, the partial sums of one column of a kernel, the kernels turned around, the padded derivatives.
    private static int Rows(Shape input) => AlignedMemory.Spaced(input.Height * Reduction.Partials);

    private int TapSums => AlignedMemory.Spaced(kernel * Reduction.Partials);

    private int Turned => AlignedMemory.Spaced(table.LinkCount * area);

    public override int ScratchLength(Shape input, Passes passes) =>
        passes == Passes.Forward ? Rows(input) : Rows(input) + TapSums + Turned + Padded(input).Length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, Span<float> sums, Span<float> scratch)
    {
        for (int output = 0; output < table.Outputs; output++)
        {
            ReadOnlySpan<int> inputs = table.InputsOf(output);
            ReadOnlySpan<float> kernels = weights.Slice(table.FirstLinkOf(output) * area, inputs.Length * area);
            Correlate(input, inputShape.Plane, inputShape.Width, inputs, kernels, biases[output], sums.Slice(output * outputShape.Plane, outputShape.Plane), outputShape, scratch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(
        ReadOnlySpan<float> weights, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, Span<float> weightGradient, Span<float> biasGradient, Span<float> scratch)
    {
        // The derivatives with zeros around each plane and between its rows. Only the derivatives are ever written here,
        // and scratch begins as zeros, so the rest stays zero.
        PaddedPlanes planes = Padded(inputShape);
        Span<float> padded = scratch.Slice(Rows(inputShape) + TapSums + Turned, planes.Length);
        for (int output = 0; output < table.Outputs; output++)
        {
            ReadOnlySpan<float> map = derivatives.Slice(output * outputShape.Plane, outputShape.Plane);
            biasGradient[output] += Reduction.Sum(map);
            Span<float> target = padded[(output * planes.Stride + planes.First)..];
            for (int row = 0; row < outputShape.Height; row++)
                map.Slice(row * outputShape.Width, outputShape.Width).CopyTo(target[(row * planes.Pitch)..]);
        }

        Span<float> tapSums = scratch.Slice(Rows(inputShape), TapSums);
        for (int output = 0; output < table.Outputs; output++)
        {
            ReadOnlySpan<int> inputs = table.InputsOf(output);
            for (int i = 0; i < inputs.Length; i++)
            {
                AddTapProducts(
                    padded[((output * planes.Stride) + planes.First)..], planes.Pitch, input[(inputs[i] * inputShape.Plane)..], inputShape.Width,
                    outputShape, weightGradient.Slice((table.FirstLinkOf(output) + i) * area, area), tapSums);
            }
        }

        if (!inputDerivatives.IsEmpty)
            BackwardInput(weights, inputShape, padded, planes, inputDerivatives, scratch);
    }

    /// <summary>The derivatives by the input are the padded derivatives correlated with the kernels turned around.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardInput(ReadOnlySpan<float> weights, Shape inputShape, ReadOnlySpan<float> padded, PaddedPlanes planes, Span<float> inputDerivatives, Span<float> scratch)
    {
        Span<float> turned = scratch.Slice(Rows(inputShape) + TapSums, table.LinkCount * area);
        for (int input = 0; input < table.Inputs; input++)
        {
            ReadOnlySpan<int> links = table.LinksFrom(input);
            for (int i = 0; i < links.Length; i++)
            {
                Span<float> target = turned.Slice(i * area, area);
                weights.Slice(links[i] * area, area).CopyTo(target);
                target.Reverse();
            }
            Correlate(
                padded, planes.Stride, planes.Pitch, table.OutputsFrom(input), turned[..(links.Length * area)], 0,
                inputDerivatives.Slice(input * inputShape.Plane, inputShape.Plane), inputShape, scratch);
        }
    }

    private PaddedPlanes Padded(Shape input)
    {
        // Right of each row as many zeros as a tap can reach, or as fill the last vector.
        int width = input.Width - border;
        int pitch = border + Math.Max(width + border, (width + Reduction.Partials - 1) / Reduction.Partials * Reduction.Partials);
        int stride = pitch * (input.Height + border);
        return new PaddedPlanes(pitch, stride, (border * pitch) + border, AlignedMemory.Spaced(table.Outputs * stride));
    }

    /// <summary>One plane, a column of vectors at a time. The last vector reaches back over values that are there already: their sums come out the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Correlate(
        ReadOnlySpan<float> source, int planeStride, int pitch, ReadOnlySpan<int> planes, ReadOnlySpan<float> kernels, float start,
        Span<float> target, Shape targetShape, Span<float> scratch)
    {
        int width = targetShape.Width;
        int lanes = Simd.Bits / 32;
        int rows = targetShape.Height;
        if (width < lanes)
        {
            // Whole vectors are longer than the rows, so they are made aside.
            Column(source, planeStride, pitch, planes, kernels, start, scratch, lanes, rows);
            for (int row = 0; row < rows; row++)
                scratch.Slice(row * lanes, width).CopyTo(target[(row * width)..]);
            return;
        }
        for (int x = 0; x < width; x += lanes)
        {
            x = Math.Min(x, width - lanes);
            Column(source[x..], planeStride, pitch, planes, kernels, start, target[x..], width, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Column(ReadOnlySpan<float> source, int planeStride, int pitch, ReadOnlySpan<int> planes, ReadOnlySpan<float> kernels, float start, Span<float> target, int targetPitch, int rows)
    {
        ref float s = ref MemoryMarshal.GetReference(source);
        ref float k = ref MemoryMarshal.GetReference(kernels);
        ref float t = ref MemoryMarshal.GetReference(target);
        switch (Simd.Bits)
        {
            case 512 when kernel == 5: FiveByFiveKernels<Vector512<float>, Lanes512>.Correlate(ref s, planeStride, pitch, planes, ref k, start, ref t, targetPitch, rows); break;
            case 256 when kernel == 5: FiveByFiveKernels<Vector256<float>, Lanes256>.Correlate(ref s, planeStride, pitch, planes, ref k, start, ref t, targetPitch, rows); break;
            case 128 when kernel == 5: FiveByFiveKernels<Vector128<float>, Lanes128>.Correlate(ref s, planeStride, pitch, planes, ref k, start, ref t, targetPitch, rows); break;
            case 512: AnySizeKernels<Vector512<float>, Lanes512>.Correlate(ref s, planeStride, pitch, planes, ref k, kernel, start, ref t, targetPitch, rows); break;
            case 256: AnySizeKernels<Vector256<float>, Lanes256>.Correlate(ref s, planeStride, pitch, planes, ref k, kernel, start, ref t, targetPitch, rows); break;
            default: AnySizeKernels<Vector128<float>, Lanes128>.Correlate(ref s, planeStride, pitch, planes, ref k, kernel, start, ref t, targetPitch, rows); break;
        }
    }

    /// <summary>gradient[tap] += sum over the plane of derivatives * source shifted by the tap, each in 16 partial sums: column x of the plane goes
    /// to sum x modulo 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTapProducts(ReadOnlySpan<float> derivatives, int pitch, ReadOnlySpan<float> source, int sourcePitch, Shape shape, Span<float> gradient, Span<float> sums)
    {
        ref float d = ref MemoryMarshal.GetReference(derivatives);
        ref float s = ref MemoryMarshal.GetReference(source);
        int lanes = Simd.Bits / 32;
        for (int tap = 0; tap < kernel; tap++)
        {
            sums.Clear();
            for (int x = 0; x < shape.Width; x += lanes)
                ColumnProducts(ref Unsafe.Add(ref d, x), pitch, ref Unsafe.Add(ref s, tap + x), sourcePitch, shape.Height, ref sums[x % Reduction.Partials]);
            for (int tapRow = 0; tapRow < kernel; tapRow++)
                gradient[(tapRow * kernel) + tap] += Reduction.Fold(ref sums[tapRow * Reduction.Partials]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ColumnProducts(ref float derivatives, int pitch, ref float source, int sourcePitch, int rows, ref float sums)
    {
        switch (Simd.Bits)
        {
            case 512 when kernel == 5: FiveByFiveKernels<Vector512<float>, Lanes512>.AddProducts(ref derivatives, pitch, ref source, sourcePitch, rows, ref sums); break;
            case 256 when kernel == 5: FiveByFiveKernels<Vector256<float>, Lanes256>.AddProducts(ref derivatives, pitch, ref source, sourcePitch, rows, ref sums); break;
            case 128 when kernel == 5: FiveByFiveKernels<Vector128<float>, Lanes128>.AddProducts(ref derivatives, pitch, ref source, sourcePitch, rows, ref sums); break;
            case 512: AnySizeKernels<Vector512<float>, Lanes512>.AddProducts(ref derivatives, pitch, ref source, sourcePitch, rows, kernel, ref sums); break;
            case 256: AnySizeKernels<Vector256<float>, Lanes256>.AddProducts(ref derivatives, pitch, ref source, sourcePitch, rows, kernel, ref sums); break;
            default: AnySizeKernels<Vector128<float>, Lanes128>.AddProducts(ref derivatives, pitch, ref source, sourcePitch, rows, kernel, ref sums); break;
        }
    }

    /// <summary>Planes with zeros around: distance of rows and of planes, where the first value of a plane lies, and length of all.</summary>
    private readonly record struct PaddedPlanes(int Pitch, int Stride, int First, int Length);
}
