using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>The squashing function 1.7159 tanh(2a/3) and its slope.</summary>
internal static class Squashing
{
    public const float Amplitude = 1.7159f;
    public const float Stretch = 2f / 3f;

    /// <summary>Replaces each a by f(a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> values)
    {
        switch (Simd.Bits)
        {
            case 512: Squashing<Vector512<float>, Lanes512>.Apply(values); break;
            case 256: Squashing<Vector256<float>, Lanes256>.Apply(values); break;
            default: Squashing<Vector128<float>, Lanes128>.Apply(values); break;
        }
    }

    /// <summary>Multiplies each derivative by f'(a) = (S/A)(A - y)(A + y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives)
    {
        values = values[..derivatives.Length];
        switch (Simd.Bits)
        {
            case 512: Squashing<Vector512<float>, Lanes512>.MultiplyBySlope(values, derivatives); break;
            case 256: Squashing<Vector256<float>, Lanes256>.MultiplyBySlope(values, derivatives); break;
            default: Squashing<Vector128<float>, Lanes128>.MultiplyBySlope(values, derivatives); break;
        }
    }
}

internal static class Squashing<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> values)
    {
        ref float v = ref MemoryMarshal.GetReference(values);
        int whole = values.Length - (values.Length % TLanes.Count);
        for (nint i = 0; i < whole; i += TLanes.Count)
            TLanes.Store(Squash(TLanes.Load(ref v, i)), ref v, i);
        if (whole == values.Length)
            return;
        Span<float> rest = stackalloc float[AlignedMemory.Line];
        values[whole..].CopyTo(rest);
        TLanes.Store(Squash(TLanes.Load(ref rest[0], 0)), ref rest[0], 0);
        rest[..(values.Length - whole)].CopyTo(values[whole..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives)
    {
        const float scale = Squashing.Stretch / Squashing.Amplitude;
        ref float y = ref MemoryMarshal.GetReference(values);
        ref float d = ref MemoryMarshal.GetReference(derivatives);
        TVector amplitude = TLanes.Broadcast(Squashing.Amplitude);
        nint i = 0;
        for (; i + TLanes.Count <= derivatives.Length; i += TLanes.Count)
        {
            TVector v = TLanes.Load(ref y, i);
            TVector slope = TLanes.Multiply(TLanes.Multiply(TLanes.Subtract(amplitude, v), TLanes.Add(amplitude, v)), TLanes.Broadcast(scale));
            TLanes.Store(TLanes.Multiply(TLanes.Load(ref d, i), slope), ref d, i);
        }
        for (; i < derivatives.Length; i++)
            derivatives[(int)i] *= (Squashing.Amplitude - values[(int)i]) * (Squashing.Amplitude + values[(int)i]) * scale;
    }

    /// <summary>
    /// f(a) = a P(a^2) / Q(a^2), the rational function of these degrees with the least relative error up to 11.85, 1.2e-7 before rounding.
    /// Beyond, f is its amplitude to the last bit or two. A division is exact on every machine, so all get the same bits; an exponential would cost twice as much.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Squash(TVector a)
    {
        a = TLanes.Clamp(a, TLanes.Broadcast(11.85f));
        TVector square = TLanes.Multiply(a, a);
        TVector p = TLanes.MultiplyAdd(TLanes.Broadcast(1.15813691e-06f), square, TLanes.Broadcast(0.000668959867f));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(0.065760605f));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(1.14393318f));
        TVector q = TLanes.MultiplyAdd(TLanes.Broadcast(9.72578995e-09f), square, TLanes.Broadcast(2.10712788e-05f));
        q = TLanes.MultiplyAdd(q, square, TLanes.Broadcast(0.00471193623f));
        q = TLanes.MultiplyAdd(q, square, TLanes.Broadcast(0.205634072f));
        q = TLanes.MultiplyAdd(q, square, TLanes.Broadcast(1));
        return TLanes.Divide(TLanes.Multiply(a, p), q);
    }
}
