using System.Runtime.CompilerServices;

namespace LeNet5.Kernels;

/// <summary>The two loops of a convolution over whole planes, for one vector width.</summary>
internal static class PlaneKernels<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>target[p] = start + sum over planes and taps of kernel[tap] * plane[p + shift(tap)], for p from <paramref name="from"/> on.</summary>
    /// <returns>Where it stopped: <paramref name="length"/>, or <paramref name="from"/> where that is less than a vector away from the end.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static nint Correlate(
        ref readonly float source, nint planeStride, ReadOnlySpan<int> planes, ref readonly float kernels, int kernel, nint pitch,
        float start, ref float target, nint from, nint length)
    {
        if (length - from < TLanes.Count)
            return from;
        nint p = from;
        for (; p + (8 * TLanes.Count) <= length; p += 8 * TLanes.Count)
            CorrelateEight(in Unsafe.Add(ref Unsafe.AsRef(in source), p), planeStride, planes, in kernels, kernel, pitch, start, ref Unsafe.Add(ref target, p));
        for (; p + (4 * TLanes.Count) <= length; p += 4 * TLanes.Count)
            CorrelateFour(in Unsafe.Add(ref Unsafe.AsRef(in source), p), planeStride, planes, in kernels, kernel, pitch, start, ref Unsafe.Add(ref target, p));
        while (p < length)
        {
            // The last vector reaches back over values that are there already: their sums come out the same.
            p = Math.Min(p, length - TLanes.Count);
            CorrelateOne(in Unsafe.Add(ref Unsafe.AsRef(in source), p), planeStride, planes, in kernels, kernel, pitch, start, ref Unsafe.Add(ref target, p));
            p += TLanes.Count;
        }
        return length;
    }

    /// <summary>gradient[tap] += sum over p of derivatives[p] * plane[p + shift(tap)].</summary>
    /// <remarks>Reads up to the next multiple of 16 beyond both spans: the derivatives are 0 there.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTapProducts(ref readonly float derivatives, int length, ref readonly float plane, int kernel, int pitch, Span<float> gradient)
    {
        Span<float> partials = stackalloc float[5 * Reduction.Partials];
        ref float first = ref partials[0];
        int tap = 0;
        for (; tap + 5 <= gradient.Length; tap += 5)
        {
            nint o0 = Shift(tap, kernel, pitch);
            nint o1 = Shift(tap + 1, kernel, pitch);
            nint o2 = Shift(tap + 2, kernel, pitch);
            nint o3 = Shift(tap + 3, kernel, pitch);
            nint o4 = Shift(tap + 4, kernel, pitch);
            for (int part = 0; part < Reduction.Partials; part += TLanes.Count)
            {
                TVector s0 = TLanes.Broadcast(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0;
                for (nint p = part; p < length; p += Reduction.Partials)
                {
                    TVector d = TLanes.Load(in derivatives, p);
                    s0 = TLanes.MultiplyAdd(d, TLanes.Load(in plane, p + o0), s0);
                    s1 = TLanes.MultiplyAdd(d, TLanes.Load(in plane, p + o1), s1);
                    s2 = TLanes.MultiplyAdd(d, TLanes.Load(in plane, p + o2), s2);
                    s3 = TLanes.MultiplyAdd(d, TLanes.Load(in plane, p + o3), s3);
                    s4 = TLanes.MultiplyAdd(d, TLanes.Load(in plane, p + o4), s4);
                }
                TLanes.Store(s0, ref first, part);
                TLanes.Store(s1, ref first, part + Reduction.Partials);
                TLanes.Store(s2, ref first, part + (2 * Reduction.Partials));
                TLanes.Store(s3, ref first, part + (3 * Reduction.Partials));
                TLanes.Store(s4, ref first, part + (4 * Reduction.Partials));
            }
            for (int i = 0; i < 5; i++)
                gradient[tap + i] += Reduction.Fold(ref Unsafe.Add(ref first, i * Reduction.Partials));
        }
        for (; tap < gradient.Length; tap++)
        {
            nint shift = Shift(tap, kernel, pitch);
            for (int part = 0; part < Reduction.Partials; part += TLanes.Count)
            {
                TVector sum = TLanes.Broadcast(0);
                for (nint p = part; p < length; p += Reduction.Partials)
                    sum = TLanes.MultiplyAdd(TLanes.Load(in derivatives, p), TLanes.Load(in plane, p + shift), sum);
                TLanes.Store(sum, ref first, part);
            }
            gradient[tap] += Reduction.Fold(ref first);
        }
    }

    private static nint Shift(int tap, int kernel, int pitch) => (tap / kernel * pitch) + (tap % kernel);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateEight(
        ref readonly float source, nint planeStride, ReadOnlySpan<int> planes, ref readonly float kernels, int kernel, nint pitch, float start, ref float target)
    {
        TVector s0 = TLanes.Broadcast(start), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        ref float weight = ref Unsafe.AsRef(in kernels);
        foreach (int plane in planes)
        {
            ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in source), plane * planeStride);
            for (int y = 0; y < kernel; y++)
            {
                for (nint x = 0; x < kernel; x++)
                {
                    TVector w = TLanes.Broadcast(weight);
                    s0 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x), s0);
                    s1 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + TLanes.Count), s1);
                    s2 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + (2 * TLanes.Count)), s2);
                    s3 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + (3 * TLanes.Count)), s3);
                    s4 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + (4 * TLanes.Count)), s4);
                    s5 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + (5 * TLanes.Count)), s5);
                    s6 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + (6 * TLanes.Count)), s6);
                    s7 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + (7 * TLanes.Count)), s7);
                    weight = ref Unsafe.Add(ref weight, 1);
                }
                row = ref Unsafe.Add(ref row, pitch);
            }
        }
        TLanes.Store(s0, ref target, 0);
        TLanes.Store(s1, ref target, TLanes.Count);
        TLanes.Store(s2, ref target, 2 * TLanes.Count);
        TLanes.Store(s3, ref target, 3 * TLanes.Count);
        TLanes.Store(s4, ref target, 4 * TLanes.Count);
        TLanes.Store(s5, ref target, 5 * TLanes.Count);
        TLanes.Store(s6, ref target, 6 * TLanes.Count);
        TLanes.Store(s7, ref target, 7 * TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateFour(
        ref readonly float source, nint planeStride, ReadOnlySpan<int> planes, ref readonly float kernels, int kernel, nint pitch, float start, ref float target)
    {
        TVector s0 = TLanes.Broadcast(start), s1 = s0, s2 = s0, s3 = s0;
        ref float weight = ref Unsafe.AsRef(in kernels);
        foreach (int plane in planes)
        {
            ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in source), plane * planeStride);
            for (int y = 0; y < kernel; y++)
            {
                for (nint x = 0; x < kernel; x++)
                {
                    TVector w = TLanes.Broadcast(weight);
                    s0 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x), s0);
                    s1 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + TLanes.Count), s1);
                    s2 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + (2 * TLanes.Count)), s2);
                    s3 = TLanes.MultiplyAdd(w, TLanes.Load(ref row, x + (3 * TLanes.Count)), s3);
                    weight = ref Unsafe.Add(ref weight, 1);
                }
                row = ref Unsafe.Add(ref row, pitch);
            }
        }
        TLanes.Store(s0, ref target, 0);
        TLanes.Store(s1, ref target, TLanes.Count);
        TLanes.Store(s2, ref target, 2 * TLanes.Count);
        TLanes.Store(s3, ref target, 3 * TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateOne(
        ref readonly float source, nint planeStride, ReadOnlySpan<int> planes, ref readonly float kernels, int kernel, nint pitch, float start, ref float target)
    {
        TVector sum = TLanes.Broadcast(start);
        ref float weight = ref Unsafe.AsRef(in kernels);
        foreach (int plane in planes)
        {
            ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in source), plane * planeStride);
            for (int y = 0; y < kernel; y++)
            {
                for (nint x = 0; x < kernel; x++)
                {
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(weight), TLanes.Load(ref row, x), sum);
                    weight = ref Unsafe.Add(ref weight, 1);
                }
                row = ref Unsafe.Add(ref row, pitch);
            }
        }
        TLanes.Store(sum, ref target, 0);
    }
}
