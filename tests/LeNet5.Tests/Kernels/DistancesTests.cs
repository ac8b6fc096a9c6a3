using LeNet5.Kernels;

namespace LeNet5.Tests.Kernels;

[NonParallelizable]
public class DistancesTests
{
    [Test]
    public void Square_AnyPositions_HasTheBitsOfOneByOneAtEveryWidth([Range(1, 40)] int positions)
    {
        SeededRandom random = new((ulong)positions);
        foreach (int length in new[] { 1, 15, 16, 17, 84, 1 + random.NextInt32(130) })
        {
            int stride = positions + random.NextInt32(5);
            Guarded source = Guarded.Random((length - 1) * stride + positions, ref random);
            Guarded code = Guarded.Random(length, ref random);
            float[] actual = VectorWidth.SameOnEach(() =>
            {
                Guarded target = new(positions);
                Distances.Square(source.Span, stride, code.Span, positions, target.Span);
                return target.Take();
            });

            float[] alone = new float[positions];
            double[] expected = new double[positions];
            for (int p = 0; p < positions; p++)
            {
                float[] column = [.. Enumerable.Range(0, length).Select(j => source.Span[(j * stride) + p])];
                alone[p] = Reduction.SquaredDistance(new Guarded(column).Span, code.Span);
                expected[p] = column.Select((x, j) => Math.Pow((double)x - code.Span[j], 2)).Sum();
            }
            Closeness.AssertSameBits(actual, alone, $"distances of {length} values");
            Closeness.AssertClose<double>(actual, expected, $"distances of {length} values", tolerance: 1e-6);
        }
    }
}
