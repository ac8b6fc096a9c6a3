using System.Runtime.CompilerServices;

namespace LeNet5.Kernels;

/// <summary>The loops of a convolution with kernels of 5x5, register-blocked over rows, for one vector width.</summary>
/// <remarks>
/// A tile is some rows high and one vector wide. For each column of a kernel its five weights stay in registers while the rows pass by:
/// a row is loaded once and used up to five times, so that the multiply-adds and not the (unaligned) loads set the pace. Tiles of up to ten
/// rows use 16 registers at most, which every machine has; those of fourteen use 20, of the 32 that come with vectors of 512 bits.
/// Sums run over planes, then kernel columns, then kernel rows, whatever the tile, so that all tiles give the same bits.
/// </remarks>
internal static class FiveByFiveKernels<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>An output plane: target[y, x] = start + sum over planes and taps of weight * plane[y + tap row, x + tap column].</summary>
    /// <remarks>Stores whole vectors: the last one reaches back over values that are there already, whose sums come out the same. A plane narrower than
    /// a vector spills from each row into the next, which is written after it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Correlate(
        ref readonly float source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ref readonly float kernels,
        float start, ref float target, nint width, int rows)
    {
        TVector first = TLanes.Broadcast(start);
        if (rows == 14 && taps.ZerosAround && TLanes.Count == 16)
        {
            CorrelateTenToFourteen(in source, taps, planes, links, in kernels, first, ref target, width);
            return;
        }
        int height;
        for (nint y = 0; y < rows; y += height)
        {
            ref readonly float s = ref Unsafe.Add(ref Unsafe.AsRef(in source), y * taps.Pitch);
            ref float t = ref Unsafe.Add(ref target, y * width);
            height = TileHeight(rows - (int)y);
            if (height == 14)
                CorrelateFourteen(in s, taps, planes, links, in kernels, first, ref t, width);
            else if (height == 10)
                CorrelateTen(in s, taps, planes, links, in kernels, first, ref t, width);
            else if (height == 7)
                CorrelateSeven(in s, taps, planes, links, in kernels, first, ref t, width);
            else if (height == 5)
                CorrelateFive(in s, taps, planes, links, in kernels, first, ref t, width);
            else
                CorrelateOne(in s, taps, planes, links, in kernels, first, ref t, width);
        }
    }

    /// <summary>For one column of the kernel, sums[tap row] = sum over a plane of derivatives[y] * source[y + tap row], each in 16 partial sums:
    /// column x goes to sum x modulo 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyColumns(ref float derivatives, nint width, ref float source, nint sourcePitch, int rows, ref float sums)
    {
        for (nint part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            TVector s0 = TLanes.Broadcast(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0;
            for (nint x = part; x < width; x += Reduction.Partials)
            {
                TVector kept = TLanes.MaskOfFirst(width - x);
                ref float d = ref Unsafe.Add(ref derivatives, x);
                ref float s = ref Unsafe.Add(ref source, x);
                nint y = 0;
                for (; y + 7 <= rows; y += 7)
                {
                    TVector d0 = TLanes.And(TLanes.Load(ref d, 0), kept);
                    TVector d1 = TLanes.And(TLanes.Load(ref d, width), kept);
                    TVector d2 = TLanes.And(TLanes.Load(ref d, 2 * width), kept);
                    TVector d3 = TLanes.And(TLanes.Load(ref d, 3 * width), kept);
                    TVector d4 = TLanes.And(TLanes.Load(ref d, 4 * width), kept);
                    TVector d5 = TLanes.And(TLanes.Load(ref d, 5 * width), kept);
                    TVector d6 = TLanes.And(TLanes.Load(ref d, 6 * width), kept);
                    Add(TLanes.Load(ref s, 0), d0, ref s0);
                    Add(TLanes.Load(ref s, sourcePitch), d1, ref s0, d0, ref s1);
                    Add(TLanes.Load(ref s, 2 * sourcePitch), d2, ref s0, d1, ref s1, d0, ref s2);
                    Add(TLanes.Load(ref s, 3 * sourcePitch), d3, ref s0, d2, ref s1, d1, ref s2, d0, ref s3);
                    Add(TLanes.Load(ref s, 4 * sourcePitch), d4, ref s0, d3, ref s1, d2, ref s2, d1, ref s3, d0, ref s4);
                    Add(TLanes.Load(ref s, 5 * sourcePitch), d5, ref s0, d4, ref s1, d3, ref s2, d2, ref s3, d1, ref s4);
                    Add(TLanes.Load(ref s, 6 * sourcePitch), d6, ref s0, d5, ref s1, d4, ref s2, d3, ref s3, d2, ref s4);
                    Add(TLanes.Load(ref s, 7 * sourcePitch), d6, ref s1, d5, ref s2, d4, ref s3, d3, ref s4);
                    Add(TLanes.Load(ref s, 8 * sourcePitch), d6, ref s2, d5, ref s3, d4, ref s4);
                    Add(TLanes.Load(ref s, 9 * sourcePitch), d6, ref s3, d5, ref s4);
                    Add(TLanes.Load(ref s, 10 * sourcePitch), d6, ref s4);
                    d = ref Unsafe.Add(ref d, 7 * width);
                    s = ref Unsafe.Add(ref s, 7 * sourcePitch);
                }
                for (; y < rows; y++)
                {
                    TVector d0 = TLanes.And(TLanes.Load(ref d, 0), kept);
                    Add(TLanes.Load(ref s, 0), d0, ref s0);
                    Add(TLanes.Load(ref s, sourcePitch), d0, ref s1);
                    Add(TLanes.Load(ref s, 2 * sourcePitch), d0, ref s2);
                    Add(TLanes.Load(ref s, 3 * sourcePitch), d0, ref s3);
                    Add(TLanes.Load(ref s, 4 * sourcePitch), d0, ref s4);
                    d = ref Unsafe.Add(ref d, width);
                    s = ref Unsafe.Add(ref s, sourcePitch);
                }
            }
            TLanes.Store(s0, ref sums, part);
            TLanes.Store(s1, ref sums, part + 16);
            TLanes.Store(s2, ref sums, part + 32);
            TLanes.Store(s3, ref sums, part + 48);
            TLanes.Store(s4, ref sums, part + 64);
        }
    }

    /// <summary>For all taps of the kernel, sums[tap] = sum over a plane of the derivatives of 16 maps at a position * source[position + tap].
    /// The derivatives lie position by position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyAcrossMaps(ref float derivatives, nint stride, ref float source, nint sourcePitch, int width, int rows, ref float sums)
    {
        if (TLanes.Count == 16)
        {
            MultiplyAllTaps(ref derivatives, stride, ref source, sourcePitch, width, rows, ref sums);
            return;
        }
        for (nint tapRow = 0; tapRow < 5; tapRow++)
            MultiplyTapRow(ref derivatives, stride, ref Unsafe.Add(ref source, tapRow * sourcePitch), sourcePitch, width, rows, ref Unsafe.Add(ref sums, tapRow * 5 * Reduction.Partials));
    }

    /// <summary>All 25 sums in registers, which come with vectors of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyAllTaps(ref float derivatives, nint stride, ref float source, nint sourcePitch, int width, int rows, ref float sums)
    {
        ref float d = ref derivatives;
        TVector a0 = TLanes.Broadcast(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0,
            b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0,
            c0 = a0, c1 = a0, c2 = a0, c3 = a0, c4 = a0,
            d0 = a0, d1 = a0, d2 = a0, d3 = a0, d4 = a0,
            e0 = a0, e1 = a0, e2 = a0, e3 = a0, e4 = a0;
        for (nint y = 0; y < rows; y++)
        {
            ref float s0 = ref Unsafe.Add(ref source, y * sourcePitch);
            ref float s1 = ref Unsafe.Add(ref s0, sourcePitch);
            ref float s2 = ref Unsafe.Add(ref s1, sourcePitch);
            ref float s3 = ref Unsafe.Add(ref s2, sourcePitch);
            ref float s4 = ref Unsafe.Add(ref s3, sourcePitch);
            for (nint x = 0; x < width; x++)
            {
                TVector v = TLanes.Load(ref d, 0);
                a0 = TLanes.MultiplyAdd(v, Value(ref s0, x), a0);
                a1 = TLanes.MultiplyAdd(v, Value(ref s0, x + 1), a1);
                a2 = TLanes.MultiplyAdd(v, Value(ref s0, x + 2), a2);
                a3 = TLanes.MultiplyAdd(v, Value(ref s0, x + 3), a3);
                a4 = TLanes.MultiplyAdd(v, Value(ref s0, x + 4), a4);
                b0 = TLanes.MultiplyAdd(v, Value(ref s1, x), b0);
                b1 = TLanes.MultiplyAdd(v, Value(ref s1, x + 1), b1);
                b2 = TLanes.MultiplyAdd(v, Value(ref s1, x + 2), b2);
                b3 = TLanes.MultiplyAdd(v, Value(ref s1, x + 3), b3);
                b4 = TLanes.MultiplyAdd(v, Value(ref s1, x + 4), b4);
                c0 = TLanes.MultiplyAdd(v, Value(ref s2, x), c0);
                c1 = TLanes.MultiplyAdd(v, Value(ref s2, x + 1), c1);
                c2 = TLanes.MultiplyAdd(v, Value(ref s2, x + 2), c2);
                c3 = TLanes.MultiplyAdd(v, Value(ref s2, x + 3), c3);
                c4 = TLanes.MultiplyAdd(v, Value(ref s2, x + 4), c4);
                d0 = TLanes.MultiplyAdd(v, Value(ref s3, x), d0);
                d1 = TLanes.MultiplyAdd(v, Value(ref s3, x + 1), d1);
                d2 = TLanes.MultiplyAdd(v, Value(ref s3, x + 2), d2);
                d3 = TLanes.MultiplyAdd(v, Value(ref s3, x + 3), d3);
                d4 = TLanes.MultiplyAdd(v, Value(ref s3, x + 4), d4);
                e0 = TLanes.MultiplyAdd(v, Value(ref s4, x), e0);
                e1 = TLanes.MultiplyAdd(v, Value(ref s4, x + 1), e1);
                e2 = TLanes.MultiplyAdd(v, Value(ref s4, x + 2), e2);
                e3 = TLanes.MultiplyAdd(v, Value(ref s4, x + 3), e3);
                e4 = TLanes.MultiplyAdd(v, Value(ref s4, x + 4), e4);
                d = ref Unsafe.Add(ref d, stride);
            }
        }
        TLanes.Store(a0, ref sums, 0);
        TLanes.Store(a1, ref sums, 16);
        TLanes.Store(a2, ref sums, 32);
        TLanes.Store(a3, ref sums, 48);
        TLanes.Store(a4, ref sums, 64);
        TLanes.Store(b0, ref sums, 80);
        TLanes.Store(b1, ref sums, 96);
        TLanes.Store(b2, ref sums, 112);
        TLanes.Store(b3, ref sums, 128);
        TLanes.Store(b4, ref sums, 144);
        TLanes.Store(c0, ref sums, 160);
        TLanes.Store(c1, ref sums, 176);
        TLanes.Store(c2, ref sums, 192);
        TLanes.Store(c3, ref sums, 208);
        TLanes.Store(c4, ref sums, 224);
        TLanes.Store(d0, ref sums, 240);
        TLanes.Store(d1, ref sums, 256);
        TLanes.Store(d2, ref sums, 272);
        TLanes.Store(d3, ref sums, 288);
        TLanes.Store(d4, ref sums, 304);
        TLanes.Store(e0, ref sums, 320);
        TLanes.Store(e1, ref sums, 336);
        TLanes.Store(e2, ref sums, 352);
        TLanes.Store(e3, ref sums, 368);
        TLanes.Store(e4, ref sums, 384);
    }

    /// <summary>One row of the kernel, for machines of 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTapRow(ref float derivatives, nint stride, ref float source, nint sourcePitch, int width, int rows, ref float sums)
    {
        for (nint part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            TVector s0 = TLanes.Broadcast(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0;
            ref float d = ref Unsafe.Add(ref derivatives, part);
            for (nint y = 0; y < rows; y++)
            {
                ref float s = ref Unsafe.Add(ref source, y * sourcePitch);
                nint x = 0;
                for (; x + 5 <= width; x += 5)
                {
                    // Five positions by nine values: each is loaded once and used up to five times.
                    TVector v0 = Value(ref s, x), v1 = Value(ref s, x + 1), v2 = Value(ref s, x + 2), v3 = Value(ref s, x + 3), v4 = Value(ref s, x + 4);
                    Add(TLanes.Load(ref d, 0), v0, ref s0, v1, ref s1, v2, ref s2, v3, ref s3, v4, ref s4);
                    TVector v5 = Value(ref s, x + 5);
                    Add(TLanes.Load(ref d, stride), v1, ref s0, v2, ref s1, v3, ref s2, v4, ref s3, v5, ref s4);
                    TVector v6 = Value(ref s, x + 6);
                    Add(TLanes.Load(ref d, 2 * stride), v2, ref s0, v3, ref s1, v4, ref s2, v5, ref s3, v6, ref s4);
                    TVector v7 = Value(ref s, x + 7);
                    Add(TLanes.Load(ref d, 3 * stride), v3, ref s0, v4, ref s1, v5, ref s2, v6, ref s3, v7, ref s4);
                    TVector v8 = Value(ref s, x + 8);
                    Add(TLanes.Load(ref d, 4 * stride), v4, ref s0, v5, ref s1, v6, ref s2, v7, ref s3, v8, ref s4);
                    d = ref Unsafe.Add(ref d, 5 * stride);
                }
                for (; x < width; x++)
                {
                    TVector v = TLanes.Load(ref d, 0);
                    s0 = TLanes.MultiplyAdd(v, Value(ref s, x), s0);
                    s1 = TLanes.MultiplyAdd(v, Value(ref s, x + 1), s1);
                    s2 = TLanes.MultiplyAdd(v, Value(ref s, x + 2), s2);
                    s3 = TLanes.MultiplyAdd(v, Value(ref s, x + 3), s3);
                    s4 = TLanes.MultiplyAdd(v, Value(ref s, x + 4), s4);
                    d = ref Unsafe.Add(ref d, stride);
                }
            }
            TLanes.Store(s0, ref sums, part);
            TLanes.Store(s1, ref sums, part + 16);
            TLanes.Store(s2, ref sums, part + 32);
            TLanes.Store(s3, ref sums, part + 48);
            TLanes.Store(s4, ref sums, part + 64);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Value(ref float row, nint column) => TLanes.Broadcast(Unsafe.Add(ref row, column));

    /// <summary>Multiplies a vector that is loaded once by up to five others, each product into a sum of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector v, TVector w0, ref TVector s0) => s0 = TLanes.MultiplyAdd(w0, v, s0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector v, TVector w0, ref TVector s0, TVector w1, ref TVector s1)
    {
        s0 = TLanes.MultiplyAdd(w0, v, s0);
        s1 = TLanes.MultiplyAdd(w1, v, s1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector v, TVector w0, ref TVector s0, TVector w1, ref TVector s1, TVector w2, ref TVector s2)
    {
        s0 = TLanes.MultiplyAdd(w0, v, s0);
        s1 = TLanes.MultiplyAdd(w1, v, s1);
        s2 = TLanes.MultiplyAdd(w2, v, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector v, TVector w0, ref TVector s0, TVector w1, ref TVector s1, TVector w2, ref TVector s2, TVector w3, ref TVector s3)
    {
        s0 = TLanes.MultiplyAdd(w0, v, s0);
        s1 = TLanes.MultiplyAdd(w1, v, s1);
        s2 = TLanes.MultiplyAdd(w2, v, s2);
        s3 = TLanes.MultiplyAdd(w3, v, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector v, TVector w0, ref TVector s0, TVector w1, ref TVector s1, TVector w2, ref TVector s2, TVector w3, ref TVector s3, TVector w4, ref TVector s4)
    {
        s0 = TLanes.MultiplyAdd(w0, v, s0);
        s1 = TLanes.MultiplyAdd(w1, v, s1);
        s2 = TLanes.MultiplyAdd(w2, v, s2);
        s3 = TLanes.MultiplyAdd(w3, v, s3);
        s4 = TLanes.MultiplyAdd(w4, v, s4);
    }

    private static int TileHeight(int rows) => TLanes.Count == 16 && rows % 14 == 0 ? 14 : rows % 7 == 0 ? 7 : rows >= 10 ? 10 : rows >= 5 ? 5 : 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateFourteen(
        ref readonly float source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ref readonly float kernels,
        TVector start, ref float target, nint width)
    {
        for (nint left = 0; left < width; left += TLanes.Count)
        {
            left = nint.Max(0, nint.Min(left, width - TLanes.Count));
            TVector s0 = start, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0, s8 = s0, s9 = s0, s10 = s0, s11 = s0, s12 = s0, s13 = s0;
            for (int i = 0; i < planes.Length; i++)
            {
                ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), (planes[i] * taps.PlaneStride) + left);
                ref float kernel = ref Unsafe.Add(ref Unsafe.AsRef(in kernels), (links[i] * 25) + taps.First);
                for (nint x = 0; x < 5; x++)
                {
                    TVector w0 = TLanes.Broadcast(kernel), w1 = TLanes.Broadcast(Unsafe.Add(ref kernel, 5 * taps.Direction)), w2 = TLanes.Broadcast(Unsafe.Add(ref kernel, 10 * taps.Direction));
                    TVector w3 = TLanes.Broadcast(Unsafe.Add(ref kernel, 15 * taps.Direction)), w4 = TLanes.Broadcast(Unsafe.Add(ref kernel, 20 * taps.Direction));
                    Add(TLanes.Load(ref rows, 0), w0, ref s0);
                    Add(TLanes.Load(ref rows, taps.Pitch), w1, ref s0, w0, ref s1);
                    Add(TLanes.Load(ref rows, 2 * taps.Pitch), w2, ref s0, w1, ref s1, w0, ref s2);
                    Add(TLanes.Load(ref rows, 3 * taps.Pitch), w3, ref s0, w2, ref s1, w1, ref s2, w0, ref s3);
                    Add(TLanes.Load(ref rows, 4 * taps.Pitch), w4, ref s0, w3, ref s1, w2, ref s2, w1, ref s3, w0, ref s4);
                    Add(TLanes.Load(ref rows, 5 * taps.Pitch), w4, ref s1, w3, ref s2, w2, ref s3, w1, ref s4, w0, ref s5);
                    Add(TLanes.Load(ref rows, 6 * taps.Pitch), w4, ref s2, w3, ref s3, w2, ref s4, w1, ref s5, w0, ref s6);
                    Add(TLanes.Load(ref rows, 7 * taps.Pitch), w4, ref s3, w3, ref s4, w2, ref s5, w1, ref s6, w0, ref s7);
                    Add(TLanes.Load(ref rows, 8 * taps.Pitch), w4, ref s4, w3, ref s5, w2, ref s6, w1, ref s7, w0, ref s8);
                    Add(TLanes.Load(ref rows, 9 * taps.Pitch), w4, ref s5, w3, ref s6, w2, ref s7, w1, ref s8, w0, ref s9);
                    Add(TLanes.Load(ref rows, 10 * taps.Pitch), w4, ref s6, w3, ref s7, w2, ref s8, w1, ref s9, w0, ref s10);
                    Add(TLanes.Load(ref rows, 11 * taps.Pitch), w4, ref s7, w3, ref s8, w2, ref s9, w1, ref s10, w0, ref s11);
                    Add(TLanes.Load(ref rows, 12 * taps.Pitch), w4, ref s8, w3, ref s9, w2, ref s10, w1, ref s11, w0, ref s12);
                    Add(TLanes.Load(ref rows, 13 * taps.Pitch), w4, ref s9, w3, ref s10, w2, ref s11, w1, ref s12, w0, ref s13);
                    Add(TLanes.Load(ref rows, 14 * taps.Pitch), w4, ref s10, w3, ref s11, w2, ref s12, w1, ref s13);
                    Add(TLanes.Load(ref rows, 15 * taps.Pitch), w4, ref s11, w3, ref s12, w2, ref s13);
                    Add(TLanes.Load(ref rows, 16 * taps.Pitch), w4, ref s12, w3, ref s13);
                    Add(TLanes.Load(ref rows, 17 * taps.Pitch), w4, ref s13);
                    rows = ref Unsafe.Add(ref rows, taps.Step);
                    kernel = ref Unsafe.Add(ref kernel, taps.Direction);
                }
            }
            TLanes.Store(s0, ref target, left);
            TLanes.Store(s1, ref target, left + width);
            TLanes.Store(s2, ref target, left + (2 * width));
            TLanes.Store(s3, ref target, left + (3 * width));
            TLanes.Store(s4, ref target, left + (4 * width));
            TLanes.Store(s5, ref target, left + (5 * width));
            TLanes.Store(s6, ref target, left + (6 * width));
            TLanes.Store(s7, ref target, left + (7 * width));
            TLanes.Store(s8, ref target, left + (8 * width));
            TLanes.Store(s9, ref target, left + (9 * width));
            TLanes.Store(s10, ref target, left + (10 * width));
            TLanes.Store(s11, ref target, left + (11 * width));
            TLanes.Store(s12, ref target, left + (12 * width));
            TLanes.Store(s13, ref target, left + (13 * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateTen(
        ref readonly float source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ref readonly float kernels,
        TVector start, ref float target, nint width)
    {
        for (nint left = 0; left < width; left += TLanes.Count)
        {
            left = nint.Max(0, nint.Min(left, width - TLanes.Count));
            TVector s0 = start, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0, s8 = s0, s9 = s0;
            for (int i = 0; i < planes.Length; i++)
            {
                ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), (planes[i] * taps.PlaneStride) + left);
                ref float kernel = ref Unsafe.Add(ref Unsafe.AsRef(in kernels), (links[i] * 25) + taps.First);
                for (nint x = 0; x < 5; x++)
                {
                    TVector w0 = TLanes.Broadcast(kernel), w1 = TLanes.Broadcast(Unsafe.Add(ref kernel, 5 * taps.Direction)), w2 = TLanes.Broadcast(Unsafe.Add(ref kernel, 10 * taps.Direction));
                    TVector w3 = TLanes.Broadcast(Unsafe.Add(ref kernel, 15 * taps.Direction)), w4 = TLanes.Broadcast(Unsafe.Add(ref kernel, 20 * taps.Direction));
                    Add(TLanes.Load(ref rows, 0), w0, ref s0);
                    Add(TLanes.Load(ref rows, taps.Pitch), w1, ref s0, w0, ref s1);
                    Add(TLanes.Load(ref rows, 2 * taps.Pitch), w2, ref s0, w1, ref s1, w0, ref s2);
                    Add(TLanes.Load(ref rows, 3 * taps.Pitch), w3, ref s0, w2, ref s1, w1, ref s2, w0, ref s3);
                    Add(TLanes.Load(ref rows, 4 * taps.Pitch), w4, ref s0, w3, ref s1, w2, ref s2, w1, ref s3, w0, ref s4);
                    Add(TLanes.Load(ref rows, 5 * taps.Pitch), w4, ref s1, w3, ref s2, w2, ref s3, w1, ref s4, w0, ref s5);
                    Add(TLanes.Load(ref rows, 6 * taps.Pitch), w4, ref s2, w3, ref s3, w2, ref s4, w1, ref s5, w0, ref s6);
                    Add(TLanes.Load(ref rows, 7 * taps.Pitch), w4, ref s3, w3, ref s4, w2, ref s5, w1, ref s6, w0, ref s7);
                    Add(TLanes.Load(ref rows, 8 * taps.Pitch), w4, ref s4, w3, ref s5, w2, ref s6, w1, ref s7, w0, ref s8);
                    Add(TLanes.Load(ref rows, 9 * taps.Pitch), w4, ref s5, w3, ref s6, w2, ref s7, w1, ref s8, w0, ref s9);
                    Add(TLanes.Load(ref rows, 10 * taps.Pitch), w4, ref s6, w3, ref s7, w2, ref s8, w1, ref s9);
                    Add(TLanes.Load(ref rows, 11 * taps.Pitch), w4, ref s7, w3, ref s8, w2, ref s9);
                    Add(TLanes.Load(ref rows, 12 * taps.Pitch), w4, ref s8, w3, ref s9);
                    Add(TLanes.Load(ref rows, 13 * taps.Pitch), w4, ref s9);
                    rows = ref Unsafe.Add(ref rows, taps.Step);
                    kernel = ref Unsafe.Add(ref kernel, taps.Direction);
                }
            }
            TLanes.Store(s0, ref target, left);
            TLanes.Store(s1, ref target, left + width);
            TLanes.Store(s2, ref target, left + (2 * width));
            TLanes.Store(s3, ref target, left + (3 * width));
            TLanes.Store(s4, ref target, left + (4 * width));
            TLanes.Store(s5, ref target, left + (5 * width));
            TLanes.Store(s6, ref target, left + (6 * width));
            TLanes.Store(s7, ref target, left + (7 * width));
            TLanes.Store(s8, ref target, left + (8 * width));
            TLanes.Store(s9, ref target, left + (9 * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateSeven(
        ref readonly float source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ref readonly float kernels,
        TVector start, ref float target, nint width)
    {
        for (nint left = 0; left < width; left += TLanes.Count)
        {
            left = nint.Max(0, nint.Min(left, width - TLanes.Count));
            TVector s0 = start, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0;
            for (int i = 0; i < planes.Length; i++)
            {
                ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), (planes[i] * taps.PlaneStride) + left);
                ref float kernel = ref Unsafe.Add(ref Unsafe.AsRef(in kernels), (links[i] * 25) + taps.First);
                for (nint x = 0; x < 5; x++)
                {
                    TVector w0 = TLanes.Broadcast(kernel), w1 = TLanes.Broadcast(Unsafe.Add(ref kernel, 5 * taps.Direction)), w2 = TLanes.Broadcast(Unsafe.Add(ref kernel, 10 * taps.Direction));
                    TVector w3 = TLanes.Broadcast(Unsafe.Add(ref kernel, 15 * taps.Direction)), w4 = TLanes.Broadcast(Unsafe.Add(ref kernel, 20 * taps.Direction));
                    Add(TLanes.Load(ref rows, 0), w0, ref s0);
                    Add(TLanes.Load(ref rows, taps.Pitch), w1, ref s0, w0, ref s1);
                    Add(TLanes.Load(ref rows, 2 * taps.Pitch), w2, ref s0, w1, ref s1, w0, ref s2);
                    Add(TLanes.Load(ref rows, 3 * taps.Pitch), w3, ref s0, w2, ref s1, w1, ref s2, w0, ref s3);
                    Add(TLanes.Load(ref rows, 4 * taps.Pitch), w4, ref s0, w3, ref s1, w2, ref s2, w1, ref s3, w0, ref s4);
                    Add(TLanes.Load(ref rows, 5 * taps.Pitch), w4, ref s1, w3, ref s2, w2, ref s3, w1, ref s4, w0, ref s5);
                    Add(TLanes.Load(ref rows, 6 * taps.Pitch), w4, ref s2, w3, ref s3, w2, ref s4, w1, ref s5, w0, ref s6);
                    Add(TLanes.Load(ref rows, 7 * taps.Pitch), w4, ref s3, w3, ref s4, w2, ref s5, w1, ref s6);
                    Add(TLanes.Load(ref rows, 8 * taps.Pitch), w4, ref s4, w3, ref s5, w2, ref s6);
                    Add(TLanes.Load(ref rows, 9 * taps.Pitch), w4, ref s5, w3, ref s6);
                    Add(TLanes.Load(ref rows, 10 * taps.Pitch), w4, ref s6);
                    rows = ref Unsafe.Add(ref rows, taps.Step);
                    kernel = ref Unsafe.Add(ref kernel, taps.Direction);
                }
            }
            TLanes.Store(s0, ref target, left);
            TLanes.Store(s1, ref target, left + width);
            TLanes.Store(s2, ref target, left + (2 * width));
            TLanes.Store(s3, ref target, left + (3 * width));
            TLanes.Store(s4, ref target, left + (4 * width));
            TLanes.Store(s5, ref target, left + (5 * width));
            TLanes.Store(s6, ref target, left + (6 * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateFive(
        ref readonly float source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ref readonly float kernels,
        TVector start, ref float target, nint width)
    {
        for (nint left = 0; left < width; left += TLanes.Count)
        {
            left = nint.Max(0, nint.Min(left, width - TLanes.Count));
            TVector s0 = start, s1 = s0, s2 = s0, s3 = s0, s4 = s0;
            for (int i = 0; i < planes.Length; i++)
            {
                ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), (planes[i] * taps.PlaneStride) + left);
                ref float kernel = ref Unsafe.Add(ref Unsafe.AsRef(in kernels), (links[i] * 25) + taps.First);
                for (nint x = 0; x < 5; x++)
                {
                    TVector w0 = TLanes.Broadcast(kernel), w1 = TLanes.Broadcast(Unsafe.Add(ref kernel, 5 * taps.Direction)), w2 = TLanes.Broadcast(Unsafe.Add(ref kernel, 10 * taps.Direction));
                    TVector w3 = TLanes.Broadcast(Unsafe.Add(ref kernel, 15 * taps.Direction)), w4 = TLanes.Broadcast(Unsafe.Add(ref kernel, 20 * taps.Direction));
                    Add(TLanes.Load(ref rows, 0), w0, ref s0);
                    Add(TLanes.Load(ref rows, taps.Pitch), w1, ref s0, w0, ref s1);
                    Add(TLanes.Load(ref rows, 2 * taps.Pitch), w2, ref s0, w1, ref s1, w0, ref s2);
                    Add(TLanes.Load(ref rows, 3 * taps.Pitch), w3, ref s0, w2, ref s1, w1, ref s2, w0, ref s3);
                    Add(TLanes.Load(ref rows, 4 * taps.Pitch), w4, ref s0, w3, ref s1, w2, ref s2, w1, ref s3, w0, ref s4);
                    Add(TLanes.Load(ref rows, 5 * taps.Pitch), w4, ref s1, w3, ref s2, w2, ref s3, w1, ref s4);
                    Add(TLanes.Load(ref rows, 6 * taps.Pitch), w4, ref s2, w3, ref s3, w2, ref s4);
                    Add(TLanes.Load(ref rows, 7 * taps.Pitch), w4, ref s3, w3, ref s4);
                    Add(TLanes.Load(ref rows, 8 * taps.Pitch), w4, ref s4);
                    rows = ref Unsafe.Add(ref rows, taps.Step);
                    kernel = ref Unsafe.Add(ref kernel, taps.Direction);
                }
            }
            TLanes.Store(s0, ref target, left);
            TLanes.Store(s1, ref target, left + width);
            TLanes.Store(s2, ref target, left + (2 * width));
            TLanes.Store(s3, ref target, left + (3 * width));
            TLanes.Store(s4, ref target, left + (4 * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateOne(
        ref readonly float source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ref readonly float kernels,
        TVector start, ref float target, nint width)
    {
        for (nint left = 0; left < width; left += TLanes.Count)
        {
            left = nint.Max(0, nint.Min(left, width - TLanes.Count));
            TVector s0 = start;
            for (int i = 0; i < planes.Length; i++)
            {
                ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), (planes[i] * taps.PlaneStride) + left);
                ref float kernel = ref Unsafe.Add(ref Unsafe.AsRef(in kernels), (links[i] * 25) + taps.First);
                for (nint x = 0; x < 5; x++)
                {
                    TVector w0 = TLanes.Broadcast(kernel), w1 = TLanes.Broadcast(Unsafe.Add(ref kernel, 5 * taps.Direction)), w2 = TLanes.Broadcast(Unsafe.Add(ref kernel, 10 * taps.Direction));
                    TVector w3 = TLanes.Broadcast(Unsafe.Add(ref kernel, 15 * taps.Direction)), w4 = TLanes.Broadcast(Unsafe.Add(ref kernel, 20 * taps.Direction));
                    Add(TLanes.Load(ref rows, 0), w0, ref s0);
                    Add(TLanes.Load(ref rows, taps.Pitch), w1, ref s0);
                    Add(TLanes.Load(ref rows, 2 * taps.Pitch), w2, ref s0);
                    Add(TLanes.Load(ref rows, 3 * taps.Pitch), w3, ref s0);
                    Add(TLanes.Load(ref rows, 4 * taps.Pitch), w4, ref s0);
                    rows = ref Unsafe.Add(ref rows, taps.Step);
                    kernel = ref Unsafe.Add(ref kernel, taps.Direction);
                }
            }
            TLanes.Store(s0, ref target, left);
        }
    }

    /// <summary>A plane of 10 rows with nothing but zeros above and below, to all 14 rows that it reaches: the zeros cost nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CorrelateTenToFourteen(
        ref readonly float source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ref readonly float kernels,
        TVector start, ref float target, nint width)
    {
        for (nint left = 0; left < width; left += TLanes.Count)
        {
            left = nint.Max(0, nint.Min(left, width - TLanes.Count));
            TVector s0 = start, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0, s8 = s0, s9 = s0, s10 = s0, s11 = s0, s12 = s0, s13 = s0;
            for (int i = 0; i < planes.Length; i++)
            {
                ref float rows = ref Unsafe.Add(ref Unsafe.AsRef(in source), (planes[i] * taps.PlaneStride) + (4 * taps.Pitch) + left);
                ref float kernel = ref Unsafe.Add(ref Unsafe.AsRef(in kernels), (links[i] * 25) + taps.First);
                for (nint x = 0; x < 5; x++)
                {
                    TVector w0 = TLanes.Broadcast(kernel), w1 = TLanes.Broadcast(Unsafe.Add(ref kernel, 5 * taps.Direction)), w2 = TLanes.Broadcast(Unsafe.Add(ref kernel, 10 * taps.Direction));
                    TVector w3 = TLanes.Broadcast(Unsafe.Add(ref kernel, 15 * taps.Direction)), w4 = TLanes.Broadcast(Unsafe.Add(ref kernel, 20 * taps.Direction));
                    Add(TLanes.Load(ref rows, 0), w4, ref s0, w3, ref s1, w2, ref s2, w1, ref s3, w0, ref s4);
                    Add(TLanes.Load(ref rows, taps.Pitch), w4, ref s1, w3, ref s2, w2, ref s3, w1, ref s4, w0, ref s5);
                    Add(TLanes.Load(ref rows, 2 * taps.Pitch), w4, ref s2, w3, ref s3, w2, ref s4, w1, ref s5, w0, ref s6);
                    Add(TLanes.Load(ref rows, 3 * taps.Pitch), w4, ref s3, w3, ref s4, w2, ref s5, w1, ref s6, w0, ref s7);
                    Add(TLanes.Load(ref rows, 4 * taps.Pitch), w4, ref s4, w3, ref s5, w2, ref s6, w1, ref s7, w0, ref s8);
                    Add(TLanes.Load(ref rows, 5 * taps.Pitch), w4, ref s5, w3, ref s6, w2, ref s7, w1, ref s8, w0, ref s9);
                    Add(TLanes.Load(ref rows, 6 * taps.Pitch), w4, ref s6, w3, ref s7, w2, ref s8, w1, ref s9, w0, ref s10);
                    Add(TLanes.Load(ref rows, 7 * taps.Pitch), w4, ref s7, w3, ref s8, w2, ref s9, w1, ref s10, w0, ref s11);
                    Add(TLanes.Load(ref rows, 8 * taps.Pitch), w4, ref s8, w3, ref s9, w2, ref s10, w1, ref s11, w0, ref s12);
                    Add(TLanes.Load(ref rows, 9 * taps.Pitch), w4, ref s9, w3, ref s10, w2, ref s11, w1, ref s12, w0, ref s13);
                    rows = ref Unsafe.Add(ref rows, taps.Step);
                    kernel = ref Unsafe.Add(ref kernel, taps.Direction);
                }
            }
            TLanes.Store(s0, ref target, left);
            TLanes.Store(s1, ref target, left + width);
            TLanes.Store(s2, ref target, left + (2 * width));
            TLanes.Store(s3, ref target, left + (3 * width));
            TLanes.Store(s4, ref target, left + (4 * width));
            TLanes.Store(s5, ref target, left + (5 * width));
            TLanes.Store(s6, ref target, left + (6 * width));
            TLanes.Store(s7, ref target, left + (7 * width));
            TLanes.Store(s8, ref target, left + (8 * width));
            TLanes.Store(s9, ref target, left + (9 * width));
            TLanes.Store(s10, ref target, left + (10 * width));
            TLanes.Store(s11, ref target, left + (11 * width));
            TLanes.Store(s12, ref target, left + (12 * width));
            TLanes.Store(s13, ref target, left + (13 * width));
        }
    }
}
