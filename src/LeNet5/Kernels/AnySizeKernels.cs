using System.Runtime.CompilerServices;

namespace LeNet5.Kernels;

/// <summary>The loops of a convolution with square kernels of any size, for one vector width. Sums run in the order of
/// <see cref="FiveByFiveKernels{TVector, TLanes}"/>.</summary>
internal static class AnySizeKernels<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>An output plane, in tiles of four rows. Stores whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Correlate(
        ref readonly float source, Taps taps, ReadOnlySpan<int> planes, ReadOnlySpan<int> links, ref readonly float kernels, int size,
        float start, ref float target, nint width, int rows)
    {
        for (nint y = 0; y < rows; y += 4)
        {
            // Rows beyond the last are computed as the last, so that nothing is read or written outside the planes.
            nint r1 = Math.Min(y + 1, rows - 1);
            nint r2 = Math.Min(y + 2, rows - 1);
            nint r3 = Math.Min(y + 3, rows - 1);
            for (nint left = 0; left < width; left += TLanes.Count)
            {
                left = nint.Max(0, nint.Min(left, width - TLanes.Count));
                TVector s0 = TLanes.Broadcast(start), s1 = s0, s2 = s0, s3 = s0;
                for (int i = 0; i < planes.Length; i++)
                {
                    ref float plane = ref Unsafe.Add(ref Unsafe.AsRef(in source), (planes[i] * taps.PlaneStride) + left);
                    ref float kernel = ref Unsafe.Add(ref Unsafe.AsRef(in kernels), (links[i] * size * size) + taps.First);
                    for (nint x = 0; x < size; x++)
                    {
                        for (nint tapRow = 0; tapRow < size; tapRow++)
                        {
                            TVector weight = TLanes.Broadcast(Unsafe.Add(ref kernel, ((tapRow * size) + x) * taps.Direction));
                            s0 = TLanes.MultiplyAdd(weight, TLanes.Load(ref plane, ((y + tapRow) * taps.Pitch) + (x * taps.Step)), s0);
                            s1 = TLanes.MultiplyAdd(weight, TLanes.Load(ref plane, ((r1 + tapRow) * taps.Pitch) + (x * taps.Step)), s1);
                            s2 = TLanes.MultiplyAdd(weight, TLanes.Load(ref plane, ((r2 + tapRow) * taps.Pitch) + (x * taps.Step)), s2);
                            s3 = TLanes.MultiplyAdd(weight, TLanes.Load(ref plane, ((r3 + tapRow) * taps.Pitch) + (x * taps.Step)), s3);
                        }
                    }
                }
                TLanes.Store(s0, ref target, (y * width) + left);
                TLanes.Store(s1, ref target, (r1 * width) + left);
                TLanes.Store(s2, ref target, (r2 * width) + left);
                TLanes.Store(s3, ref target, (r3 * width) + left);
            }
        }
    }

    /// <summary>For one column of the kernel, sums[tap row] = sum over a plane of derivatives[y] * source[y + tap row], each in 16 partial sums:
    /// column x goes to sum x modulo 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyColumns(ref float derivatives, nint width, ref float source, nint sourcePitch, int rows, int size, ref float sums)
    {
        for (nint part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            for (nint tapRow = 0; tapRow < size; tapRow += 3)
            {
                // Three tap rows at a time, so that a sum need not wait for the one before. Rows beyond the last are computed as the last.
                nint r1 = Math.Min(tapRow + 1, size - 1);
                nint r2 = Math.Min(tapRow + 2, size - 1);
                TVector s0 = TLanes.Broadcast(0), s1 = s0, s2 = s0;
                for (nint x = part; x < width; x += Reduction.Partials)
                {
                    TVector kept = TLanes.MaskOfFirst(width - x);
                    for (nint y = 0; y < rows; y++)
                    {
                        TVector d = TLanes.And(TLanes.Load(ref derivatives, (y * width) + x), kept);
                        s0 = TLanes.MultiplyAdd(d, TLanes.Load(ref source, ((y + tapRow) * sourcePitch) + x), s0);
                        s1 = TLanes.MultiplyAdd(d, TLanes.Load(ref source, ((y + r1) * sourcePitch) + x), s1);
                        s2 = TLanes.MultiplyAdd(d, TLanes.Load(ref source, ((y + r2) * sourcePitch) + x), s2);
                    }
                }
                TLanes.Store(s0, ref sums, (tapRow * Reduction.Partials) + part);
                TLanes.Store(s1, ref sums, (r1 * Reduction.Partials) + part);
                TLanes.Store(s2, ref sums, (r2 * Reduction.Partials) + part);
            }
        }
    }
}
