using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeNet5.Kernels;

/// <summary>The passes of <see cref="PlaneConvolution"/> for one vector width.</summary>
internal static class Planes<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>Floats from which a plane is squashed by itself, while it is in the first-level cache. Smaller planes go together.</summary>
    private const int LargePlane = 512;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        ConnectionTable table, int kernel, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Shape inputShape, ReadOnlySpan<float> input,
        Shape outputShape, Span<float> outputs, Activation squash, int step)
    {
        Taps taps = new(inputShape.Plane, inputShape.Width, step, First: 0, Direction: 1, ZerosAround: false);
        bool large = outputShape.Plane >= LargePlane;
        for (int output = 0; output < table.Outputs; output++)
        {
            Span<float> plane = outputs.Slice(output * outputShape.Plane, outputShape.Plane);
            Correlate(kernel, input, taps, table.InputsOf(output), table.LinksTo(output), weights, biases[output], plane, outputShape);
            if (large)
                squash.Apply(plane);
        }
        if (!large)
            squash.Apply(outputs);
    }

    /// <summary>The derivatives by the input are the derivatives by the output, with zeros around, correlated with the kernels turned around.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackwardInput(
        ConnectionTable table, int kernel, ReadOnlySpan<float> weights, Shape inputShape, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, PaddedPlanes planes, Span<float> padded)
    {
        ref float source = ref MemoryMarshal.GetReference(derivatives);
        ref float target = ref Unsafe.Add(ref MemoryMarshal.GetReference(padded), planes.First);
        for (nint output = 0; output < table.Outputs; output++)
        {
            for (nint row = 0; row < outputShape.Height; row++)
            {
                for (nint x = 0; x < outputShape.Width; x += TLanes.Count)
                {
                    TVector values = TLanes.Load(ref source, (output * outputShape.Plane) + (row * outputShape.Width) + x);
                    values = TLanes.And(values, TLanes.MaskOfFirst(outputShape.Width - x));
                    TLanes.Store(values, ref target, (output * planes.Stride) + (row * planes.Pitch) + x);
                }
            }
        }

        Taps taps = new(planes.Stride, planes.Pitch, Step: 1, First: (kernel * kernel) - 1, Direction: -1, ZerosAround: true);
        for (int input = 0; input < table.Inputs; input++)
            Correlate(kernel, padded, taps, table.OutputsFrom(input), table.LinksFrom(input), weights, 0, inputDerivatives[(input * inputShape.Plane)..], inputShape);
    }

    /// <summary>gradient[tap] += sum over the plane of derivatives * source shifted by the tap, each in 16 partial sums: column x of the plane goes
    /// to sum x modulo 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTapProducts(
        ConnectionTable table, int kernel, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> weightGradient, Span<float> biasGradient, Span<float> tapSums)
    {
        ref float sums = ref MemoryMarshal.GetReference(tapSums);
        for (int output = 0; output < table.Outputs; output++)
        {
            biasGradient[output] += Reduction<TVector, TLanes>.Sum(derivatives.Slice(output * outputShape.Plane, outputShape.Plane));
            ref float d = ref Unsafe.Add(ref MemoryMarshal.GetReference(derivatives), output * outputShape.Plane);
            ReadOnlySpan<int> inputs = table.InputsOf(output);
            for (int i = 0; i < inputs.Length; i++)
            {
                ref float s = ref Unsafe.Add(ref MemoryMarshal.GetReference(input), inputs[i] * inputShape.Plane);
                Span<float> gradient = weightGradient.Slice(table.LinksTo(output)[i] * kernel * kernel, kernel * kernel);
                for (int tap = 0; tap < kernel; tap++)
                {
                    if (kernel == 5)
                        FiveByFiveKernels<TVector, TLanes>.MultiplyColumns(ref d, outputShape.Width, ref Unsafe.Add(ref s, tap), inputShape.Width, outputShape.Height, ref sums);
                    else
                        AnySizeKernels<TVector, TLanes>.MultiplyColumns(ref d, outputShape.Width, ref Unsafe.Add(ref s, tap), inputShape.Width, outputShape.Height, kernel, ref sums);
                    for (int tapRow = 0; tapRow < kernel; tapRow++)
                        gradient[(tapRow * kernel) + tap] += Reduction.Fold(ref Unsafe.Add(ref sums, tapRow * Reduction.Partials));
                }
            }
        }
    }

    /// <summary>The same with output maps side by side in a vector instead of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTapProductsAcrossMaps(
        ConnectionTable table, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> weightGradient, Span<float> biasGradient, Span<float> columns, Span<float> tapSums)
    {
        int stride = AcrossMaps.Stride(table.Outputs);
        Span<float> byMap = tapSums.Slice(25 * Reduction.Partials, PlaneConvolution.TapsOfMap * Reduction.Partials);
        AcrossMaps.Transpose(derivatives, table.Outputs, outputShape.Plane, columns, stride);
        for (int group = 0; group < stride; group += Reduction.Partials)
        {
            AcrossMaps<TVector, TLanes>.Sum(ref columns[group], stride, outputShape.Plane, ref tapSums[0]);
            for (int output = group; output < Math.Min(table.Outputs, group + Reduction.Partials); output++)
                biasGradient[output] += tapSums[output - group];
            for (int i = 0; i < table.Inputs; i++)
            {
                FiveByFiveKernels<TVector, TLanes>.MultiplyAcrossMaps(
                    ref columns[group], stride, ref Unsafe.Add(ref MemoryMarshal.GetReference(input), i * inputShape.Plane), inputShape.Width, outputShape.Width, outputShape.Height, ref tapSums[0]);
                AcrossMaps.Transpose(tapSums, 25, Reduction.Partials, byMap, PlaneConvolution.TapsOfMap);
                ReadOnlySpan<int> outputs = table.OutputsFrom(i);
                ReadOnlySpan<int> links = table.LinksFrom(i);
                for (int k = 0; k < outputs.Length; k++)
                {
                    int lane = outputs[k] - group;
                    if ((uint)lane < Reduction.Partials)
                        AddTaps(ref byMap[lane * PlaneConvolution.TapsOfMap], ref weightGradient[links[k] * 25]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTaps(ref float sums, ref float gradient)
    {
        nint tap = 0;
        for (; tap + TLanes.Count <= 25; tap += TLanes.Count)
            TLanes.Store(TLanes.Add(TLanes.Load(ref gradient, tap), TLanes.Load(ref sums, tap)), ref gradient, tap);
        for (; tap + 4 <= 25; tap += 4)
            Lanes128.Store(Lanes128.Add(Lanes128.Load(ref gradient, tap), Lanes128.Load(ref sums, tap)), ref gradient, tap);
        for (; tap < 25; tap++)
            Unsafe.Add(ref gradient, tap) += Unsafe.Add(ref sums, tap);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Correlate(
        int kernel, ReadOnlySpan<float> source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ReadOnlySpan<float> weights, float start, Span<float> target, Shape targetShape)
    {
        ref float s = ref MemoryMarshal.GetReference(source);
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float t = ref MemoryMarshal.GetReference(target);
        if (kernel == 5)
            FiveByFiveKernels<TVector, TLanes>.Correlate(ref s, taps, planes, links, ref w, start, ref t, targetShape.Width, targetShape.Height);
        else
            AnySizeKernels<TVector, TLanes>.Correlate(ref s, taps, planes, links, ref w, kernel, start, ref t, targetShape.Width, targetShape.Height);
    }
}
