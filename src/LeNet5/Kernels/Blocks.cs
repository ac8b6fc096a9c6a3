using System.Runtime.CompilerServices;

namespace LeNet5.Kernels;

/// <summary>Averages over square blocks of a map, and their transpose.</summary>
internal static class Blocks
{
    /// <summary>Writes the average of each block. A last row or column that fills no block is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average(ReadOnlySpan<float> map, int width, int block, Span<float> averages, int blocksPerRow)
    {
        float share = 1f / (block * block);
        for (int row = 0; row * blocksPerRow < averages.Length; row++)
        {
            ReadOnlySpan<float> band = map.Slice(row * block * width, block * width);
            Span<float> target = averages.Slice(row * blocksPerRow, blocksPerRow);
            if (block == 2)
                AveragePairs(band[..width], band[width..], target);
            else
            {
                for (int column = 0; column < target.Length; column++)
                {
                    float sum = 0;
                    for (int y = 0; y < block; y++)
                    {
                        foreach (float value in band.Slice((y * width) + (column * block), block))
                            sum += value;
                    }
                    target[column] = sum * share;
                }
            }
        }
    }

    /// <summary>Writes to each cell of a block its derivative times <paramref name="share"/>, and 0 to the cells that fill no block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(ReadOnlySpan<float> derivatives, int blocksPerRow, int block, float share, Span<float> map, int width)
    {
        int rows = derivatives.Length / blocksPerRow;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> source = derivatives.Slice(row * blocksPerRow, blocksPerRow);
            Span<float> first = map.Slice(row * block * width, width);
            if (block == 2)
                SpreadPairs(source, share, first);
            else
            {
                for (int column = 0; column < source.Length; column++)
                    first.Slice(column * block, block).Fill(source[column] * share);
            }
            first[(blocksPerRow * block)..].Clear();
            for (int y = 1; y < block; y++)
                first.CopyTo(map.Slice(((row * block) + y) * width, width));
        }
        map[(rows * block * width)..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AveragePairs(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, Span<float> averages)
    {
        upper = upper[..(2 * averages.Length)];
        lower = lower[..(2 * averages.Length)];
        for (int i = 0; i < averages.Length; i++)
            averages[i] = ((upper[2 * i] + upper[(2 * i) + 1]) + (lower[2 * i] + lower[(2 * i) + 1])) * 0.25f;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SpreadPairs(ReadOnlySpan<float> derivatives, float share, Span<float> row)
    {
        row = row[..(2 * derivatives.Length)];
        for (int i = 0; i < derivatives.Length; i++)
        {
            float value = derivatives[i] * share;
            row[2 * i] = value;
            row[(2 * i) + 1] = value;
        }
    }
}
