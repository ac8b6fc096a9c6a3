using System.Runtime.CompilerServices;

namespace LeNet5.Kernels;

/// <summary>The two loops of a convolution with square kernels of any size, for one vector width. Sums run in the order of
/// <see cref="FiveByFiveKernels{TVector, TLanes}"/>.</summary>
internal static class AnySizeKernels<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>One vector's width of an output plane, in tiles of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Correlate(
        ref readonly float source, nint planeStride, nint pitch, ReadOnlySpan<int> planes, ref readonly float kernels, int size, float start, ref float target, nint targetPitch, int rows)
    {
        for (nint y = 0; y < rows; y += 4)
        {
            // Rows beyond the last are computed as the last, so that nothing is read or written outside the planes.
            nint r1 = Math.Min(y + 1, rows - 1);
            nint r2 = Math.Min(y + 2, rows - 1);
            nint r3 = Math.Min(y + 3, rows - 1);
            TVector s0 = TLanes.Broadcast(start), s1 = s0, s2 = s0, s3 = s0;
            nint kernel = 0;
            foreach (int plane in planes)
            {
                ref float top = ref Unsafe.Add(ref Unsafe.AsRef(in source), plane * planeStride);
                for (nint x = 0; x < size; x++)
                {
                    for (nint tapRow = 0; tapRow < size; tapRow++)
                    {
                        TVector weight = TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in kernels), kernel + (tapRow * size) + x));
                        s0 = TLanes.MultiplyAdd(weight, TLanes.Load(ref top, ((y + tapRow) * pitch) + x), s0);
                        s1 = TLanes.MultiplyAdd(weight, TLanes.Load(ref top, ((r1 + tapRow) * pitch) + x), s1);
                        s2 = TLanes.MultiplyAdd(weight, TLanes.Load(ref top, ((r2 + tapRow) * pitch) + x), s2);
                        s3 = TLanes.MultiplyAdd(weight, TLanes.Load(ref top, ((r3 + tapRow) * pitch) + x), s3);
                    }
                }
                kernel += size * size;
            }
            TLanes.Store(s0, ref target, y * targetPitch);
            TLanes.Store(s1, ref target, r1 * targetPitch);
            TLanes.Store(s2, ref target, r2 * targetPitch);
            TLanes.Store(s3, ref target, r3 * targetPitch);
        }
    }

    /// <summary>For one column of the kernel, sums[tap row] += sum over rows of derivatives[y] * source[y + tap row], each in 16 partial sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(ref readonly float derivatives, nint pitch, ref readonly float source, nint sourcePitch, int rows, int size, ref float sums)
    {
        for (nint tapRow = 0; tapRow < size; tapRow++)
        {
            TVector sum = TLanes.Load(ref sums, tapRow * Reduction.Partials);
            for (nint y = 0; y < rows; y++)
                sum = TLanes.MultiplyAdd(TLanes.Load(in derivatives, y * pitch), TLanes.Load(in source, (y + tapRow) * sourcePitch), sum);
            TLanes.Store(sum, ref sums, tapRow * Reduction.Partials);
        }
    }
}
