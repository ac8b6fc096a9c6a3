using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeNet5.Kernels;

/// <summary>One position of all maps as a vector of its own.</summary>
internal static class Columns
{
    /// <summary>Copies the values of one position out of all maps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(ReadOnlySpan<float> maps, int plane, int position, Span<float> column)
    {
        if (plane == 1)
        {
            maps[..column.Length].CopyTo(column);
            return;
        }
        for (int map = 0; map < column.Length; map++)
            column[map] = maps[(map * plane) + position];
    }

    /// <summary>Writes the values of one position into all maps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(ReadOnlySpan<float> column, Span<float> maps, int plane, int position)
    {
        if (plane == 1)
        {
            column.CopyTo(maps);
            return;
        }
        for (int map = 0; map < column.Length; map++)
            maps[(map * plane) + position] = column[map];
    }

    /// <summary>sum[j] += scale * (x[j] - code[j]), element by element and without fused operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaledDifference(ReadOnlySpan<float> x, ReadOnlySpan<float> code, float scale, Span<float> sum)
    {
        x = x[..sum.Length];
        code = code[..sum.Length];
        ReadOnlySpan<Vector<float>> vx = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<float>> vc = MemoryMarshal.Cast<float, Vector<float>>(code);
        Span<Vector<float>> vs = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (int i = 0; i < vs.Length; i++)
            vs[i] += (vx[i] - vc[i]) * scale;
        for (int i = vs.Length * Vector<float>.Count; i < sum.Length; i++)
            sum[i] += (x[i] - code[i]) * scale;
    }
}
