using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Imaging;

/// <summary>Undoes the filters of PNG rows, section 9 of the specification.</summary>
/// <remarks>
/// Sub, Average and Paeth predict a pixel from the one before it, so that pixels come one after the other, each with all its bytes.
/// Eight bytes are loaded and stored, whatever a pixel has: the next pixel overwrites what was too many, and padding takes it after the last.
/// </remarks>
internal static class PngFilter
{
    /// <summary>Bytes of any value that follow each row, filtered or not.</summary>
    public const int Padding = 8;

    public static bool IsKnown(byte filter) => filter <= 4;

    /// <summary>Adds to each byte what its filter predicted.</summary>
    /// <param name="filter">0 to 4: None, Sub, Up, Average, Paeth.</param>
    /// <param name="filtered">The row as stored, without the byte that names the filter.</param>
    /// <param name="above">The row above it, undone; zeros for the first.</param>
    /// <param name="row">Overwritten with the row, undone.</param>
    /// <param name="pixelLength">Bytes from one pixel to the next, 1 to 8; a row is a multiple of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Undo(byte filter, ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> row, int pixelLength)
    {
        int length = row.Length - Padding;
        switch (filter)
        {
            case 0:
                filtered[..length].CopyTo(row);
                break;
            case 1:
                Vector128<byte> before = default;
                for (int i = 0; i < length; i += pixelLength)
                {
                    before += Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(filtered[i..])).AsByte();
                    MemoryMarshal.Write(row[i..], before.AsUInt64().ToScalar());
                }

                break;
            case 2:
                Bytes.Add(filtered[..length], above[..length], row[..length]);
                break;
            case 3:
                UndoAverage(filtered, above, row, pixelLength);
                break;
            default:
                UndoPaeth(filtered, above, row, pixelLength);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UndoAverage(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> row, int pixelLength)
    {
        Vector128<short> left = default;
        for (int i = 0; i < row.Length - Padding; i += pixelLength)
        {
            left = AddBytes(left + Load(above, i) >> 1, Load(filtered, i));
            Store(left, row, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UndoPaeth(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> row, int pixelLength)
    {
        Vector128<short> left = default, upLeft = default;
        for (int i = 0; i < row.Length - Padding; i += pixelLength)
        {
            // How far the estimate left + up - upLeft is from each of the three: the nearest predicts, the earlier of equals.
            Vector128<short> up = Load(above, i), x = up - upLeft, y = left - upLeft;
            Vector128<short> toLeft = Vector128.Abs(x), toUp = Vector128.Abs(y), toUpLeft = Vector128.Abs(x + y);
            Vector128<short> upOrUpLeft = Vector128.ConditionalSelect(Vector128.GreaterThan(toUp, toUpLeft), upLeft, up);
            Vector128<short> predicted = Vector128.ConditionalSelect(
                Vector128.GreaterThan(toLeft, Vector128.Min(toUp, toUpLeft)), upOrUpLeft, left);
            left = AddBytes(predicted, Load(filtered, i));
            Store(left, row, i);
            upLeft = up;
        }
    }

    /// <summary>Adds modulo 256: the upper bytes are and stay 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> AddBytes(Vector128<short> left, Vector128<short> right) => (left.AsByte() + right.AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Load(ReadOnlySpan<byte> bytes, int index) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(bytes[index..])).AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<short> values, Span<byte> bytes, int index) =>
        MemoryMarshal.Write(bytes[index..], Vector128.Narrow(values.AsUInt16(), values.AsUInt16()).AsUInt64().ToScalar());
}
