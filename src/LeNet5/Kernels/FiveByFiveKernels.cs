using System.Runtime.CompilerServices;

namespace LeNet5.Kernels;

/// <summary>The two loops of a convolution with kernels of 5x5, register-blocked over rows, for one vector width.</summary>
/// <remarks>
/// A tile is some rows high and one vector wide. For each column of a kernel its five weights stay in registers while the rows pass by:
/// a row is loaded once and used five times, so that the multiply-adds and not the (unaligned) loads set the pace. Tiles of seven and five
/// rows use 13 registers at most, which narrower machines have, too; single rows take what is left.
/// Sums run over planes, then kernel columns, then kernel rows, whatever the tile.
/// </remarks>
internal static class FiveByFiveKernels<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>One vector's width of an output plane: target[y] = start + sum over planes and taps of weight * plane[y + tap row, tap column].</summary>
    /// <remarks>Stores whole vectors.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Correlate(
        ref readonly float source, nint planeStride, nint pitch, ReadOnlySpan<int> planes, ref readonly float kernels,
        float start, ref float target, nint targetPitch, int rows)
    {
        TVector first = TLanes.Broadcast(start);
        int height;
        for (nint y = 0; y < rows; y += height)
        {
            ref readonly float s = ref Unsafe.Add(ref Unsafe.AsRef(in source), y * pitch);
            ref float t = ref Unsafe.Add(ref target, y * targetPitch);
            height = TileHeight(rows - (int)y);
            if (height == 7)
                CorrelateSeven(in s, planeStride, pitch, planes, in kernels, first, ref t, targetPitch);
            else if (height == 5)
                CorrelateFive(in s, planeStride, pitch, planes, in kernels, first, ref t, targetPitch);
            else
                CorrelateOne(in s, planeStride, pitch, planes, in kernels, first, ref t);
        }
    }

    /// <summary>For one column of the kernel, sums[tap row] += sum over rows of derivatives[y] * source[y + tap row], each in 16 partial sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(ref readonly float derivatives, nint pitch, ref readonly float source, nint sourcePitch, int rows, ref float sums)
    {
        int height;
        for (nint y = 0; y < rows; y += height)
        {
            ref readonly float d = ref Unsafe.Add(ref Unsafe.AsRef(in derivatives), y * pitch);
            ref readonly float s = ref Unsafe.Add(ref Unsafe.AsRef(in source), y * sourcePitch);
            height = TileHeight(rows - (int)y);
            if (height == 7)
                AddProductsSeven(in d, pitch, in s, sourcePitch, ref sums);
            else if (height == 5)
                AddProductsFive(in d, pitch, in s, sourcePitch, ref sums);
            else
                AddProductsOne(in d, in s, sourcePitch, ref sums);
        }
    }

    private static int TileHeight(int rows) => rows % 7 == 0 || rows >= 12 ? 7 : rows >= 5 ? 5 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weight(ref float kernel, nint tap) => TLanes.Broadcast(Unsafe.Add(ref kernel, tap));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateSeven(
        ref readonly float source, nint planeStride, nint pitch, ReadOnlySpan<int> planes, ref readonly float kernels,
        TVector start, ref float target, nint targetPitch)
    {
        TVector s0 = start, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0;
        ref float kernel = ref Unsafe.AsRef(in kernels);
        foreach (int plane in planes)
        {
            ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), plane * planeStride);
            for (nint x = 0; x < 5; x++)
            {
                TVector w0 = Weight(ref kernel, x), w1 = Weight(ref kernel, 5 + x), w2 = Weight(ref kernel, 10 + x);
                TVector w3 = Weight(ref kernel, 15 + x), w4 = Weight(ref kernel, 20 + x);
                TVector v = TLanes.Load(ref rows, x);
                s0 = TLanes.MultiplyAdd(w0, v, s0);
                v = TLanes.Load(ref rows, pitch + x);
                s0 = TLanes.MultiplyAdd(w1, v, s0);
                s1 = TLanes.MultiplyAdd(w0, v, s1);
                v = TLanes.Load(ref rows, (2 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w2, v, s0);
                s1 = TLanes.MultiplyAdd(w1, v, s1);
                s2 = TLanes.MultiplyAdd(w0, v, s2);
                v = TLanes.Load(ref rows, (3 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w3, v, s0);
                s1 = TLanes.MultiplyAdd(w2, v, s1);
                s2 = TLanes.MultiplyAdd(w1, v, s2);
                s3 = TLanes.MultiplyAdd(w0, v, s3);
                v = TLanes.Load(ref rows, (4 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w4, v, s0);
                s1 = TLanes.MultiplyAdd(w3, v, s1);
                s2 = TLanes.MultiplyAdd(w2, v, s2);
                s3 = TLanes.MultiplyAdd(w1, v, s3);
                s4 = TLanes.MultiplyAdd(w0, v, s4);
                v = TLanes.Load(ref rows, (5 * pitch) + x);
                s1 = TLanes.MultiplyAdd(w4, v, s1);
                s2 = TLanes.MultiplyAdd(w3, v, s2);
                s3 = TLanes.MultiplyAdd(w2, v, s3);
                s4 = TLanes.MultiplyAdd(w1, v, s4);
                s5 = TLanes.MultiplyAdd(w0, v, s5);
                v = TLanes.Load(ref rows, (6 * pitch) + x);
                s2 = TLanes.MultiplyAdd(w4, v, s2);
                s3 = TLanes.MultiplyAdd(w3, v, s3);
                s4 = TLanes.MultiplyAdd(w2, v, s4);
                s5 = TLanes.MultiplyAdd(w1, v, s5);
                s6 = TLanes.MultiplyAdd(w0, v, s6);
                v = TLanes.Load(ref rows, (7 * pitch) + x);
                s3 = TLanes.MultiplyAdd(w4, v, s3);
                s4 = TLanes.MultiplyAdd(w3, v, s4);
                s5 = TLanes.MultiplyAdd(w2, v, s5);
                s6 = TLanes.MultiplyAdd(w1, v, s6);
                v = TLanes.Load(ref rows, (8 * pitch) + x);
                s4 = TLanes.MultiplyAdd(w4, v, s4);
                s5 = TLanes.MultiplyAdd(w3, v, s5);
                s6 = TLanes.MultiplyAdd(w2, v, s6);
                v = TLanes.Load(ref rows, (9 * pitch) + x);
                s5 = TLanes.MultiplyAdd(w4, v, s5);
                s6 = TLanes.MultiplyAdd(w3, v, s6);
                v = TLanes.Load(ref rows, (10 * pitch) + x);
                s6 = TLanes.MultiplyAdd(w4, v, s6);
            }
            kernel = ref Unsafe.Add(ref kernel, 25);
        }
        TLanes.Store(s0, ref target, 0);
        TLanes.Store(s1, ref target, targetPitch);
        TLanes.Store(s2, ref target, 2 * targetPitch);
        TLanes.Store(s3, ref target, 3 * targetPitch);
        TLanes.Store(s4, ref target, 4 * targetPitch);
        TLanes.Store(s5, ref target, 5 * targetPitch);
        TLanes.Store(s6, ref target, 6 * targetPitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateFive(
        ref readonly float source, nint planeStride, nint pitch, ReadOnlySpan<int> planes, ref readonly float kernels,
        TVector start, ref float target, nint targetPitch)
    {
        TVector s0 = start, s1 = s0, s2 = s0, s3 = s0, s4 = s0;
        ref float kernel = ref Unsafe.AsRef(in kernels);
        foreach (int plane in planes)
        {
            ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), plane * planeStride);
            for (nint x = 0; x < 5; x++)
            {
                TVector w0 = Weight(ref kernel, x), w1 = Weight(ref kernel, 5 + x), w2 = Weight(ref kernel, 10 + x);
                TVector w3 = Weight(ref kernel, 15 + x), w4 = Weight(ref kernel, 20 + x);
                TVector v = TLanes.Load(ref rows, x);
                s0 = TLanes.MultiplyAdd(w0, v, s0);
                v = TLanes.Load(ref rows, pitch + x);
                s0 = TLanes.MultiplyAdd(w1, v, s0);
                s1 = TLanes.MultiplyAdd(w0, v, s1);
                v = TLanes.Load(ref rows, (2 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w2, v, s0);
                s1 = TLanes.MultiplyAdd(w1, v, s1);
                s2 = TLanes.MultiplyAdd(w0, v, s2);
                v = TLanes.Load(ref rows, (3 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w3, v, s0);
                s1 = TLanes.MultiplyAdd(w2, v, s1);
                s2 = TLanes.MultiplyAdd(w1, v, s2);
                s3 = TLanes.MultiplyAdd(w0, v, s3);
                v = TLanes.Load(ref rows, (4 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w4, v, s0);
                s1 = TLanes.MultiplyAdd(w3, v, s1);
                s2 = TLanes.MultiplyAdd(w2, v, s2);
                s3 = TLanes.MultiplyAdd(w1, v, s3);
                s4 = TLanes.MultiplyAdd(w0, v, s4);
                v = TLanes.Load(ref rows, (5 * pitch) + x);
                s1 = TLanes.MultiplyAdd(w4, v, s1);
                s2 = TLanes.MultiplyAdd(w3, v, s2);
                s3 = TLanes.MultiplyAdd(w2, v, s3);
                s4 = TLanes.MultiplyAdd(w1, v, s4);
                v = TLanes.Load(ref rows, (6 * pitch) + x);
                s2 = TLanes.MultiplyAdd(w4, v, s2);
                s3 = TLanes.MultiplyAdd(w3, v, s3);
                s4 = TLanes.MultiplyAdd(w2, v, s4);
                v = TLanes.Load(ref rows, (7 * pitch) + x);
                s3 = TLanes.MultiplyAdd(w4, v, s3);
                s4 = TLanes.MultiplyAdd(w3, v, s4);
                v = TLanes.Load(ref rows, (8 * pitch) + x);
                s4 = TLanes.MultiplyAdd(w4, v, s4);
            }
            kernel = ref Unsafe.Add(ref kernel, 25);
        }
        TLanes.Store(s0, ref target, 0);
        TLanes.Store(s1, ref target, targetPitch);
        TLanes.Store(s2, ref target, 2 * targetPitch);
        TLanes.Store(s3, ref target, 3 * targetPitch);
        TLanes.Store(s4, ref target, 4 * targetPitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateOne(
        ref readonly float source, nint planeStride, nint pitch, ReadOnlySpan<int> planes, ref readonly float kernels,
        TVector start, ref float target)
    {
        TVector s0 = start;
        ref float kernel = ref Unsafe.AsRef(in kernels);
        foreach (int plane in planes)
        {
            ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), plane * planeStride);
            for (nint x = 0; x < 5; x++)
            {
                TVector w0 = Weight(ref kernel, x), w1 = Weight(ref kernel, 5 + x), w2 = Weight(ref kernel, 10 + x);
                TVector w3 = Weight(ref kernel, 15 + x), w4 = Weight(ref kernel, 20 + x);
                TVector v = TLanes.Load(ref rows, x);
                s0 = TLanes.MultiplyAdd(w0, v, s0);
                v = TLanes.Load(ref rows, pitch + x);
                s0 = TLanes.MultiplyAdd(w1, v, s0);
                v = TLanes.Load(ref rows, (2 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w2, v, s0);
                v = TLanes.Load(ref rows, (3 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w3, v, s0);
                v = TLanes.Load(ref rows, (4 * pitch) + x);
                s0 = TLanes.MultiplyAdd(w4, v, s0);
            }
            kernel = ref Unsafe.Add(ref kernel, 25);
        }
        TLanes.Store(s0, ref target, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProductsSeven(ref readonly float derivatives, nint pitch, ref readonly float source, nint sourcePitch, ref float sums)
    {
        TVector d0 = TLanes.Load(in derivatives, 0), d1 = TLanes.Load(in derivatives, pitch), d2 = TLanes.Load(in derivatives, 2 * pitch), d3 = TLanes.Load(in derivatives, 3 * pitch), d4 = TLanes.Load(in derivatives, 4 * pitch), d5 = TLanes.Load(in derivatives, 5 * pitch), d6 = TLanes.Load(in derivatives, 6 * pitch);
        TVector s0 = TLanes.Load(ref sums, 0), s1 = TLanes.Load(ref sums, 16), s2 = TLanes.Load(ref sums, 32), s3 = TLanes.Load(ref sums, 48), s4 = TLanes.Load(ref sums, 64);
        TVector v = TLanes.Load(in source, 0);
        s0 = TLanes.MultiplyAdd(d0, v, s0);
        v = TLanes.Load(in source, sourcePitch);
        s0 = TLanes.MultiplyAdd(d1, v, s0);
        s1 = TLanes.MultiplyAdd(d0, v, s1);
        v = TLanes.Load(in source, 2 * sourcePitch);
        s0 = TLanes.MultiplyAdd(d2, v, s0);
        s1 = TLanes.MultiplyAdd(d1, v, s1);
        s2 = TLanes.MultiplyAdd(d0, v, s2);
        v = TLanes.Load(in source, 3 * sourcePitch);
        s0 = TLanes.MultiplyAdd(d3, v, s0);
        s1 = TLanes.MultiplyAdd(d2, v, s1);
        s2 = TLanes.MultiplyAdd(d1, v, s2);
        s3 = TLanes.MultiplyAdd(d0, v, s3);
        v = TLanes.Load(in source, 4 * sourcePitch);
        s0 = TLanes.MultiplyAdd(d4, v, s0);
        s1 = TLanes.MultiplyAdd(d3, v, s1);
        s2 = TLanes.MultiplyAdd(d2, v, s2);
        s3 = TLanes.MultiplyAdd(d1, v, s3);
        s4 = TLanes.MultiplyAdd(d0, v, s4);
        v = TLanes.Load(in source, 5 * sourcePitch);
        s0 = TLanes.MultiplyAdd(d5, v, s0);
        s1 = TLanes.MultiplyAdd(d4, v, s1);
        s2 = TLanes.MultiplyAdd(d3, v, s2);
        s3 = TLanes.MultiplyAdd(d2, v, s3);
        s4 = TLanes.MultiplyAdd(d1, v, s4);
        v = TLanes.Load(in source, 6 * sourcePitch);
        s0 = TLanes.MultiplyAdd(d6, v, s0);
        s1 = TLanes.MultiplyAdd(d5, v, s1);
        s2 = TLanes.MultiplyAdd(d4, v, s2);
        s3 = TLanes.MultiplyAdd(d3, v, s3);
        s4 = TLanes.MultiplyAdd(d2, v, s4);
        v = TLanes.Load(in source, 7 * sourcePitch);
        s1 = TLanes.MultiplyAdd(d6, v, s1);
        s2 = TLanes.MultiplyAdd(d5, v, s2);
        s3 = TLanes.MultiplyAdd(d4, v, s3);
        s4 = TLanes.MultiplyAdd(d3, v, s4);
        v = TLanes.Load(in source, 8 * sourcePitch);
        s2 = TLanes.MultiplyAdd(d6, v, s2);
        s3 = TLanes.MultiplyAdd(d5, v, s3);
        s4 = TLanes.MultiplyAdd(d4, v, s4);
        v = TLanes.Load(in source, 9 * sourcePitch);
        s3 = TLanes.MultiplyAdd(d6, v, s3);
        s4 = TLanes.MultiplyAdd(d5, v, s4);
        v = TLanes.Load(in source, 10 * sourcePitch);
        s4 = TLanes.MultiplyAdd(d6, v, s4);
        TLanes.Store(s0, ref sums, 0);
        TLanes.Store(s1, ref sums, 16);
        TLanes.Store(s2, ref sums, 32);
        TLanes.Store(s3, ref sums, 48);
        TLanes.Store(s4, ref sums, 64);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProductsFive(ref readonly float derivatives, nint pitch, ref readonly float source, nint sourcePitch, ref float sums)
    {
        TVector d0 = TLanes.Load(in derivatives, 0), d1 = TLanes.Load(in derivatives, pitch), d2 = TLanes.Load(in derivatives, 2 * pitch), d3 = TLanes.Load(in derivatives, 3 * pitch), d4 = TLanes.Load(in derivatives, 4 * pitch);
        TVector s0 = TLanes.Load(ref sums, 0), s1 = TLanes.Load(ref sums, 16), s2 = TLanes.Load(ref sums, 32), s3 = TLanes.Load(ref sums, 48), s4 = TLanes.Load(ref sums, 64);
        TVector v = TLanes.Load(in source, 0);
        s0 = TLanes.MultiplyAdd(d0, v, s0);
        v = TLanes.Load(in source, sourcePitch);
        s0 = TLanes.MultiplyAdd(d1, v, s0);
        s1 = TLanes.MultiplyAdd(d0, v, s1);
        v = TLanes.Load(in source, 2 * sourcePitch);
        s0 = TLanes.MultiplyAdd(d2, v, s0);
        s1 = TLanes.MultiplyAdd(d1, v, s1);
        s2 = TLanes.MultiplyAdd(d0, v, s2);
        v = TLanes.Load(in source, 3 * sourcePitch);
        s0 = TLanes.MultiplyAdd(d3, v, s0);
        s1 = TLanes.MultiplyAdd(d2, v, s1);
        s2 = TLanes.MultiplyAdd(d1, v, s2);
        s3 = TLanes.MultiplyAdd(d0, v, s3);
        v = TLanes.Load(in source, 4 * sourcePitch);
        s0 = TLanes.MultiplyAdd(d4, v, s0);
        s1 = TLanes.MultiplyAdd(d3, v, s1);
        s2 = TLanes.MultiplyAdd(d2, v, s2);
        s3 = TLanes.MultiplyAdd(d1, v, s3);
        s4 = TLanes.MultiplyAdd(d0, v, s4);
        v = TLanes.Load(in source, 5 * sourcePitch);
        s1 = TLanes.MultiplyAdd(d4, v, s1);
        s2 = TLanes.MultiplyAdd(d3, v, s2);
        s3 = TLanes.MultiplyAdd(d2, v, s3);
        s4 = TLanes.MultiplyAdd(d1, v, s4);
        v = TLanes.Load(in source, 6 * sourcePitch);
        s2 = TLanes.MultiplyAdd(d4, v, s2);
        s3 = TLanes.MultiplyAdd(d3, v, s3);
        s4 = TLanes.MultiplyAdd(d2, v, s4);
        v = TLanes.Load(in source, 7 * sourcePitch);
        s3 = TLanes.MultiplyAdd(d4, v, s3);
        s4 = TLanes.MultiplyAdd(d3, v, s4);
        v = TLanes.Load(in source, 8 * sourcePitch);
        s4 = TLanes.MultiplyAdd(d4, v, s4);
        TLanes.Store(s0, ref sums, 0);
        TLanes.Store(s1, ref sums, 16);
        TLanes.Store(s2, ref sums, 32);
        TLanes.Store(s3, ref sums, 48);
        TLanes.Store(s4, ref sums, 64);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProductsOne(ref readonly float derivatives, ref readonly float source, nint sourcePitch, ref float sums)
    {
        TVector d0 = TLanes.Load(in derivatives, 0);
        TVector s0 = TLanes.Load(ref sums, 0), s1 = TLanes.Load(ref sums, 16), s2 = TLanes.Load(ref sums, 32), s3 = TLanes.Load(ref sums, 48), s4 = TLanes.Load(ref sums, 64);
        TVector v = TLanes.Load(in source, 0);
        s0 = TLanes.MultiplyAdd(d0, v, s0);
        v = TLanes.Load(in source, sourcePitch);
        s1 = TLanes.MultiplyAdd(d0, v, s1);
        v = TLanes.Load(in source, 2 * sourcePitch);
        s2 = TLanes.MultiplyAdd(d0, v, s2);
        v = TLanes.Load(in source, 3 * sourcePitch);
        s3 = TLanes.MultiplyAdd(d0, v, s3);
        v = TLanes.Load(in source, 4 * sourcePitch);
        s4 = TLanes.MultiplyAdd(d0, v, s4);
        TLanes.Store(s0, ref sums, 0);
        TLanes.Store(s1, ref sums, 16);
        TLanes.Store(s2, ref sums, 32);
        TLanes.Store(s3, ref sums, 48);
        TLanes.Store(s4, ref sums, 64);
    }
}
