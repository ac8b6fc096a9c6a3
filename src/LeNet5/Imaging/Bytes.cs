using System.Numerics;
using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>Arithmetic on rows of bytes.</summary>
/// <remarks>TensorPrimitives has all of it, but each of its operations takes milliseconds to compile, and a tool that reads one picture starts anew for each.</remarks>
internal static class Bytes
{
    /// <summary>255 - x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Complement(ReadOnlySpan<byte> values, Span<byte> result)
    {
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (~new Vector<byte>(values[i..])).CopyTo(result[i..]);
        for (; i < values.Length; i++)
            result[i] = (byte)~values[i];
    }

    /// <summary>x + y, modulo 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<byte> values, ReadOnlySpan<byte> others, Span<byte> result)
    {
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(values[i..]) + new Vector<byte>(others[i..])).CopyTo(result[i..]);
        for (; i < values.Length; i++)
            result[i] = (byte)(values[i] + others[i]);
    }

    /// <summary>Replaces values by larger others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TakeLarger(Span<byte> values, ReadOnlySpan<byte> others)
    {
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            Vector.Max(new Vector<byte>(values[i..]), new Vector<byte>(others[i..])).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] = Math.Max(values[i], others[i]);
    }

    /// <summary>Replaces values by smaller others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TakeSmaller(Span<byte> values, ReadOnlySpan<byte> others)
    {
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            Vector.Min(new Vector<byte>(values[i..]), new Vector<byte>(others[i..])).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] = Math.Min(values[i], others[i]);
    }

    /// <summary>The sum of all values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Sum(ReadOnlySpan<byte> values)
    {
        Vector<uint> sums = default;
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            sums = AddTo(sums, new Vector<byte>(values[i..]));
        long sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
            sum += values[i];
        return sum;
    }

    /// <summary>The sum of |x - y|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Difference(ReadOnlySpan<byte> values, ReadOnlySpan<byte> others)
    {
        Vector<uint> sums = default;
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> x = new(values[i..]), y = new(others[i..]);
            sums = AddTo(sums, Vector.Max(x, y) - Vector.Min(x, y));
        }
        long sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
            sum += Math.Abs(values[i] - others[i]);
        return sum;
    }

    /// <summary>A row of a picture is too short for a sum to overflow.</summary>
    private static Vector<uint> AddTo(Vector<uint> sums, Vector<byte> values)
    {
        Vector.Widen(values, out Vector<ushort> low, out Vector<ushort> high);
        Vector.Widen(low + high, out Vector<uint> first, out Vector<uint> second);
        return sums + first + second;
    }
}
