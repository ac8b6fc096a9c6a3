using System.Runtime.Intrinsics;
using LeNet5.Kernels;

namespace LeNet5.Tests.Kernels;

[NonParallelizable]
public class AcrossMapsTests
{
    [TestCase(1, 16)]
    [TestCase(16, 16)]
    [TestCase(17, 32)]
    public void Stride_AnyMaps_IsWholeGroupsOf16(int maps, int expected) => Assert.That(AcrossMaps.Stride(maps), Is.EqualTo(expected));

    /// <summary>Bare arrays of just the right length: it reads and writes what it is given and nothing more.</summary>
    [Test]
    public void Transpose_AnySize_PutsMapsSideBySide([Range(1, 20)] int count, [Range(1, 20)] int plane)
    {
        const float untouched = -1;
        float[] maps = [.. Enumerable.Range(0, count * plane).Select(i => (float)i)];
        foreach (int stride in new[] { count, count + 3, AcrossMaps.Stride(count) })
        {
            float[] expected = [.. Enumerable.Repeat(untouched, plane * stride)];
            float[] columns = [.. expected];
            for (int i = 0; i < maps.Length; i++)
                expected[(i % plane * stride) + (i / plane)] = i;
            AcrossMaps.Transpose(maps, count, plane, columns, stride);
            Assert.That(columns, Is.EqualTo(expected), $"distance of positions {stride}");
        }
    }

    /// <summary>Integers, whose sums are exact in any order.</summary>
    [Test]
    public void Sum_AnyPositions_IsExactAtEveryWidth([Range(1, 20)] int positions, [Values(16, 32)] int stride)
    {
        SeededRandom random = new((ulong)positions);
        float[] columns = new float[positions * stride];
        foreach (ref float value in columns.AsSpan())
            value = random.NextInt32(2001) - 1000;
        float[] actual = VectorWidth.SameOnEach(() =>
        {
            Guarded sums = new(Reduction.Partials);
            ref float first = ref columns[0];
            switch (Simd.Bits)
            {
                case 512: AcrossMaps<Vector512<float>, Lanes512>.Sum(ref first, stride, positions, ref sums.Span[0]); break;
                case 256: AcrossMaps<Vector256<float>, Lanes256>.Sum(ref first, stride, positions, ref sums.Span[0]); break;
                default: AcrossMaps<Vector128<float>, Lanes128>.Sum(ref first, stride, positions, ref sums.Span[0]); break;
            }
            return sums.TakeUnspilt();
        });
        Assert.That(actual, Is.EqualTo(Enumerable.Range(0, 16).Select(map => Enumerable.Range(0, positions).Sum(p => columns[(p * stride) + map]))));
    }
}
