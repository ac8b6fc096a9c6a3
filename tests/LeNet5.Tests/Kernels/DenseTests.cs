using LeNet5.Kernels;
using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Kernels;

/// <summary>Rows around the groups of 4 and columns around the groups of 4, 8 and 16 that the kernels work in.</summary>
[NonParallelizable]
public class DenseTests
{
    private Guarded weights = new(0);
    private Guarded biases = new(0);
    private Guarded input = new(0);
    private Guarded derivatives = new(0);

    [Test]
    public void Forward_AnySize_AgreesAndHasTheSameBitsAtEveryWidth([Values(1, 3, 4, 9)] int rows, [Values(1, 5, 15, 16, 39, 401)] int columns)
    {
        Draw(rows, columns);
        float[] sums = VectorWidth.SameOnEach(() =>
        {
            Guarded sums = new(rows);
            Dense.Forward(weights.Span, biases.Span, input.Span, sums.Span);
            return sums.TakeUnspilt();
        });
        Closeness.AssertClose<double>(sums, Sums(rows, input.Span), "sums");
    }

    [Test]
    public void ForwardMany_AnySize_HasTheBitsOfForwardAtEveryWidth([Range(1, 40)] int positions)
    {
        const int reach = 300;
        SeededRandom random = new((ulong)positions);
        Guarded source = Guarded.Random(reach + positions, ref random);
        for (int rows = 1; rows <= 17; rows++)
        {
            int columns = 1 + random.NextInt32(130);
            int stride = positions + random.NextInt32(5);
            int[] offsets = new int[columns];
            foreach (ref int offset in offsets.AsSpan())
                offset = random.NextInt32(reach + 1);
            Draw(rows, columns);
            float[] actual = VectorWidth.SameOnEach(() =>
            {
                Guarded target = new(((rows - 1) * stride) + positions);
                Dense.ForwardMany(weights.Span, biases.Span, source.Span, offsets, positions, target.Span, stride);
                return target.Take();
            });
            float[] alone = new float[rows * stride];
            double[] expected = new double[rows * stride];
            float[] sums = new float[rows];
            for (int p = 0; p < positions; p++)
            {
                Guarded seen = new([.. offsets.Select(offset => source.Span[offset + p])]);
                Dense.Forward(weights.Span, biases.Span, seen.Span, sums);
                double[] exact = Sums(rows, seen.Span);
                for (int row = 0; row < rows; row++)
                    (alone[(row * stride) + p], expected[(row * stride) + p]) = (sums[row], exact[row]);
            }
            for (int row = 0; row < rows; row++)
                Closeness.AssertSameBits(actual.AsSpan(row * stride, positions), alone.AsSpan(row * stride, positions), $"row {row} of {rows}x{columns}");
            Closeness.AssertClose<double>(alone, expected, $"sums of {rows}x{columns}");
        }
    }

    [Test]
    public void Backward_AnySize_AddsAndHasTheSameBitsAtEveryWidth([Values(1, 3, 4, 9)] int rows, [Values(1, 5, 15, 16, 39, 401)] int columns)
    {
        Draw(rows, columns);
        float[] actual = VectorWidth.SameOnEach(() =>
        {
            Guarded inputDerivatives = new(input.Span);
            Dense.Backward(weights.Span, derivatives.Span, inputDerivatives.Span);
            return inputDerivatives.Take();
        });
        Closeness.AssertClose<double>(actual, InputDerivatives(rows, columns), "input derivatives");
    }

    [Test]
    public void Step_AnySize_MovesWeightsAfterUsingTheOldOnes(
        [Values(1, 3, 4, 9)] int rows, [Values(1, 5, 15, 16, 39, 401)] int columns, [Values] bool ratePerWeight)
    {
        Draw(rows, columns);
        SeededRandom random = new(2);
        float[] rates = ratePerWeight ? RandomNetworks.Values(rows * columns, 1, ref random) : [];
        const float rate = 0.5f;
        float[] actual = VectorWidth.SameOnEach(() =>
        {
            Guarded moved = new(weights.Span);
            Guarded inputDerivatives = new(input.Span);
            Dense.Step(moved.Span, input.Span, derivatives.Span, inputDerivatives.Span, rate, rates);
            return [.. inputDerivatives.Take(), .. moved.TakeUnspilt()];
        });
        double[] expected = new double[rows * columns];
        for (int i = 0; i < expected.Length; i++)
            expected[i] = weights.Span[i] - ((ratePerWeight ? rates[i] : rate) * (double)derivatives.Span[i / columns] * input.Span[i % columns]);
        Closeness.AssertClose<double>(actual.AsSpan(0, columns), InputDerivatives(rows, columns), "input derivatives");
        Closeness.AssertClose<double>(actual.AsSpan(columns), expected, "weights", tolerance: 1e-6);
    }

    private void Draw(int rows, int columns)
    {
        SeededRandom random = new(1);
        weights = Guarded.Random(rows * columns, ref random);
        biases = Guarded.Random(rows, ref random);
        input = Guarded.Random(columns, ref random);
        derivatives = Guarded.Random(rows, ref random);
    }

    private double[] Sums(int rows, ReadOnlySpan<float> seen)
    {
        double[] sums = PlainNetwork.ToDoubles(biases.Span);
        for (int i = 0; i < rows * seen.Length; i++)
            sums[i / seen.Length] += (double)weights.Span[i] * seen[i % seen.Length];
        return sums;
    }

    /// <summary>Added to what is there before: here, to the input.</summary>
    private double[] InputDerivatives(int rows, int columns)
    {
        double[] sums = PlainNetwork.ToDoubles(input.Span);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                sums[column] += (double)derivatives.Span[row] * weights.Span[(row * columns) + column];
        }
        return sums;
    }
}
