using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Imaging;

/// <summary>How colours become grey: the luma of Rec. 601, laid over white where transparent.</summary>
internal static class Luma
{
    public const byte White = 255;

    /// <summary>Colours are told apart by their places within whole numbers, which other machines store the other way round.</summary>
    private static bool UsesVectors => Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian;

    /// <summary>(299 R + 587 G + 114 B) / 1000, rounded.</summary>
    public static byte Of(int red, int green, int blue) => (byte)((uint)(299 * red + 587 * green + 114 * blue + 500) / 1000);

    /// <summary>(alpha grey + (255 - alpha) white) / 255, rounded.</summary>
    public static byte OverWhite(int grey, int alpha) => (byte)((uint)(alpha * grey + (255 - alpha) * White + 127) / 255);

    /// <summary>Red, green and blue, three bytes a pixel, as many pixels as there are greys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfRgb(ReadOnlySpan<byte> pixels, Span<byte> greys)
    {
        // Four pixels at a time, while the sixteen bytes that are loaded for them do not reach beyond the last.
        int x = 0;
        for (; UsesVectors && 3 * x <= pixels.Length - Vector128<byte>.Count && x <= greys.Length - 4; x += 4)
        {
            Vector128<byte> four = Vector128.Shuffle(
                Vector128.Create(pixels[(3 * x)..]), Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255));
            Store(Of(four.AsUInt32()), greys[x..]);
        }

        for (; x < greys.Length; x++)
            greys[x] = Of(pixels[3 * x], pixels[3 * x + 1], pixels[3 * x + 2]);
    }

    /// <summary>Red, green, blue and alpha, four bytes a pixel, as many pixels as there are greys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfRgba(ReadOnlySpan<byte> pixels, Span<byte> greys)
    {
        int x = 0;
        for (; UsesVectors && x <= greys.Length - 4; x += 4)
        {
            Vector128<uint> four = Vector128.Create(pixels[(4 * x)..]).AsUInt32(), alpha = four >> 24;
            Store(OverWhite(Of(four), alpha), greys[x..]);
        }

        for (; x < greys.Length; x++)
            greys[x] = OverWhite(Of(pixels[4 * x], pixels[4 * x + 1], pixels[4 * x + 2]), pixels[4 * x + 3]);
    }

    /// <summary>Grey and alpha, two bytes a pixel, as many pixels as there are greys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfGreyAlpha(ReadOnlySpan<byte> pixels, Span<byte> greys)
    {
        for (int x = 0; x < greys.Length; x++, pixels = pixels[2..])
            greys[x] = OverWhite(pixels[0], pixels[1]);
    }

    /// <summary>Each lane has red in its lowest byte, then green and blue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Of(Vector128<uint> pixels)
    {
        Vector128<uint> low = Vector128.Create(255u);
        Vector128<uint> sum = (pixels & low) * 299 + (pixels >> 8 & low) * 587 + (pixels >> 16 & low) * 114 + Vector128.Create(500u);

        // sum / 1000, without a remainder's error up to the largest sum, 255500: vectors do not divide whole numbers.
        return (sum >> 3) * 67109 >> 23;
    }

    /// <summary>As for one pixel; v / 255 is v 32897 / 2^23 for v up to 65535.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> OverWhite(Vector128<uint> grey, Vector128<uint> alpha) =>
        (alpha * grey + (Vector128.Create(255u) - alpha) * White + Vector128.Create(127u)) * 32897 >> 23;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<uint> values, Span<byte> greys)
    {
        Vector128<ushort> narrow = Vector128.Narrow(values, values);
        MemoryMarshal.Write(greys, Vector128.Narrow(narrow, narrow).AsUInt32().ToScalar());
    }
}
