using LeNet5.Kernels;

namespace LeNet5.Tests;

/// <summary>Runs the kernels at a vector width of choice, where the machine has it.</summary>
internal static class VectorWidth
{
    /// <summary>What the library chose by itself; read before anything here changes it.</summary>
    private static readonly int Widest = Simd.Bits;

    public static void Use(int bits)
    {
        Assume.That(bits, Is.LessThanOrEqualTo(Widest), "This machine has no vectors of that width.");
        Simd.Bits = bits;
    }

    public static void Reset() => Simd.Bits = Widest;

    /// <summary>Computes at every width that the machine has, demands the same bits of all, and returns them.</summary>
    public static float[] SameOnEach(Func<float[]> compute)
    {
        try
        {
            Use(128);
            float[] expected = compute();
            for (int bits = 256; bits <= Widest; bits *= 2)
            {
                Use(bits);
                Closeness.AssertSameBits(compute(), expected, $"what {bits} bits give, against 128,");
            }
            return expected;
        }
        finally
        {
            Reset();
        }
    }
}
