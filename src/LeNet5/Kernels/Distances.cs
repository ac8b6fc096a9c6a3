using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>Squared distances between a code and what many positions hold, the positions side by side in a vector.</summary>
internal static class Distances
{
    /// <summary>target[p] = sum over j of (source[j * stride + p] - code[j])^2. Gives the bits of <see cref="Reduction.SquaredDistance"/>.</summary>
    /// <remarks>There is at least a vector of positions, or room for one behind the target.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(ReadOnlySpan<float> source, int stride, ReadOnlySpan<float> code, int positions, Span<float> target)
    {
        switch (Simd.Bits)
        {
            case 512: Square<Vector512<float>, Lanes512>(source, stride, code, positions, target); break;
            case 256: Square<Vector256<float>, Lanes256>(source, stride, code, positions, target); break;
            default: Square<Vector128<float>, Lanes128>(source, stride, code, positions, target); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Square<TVector, TLanes>(ReadOnlySpan<float> source, nint stride, ReadOnlySpan<float> code, int positions, Span<float> target)
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
    {
        Span<float> partials = stackalloc float[Reduction.Partials * Reduction.Partials];
        ref float first = ref partials[0];
        ref float c = ref MemoryMarshal.GetReference(code);
        for (int p = 0; p < positions; p += TLanes.Count)
        {
            p = Math.Max(0, Math.Min(p, positions - TLanes.Count));
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(source), p);
            for (nint part = 0; part < Reduction.Partials; part++)
            {
                TVector sum = TLanes.Broadcast(0);
                for (nint j = part; j < code.Length; j += Reduction.Partials)
                {
                    TVector difference = TLanes.Subtract(TLanes.Load(ref x, j * stride), TLanes.Broadcast(Unsafe.Add(ref c, j)));
                    sum = TLanes.MultiplyAdd(difference, difference, sum);
                }
                TLanes.Store(sum, ref first, part * TLanes.Count);
            }
            TLanes.Store(Reduction<TVector, TLanes>.Fold(ref first, TLanes.Count), ref Unsafe.Add(ref MemoryMarshal.GetReference(target), p), 0);
        }
    }
}
