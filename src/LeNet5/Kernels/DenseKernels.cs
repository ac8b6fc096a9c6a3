using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeNet5.Kernels;

/// <summary>The loops of <see cref="Dense"/> for one vector width, four rows of weights at a time.</summary>
/// <remarks>They read whole vectors, and so up to a line beyond the weights and the input.</remarks>
internal static class DenseKernels<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, ReadOnlySpan<float> input, Span<float> sums)
    {
        nint columns = input.Length;
        nint whole = columns / Reduction.Partials * Reduction.Partials;
        ref float x = ref MemoryMarshal.GetReference(input);
        Span<float> partials = stackalloc float[4 * Reduction.Partials];
        ref float first = ref partials[0];
        for (int row = 0; row < sums.Length; row += 4)
        {
            // Rows beyond the last are computed as the last.
            int last = sums.Length - 1 - row;
            ref float w0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * columns);
            ref float w1 = ref Unsafe.Add(ref w0, Math.Min(1, last) * columns);
            ref float w2 = ref Unsafe.Add(ref w0, Math.Min(2, last) * columns);
            ref float w3 = ref Unsafe.Add(ref w0, Math.Min(3, last) * columns);
            for (nint part = 0; part < Reduction.Partials; part += TLanes.Count)
            {
                TVector s0 = TLanes.Broadcast(0), s1 = s0, s2 = s0, s3 = s0;
                nint i = part;
                for (; i < whole; i += Reduction.Partials)
                {
                    TVector v = TLanes.Load(ref x, i);
                    s0 = TLanes.MultiplyAdd(v, TLanes.Load(ref w0, i), s0);
                    s1 = TLanes.MultiplyAdd(v, TLanes.Load(ref w1, i), s1);
                    s2 = TLanes.MultiplyAdd(v, TLanes.Load(ref w2, i), s2);
                    s3 = TLanes.MultiplyAdd(v, TLanes.Load(ref w3, i), s3);
                }
                if (i < columns)
                {
                    TVector v = TLanes.And(TLanes.Load(ref x, i), TLanes.MaskOfFirst(columns - i));
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
            for (int r = 0; r <= Math.Min(3, last); r++)
                sums[row + r] = biases[row + r] + Reduction.Fold(ref Unsafe.Add(ref first, r * Reduction.Partials));
        }
    }

    /// <summary>Eight rows of weights for one vector's width of positions. Value i of what a position sees lies at <paramref name="offsets"/>[i].</summary>
    /// <remarks>The sums run in the order of <see cref="Forward"/>, so that a unit gives the same bits alone and among others.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardEight(ref float weights, nint columns, ref float biases, ref float source, ReadOnlySpan<int> offsets, ref float target, nint targetStride, int last)
    {
        Span<float> partials = stackalloc float[8 * Reduction.Partials * Reduction.Partials];
        ref float first = ref partials[0];
        ref float w1 = ref Unsafe.Add(ref weights, Math.Min(1, last) * columns);
        ref float w2 = ref Unsafe.Add(ref weights, Math.Min(2, last) * columns);
        ref float w3 = ref Unsafe.Add(ref weights, Math.Min(3, last) * columns);
        ref float w4 = ref Unsafe.Add(ref weights, Math.Min(4, last) * columns);
        ref float w5 = ref Unsafe.Add(ref weights, Math.Min(5, last) * columns);
        ref float w6 = ref Unsafe.Add(ref weights, Math.Min(6, last) * columns);
        ref float w7 = ref Unsafe.Add(ref weights, Math.Min(7, last) * columns);
        for (nint part = 0; part < Reduction.Partials; part++)
        {
            TVector s0 = TLanes.Broadcast(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
            for (nint i = part; i < columns; i += Reduction.Partials)
            {
                TVector v = TLanes.Load(ref source, offsets[(int)i]);
                s0 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref weights, i)), s0);
                s1 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w1, i)), s1);
                s2 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w2, i)), s2);
                s3 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w3, i)), s3);
                s4 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w4, i)), s4);
                s5 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w5, i)), s5);
                s6 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w6, i)), s6);
                s7 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w7, i)), s7);
            }
            ref float own = ref Unsafe.Add(ref first, part * 8 * TLanes.Count);
            TLanes.Store(s0, ref own, 0);
            TLanes.Store(s1, ref own, TLanes.Count);
            TLanes.Store(s2, ref own, 2 * TLanes.Count);
            TLanes.Store(s3, ref own, 3 * TLanes.Count);
            TLanes.Store(s4, ref own, 4 * TLanes.Count);
            TLanes.Store(s5, ref own, 5 * TLanes.Count);
            TLanes.Store(s6, ref own, 6 * TLanes.Count);
            TLanes.Store(s7, ref own, 7 * TLanes.Count);
        }
        for (int r = 0; r <= Math.Min(7, last); r++)
            TLanes.Store(TLanes.Add(TLanes.Broadcast(Unsafe.Add(ref biases, r)), Fold(ref Unsafe.Add(ref first, r * TLanes.Count), 8 * TLanes.Count)), ref target, r * targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ReadOnlySpan<float> weights, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives)
    {
        nint columns = inputDerivatives.Length;
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
            ref float w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * columns);
            for (nint i = 0; i < columns; i++)
                Unsafe.Add(ref dx, i) = float.MultiplyAddEstimate(derivatives[row], Unsafe.Add(ref w, i), Unsafe.Add(ref dx, i));
        }
    }

    /// <summary>Each weight is read once, used for the derivatives by the input, changed and written back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(Span<float> weights, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives, float rate)
    {
        nint columns = input.Length;
        ref float x = ref MemoryMarshal.GetReference(input);
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
            TVector m0 = TLanes.Broadcast(-(rate * f0)), m1 = TLanes.Broadcast(-(rate * f1)), m2 = TLanes.Broadcast(-(rate * f2)), m3 = TLanes.Broadcast(-(rate * f3));
            for (nint i = 0; i < columns; i += TLanes.Count)
            {
                // The last vector reaches into the next row: zeros in the input leave its weights as they are.
                TVector v = TLanes.Load(ref x, i);
                if (i + TLanes.Count > columns)
                    v = TLanes.And(v, TLanes.MaskOfFirst(columns - i));
                TVector w = TLanes.Load(ref w0, i);
                TVector sum = TLanes.MultiplyAdd(d0, w, TLanes.Load(ref dx, i));
                TLanes.Store(TLanes.MultiplyAdd(m0, v, w), ref w0, i);
                w = TLanes.Load(ref w1, i);
                sum = TLanes.MultiplyAdd(d1, w, sum);
                TLanes.Store(TLanes.MultiplyAdd(m1, v, w), ref w1, i);
                w = TLanes.Load(ref w2, i);
                sum = TLanes.MultiplyAdd(d2, w, sum);
                TLanes.Store(TLanes.MultiplyAdd(m2, v, w), ref w2, i);
                w = TLanes.Load(ref w3, i);
                TLanes.Store(TLanes.MultiplyAdd(d3, w, sum), ref dx, i);
                TLanes.Store(TLanes.MultiplyAdd(m3, v, w), ref w3, i);
            }
        }
        for (; row < derivatives.Length; row++)
            StepOne(ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * columns), ref x, ref dx, columns, derivatives[row], -(rate * derivatives[row]));
    }

    /// <summary>The same with a rate for each weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(Span<float> weights, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives, ReadOnlySpan<float> rates)
    {
        nint columns = input.Length;
        ref float x = ref MemoryMarshal.GetReference(input);
        ref float dx = ref MemoryMarshal.GetReference(inputDerivatives);
        for (int row = 0; row < derivatives.Length; row++)
        {
            ref float w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * columns);
            ref readonly float r = ref Unsafe.Add(ref MemoryMarshal.GetReference(rates), row * columns);
            float f = derivatives[row];
            TVector d = TLanes.Broadcast(f), m = TLanes.Broadcast(-f);
            nint i = 0;
            for (; i + TLanes.Count <= columns; i += TLanes.Count)
            {
                TVector old = TLanes.Load(ref w, i);
                TLanes.Store(TLanes.MultiplyAdd(d, old, TLanes.Load(ref dx, i)), ref dx, i);
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Multiply(m, TLanes.Load(ref x, i)), TLanes.Load(in r, i), old), ref w, i);
            }
            for (; i < columns; i++)
            {
                ref float weight = ref Unsafe.Add(ref w, i);
                Unsafe.Add(ref dx, i) = float.MultiplyAddEstimate(f, weight, Unsafe.Add(ref dx, i));
                weight = float.MultiplyAddEstimate(-f * Unsafe.Add(ref x, i), Unsafe.Add(ref Unsafe.AsRef(in r), i), weight);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepOne(ref float weights, ref float x, ref float dx, nint columns, float derivative, float move)
    {
        for (nint i = 0; i < columns; i++)
        {
            ref float weight = ref Unsafe.Add(ref weights, i);
            Unsafe.Add(ref dx, i) = float.MultiplyAddEstimate(derivative, weight, Unsafe.Add(ref dx, i));
            weight = float.MultiplyAddEstimate(move, Unsafe.Add(ref x, i), weight);
        }
    }

    /// <summary>Adds 16 vectors of partial sums in the order of <see cref="Reduction.Fold"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Fold(ref float partials, nint stride)
    {
        return TLanes.Add(TLanes.Add(Four(ref partials, 0, stride), Four(ref partials, 2, stride)), TLanes.Add(Four(ref partials, 1, stride), Four(ref partials, 3, stride)));

        static TVector Four(ref float partials, nint i, nint stride) => TLanes.Add(
            TLanes.Add(TLanes.Load(ref partials, i * stride), TLanes.Load(ref partials, (i + 8) * stride)),
            TLanes.Add(TLanes.Load(ref partials, (i + 4) * stride), TLanes.Load(ref partials, (i + 12) * stride)));
    }
}
