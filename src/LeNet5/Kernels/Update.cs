using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>The step of gradient descent: w -= rate * dE/dw (equation 18).</summary>
internal static class Update
{
    /// <summary>One rate for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, float rate)
    {
        gradient = gradient[..parameters.Length];
        switch (Simd.Bits)
        {
            case 512: Update<Vector512<float>, Lanes512>.Apply(parameters, gradient, rate); break;
            case 256: Update<Vector256<float>, Lanes256>.Apply(parameters, gradient, rate); break;
            default: Update<Vector128<float>, Lanes128>.Apply(parameters, gradient, rate); break;
        }
    }

    /// <summary>One rate for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, ReadOnlySpan<float> rates)
    {
        gradient = gradient[..parameters.Length];
        rates = rates[..parameters.Length];
        switch (Simd.Bits)
        {
            case 512: Update<Vector512<float>, Lanes512>.Apply(parameters, gradient, rates); break;
            case 256: Update<Vector256<float>, Lanes256>.Apply(parameters, gradient, rates); break;
            default: Update<Vector128<float>, Lanes128>.Apply(parameters, gradient, rates); break;
        }
    }
}

internal static class Update<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, float rate)
    {
        ref float w = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        TVector move = TLanes.Broadcast(-rate);
        nint i = 0;
        for (; i + TLanes.Count <= parameters.Length; i += TLanes.Count)
            TLanes.Store(TLanes.MultiplyAdd(move, TLanes.Load(ref g, i), TLanes.Load(ref w, i)), ref w, i);
        for (; i < parameters.Length; i++)
            Unsafe.Add(ref w, i) = float.MultiplyAddEstimate(-rate, Unsafe.Add(ref g, i), Unsafe.Add(ref w, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, ReadOnlySpan<float> rates)
    {
        ref float w = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        ref float r = ref MemoryMarshal.GetReference(rates);
        TVector zero = TLanes.Broadcast(0);
        nint i = 0;
        for (; i + TLanes.Count <= parameters.Length; i += TLanes.Count)
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Subtract(zero, TLanes.Load(ref r, i)), TLanes.Load(ref g, i), TLanes.Load(ref w, i)), ref w, i);
        for (; i < parameters.Length; i++)
            Unsafe.Add(ref w, i) = float.MultiplyAddEstimate(-Unsafe.Add(ref r, i), Unsafe.Add(ref g, i), Unsafe.Add(ref w, i));
    }
}
