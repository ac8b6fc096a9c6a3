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

    /// <summary>Eight rows of weights for positions that fill a vector at least; the last vector reaches back. Value i of what a position sees lies at <paramref name="offsets"/>[i].</summary>
    /// <remarks>
    /// The sums run in the order of <see cref="Forward"/>, so that a unit gives the same bits alone and among others: 16 partial sums, one after another,
    /// added up as <see cref="Reduction.Fold"/> does: p and p + 8, p + 4 and p + 12, those two, and so on.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardEight(ref float weights, nint columns, ref float biases, ref float source, ReadOnlySpan<int> offsets, nint positions, ref float target, nint targetStride, int last)
    {
        Span<float> kept = stackalloc float[2 * 8 * AlignedMemory.Line];
        ref float even = ref kept[0];
        ref float odd = ref kept[8 * AlignedMemory.Line];
        ref float w1 = ref Unsafe.Add(ref weights, Math.Min(1, last) * columns);
        ref float w2 = ref Unsafe.Add(ref weights, Math.Min(2, last) * columns);
        ref float w3 = ref Unsafe.Add(ref weights, Math.Min(3, last) * columns);
        ref float w4 = ref Unsafe.Add(ref weights, Math.Min(4, last) * columns);
        ref float w5 = ref Unsafe.Add(ref weights, Math.Min(5, last) * columns);
        ref float w6 = ref Unsafe.Add(ref weights, Math.Min(6, last) * columns);
        ref float w7 = ref Unsafe.Add(ref weights, Math.Min(7, last) * columns);
        ref int offset = ref MemoryMarshal.GetReference(offsets);
        TVector zero = TLanes.Broadcast(0);
        for (nint p = 0; p < positions; p += TLanes.Count)
        {
            p = nint.Min(p, positions - TLanes.Count);
            ref float seen = ref Unsafe.Add(ref source, p);
            foreach (int quarter in (ReadOnlySpan<int>)[0, 2, 1, 3])
            {
                TVector t0 = zero, t1 = zero, t2 = zero, t3 = zero, t4 = zero, t5 = zero, t6 = zero, t7 = zero;
                TVector u0 = zero, u1 = zero, u2 = zero, u3 = zero, u4 = zero, u5 = zero, u6 = zero, u7 = zero;
                foreach (int part in (ReadOnlySpan<int>)[0, 8, 4, 12])
                {
                    TVector s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero;
                    for (nint i = quarter + part; i < columns; i += Reduction.Partials)
                    {
                        TVector v = TLanes.Load(ref seen, Unsafe.Add(ref offset, i));
                        s0 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref weights, i)), s0);
                        s1 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w1, i)), s1);
                        s2 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w2, i)), s2);
                        s3 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w3, i)), s3);
                        s4 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w4, i)), s4);
                        s5 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w5, i)), s5);
                        s6 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w6, i)), s6);
                        s7 = TLanes.MultiplyAdd(v, TLanes.Broadcast(Unsafe.Add(ref w7, i)), s7);
                    }
                    if (part is 0 or 8)
                    {
                        t0 = TLanes.Add(t0, s0);
                        t1 = TLanes.Add(t1, s1);
                        t2 = TLanes.Add(t2, s2);
                        t3 = TLanes.Add(t3, s3);
                        t4 = TLanes.Add(t4, s4);
                        t5 = TLanes.Add(t5, s5);
                        t6 = TLanes.Add(t6, s6);
                        t7 = TLanes.Add(t7, s7);
                    }
                    else
                    {
                        u0 = TLanes.Add(u0, s0);
                        u1 = TLanes.Add(u1, s1);
                        u2 = TLanes.Add(u2, s2);
                        u3 = TLanes.Add(u3, s3);
                        u4 = TLanes.Add(u4, s4);
                        u5 = TLanes.Add(u5, s5);
                        u6 = TLanes.Add(u6, s6);
                        u7 = TLanes.Add(u7, s7);
                    }
                }
                ref float sums = ref quarter % 2 == 0 ? ref even : ref odd;
                Keep(ref sums, 0, quarter < 2, TLanes.Add(t0, u0));
                Keep(ref sums, 1, quarter < 2, TLanes.Add(t1, u1));
                Keep(ref sums, 2, quarter < 2, TLanes.Add(t2, u2));
                Keep(ref sums, 3, quarter < 2, TLanes.Add(t3, u3));
                Keep(ref sums, 4, quarter < 2, TLanes.Add(t4, u4));
                Keep(ref sums, 5, quarter < 2, TLanes.Add(t5, u5));
                Keep(ref sums, 6, quarter < 2, TLanes.Add(t6, u6));
                Keep(ref sums, 7, quarter < 2, TLanes.Add(t7, u7));
            }
            for (int r = 0; r <= Math.Min(7, last); r++)
            {
                TVector sum = TLanes.Add(TLanes.Load(ref even, r * AlignedMemory.Line), TLanes.Load(ref odd, r * AlignedMemory.Line));
                TLanes.Store(TLanes.Add(TLanes.Broadcast(Unsafe.Add(ref biases, r)), sum), ref target, (r * targetStride) + p);
            }
        }

        static void Keep(ref float sums, nint row, bool first, TVector sum) =>
            TLanes.Store(first ? sum : TLanes.Add(TLanes.Load(ref sums, row * AlignedMemory.Line), sum), ref sums, row * AlignedMemory.Line);
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
    /// <remarks>The rate of a weight is <paramref name="rate"/>, times its own where the rates are of each.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step<TRates>(
        Span<float> weights, ReadOnlySpan<float> input, ReadOnlySpan<float> derivatives, Span<float> inputDerivatives, float rate, ReadOnlySpan<float> rates)
        where TRates : struct, IStepRates<TVector>
    {
        nint columns = input.Length;
        ref float x = ref MemoryMarshal.GetReference(input);
        ref float dx = ref MemoryMarshal.GetReference(inputDerivatives);
        ref float r = ref MemoryMarshal.GetReference(rates);

        // There may be nothing behind the last rate, so no vector may reach beyond it.
        int rows = TRates.AreOfEach && columns % TLanes.Count != 0 ? derivatives.Length - 1 : derivatives.Length;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            nint first = row * columns;
            ref float w0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), first);
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
                TLanes.Store(TRates.Move(w, m0, v, ref r, first + i), ref w0, i);
                w = TLanes.Load(ref w1, i);
                sum = TLanes.MultiplyAdd(d1, w, sum);
                TLanes.Store(TRates.Move(w, m1, v, ref r, first + columns + i), ref w1, i);
                w = TLanes.Load(ref w2, i);
                sum = TLanes.MultiplyAdd(d2, w, sum);
                TLanes.Store(TRates.Move(w, m2, v, ref r, first + (2 * columns) + i), ref w2, i);
                w = TLanes.Load(ref w3, i);
                TLanes.Store(TLanes.MultiplyAdd(d3, w, sum), ref dx, i);
                TLanes.Store(TRates.Move(w, m3, v, ref r, first + (3 * columns) + i), ref w3, i);
            }
        }
        for (; row < derivatives.Length; row++)
        {
            for (nint i = 0; i < columns; i++)
            {
                ref float weight = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), (row * columns) + i);
                Unsafe.Add(ref dx, i) = float.MultiplyAddEstimate(derivatives[row], weight, Unsafe.Add(ref dx, i));
                weight = TRates.Move(weight, -(rate * derivatives[row]), Unsafe.Add(ref x, i), ref r, (row * columns) + i);
            }
        }
    }
}

/// <summary>How a step moves a weight w by the product of a factor m and an input x.</summary>
internal interface IStepRates<TVector>
    where TVector : struct
{
    /// <summary>Whether each weight has a rate of its own.</summary>
    static abstract bool AreOfEach { get; }

    static abstract TVector Move(TVector w, TVector m, TVector x, ref float rates, nint i);

    static abstract float Move(float w, float m, float x, ref float rates, nint i);
}

/// <summary>w + m x: the rate is in m.</summary>
internal readonly struct OneRate<TVector, TLanes> : IStepRates<TVector>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    public static bool AreOfEach => false;

    public static TVector Move(TVector w, TVector m, TVector x, ref float rates, nint i) => TLanes.MultiplyAdd(m, x, w);

    public static float Move(float w, float m, float x, ref float rates, nint i) => float.MultiplyAddEstimate(m, x, w);
}

/// <summary>w + m x r, with a rate r for each weight.</summary>
internal readonly struct RateOfEach<TVector, TLanes> : IStepRates<TVector>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    public static bool AreOfEach => true;

    public static TVector Move(TVector w, TVector m, TVector x, ref float rates, nint i) => TLanes.MultiplyAdd(TLanes.Multiply(m, x), TLanes.Load(ref rates, i), w);

    public static float Move(float w, float m, float x, ref float rates, nint i) => float.MultiplyAddEstimate(m * x, Unsafe.Add(ref rates, i), w);
}
