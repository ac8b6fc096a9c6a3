using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>A matrix of weights, a row a unit, times a vector, with its derivatives and its update.</summary>
internal static class Dense
{
    /// <summary>sums[o] = biases[o] + weights[o] . input.</summary>
    public static void Forward(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, ReadOnlySpan<float> input, Span<float> sums)
    {
        switch (Simd.Bits)
        {
            case 512: DenseKernels<Vector512<float>, Lanes512>.Forward(weights, biases, input, sums); break;
            case 256: DenseKernels<Vector256<float>, Lanes256>.Forward(weights, biases, input, sums); break;
            default: DenseKernels<Vector128<float>, Lanes128>.Forward(weights, biases, input, sums); break;
        }
    }

    /// <summary>inputDerivatives += derivatives[o] weights[o], in ascending order of o.</summary>
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
    public static void Step(Span<float> weights, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives, float rate, ReadOnlySpan<float> rates)
    {
        switch (Simd.Bits)
        {
            case 512: DenseKernels<Vector512<float>, Lanes512>.Step(weights, input, derivatives, inputDerivatives, rate, rates); break;
            case 256: DenseKernels<Vector256<float>, Lanes256>.Step(weights, input, derivatives, inputDerivatives, rate, rates); break;
            default: DenseKernels<Vector128<float>, Lanes128>.Step(weights, input, derivatives, inputDerivatives, rate, rates); break;
        }
    }
}
