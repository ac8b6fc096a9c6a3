using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>The vector operations that kernels are written in, for one width. Calls through a type parameter compile to the plain instructions.</summary>
internal interface ILanes<TVector>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Broadcast(float value);

    static abstract TVector Load(ref readonly float source, nint offset);

    static abstract void Store(TVector vector, ref float target, nint offset);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>x * y + sum, fused wherever the hardware can.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector sum);

    /// <summary>What lies outside of +-limit becomes the limit. What is no number stays so.</summary>
    static abstract TVector Clamp(TVector vector, TVector limit);

    /// <summary>All bits in the first lanes, none in the others.</summary>
    static abstract TVector MaskOfFirst(nint count);

    static abstract TVector And(TVector left, TVector right);

    /// <summary>The sums of lanes 0 and 1, 2 and 3, ... of two vectors.</summary>
    static abstract TVector AddNeighbours(TVector low, TVector high);

    /// <summary>Two vectors with each lane twice: what <see cref="AddNeighbours"/> adds up.</summary>
    static abstract (TVector Low, TVector High) Repeat(TVector vector);
}

internal readonly struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;

    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    public static Vector512<float> Load(ref readonly float source, nint offset) => Vector512.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    public static void Store(Vector512<float> vector, ref float target, nint offset) => vector.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => left - right;

    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    public static Vector512<float> Divide(Vector512<float> left, Vector512<float> right) => left / right;

    public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> sum) => Vector512.MultiplyAddEstimate(x, y, sum);

    public static Vector512<float> Clamp(Vector512<float> vector, Vector512<float> limit) => Vector512.MaxNative(-limit, Vector512.MinNative(limit, vector));

    public static Vector512<float> MaskOfFirst(nint count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)count)).AsSingle();

    public static Vector512<float> And(Vector512<float> left, Vector512<float> right) => left & right;

    public static Vector512<float> AddNeighbours(Vector512<float> low, Vector512<float> high) =>
        Vector512.Narrow(EvenSums(low), EvenSums(high)).AsSingle();

    public static (Vector512<float> Low, Vector512<float> High) Repeat(Vector512<float> vector)
    {
        (Vector512<ulong> low, Vector512<ulong> high) = Vector512.Widen(vector.AsUInt32());
        return ((low | (low << 32)).AsSingle(), (high | (high << 32)).AsSingle());
    }

    /// <summary>In each even lane its sum with the next one.</summary>
    private static Vector512<ulong> EvenSums(Vector512<float> vector) => (vector + (vector.AsUInt64() >>> 32).AsSingle()).AsUInt64();
}

internal readonly struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    public static Vector256<float> Load(ref readonly float source, nint offset) => Vector256.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    public static void Store(Vector256<float> vector, ref float target, nint offset) => vector.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    public static Vector256<float> Divide(Vector256<float> left, Vector256<float> right) => left / right;

    public static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> sum) => Vector256.MultiplyAddEstimate(x, y, sum);

    public static Vector256<float> Clamp(Vector256<float> vector, Vector256<float> limit) => Vector256.MaxNative(-limit, Vector256.MinNative(limit, vector));

    public static Vector256<float> MaskOfFirst(nint count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create((int)count)).AsSingle();

    public static Vector256<float> And(Vector256<float> left, Vector256<float> right) => left & right;

    public static Vector256<float> AddNeighbours(Vector256<float> low, Vector256<float> high) =>
        Vector256.Narrow(EvenSums(low), EvenSums(high)).AsSingle();

    public static (Vector256<float> Low, Vector256<float> High) Repeat(Vector256<float> vector)
    {
        (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(vector.AsUInt32());
        return ((low | (low << 32)).AsSingle(), (high | (high << 32)).AsSingle());
    }

    /// <summary>In each even lane its sum with the next one.</summary>
    private static Vector256<ulong> EvenSums(Vector256<float> vector) => (vector + (vector.AsUInt64() >>> 32).AsSingle()).AsUInt64();
}

internal readonly struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    public static Vector128<float> Load(ref readonly float source, nint offset) => Vector128.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    public static void Store(Vector128<float> vector, ref float target, nint offset) => vector.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right) => left + right;

    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right) => left - right;

    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    public static Vector128<float> Divide(Vector128<float> left, Vector128<float> right) => left / right;

    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> sum) => Vector128.MultiplyAddEstimate(x, y, sum);

    public static Vector128<float> Clamp(Vector128<float> vector, Vector128<float> limit) => Vector128.MaxNative(-limit, Vector128.MinNative(limit, vector));

    public static Vector128<float> MaskOfFirst(nint count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create((int)count)).AsSingle();

    public static Vector128<float> And(Vector128<float> left, Vector128<float> right) => left & right;

    public static Vector128<float> AddNeighbours(Vector128<float> low, Vector128<float> high) =>
        Vector128.Narrow(EvenSums(low), EvenSums(high)).AsSingle();

    public static (Vector128<float> Low, Vector128<float> High) Repeat(Vector128<float> vector)
    {
        (Vector128<ulong> low, Vector128<ulong> high) = Vector128.Widen(vector.AsUInt32());
        return ((low | (low << 32)).AsSingle(), (high | (high << 32)).AsSingle());
    }

    /// <summary>In each even lane its sum with the next one.</summary>
    private static Vector128<ulong> EvenSums(Vector128<float> vector) => (vector + (vector.AsUInt64() >>> 32).AsSingle()).AsUInt64();
}
