using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>Sums over a vector in one fixed order: value i goes to partial sum i modulo 16 (or 64, where there are
/// many), and these are added pairwise, halves first. So every
/// vector width gives the same bits.</summary>
/// <remarks>Reads whole vectors, and so up to a line beyond the values.</remarks>
internal static class Reduction
{
    /// <summary>Number of partial sums.</summary>
    public const int Partials = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(ReadOnlySpan<float> values) => Simd.Bits switch
    {
        512 => Reduction<Vector512<float>, Lanes512>.Sum(values),
        256 => Reduction<Vector256<float>, Lanes256>.Sum(values),
        _ => Reduction<Vector128<float>, Lanes128>.Sum(values),
    };

    /// <summary>The sum of x and the sum of the products x y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Sum, float Dot) SumAndDot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        y = y[..x.Length];
        return Simd.Bits switch
        {
            512 => Reduction<Vector512<float>, Lanes512>.SumAndDot(x, y),
            256 => Reduction<Vector256<float>, Lanes256>.SumAndDot(x, y),
            _ => Reduction<Vector128<float>, Lanes128>.SumAndDot(x, y),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        y = y[..x.Length];
        return Simd.Bits switch
        {
            512 => Reduction<Vector512<float>, Lanes512>.SquaredDistance(x, y),
            256 => Reduction<Vector256<float>, Lanes256>.SquaredDistance(x, y),
            _ => Reduction<Vector128<float>, Lanes128>.SquaredDistance(x, y),
        };
    }

    /// <summary>Adds 16 partial sums: 16 to 8 to 4 to 2 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold(ref float partials)
    {
        Vector128<float> four =
            (Vector128.LoadUnsafe(ref partials) + Vector128.LoadUnsafe(ref partials, 8)) +
            (Vector128.LoadUnsafe(ref partials, 4) + Vector128.LoadUnsafe(ref partials, 12));
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }
}

internal static class Reduction<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(ReadOnlySpan<float> values)
    {
        ref float v = ref MemoryMarshal.GetReference(values);
        Span<float> partials = stackalloc float[Reduction.Partials];
        for (nint part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            // Four sums side by side, so that an addition need not wait for the one before.
            TVector sum = TLanes.Broadcast(0), s1 = sum, s2 = sum, s3 = sum;
            nint i = part;
            for (; i - part + (4 * Reduction.Partials) <= values.Length; i += 4 * Reduction.Partials)
            {
                sum = TLanes.Add(sum, TLanes.Load(ref v, i));
                s1 = TLanes.Add(s1, TLanes.Load(ref v, i + Reduction.Partials));
                s2 = TLanes.Add(s2, TLanes.Load(ref v, i + (2 * Reduction.Partials)));
                s3 = TLanes.Add(s3, TLanes.Load(ref v, i + (3 * Reduction.Partials)));
            }
            sum = TLanes.Add(TLanes.Add(sum, s1), TLanes.Add(s2, s3));
            for (; i + TLanes.Count <= values.Length; i += Reduction.Partials)
                sum = TLanes.Add(sum, TLanes.Load(ref v, i));
            if (i < values.Length)
                sum = TLanes.Add(sum, TLanes.And(TLanes.Load(ref v, i), TLanes.MaskOfFirst(values.Length - i)));
            TLanes.Store(sum, ref partials[0], part);
        }
        return Reduction.Fold(ref partials[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Sum, float Dot) SumAndDot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ref float rx = ref MemoryMarshal.GetReference(x);
        ref float ry = ref MemoryMarshal.GetReference(y);
        Span<float> partials = stackalloc float[2 * Reduction.Partials];
        for (nint part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0), dot = sum;
            nint i = part;
            for (; i + TLanes.Count <= x.Length; i += Reduction.Partials)
            {
                TVector v = TLanes.Load(ref rx, i);
                sum = TLanes.Add(sum, v);
                dot = TLanes.MultiplyAdd(v, TLanes.Load(ref ry, i), dot);
            }
            if (i < x.Length)
            {
                TVector kept = TLanes.MaskOfFirst(x.Length - i);
                TVector v = TLanes.And(TLanes.Load(ref rx, i), kept);
                sum = TLanes.Add(sum, v);
                dot = TLanes.MultiplyAdd(v, TLanes.And(TLanes.Load(ref ry, i), kept), dot);
            }
            TLanes.Store(sum, ref partials[0], part);
            TLanes.Store(dot, ref partials[0], part + Reduction.Partials);
        }
        return (Reduction.Fold(ref partials[0]), Reduction.Fold(ref partials[Reduction.Partials]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ref float rx = ref MemoryMarshal.GetReference(x);
        ref float ry = ref MemoryMarshal.GetReference(y);
        Span<float> partials = stackalloc float[Reduction.Partials];
        for (nint part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0);
            nint i = part;
            for (; i + TLanes.Count <= x.Length; i += Reduction.Partials)
            {
                TVector difference = TLanes.Subtract(TLanes.Load(ref rx, i), TLanes.Load(ref ry, i));
                sum = TLanes.MultiplyAdd(difference, difference, sum);
            }
            if (i < x.Length)
            {
                TVector difference = TLanes.And(TLanes.Subtract(TLanes.Load(ref rx, i), TLanes.Load(ref ry, i)), TLanes.MaskOfFirst(x.Length - i));
                sum = TLanes.MultiplyAdd(difference, difference, sum);
            }
            TLanes.Store(sum, ref partials[0], part);
        }
        return Reduction.Fold(ref partials[0]);
    }

    /// <summary>Adds 16 vectors of partial sums in the order of <see cref="Reduction.Fold"/>, for each lane a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Fold(ref float partials, nint stride)
    {
        return TLanes.Add(TLanes.Add(Four(ref partials, 0, stride), Four(ref partials, 2, stride)), TLanes.Add(Four(ref partials, 1, stride), Four(ref partials, 3, stride)));

        static TVector Four(ref float partials, nint i, nint stride) => TLanes.Add(
            TLanes.Add(TLanes.Load(ref partials, i * stride), TLanes.Load(ref partials, (i + 8) * stride)),
            TLanes.Add(TLanes.Load(ref partials, (i + 4) * stride), TLanes.Load(ref partials, (i + 12) * stride)));
    }
}
