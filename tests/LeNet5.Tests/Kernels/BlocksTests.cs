using LeNet5.Kernels;

namespace LeNet5.Tests.Kernels;

/// <summary>Maps that blocks divide, and maps that leave a rest below, beside and both.</summary>
[NonParallelizable]
public class BlocksTests
{
    private const int WidestMap = 40;

    [Test]
    public void Forward_AnyWidth_AgreesAndHasTheSameBitsAtEveryWidth([Values(1, 2, 3)] int block, [Values(1, 16)] int step, [Values] bool wantsAverages)
    {
        const float weight = 1.5f;
        const float bias = -0.25f;
        SeededRandom random = new(1);
        foreach ((int height, int width) in Maps(block))
        {
            int blocksPerRow = width / block;
            int length = height / block * blocksPerRow * step;
            Guarded map = Guarded.Random(height * width * step, ref random);
            float[] actual = VectorWidth.SameOnEach(() =>
            {
                Guarded averages = new(wantsAverages ? length : 0);
                Guarded sums = new(length);
                Blocks.Forward(map.Span, width * step, step, block, weight, bias, averages.Span, sums.Span, blocksPerRow);
                return [.. averages.Take(), .. sums.Take()];
            });

            double[] expected = new double[length];
            for (int i = 0; i < length; i++)
            {
                (int row, int column, int picture) = (i / step / blocksPerRow, i / step % blocksPerRow, i % step);
                for (int cell = 0; cell < block * block; cell++)
                    expected[i] += map.Span[((((row * block) + (cell / block)) * width) + (column * block) + (cell % block)) * step + picture];
                expected[i] /= block * block;
            }
            if (wantsAverages)
                Closeness.AssertClose<double>(actual.AsSpan(0, length), expected, $"averages of {height}x{width}", tolerance: 1e-6);
            Closeness.AssertClose<double>(actual.AsSpan(^length..), [.. expected.Select(average => (weight * average) + bias)], $"sums of {height}x{width}", tolerance: 1e-6);
        }
    }

    [Test]
    public void Spread_AnyWidth_AgreesAndHasTheSameBitsAtEveryWidth([Values(1, 2, 3)] int block)
    {
        const float share = 0.3f;
        SeededRandom random = new(1);
        foreach ((int height, int width) in Maps(block))
        {
            (int rows, int blocksPerRow) = (height / block, width / block);
            Guarded derivatives = Guarded.Random(rows * blocksPerRow, ref random);
            float[] actual = VectorWidth.SameOnEach(() =>
            {
                Guarded map = new(height * width);
                Blocks.Spread(derivatives.Span, blocksPerRow, block, share, map.Span, width);
                return map.Take();
            });
            for (int i = 0; i < actual.Length; i++)
            {
                (int row, int column) = (i / width / block, i % width / block);
                float expected = row < rows && column < blocksPerRow ? derivatives.Span[(row * blocksPerRow) + column] * share : 0;
                if (!actual[i].Equals(expected))
                    Assert.Fail($"Cell {i} of {height}x{width} is {actual[i]} instead of {expected}.");
            }
        }
    }

    private static IEnumerable<(int Height, int Width)> Maps(int block) =>
        from width in Enumerable.Range(block, WidestMap + 1 - block)
        from height in new[] { block, (2 * block) + 1, 6 }
        select (height, width);
}
