namespace LeNet5.Benchmarks;

internal static class Data
{
    /// <summary>Numbers in +-1, on cache lines as those of networks and workspaces are.</summary>
    public static AlignedMemory Random(int length)
    {
        AlignedMemory memory = new(length);
        SeededRandom random = new((ulong)length);
        foreach (ref float value in memory.Span)
            value = random.NextSingle(-1, 1);
        return memory;
    }

    /// <summary>Forms that compute different things cannot be compared.</summary>
    public static void CheckSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) < 1e-3f))
                throw new InvalidOperationException($"Value {i} is {actual[i]} and should be {expected[i]}.");
        }
    }
}
