using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LeNet5.Tests;

/// <summary>Compares whole tensors.</summary>
internal static class Closeness
{
    /// <summary>
    /// Demands that no value is off by more than a share of the largest magnitude in the tensor: a small sum of large terms cannot be more exact.
    /// </summary>
    public static void AssertClose<T>(ReadOnlySpan<float> actual, ReadOnlySpan<T> expected, string name, double tolerance = 1e-5)
        where T : INumber<T>
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), name);
        // Without fused multiply-add every product is rounded as well.
        if (!Fma.IsSupported && !AdvSimd.IsSupported)
            tolerance *= 2;
        double largest = 0;
        foreach (T value in expected)
            largest = Math.Max(largest, Math.Abs(double.CreateChecked(value)));
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(actual[i] - double.CreateChecked(expected[i]));
            if (!(difference <= tolerance * largest))
                Assert.Fail($"{name}[{i}] is {actual[i]:R} instead of {expected[i]}, where the largest is {largest:G5}.");
        }
    }

    /// <summary>Demands the same bits, those of zeros and of what is no number too.</summary>
    public static void AssertSameBits(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string name)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), name);
        int same = MemoryMarshal.Cast<float, int>(actual).CommonPrefixLength(MemoryMarshal.Cast<float, int>(expected));
        if (same < actual.Length)
            Assert.Fail($"{name}[{same}] is {actual[same]:R} instead of {expected[same]:R}, which has other bits.");
    }
}
