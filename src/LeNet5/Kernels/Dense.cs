using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>A matrix of weights, a row a unit, times a vector, with its derivatives and its update.</summary>
internal static class Dense
{
    /// <summary>sums[o] = biases[o] + weights[o] . input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, ReadOnlySpan<float> input, Span<float> sums)
    {
        switch (Simd.Bits)
        {
            case 512: DenseKernels<Vector512<float>, Lanes512>.Forward(weights, biases, input, sums); break;
            case 256: DenseKernels<Vector256<float>, Lanes256>.Forward(weights, biases, input, sums); break;
            default: DenseKernels<Vector128<float>, Lanes128>.Forward(weights, biases, input, sums); break;
        }
    }

    /// <summary>The same for many positions side by side: value i of what position p sees is source[offsets[i] + p], and the sum of unit o goes to
    /// target[o * targetStride + p]. Gives the bits of <see cref="Forward"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardMany(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, ReadOnlySpan<float> source, ReadOnlySpan<int> offsets, int positions,
        Span<float> target, int targetStride)
    {
        switch (Simd.Bits)
        {
            case 512: ForwardMany<Vector512<float>, Lanes512>(weights, biases, source, offsets, positions, target, targetStride); break;
            case 256: ForwardMany<Vector256<float>, Lanes256>(weights, biases, source, offsets, positions, target, targetStride); break;
            default: ForwardMany<Vector128<float>, Lanes128>(weights, biases, source, offsets, positions, target, targetStride); break;
        }
    }

    /// <summary>inputDerivatives += derivatives[o] weights[o], in ascending order of o.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ReadOnlySpan<float> weights, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives)
    {
        switch (Simd.Bits)
        {
            case 512: DenseKernels<Vector512<float>, Lanes512>.Backward(weights, derivatives, inputDerivatives); break;
            case 256: DenseKernels<Vector256<float>, Lanes256>.Backward(weights, derivatives, inputDerivatives); break;
            default: DenseKernels<Vector128<float>, Lanes128>.Backward(weights, derivatives, inputDerivatives); break;
        }
    }

    /// <summary>inputDerivatives += derivatives[o] weights[o] with the old weights, and weights[o] -= rate derivatives[o] input, in one sweep.</summary>
    /// <remarks><paramref name="rates"/> has one for each weight, or is empty: then <paramref name="rate"/> holds for all.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(Span<float> weights, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives, float rate, ReadOnlySpan<float> rates)
    {
        switch (Simd.Bits)
        {
            case 512: Step<Vector512<float>, Lanes512>(weights, input, derivatives, inputDerivatives, rate, rates); break;
            case 256: Step<Vector256<float>, Lanes256>(weights, input, derivatives, inputDerivatives, rate, rates); break;
            default: Step<Vector128<float>, Lanes128>(weights, input, derivatives, inputDerivatives, rate, rates); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardMany<TVector, TLanes>(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, ReadOnlySpan<float> source, ReadOnlySpan<int> offsets, int positions, Span<float> target, int targetStride)
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
    {
        // Positions that fill no vector are computed aside.
        Span<float> aside = stackalloc float[8 * AlignedMemory.Line];
        bool narrow = positions < TLanes.Count;
        ref float x = ref MemoryMarshal.GetReference(source);
        for (int row = 0; row < biases.Length; row += 8)
        {
            ref float w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * offsets.Length);
            ref float b = ref Unsafe.Add(ref MemoryMarshal.GetReference(biases), row);
            ref float t = ref Unsafe.Add(ref MemoryMarshal.GetReference(target), row * targetStride);
            int last = biases.Length - 1 - row;
            if (!narrow)
            {
                DenseKernels<TVector, TLanes>.ForwardEight(ref w, offsets.Length, ref b, ref x, offsets, positions, ref t, targetStride, last);
                continue;
            }
            DenseKernels<TVector, TLanes>.ForwardEight(ref w, offsets.Length, ref b, ref x, offsets, TLanes.Count, ref aside[0], AlignedMemory.Line, last);
            for (int r = 0; r <= Math.Min(7, last); r++)
                aside.Slice(r * AlignedMemory.Line, positions).CopyTo(target[((row + r) * targetStride)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step<TVector, TLanes>(
        Span<float> weights, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives, float rate,
        ReadOnlySpan<float> rates)
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
    {
        if (rates.IsEmpty)
            DenseKernels<TVector, TLanes>.Step<OneRate<TVector, TLanes>>(weights, input, derivatives, inputDerivatives, rate, rates);
        else
            DenseKernels<TVector, TLanes>.Step<RateOfEach<TVector, TLanes>>(weights, input, derivatives, inputDerivatives, rate: 1, rates);
    }
}
