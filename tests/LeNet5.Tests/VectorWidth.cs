using LeNet5.Kernels;

namespace LeNet5.Tests;

/// <summary>Runs the kernels at a vector width of choice, where the machine has it.</summary>
internal static class VectorWidth
{
    private static readonly int Widest = Simd.Bits;

    public static void Use(int bits)
    {
        Assume.That(bits, Is.LessThanOrEqualTo(Widest), "This machine has no vectors of that width.");
        Simd.Bits = bits;
    }

    public static void Reset() => Simd.Bits = Widest;
}
