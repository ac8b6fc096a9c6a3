using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Tool;

/// <summary>Does nothing but fused multiply-adds, as many at once as a core can: its rate is the most that any kernel could reach.</summary>
internal static class MultiplyAddLoop
{
    private const int Iterations = 10_000;
    private const int Accumulators = 16;

    /// <summary>Width of the widest vectors that the machine has in hardware.</summary>
    public static int VectorBits { get; } = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Floating-point operations of a run, two a multiply-add.</summary>
    public static double Flops => 2.0 * Iterations * Accumulators * VectorBits / (8 * sizeof(float));

    /// <summary>Runs the loop once. The result has no meaning, but without one the loop would be optimized away.</summary>
    public static float Run() => VectorBits switch
    {
        512 => Run<Vector512<float>, Lanes512>()[0],
        256 => Run<Vector256<float>, Lanes256>()[0],
        _ => Run<Vector128<float>, Lanes128>()[0],
    };

    /// <summary>x becomes x * x + x, which takes values between -1 and 0 slowly towards 0. With no operand but the accumulators, all of it stays in
    /// 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector Run<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
    {
        TVector a = TLanes.Broadcast(-0.50f), b = TLanes.Broadcast(-0.51f), c = TLanes.Broadcast(-0.52f), d = TLanes.Broadcast(-0.53f);
        TVector e = TLanes.Broadcast(-0.54f), f = TLanes.Broadcast(-0.55f), g = TLanes.Broadcast(-0.56f), h = TLanes.Broadcast(-0.57f);
        TVector i = TLanes.Broadcast(-0.58f), j = TLanes.Broadcast(-0.59f), k = TLanes.Broadcast(-0.60f), l = TLanes.Broadcast(-0.61f);
        TVector m = TLanes.Broadcast(-0.62f), n = TLanes.Broadcast(-0.63f), o = TLanes.Broadcast(-0.64f), p = TLanes.Broadcast(-0.65f);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            a = TLanes.MultiplyAdd(a, a, a);
            b = TLanes.MultiplyAdd(b, b, b);
            c = TLanes.MultiplyAdd(c, c, c);
            d = TLanes.MultiplyAdd(d, d, d);
            e = TLanes.MultiplyAdd(e, e, e);
            f = TLanes.MultiplyAdd(f, f, f);
            g = TLanes.MultiplyAdd(g, g, g);
            h = TLanes.MultiplyAdd(h, h, h);
            i = TLanes.MultiplyAdd(i, i, i);
            j = TLanes.MultiplyAdd(j, j, j);
            k = TLanes.MultiplyAdd(k, k, k);
            l = TLanes.MultiplyAdd(l, l, l);
            m = TLanes.MultiplyAdd(m, m, m);
            n = TLanes.MultiplyAdd(n, n, n);
            o = TLanes.MultiplyAdd(o, o, o);
            p = TLanes.MultiplyAdd(p, p, p);
        }
        TVector left = TLanes.MultiplyAdd(a, b, TLanes.MultiplyAdd(c, d, TLanes.MultiplyAdd(e, f, TLanes.MultiplyAdd(g, h, a))));
        TVector right = TLanes.MultiplyAdd(i, j, TLanes.MultiplyAdd(k, l, TLanes.MultiplyAdd(m, n, TLanes.MultiplyAdd(o, p, i))));
        return TLanes.MultiplyAdd(left, right, left);
    }

    private interface ILanes<TVector>
    {
        static abstract TVector Broadcast(float value);

        static abstract TVector MultiplyAdd(TVector x, TVector y, TVector sum);
    }

    private readonly struct Lanes512 : ILanes<Vector512<float>>
    {
        public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

        public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> sum) => Vector512.MultiplyAddEstimate(x, y, sum);
    }

    private readonly struct Lanes256 : ILanes<Vector256<float>>
    {
        public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

        public static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> sum) => Vector256.MultiplyAddEstimate(x, y, sum);
    }

    private readonly struct Lanes128 : ILanes<Vector128<float>>
    {
        public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

        public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> sum) => Vector128.MultiplyAddEstimate(x, y, sum);
    }
}
