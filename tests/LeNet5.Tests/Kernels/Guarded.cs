namespace LeNet5.Tests.Kernels;

/// <summary>Memory as a workspace lends it: kernels may read and write the line behind it, and no further.</summary>
internal sealed class Guarded
{
    /// <summary>What lies in the line behind: large enough to be noticed wherever it gets into a result.</summary>
    private const float Meaningless = 1e30f;

    private readonly AlignedMemory memory;
    private readonly int length;

    /// <summary>Memory to be written: what is left out stays NaN.</summary>
    public Guarded(int length)
    {
        this.length = length;
        memory = new AlignedMemory(length + (2 * AlignedMemory.Line));
        memory.Span.Fill(float.NaN);
        Behind.Fill(Meaningless);
    }

    public Guarded(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public Span<float> Span => memory.Span[..length];

    private Span<float> Behind => memory.Span.Slice(length, AlignedMemory.Line);

    public static Guarded Random(int length, ref SeededRandom random)
    {
        Guarded values = new(length);
        foreach (ref float value in values.Span)
            value = random.NextSingle(-1, 1);
        return values;
    }

    public float[] Take()
    {
        Assert.That(memory.Span[^AlignedMemory.Line..].ToArray(), Is.All.NaN, "written too far");
        return Span.ToArray();
    }

    /// <summary>For memory that others own what follows.</summary>
    public float[] TakeUnspilt()
    {
        Assert.That(Behind.ToArray(), Is.All.EqualTo(Meaningless), "what lies behind was changed");
        return Take();
    }
}
