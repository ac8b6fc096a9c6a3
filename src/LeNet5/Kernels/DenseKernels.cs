using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>The loops of <see cref="Dense"/> for one vector width, four rows of weights at a time.</summary>
internal static class DenseKernels<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, ReadOnlySpan<float> input, Span<float> sums)
    {
        int columns = input.Length;
        int whole = columns / Reduction.Partials * Reduction.Partials;
        ref float x = ref MemoryMarshal.GetReference(input);
        Span<float> partials = stackalloc float[4 * Reduction.Partials];
        ref float first = ref partials[0];
        int row = 0;
        for (; row + 4 <= sums.Length; row += 4)
        {
            ref float w0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * columns);
            ref float w1 = ref Unsafe.Add(ref w0, columns);
            ref float w2 = ref Unsafe.Add(ref w1, columns);
            ref float w3 = ref Unsafe.Add(ref w2, columns);
            for (int part = 0; part < Reduction.Partials; part += TLanes.Count)
            {
                TVector s0 = TLanes.Broadcast(0), s1 = s0, s2 = s0, s3 = s0;
                for (nint i = part; i < whole; i += Reduction.Partials)
                {
                    TVector v = TLanes.Load(ref x, i);
                    s0 = TLanes.MultiplyAdd(v, TLanes.Load(ref w0, i), s0);
                    s1 = TLanes.MultiplyAdd(v, TLanes.Load(ref w1, i), s1);
                    s2 = TLanes.MultiplyAdd(v, TLanes.Load(ref w2, i), s2);
                    s3 = TLanes.MultiplyAdd(v, TLanes.Load(ref w3, i), s3);
                }
                TLanes.Store(s0, ref first, part);
                TLanes.Store(s1, ref first, part + Reduction.Partials);
                TLanes.Store(s2, ref first, part + (2 * Reduction.Partials));
                TLanes.Store(s3, ref first, part + (3 * Reduction.Partials));
            }
            for (int r = 0; r < 4; r++)
            {
                Span<float> own = partials.Slice(r * Reduction.Partials, Reduction.Partials);
                AddTail(input[whole..], weights.Slice(((row + r) * columns) + whole, columns - whole), own);
                sums[row + r] = biases[row + r] + Reduction.Fold(ref own[0]);
            }
        }
        for (; row < sums.Length; row++)
            sums[row] = biases[row] + Reduction.Dot(input, weights.Slice(row * columns, columns));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ReadOnlySpan<float> weights, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives)
    {
        int columns = inputDerivatives.Length;
        ref float dx = ref MemoryMarshal.GetReference(inputDerivatives);
        int row = 0;
        for (; row + 4 <= derivatives.Length; row += 4)
        {
            ref float w0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * columns);
            ref float w1 = ref Unsafe.Add(ref w0, columns);
            ref float w2 = ref Unsafe.Add(ref w1, columns);
            ref float w3 = ref Unsafe.Add(ref w2, columns);
            (float f0, float f1, float f2, float f3) = (derivatives[row], derivatives[row + 1], derivatives[row + 2], derivatives[row + 3]);
            TVector d0 = TLanes.Broadcast(f0), d1 = TLanes.Broadcast(f1), d2 = TLanes.Broadcast(f2), d3 = TLanes.Broadcast(f3);
            nint i = 0;
            for (; i + TLanes.Count <= columns; i += TLanes.Count)
            {
                TVector sum = TLanes.MultiplyAdd(d0, TLanes.Load(ref w0, i), TLanes.Load(ref dx, i));
                sum = TLanes.MultiplyAdd(d1, TLanes.Load(ref w1, i), sum);
                sum = TLanes.MultiplyAdd(d2, TLanes.Load(ref w2, i), sum);
                TLanes.Store(TLanes.MultiplyAdd(d3, TLanes.Load(ref w3, i), sum), ref dx, i);
            }
            for (; i < columns; i++)
            {
                float sum = float.MultiplyAddEstimate(f0, Unsafe.Add(ref w0, i), Unsafe.Add(ref dx, i));
                sum = float.MultiplyAddEstimate(f1, Unsafe.Add(ref w1, i), sum);
                sum = float.MultiplyAddEstimate(f2, Unsafe.Add(ref w2, i), sum);
                Unsafe.Add(ref dx, i) = float.MultiplyAddEstimate(f3, Unsafe.Add(ref w3, i), sum);
            }
        }
        for (; row < derivatives.Length; row++)
        {
            ReadOnlySpan<float> w = weights.Slice(row * columns, columns);
            for (int i = 0; i < columns; i++)
                inputDerivatives[i] = float.MultiplyAddEstimate(derivatives[row], w[i], inputDerivatives[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(Span<float> weights, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives, float rate, ReadOnlySpan<float> rates)
    {
        // Four rows at a time: what the first loop brought into the first-level cache, the second finds there.
        int columns = input.Length;
        for (int row = 0; row < derivatives.Length; row += 4)
        {
            int count = Math.Min(4, derivatives.Length - row);
            Span<float> rows = weights.Slice(row * columns, count * columns);
            Backward(rows, derivatives.Slice(row, count), inputDerivatives);
            for (int r = 0; r < count; r++)
            {
                Span<float> w = rows.Slice(r * columns, columns);
                if (rates.IsEmpty)
                    AddScaled(input, -(rate * derivatives[row + r]), w);
                else
                    AddScaledProduct(input, rates.Slice((row + r) * columns, columns), -derivatives[row + r], w);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(ReadOnlySpan<float> x, float scale, Span<float> sum)
    {
        ref float rx = ref MemoryMarshal.GetReference(x);
        ref float rs = ref MemoryMarshal.GetReference(sum);
        TVector factor = TLanes.Broadcast(scale);
        nint i = 0;
        for (; i + TLanes.Count <= sum.Length; i += TLanes.Count)
            TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(ref rx, i), TLanes.Load(ref rs, i)), ref rs, i);
        for (; i < sum.Length; i++)
            Unsafe.Add(ref rs, i) = float.MultiplyAddEstimate(scale, Unsafe.Add(ref rx, i), Unsafe.Add(ref rs, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaledProduct(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float scale, Span<float> sum)
    {
        ref float rx = ref MemoryMarshal.GetReference(x);
        ref float ry = ref MemoryMarshal.GetReference(y);
        ref float rs = ref MemoryMarshal.GetReference(sum);
        TVector factor = TLanes.Broadcast(scale);
        nint i = 0;
        for (; i + TLanes.Count <= sum.Length; i += TLanes.Count)
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Multiply(factor, TLanes.Load(ref rx, i)), TLanes.Load(ref ry, i), TLanes.Load(ref rs, i)), ref rs, i);
        for (; i < sum.Length; i++)
            Unsafe.Add(ref rs, i) = float.MultiplyAddEstimate(scale * Unsafe.Add(ref rx, i), Unsafe.Add(ref ry, i), Unsafe.Add(ref rs, i));
    }

    /// <summary>Adds the products that fill no whole group of 16 to the partial sums, in groups of four first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTail(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> partials)
    {
        int i = 0;
        for (; i + 4 <= x.Length; i += 4)
        {
            Vector128<float> sum = Vector128.MultiplyAddEstimate(Vector128.Create(x.Slice(i, 4)), Vector128.Create(y.Slice(i, 4)), Vector128.Create<float>(partials.Slice(i, 4)));
            sum.CopyTo(partials[i..]);
        }
        for (; i < x.Length; i++)
            partials[i] = float.MultiplyAddEstimate(x[i], y[i], partials[i]);
    }
}
