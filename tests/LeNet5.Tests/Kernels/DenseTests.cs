using LeNet5.Kernels;
using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Kernels;

/// <summary>Rows around the groups of 4 and columns around the groups of 4, 8 and 16 that the kernels work in.</summary>
[NonParallelizable]
public class DenseTests
{
    private AlignedMemory weights = new(0);
    private AlignedMemory biases = new(0);
    private AlignedMemory input = new(0);
    private AlignedMemory derivatives = new(0);

    [Test]
    public void Forward_AnySize_AgreesAndHasTheSameBitsAtEveryWidth([Values(1, 3, 4, 9)] int rows, [Values(1, 5, 15, 16, 39, 401)] int columns)
    {
        Draw(rows, columns);
        float[] sums = VectorWidth.SameOnEach(() =>
        {
            float[] sums = new float[rows];
            Dense.Forward(weights.Span, biases.Span, input.Span, sums);
            return sums;
        });
        double[] expected = new double[rows];
        for (int row = 0; row < rows; row++)
            expected[row] = biases.Span[row] + Enumerable.Range(0, columns).Sum(column => (double)weights.Span[(row * columns) + column] * input.Span[column]);
        Closeness.AssertClose<double>(sums, expected, "sums");
    }

    [Test]
    public void Backward_AnySize_AddsAndHasTheSameBitsAtEveryWidth([Values(1, 3, 4, 9)] int rows, [Values(1, 5, 15, 16, 39, 401)] int columns)
    {
        Draw(rows, columns);
        float[] actual = VectorWidth.SameOnEach(() =>
        {
            AlignedMemory inputDerivatives = Copy(input);
            Dense.Backward(weights.Span, derivatives.Span, inputDerivatives.Span);
            return inputDerivatives.Span.ToArray();
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
            AlignedMemory moved = Copy(weights);
            AlignedMemory inputDerivatives = Copy(input);
            Dense.Step(moved.Span, input.Span, derivatives.Span, inputDerivatives.Span, rate, rates);
            return [.. inputDerivatives.Span, .. moved.Span];
        });
        double[] expected = new double[weights.Length];
        for (int i = 0; i < weights.Length; i++)
            expected[i] = weights.Span[i] - ((ratePerWeight ? rates[i] : rate) * (double)derivatives.Span[i / columns] * input.Span[i % columns]);
        Closeness.AssertClose<double>(actual.AsSpan(0, columns), InputDerivatives(rows, columns), "input derivatives");
        Closeness.AssertClose<double>(actual.AsSpan(columns), expected, "weights", tolerance: 1e-6);
    }

    private void Draw(int rows, int columns)
    {
        SeededRandom random = new(1);
        weights = RandomNetworks.Memory(rows * columns, 1, ref random);
        biases = RandomNetworks.Memory(rows, 1, ref random);
        input = RandomNetworks.Memory(columns, 1, ref random);
        derivatives = RandomNetworks.Memory(rows, 1, ref random);
    }

    private static AlignedMemory Copy(AlignedMemory source)
    {
        AlignedMemory copy = new(source.Length);
        source.Span.CopyTo(copy.Span);
        return copy;
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
