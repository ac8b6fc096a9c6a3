using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>Sums over a vector in one fixed order: value i goes to partial sum i modulo 16, and the 16 are added pairwise, halves first. So every
/// vector width gives the same bits.</summary>
internal static class Reduction
{
    /// <summary>Number of partial sums.</summary>
    public const int Partials = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(ReadOnlySpan<float> values)
    {
        Vector128<float> s0 = default, s1 = default, s2 = default, s3 = default;
        ref float v = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i + Partials <= values.Length; i += Partials)
        {
            s0 += Vector128.LoadUnsafe(ref v, (nuint)i);
            s1 += Vector128.LoadUnsafe(ref v, (nuint)i + 4);
            s2 += Vector128.LoadUnsafe(ref v, (nuint)i + 8);
            s3 += Vector128.LoadUnsafe(ref v, (nuint)i + 12);
        }
        Span<float> partials = stackalloc float[Partials];
        s0.CopyTo(partials);
        s1.CopyTo(partials[4..]);
        s2.CopyTo(partials[8..]);
        s3.CopyTo(partials[12..]);
        for (int lane = 0; i < values.Length; i++, lane++)
            partials[lane] += values[i];
        return Fold(ref partials[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        y = y[..x.Length];
        Span<float> partials = stackalloc float[Partials];
        switch (Simd.Bits)
        {
            case 512: Reduction<Vector512<float>, Lanes512>.Dot(x, y, partials); break;
            case 256: Reduction<Vector256<float>, Lanes256>.Dot(x, y, partials); break;
            default: Reduction<Vector128<float>, Lanes128>.Dot(x, y, partials); break;
        }
        return Fold(ref partials[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        y = y[..x.Length];
        Span<float> partials = stackalloc float[Partials];
        switch (Simd.Bits)
        {
            case 512: Reduction<Vector512<float>, Lanes512>.SquaredDistance(x, y, partials); break;
            case 256: Reduction<Vector256<float>, Lanes256>.SquaredDistance(x, y, partials); break;
            default: Reduction<Vector128<float>, Lanes128>.SquaredDistance(x, y, partials); break;
        }
        return Fold(ref partials[0]);
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
    public static void Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> partials)
    {
        ref float rx = ref MemoryMarshal.GetReference(x);
        ref float ry = ref MemoryMarshal.GetReference(y);
        int whole = x.Length / Reduction.Partials * Reduction.Partials;
        for (int part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0);
            for (nint i = part; i < whole; i += Reduction.Partials)
                sum = TLanes.MultiplyAdd(TLanes.Load(ref rx, i), TLanes.Load(ref ry, i), sum);
            TLanes.Store(sum, ref partials[0], part);
        }
        for (int i = whole; i < x.Length; i++)
            partials[i - whole] = float.MultiplyAddEstimate(x[i], y[i], partials[i - whole]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> partials)
    {
        ref float rx = ref MemoryMarshal.GetReference(x);
        ref float ry = ref MemoryMarshal.GetReference(y);
        int whole = x.Length / Reduction.Partials * Reduction.Partials;
        for (int part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0);
            for (nint i = part; i < whole; i += Reduction.Partials)
            {
                TVector difference = TLanes.Subtract(TLanes.Load(ref rx, i), TLanes.Load(ref ry, i));
                sum = TLanes.MultiplyAdd(difference, difference, sum);
            }
            TLanes.Store(sum, ref partials[0], part);
        }
        for (int i = whole; i < x.Length; i++)
            partials[i - whole] = float.MultiplyAddEstimate(x[i] - y[i], x[i] - y[i], partials[i - whole]);
    }
}
