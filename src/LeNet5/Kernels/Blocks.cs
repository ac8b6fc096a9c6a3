using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>Averages over square blocks of a map, and their transpose.</summary>
/// <remarks>A last row or column that fills no block is left out. Blocks of 2x2 go by whole vectors, which spill into what follows a row.</remarks>
internal static class Blocks
{
    /// <summary>For each block, writes its average, where there is room for the averages, and weight * average + bias.</summary>
    /// <remarks><paramref name="step"/> is the distance of neighbouring columns in memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ReadOnlySpan<float> map, int pitch, int step, int block, float weight, float bias, Span<float> averages, Span<float> sums, int blocksPerRow)
    {
        switch (Simd.Bits)
        {
            case 512 when block == 2: Blocks<Vector512<float>, Lanes512>.ForwardPairs(map, pitch, step, weight, bias, averages, sums, blocksPerRow * step); break;
            case 256 when block == 2: Blocks<Vector256<float>, Lanes256>.ForwardPairs(map, pitch, step, weight, bias, averages, sums, blocksPerRow * step); break;
            case 128 when block == 2: Blocks<Vector128<float>, Lanes128>.ForwardPairs(map, pitch, step, weight, bias, averages, sums, blocksPerRow * step); break;
            default: ForwardAny(map, pitch, step, block, weight, bias, averages, sums, blocksPerRow * step); break;
        }
    }

    /// <summary>Writes to each cell of a block its derivative times <paramref name="share"/>, and 0 to the cells that fill no block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(ReadOnlySpan<float> derivatives, int blocksPerRow, int block, float share, Span<float> map, int width)
    {
        switch (Simd.Bits)
        {
            case 512 when block == 2: Blocks<Vector512<float>, Lanes512>.SpreadPairs(derivatives, blocksPerRow, share, map, width); break;
            case 256 when block == 2: Blocks<Vector256<float>, Lanes256>.SpreadPairs(derivatives, blocksPerRow, share, map, width); break;
            case 128 when block == 2: Blocks<Vector128<float>, Lanes128>.SpreadPairs(derivatives, blocksPerRow, share, map, width); break;
            default: SpreadAny(derivatives, blocksPerRow, block, share, map, width); break;
        }
        int covered = blocksPerRow * block;
        int rows = derivatives.Length / blocksPerRow * block;
        for (int row = 0; covered < width && row < rows; row++)
            map.Slice((row * width) + covered, width - covered).Clear();
        map[(rows * width)..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardAny(ReadOnlySpan<float> map, int pitch, int step, int block, float weight, float bias, Span<float> averages, Span<float> sums, int length)
    {
        int i = 0;
        for (int top = 0; i < sums.Length; top += block * pitch)
        {
            for (int left = top; left < top + (length * block); left += block * step)
            {
                for (int corner = left; corner < left + step; corner++, i++)
                {
                    float sum = 0;
                    for (int y = 0; y < block; y++)
                    {
                        for (int x = 0; x < block; x++)
                            sum += map[corner + (y * pitch) + (x * step)];
                    }
                    float average = sum / (block * block);
                    sums[i] = float.MultiplyAddEstimate(average, weight, bias);
                    if (!averages.IsEmpty)
                        averages[i] = average;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SpreadAny(ReadOnlySpan<float> derivatives, int blocksPerRow, int block, float share, Span<float> map, int width)
    {
        for (int i = 0; i < derivatives.Length; i++)
        {
            int corner = (i / blocksPerRow * block * width) + (i % blocksPerRow * block);
            for (int y = 0; y < block; y++)
                map.Slice(corner + (y * width), block).Fill(derivatives[i] * share);
        }
    }
}

/// <summary>Blocks of 2x2, for one vector width.</summary>
internal static class Blocks<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>Rows of averages: upper and lower row are added, then neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardPairs(ReadOnlySpan<float> map, nint pitch, nint step, float weight, float bias, Span<float> averages, Span<float> sums, nint length)
    {
        ref float source = ref MemoryMarshal.GetReference(map);
        ref float a = ref MemoryMarshal.GetReference(averages);
        ref float s = ref MemoryMarshal.GetReference(sums);
        TVector quarter = TLanes.Broadcast(0.25f), w = TLanes.Broadcast(weight), b = TLanes.Broadcast(bias);
        for (nint row = 0; row < sums.Length; row += length)
        {
            for (nint x = 0; x < length; x += TLanes.Count)
            {
                TVector sum;
                if (step == 1)
                {
                    TVector low = ColumnSums(ref source, pitch, 2 * x);
                    TVector high = (2 * x) + TLanes.Count < pitch ? ColumnSums(ref source, pitch, (2 * x) + TLanes.Count) : low;
                    sum = TLanes.AddNeighbours(low, high);
                }
                else
                {
                    nint left = (x / step * 2 * step) + (x % step);
                    sum = TLanes.Add(ColumnSums(ref source, pitch, left), ColumnSums(ref source, pitch, left + step));
                }
                TVector average = TLanes.Multiply(sum, quarter);
                if (!averages.IsEmpty)
                    TLanes.Store(average, ref a, row + x);
                TLanes.Store(TLanes.MultiplyAdd(average, w, b), ref s, row + x);
            }
            source = ref Unsafe.Add(ref source, 2 * pitch);
        }
    }

    /// <summary>The two rows above each row of derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SpreadPairs(ReadOnlySpan<float> derivatives, nint blocksPerRow, float share, Span<float> map, nint width)
    {
        ref float d = ref MemoryMarshal.GetReference(derivatives);
        ref float target = ref MemoryMarshal.GetReference(map);
        TVector factor = TLanes.Broadcast(share);
        for (nint row = 0; row < derivatives.Length; row += blocksPerRow)
        {
            for (nint y = 0; y < 2; y++)
            {
                for (nint x = 0; x < blocksPerRow; x += TLanes.Count)
                {
                    (TVector low, TVector high) = TLanes.Repeat(TLanes.Multiply(TLanes.Load(ref d, row + x), factor));
                    TLanes.Store(low, ref target, 2 * x);
                    if ((2 * x) + TLanes.Count < width)
                        TLanes.Store(high, ref target, (2 * x) + TLanes.Count);
                }
                target = ref Unsafe.Add(ref target, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ColumnSums(ref float source, nint pitch, nint x) =>
        TLanes.Add(TLanes.Load(ref source, x), TLanes.Load(ref source, pitch + x));
}
