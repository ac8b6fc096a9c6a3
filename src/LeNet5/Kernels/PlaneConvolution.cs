using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>Convolution plane by plane: the outputs of a row lie side by side in a vector, and every one has a sum of its own.</summary>
internal sealed class PlaneConvolution(ConnectionTable table, int kernel) : Convolution
{
    /// <summary>Distance of the maps in sums of the 25 taps that lie map by map.</summary>
    public const int TapsOfMap = 32;

    public override int ScratchLength(Shape input, Passes passes)
    {
        if (passes == Passes.Forward)
            return 0;
        Shape output = new(table.Outputs, input.Height - kernel + 1, input.Width - kernel + 1);
        int products = UsesMaps(output)
            ? ColumnsLength(output) + ((25 + TapsOfMap) * Reduction.Partials)
            : kernel * Reduction.Partials;
        return AlignedMemory.Spaced(new PaddedPlanes(output, kernel).Length) + products;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, Span<float> outputs,
        Activation squash, int step, Span<float> scratch)
    {
        switch (Simd.Bits)
        {
            case 512: Planes<Vector512<float>, Lanes512>.Forward(table, kernel, weights, biases, inputShape, input, outputShape, outputs, squash, step); break;
            case 256: Planes<Vector256<float>, Lanes256>.Forward(table, kernel, weights, biases, inputShape, input, outputShape, outputs, squash, step); break;
            default: Planes<Vector128<float>, Lanes128>.Forward(table, kernel, weights, biases, inputShape, input, outputShape, outputs, squash, step); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(
        ReadOnlySpan<float> weights, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, Span<float> weightGradient, Span<float> biasGradient, Span<float> scratch)
    {
        switch (Simd.Bits)
        {
            case 512: Backward<Vector512<float>, Lanes512>(weights, inputShape, input, outputShape, derivatives, inputDerivatives, weightGradient, biasGradient, scratch); break;
            case 256: Backward<Vector256<float>, Lanes256>(weights, inputShape, input, outputShape, derivatives, inputDerivatives, weightGradient, biasGradient, scratch); break;
            default: Backward<Vector128<float>, Lanes128>(weights, inputShape, input, outputShape, derivatives, inputDerivatives, weightGradient, biasGradient, scratch); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward<TVector, TLanes>(
        ReadOnlySpan<float> weights, Shape inputShape, ReadOnlySpan<float> input, Shape outputShape, ReadOnlySpan<float> derivatives,
        Span<float> inputDerivatives, Span<float> weightGradient, Span<float> biasGradient, Span<float> scratch)
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
    {
        PaddedPlanes planes = new(outputShape, kernel);
        Span<float> padded = scratch[..planes.Length];
        Span<float> products = scratch[AlignedMemory.Spaced(planes.Length)..];
        if (UsesMaps(outputShape))
        {
            int columns = ColumnsLength(outputShape);
            Planes<TVector, TLanes>.AddTapProductsAcrossMaps(table, inputShape, input, outputShape, derivatives, weightGradient, biasGradient, products[..columns], products[columns..]);
        }
        else
            Planes<TVector, TLanes>.AddTapProducts(table, kernel, inputShape, input, outputShape, derivatives, weightGradient, biasGradient, products);
        if (!inputDerivatives.IsEmpty)
            Planes<TVector, TLanes>.BackwardInput(table, kernel, weights, inputShape, outputShape, derivatives, inputDerivatives, planes, padded);
    }

    /// <summary>Whether the gradient of the weights takes fewer vectors with output maps than with columns side by side: narrow planes, many maps.
    /// Counted in vectors of 16 whatever the width, so that every width sums in the same order.</summary>
    internal bool UsesMaps(Shape output) =>
        kernel == 5 && (long)table.Inputs * AcrossMaps.Stride(table.Outputs) * output.Width <= (long)table.LinkCount * AlignedMemory.WholeLines(output.Width);

    /// <summary>Room for the derivatives with output maps side by side.</summary>
    private static int ColumnsLength(Shape output) => AlignedMemory.Spaced(checked(output.Plane * AcrossMaps.Stride(output.Maps)));
}
