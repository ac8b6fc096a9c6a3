using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5;

/// <summary>The input scale of the paper: x = 1.275 p / 255 - 0.1 = 0.005 p - 0.1, so that background is -0.1 and full ink 1.175, and a digit has about
/// mean 0 and variance 1 (section II-B).</summary>
internal static class InputScale
{
    public const float Background = -0.1f;

    private const float Step = 0.005f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        values = values[..pixels.Length];
        int lanes = Vector128<byte>.Count;
        if (pixels.Length < lanes)
        {
            for (int i = 0; i < pixels.Length; i++)
                values[i] = float.MultiplyAddEstimate(pixels[i], Step, Background);
            return;
        }
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref float target = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < pixels.Length; i += lanes)
        {
            // The last pixels are taken together with some before them.
            i = Math.Min(i, pixels.Length - lanes);
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
            Store(low, ref Unsafe.Add(ref target, i));
            Store(high, ref Unsafe.Add(ref target, i + (lanes / 2)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<ushort> pixels, ref float target)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(pixels);
        Scale(low).StoreUnsafe(ref target);
        Scale(high).StoreUnsafe(ref target, (nuint)Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Scale(Vector128<uint> pixels) =>
        Vector128.MultiplyAddEstimate(Vector128.ConvertToSingle(pixels.AsInt32()), Vector128.Create(Step), Vector128.Create(Background));
}
