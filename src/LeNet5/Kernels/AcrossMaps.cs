using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>Maps side by side: the values of all maps at one position follow each other, in groups of 16.</summary>
internal static class AcrossMaps
{
    /// <summary>Distance of positions.</summary>
    public static int Stride(int maps) => AlignedMemory.WholeLines(maps);

    /// <summary>Writes maps side by side, four maps at four positions at a time. What lies between the last map and the next position is left as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ReadOnlySpan<float> maps, int count, int plane, Span<float> columns, int stride)
    {
        int wholeMaps = count & ~3;
        int wholePlane = plane & ~3;
        for (int map = 0; map < wholeMaps; map += 4)
        {
            ref float source = ref Unsafe.Add(ref MemoryMarshal.GetReference(maps), map * plane);
            ref float target = ref Unsafe.Add(ref MemoryMarshal.GetReference(columns), map);
            for (nint position = 0; position < wholePlane; position += 4)
            {
                Vector128<float> a = Load(ref source, position), b = Load(ref source, plane + position);
                Vector128<float> c = Load(ref source, (2 * plane) + position), d = Load(ref source, (3 * plane) + position);
                Vector128<float> ab = LowPairs(a, b), abHigh = HighPairs(a, b), cd = LowPairs(c, d), cdHigh = HighPairs(c, d);
                LowHalves(ab, cd).StoreUnsafe(ref target);
                HighHalves(ab, cd).StoreUnsafe(ref target, (nuint)stride);
                LowHalves(abHigh, cdHigh).StoreUnsafe(ref target, 2 * (nuint)stride);
                HighHalves(abHigh, cdHigh).StoreUnsafe(ref target, 3 * (nuint)stride);
                target = ref Unsafe.Add(ref target, 4 * stride);
            }
        }
        for (int map = 0; map < count; map++)
        {
            for (int position = map < wholeMaps ? wholePlane : 0; position < plane; position++)
                columns[(position * stride) + map] = maps[(map * plane) + position];
        }
    }

    private static Vector128<float> Load(ref float source, nint offset) => Vector128.LoadUnsafe(ref Unsafe.Add(ref source, offset));

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowPairs(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.Create(-1, 0, -1, 0).AsSingle(), Vector128.Shuffle(a, Vector128.Create(0, 0, 1, 1)), Vector128.Shuffle(b, Vector128.Create(0, 0, 1, 1)));

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> HighPairs(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.Create(-1, 0, -1, 0).AsSingle(), Vector128.Shuffle(a, Vector128.Create(2, 2, 3, 3)), Vector128.Shuffle(b, Vector128.Create(2, 2, 3, 3)));

    /// <summary>a0 a1 b0 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowHalves(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.Create(-1, -1, 0, 0).AsSingle(), a, Vector128.Shuffle(b, Vector128.Create(0, 1, 0, 1)));

    /// <summary>a2 a3 b2 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> HighHalves(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.Create(-1, -1, 0, 0).AsSingle(), Vector128.Shuffle(a, Vector128.Create(2, 3, 2, 3)), b);
}

internal static class AcrossMaps<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>sums[map] = sum over all positions, for 16 maps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(ref float columns, nint stride, int positions, ref float sums)
    {
        for (nint part = 0; part < Reduction.Partials; part += TLanes.Count)
        {
            TVector even = TLanes.Broadcast(0), odd = even;
            nint position = 0;
            for (; position + 2 <= positions; position += 2)
            {
                even = TLanes.Add(even, TLanes.Load(ref columns, (position * stride) + part));
                odd = TLanes.Add(odd, TLanes.Load(ref columns, ((position + 1) * stride) + part));
            }
            if (position < positions)
                even = TLanes.Add(even, TLanes.Load(ref columns, (position * stride) + part));
            TLanes.Store(TLanes.Add(even, odd), ref sums, part);
        }
    }
}
