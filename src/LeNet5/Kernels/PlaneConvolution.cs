using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>Convolution as sweeps over whole planes: each tap of a kernel adds a shifted, scaled copy of an input plane.</summary>
/// <remarks>
/// Output planes are computed at the pitch of the input, so that a plane is one vector and a tap one shift. The columns by which a row of the
/// input is longer than one of the output then hold meaningless values, which are dropped when the rows are copied out.
/// </remarks>
internal sealed class PlaneConvolution(ConnectionTable table, int kernel) : Convolution
{
    private readonly int area = kernel * kernel;

    public override int ScratchLength(Shape input, Passes passes)
    {
        int forward = AlignedMemory.Spaced(Flat(input));
        return passes == Passes.Forward ? forward : forward + (table.Outputs * PaddedLength(input)) + AlignedMemory.Spaced(table.LinkCount * area);
    }

    public override void Forward(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, Span<float> sums, Span<float> scratch)
    {
        int pitch = inputShape.Width;
        Span<float> flat = scratch[..Flat(inputShape)];
        for (int output = 0; output < table.Outputs; output++)
        {
            ReadOnlySpan<int> inputs = table.InputsOf(output);
            ReadOnlySpan<float> kernels = weights.Slice(table.FirstLinkOf(output) * area, inputs.Length * area);
            Correlate(input, inputShape.Plane, inputs, kernels, pitch, biases[output], flat);
            Span<float> map = sums.Slice(output * outputShape.Plane, outputShape.Plane);
            for (int row = 0; row < outputShape.Height; row++)
                flat.Slice(row * pitch, outputShape.Width).CopyTo(map[(row * outputShape.Width)..]);
        }
    }

    public override void Backward(
        ReadOnlySpan<float> weights, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, Span<float> weightGradient, Span<float> biasGradient, Span<float> scratch)
    {
        int pitch = inputShape.Width;
        int flat = Flat(inputShape);
        int border = Border(inputShape);
        int stride = PaddedLength(inputShape);

        // The derivatives at the pitch of the input, zero between rows and around them. Only the rows are ever written,
        // and scratch begins as zeros, so the rest stays zero.
        Span<float> padded = scratch.Slice(AlignedMemory.Spaced(flat), table.Outputs * stride);
        for (int output = 0; output < table.Outputs; output++)
        {
            ReadOnlySpan<float> map = derivatives.Slice(output * outputShape.Plane, outputShape.Plane);
            Span<float> target = padded.Slice((output * stride) + border, flat);
            for (int row = 0; row < outputShape.Height; row++)
                map.Slice(row * outputShape.Width, outputShape.Width).CopyTo(target[(row * pitch)..]);
        }

        for (int output = 0; output < table.Outputs; output++)
        {
            ReadOnlySpan<float> plane = padded.Slice((output * stride) + border, flat);
            biasGradient[output] += Reduction.Sum(plane);
            ReadOnlySpan<int> inputs = table.InputsOf(output);
            for (int i = 0; i < inputs.Length; i++)
                AddTapProducts(plane, input.Slice(inputs[i] * inputShape.Plane, inputShape.Plane), pitch, weightGradient.Slice((table.FirstLinkOf(output) + i) * area, area));
        }

        if (!inputDerivatives.IsEmpty)
            BackwardInput(weights, inputShape, padded, stride, inputDerivatives, scratch[^AlignedMemory.Spaced(table.LinkCount * area)..]);
    }

    /// <summary>The derivatives by the input are the padded derivatives correlated with the kernels turned around.</summary>
    private void BackwardInput(ReadOnlySpan<float> weights, Shape inputShape, ReadOnlySpan<float> padded, int stride, Span<float> inputDerivatives, Span<float> turned)
    {
        Span<int> outputs = stackalloc int[Math.Min(table.Outputs, 256)];
        for (int input = 0; input < table.Inputs; input++)
        {
            ReadOnlySpan<(int Output, int Link)> links = table.LinksFrom(input);
            if (links.Length > outputs.Length)
                outputs = new int[links.Length];
            for (int i = 0; i < links.Length; i++)
            {
                outputs[i] = links[i].Output;
                Span<float> target = turned.Slice(i * area, area);
                weights.Slice(links[i].Link * area, area).CopyTo(target);
                target.Reverse();
            }
            Correlate(padded, stride, outputs[..links.Length], turned[..(links.Length * area)], inputShape.Width, 0, inputDerivatives.Slice(input * inputShape.Plane, inputShape.Plane));
        }
    }

    /// <summary>Length of an output plane at the pitch of the input.</summary>
    private int Flat(Shape input) => ((input.Height - kernel) * input.Width) + input.Width - kernel + 1;

    /// <summary>How far the last tap lies behind the first.</summary>
    private int Border(Shape input) => (kernel - 1) * (input.Width + 1);

    private int PaddedLength(Shape input) => AlignedMemory.Spaced(Flat(input) + (2 * Border(input)));

    private void Correlate(ReadOnlySpan<float> source, int planeStride, ReadOnlySpan<int> planes, ReadOnlySpan<float> kernels, int pitch, float start, Span<float> target)
    {
        ref float s = ref MemoryMarshal.GetReference(source);
        ref float k = ref MemoryMarshal.GetReference(kernels);
        ref float t = ref MemoryMarshal.GetReference(target);
        nint done = Simd.Bits switch
        {
            512 => PlaneKernels<Vector512<float>, Lanes512>.Correlate(ref s, planeStride, planes, ref k, kernel, pitch, start, ref t, 0, target.Length),
            256 => PlaneKernels<Vector256<float>, Lanes256>.Correlate(ref s, planeStride, planes, ref k, kernel, pitch, start, ref t, 0, target.Length),
            _ => 0,
        };

        // What is too short for the widest vector goes to narrower ones, at last to single values: every output has a sum of its own, so the bits are the same.
        if (done < target.Length && Simd.Bits > 256)
            done = PlaneKernels<Vector256<float>, Lanes256>.Correlate(ref s, planeStride, planes, ref k, kernel, pitch, start, ref t, done, target.Length);
        if (done < target.Length)
            done = PlaneKernels<Vector128<float>, Lanes128>.Correlate(ref s, planeStride, planes, ref k, kernel, pitch, start, ref t, done, target.Length);
        for (; done < target.Length; done++)
            target[(int)done] = CorrelateAt(source, planeStride, planes, kernels, pitch, start, (int)done);
    }

    private float CorrelateAt(ReadOnlySpan<float> source, int planeStride, ReadOnlySpan<int> planes, ReadOnlySpan<float> kernels, int pitch, float start, int position)
    {
        float sum = start;
        int tap = 0;
        foreach (int plane in planes)
        {
            for (int y = 0; y < kernel; y++)
            {
                foreach (float value in source.Slice((plane * planeStride) + position + (y * pitch), kernel))
                    sum = float.MultiplyAddEstimate(kernels[tap++], value, sum);
            }
        }
        return sum;
    }

    private void AddTapProducts(ReadOnlySpan<float> derivatives, ReadOnlySpan<float> plane, int pitch, Span<float> gradient)
    {
        ref float d = ref MemoryMarshal.GetReference(derivatives);
        ref float p = ref MemoryMarshal.GetReference(plane);
        switch (Simd.Bits)
        {
            case 512: PlaneKernels<Vector512<float>, Lanes512>.AddTapProducts(ref d, derivatives.Length, ref p, kernel, pitch, gradient); break;
            case 256: PlaneKernels<Vector256<float>, Lanes256>.AddTapProducts(ref d, derivatives.Length, ref p, kernel, pitch, gradient); break;
            default: PlaneKernels<Vector128<float>, Lanes128>.AddTapProducts(ref d, derivatives.Length, ref p, kernel, pitch, gradient); break;
        }
    }
}
