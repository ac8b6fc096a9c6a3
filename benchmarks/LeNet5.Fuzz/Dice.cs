namespace LeNet5.Fuzz;

/// <summary>The choices that lead to one input: the same for the same seed, format and number.</summary>
internal sealed class Dice(ulong seed, ulong format, ulong number)
{
    private SeededRandom random = new(seed, format, number);

    /// <summary>0 to <paramref name="limit"/> - 1; 0 for a limit of 0.</summary>
    public int Below(int limit) => limit < 1 ? 0 : random.NextInt32(limit);

    public bool OneIn(int count) => Below(count) == 0;

    public byte Byte() => (byte)Below(256);

    public T Of<T>(params ReadOnlySpan<T> items) => items[Below(items.Length)];

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = Byte();
        return bytes;
    }

    /// <summary>A number at the edge of something, or near one.</summary>
    public long Number() => OneIn(3) ? Below(40) : Edge() + (OneIn(4) ? Below(3) - 1 : 0);

    private long Edge() => Of<long>(
        0, 1, 2, 7, 8, 9, 28, 127, 128, 255, 256, 4095, 4096, 10_000, 32767, 32768, 65535, 65536, 1 << 20, 16 << 20, 100_000_000, 0x3fff_ffff, 0x4000_0000,
        0x7fff_ffc7, int.MaxValue, 0x8000_0000, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue, -1);
}
