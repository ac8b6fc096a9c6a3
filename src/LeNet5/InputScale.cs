using System.Runtime.CompilerServices;

namespace LeNet5;

/// <summary>The input scale of the paper: x = 1.275 p / 255 - 0.1, so that background is -0.1 and full ink 1.175, and a digit has about mean 0 and
/// variance 1 (section II-B).</summary>
internal static class InputScale
{
    public const float Background = -0.1f;

    private static readonly float[] Scaled = [.. Enumerable.Range(0, 256).Select(pixel => (float)((1.275 * pixel / 255) - 0.1))];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        float[] scaled = Scaled;
        values = values[..pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
            values[i] = scaled[pixels[i]];
    }
}
