using System.Runtime.InteropServices;

namespace LeNet5;

/// <summary>A block of floats, zero at first, that begins on a cache line and is followed by one more line, which a kernel may read and leave
/// meaningless values in.</summary>
internal sealed class AlignedMemory
{
    /// <summary>Floats in a cache line, and in the widest vector.</summary>
    public const int Line = 16;

    private readonly float[] array;
    private readonly int start;

    /// <param name="length">Floats wanted.</param>
    /// <param name="aligned">Index of the float that shall begin a cache line.</param>
    /// <exception cref="ArgumentException">No array is so long.</exception>
    public AlignedMemory(long length, int aligned = 0)
    {
        if (length > Array.MaxLength - (3 * Line))
            throw new ArgumentException($"The layers need {length} floats together, but an array holds {Array.MaxLength}. Make the network or its input smaller.");
        // Pinned, because the collector would otherwise be free to move the block off its line.
        array = GC.AllocateArray<float>((int)length + (3 * Line), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(array, aligned);
        start = (int)(-(address / sizeof(float)) & (Line - 1));
        Length = (int)length;
    }

    public int Length { get; }

    public Span<float> Span => array.AsSpan(start, Length);

    /// <summary>The next length that keeps whatever follows on a cache line, with at least one line to spare.</summary>
    public static int Spaced(int length) => checked((int)Spaced((long)length));

    /// <inheritdoc cref="Spaced(int)"/>
    public static long Spaced(long length) => length == 0 ? 0 : ((length + Line - 1) / Line * Line) + Line;

    /// <summary>The next length that fills whole lines.</summary>
    public static int WholeLines(int length) => checked((length + Line - 1) / Line * Line);
}
