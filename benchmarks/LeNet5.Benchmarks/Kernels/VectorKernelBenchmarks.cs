using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using LeNet5.Kernels;

namespace LeNet5.Benchmarks.Kernels;

/// <summary>What the layers do with one or two vectors at a time: sums of a fixed order, the penalties of the output and their derivatives, the
/// averages of S2, squashing.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class VectorKernelBenchmarks
{
    private const int Side = 28;
    private const float Weight = 1.5f;
    private const float Bias = 0.1f;

    private readonly AlignedMemory code = Data.Random(84);
    private readonly AlignedMemory features = Data.Random(84);
    private readonly AlignedMemory featureDerivatives = new(84);
    private readonly AlignedMemory map = Data.Random(Side * Side);
    private readonly AlignedMemory other = Data.Random(Side * Side);
    private readonly AlignedMemory halved = new(Side * Side / 4);
    private readonly AlignedMemory weighted = new(Side * Side / 4);
    private readonly AlignedMemory squashed = new(Side * Side);
    private readonly AlignedMemory rows = new(Side);

    [BenchmarkCategory("Sum of 784"), Benchmark(Baseline = true)]
    public float PlainSum()
    {
        float sum = 0;
        foreach (float value in map.Span)
            sum += value;
        return sum;
    }

    [BenchmarkCategory("Sum of 784"), Benchmark]
    public float TensorsSum() => TensorPrimitives.Sum<float>(map.Span);

    [BenchmarkCategory("Sum of 784"), Benchmark]
    public float KernelSum() => Reduction.Sum(map.Span);

    [BenchmarkCategory("SumAndDot of 784"), Benchmark(Baseline = true)]
    public (float, float) PlainSumAndDot()
    {
        ReadOnlySpan<float> x = map.Span, y = other.Span;
        (float sum, float dot) = (0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i];
            dot += x[i] * y[i];
        }
        return (sum, dot);
    }

    [BenchmarkCategory("SumAndDot of 784"), Benchmark]
    public (float, float) TensorsSumAndDot() => (TensorPrimitives.Sum<float>(map.Span), TensorPrimitives.Dot<float>(map.Span, other.Span));

    [BenchmarkCategory("SumAndDot of 784"), Benchmark]
    public (float, float) KernelSumAndDot() => Reduction.SumAndDot(map.Span, other.Span);

    [BenchmarkCategory("SquaredDistance of 84"), Benchmark(Baseline = true)]
    public float PlainSquaredDistance()
    {
        ReadOnlySpan<float> x = features.Span, y = code.Span;
        float sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        return sum;
    }

    [BenchmarkCategory("SquaredDistance of 84"), Benchmark]
    public float TensorsSquaredDistance()
    {
        float distance = TensorPrimitives.Distance<float>(features.Span, code.Span);
        return distance * distance;
    }

    [BenchmarkCategory("SquaredDistance of 84"), Benchmark]
    public float KernelSquaredDistance() => Reduction.SquaredDistance(features.Span, code.Span);

    [BenchmarkCategory("AddScaledDifference of 84"), Benchmark(Baseline = true)]
    public void PlainAddScaledDifference()
    {
        ReadOnlySpan<float> x = features.Span, y = code.Span;
        Span<float> sum = featureDerivatives.Span;
        for (int i = 0; i < sum.Length; i++)
            sum[i] += 2e-9f * (x[i] - y[i]);
    }

    [BenchmarkCategory("AddScaledDifference of 84"), Benchmark]
    public void TensorsAddScaledDifference()
    {
        Span<float> difference = stackalloc float[84];
        TensorPrimitives.Subtract(features.Span, code.Span, difference);
        TensorPrimitives.MultiplyAdd(difference, 2e-9f, featureDerivatives.Span, featureDerivatives.Span);
    }

    [BenchmarkCategory("AddScaledDifference of 84"), Benchmark]
    public void KernelAddScaledDifference() => Columns.AddScaledDifference(features.Span, code.Span, 2e-9f, featureDerivatives.Span);

    [BenchmarkCategory("Subsample 28x28"), Benchmark(Baseline = true)]
    public void PlainSubsample()
    {
        ReadOnlySpan<float> source = map.Span;
        Span<float> target = halved.Span;
        for (int y = 0; y < Side / 2; y++)
        {
            for (int x = 0; x < Side / 2; x++)
            {
                int corner = (2 * y * Side) + (2 * x);
                target[(y * Side / 2) + x] = (source[corner] + source[corner + 1] + source[corner + Side] + source[corner + Side + 1]) * 0.25f;
                weighted.Span[(y * Side / 2) + x] = (target[(y * Side / 2) + x] * Weight) + Bias;
            }
        }
    }

    /// <summary>There is no operation that adds neighbours, so only the rows are added by one.</summary>
    [BenchmarkCategory("Subsample 28x28"), Benchmark]
    public void TensorsSubsample()
    {
        Span<float> sums = rows.Span;
        Span<float> target = halved.Span;
        for (int y = 0; y < Side / 2; y++)
        {
            TensorPrimitives.Add(map.Span.Slice(2 * y * Side, Side), map.Span.Slice(((2 * y) + 1) * Side, Side), sums);
            for (int x = 0; x < Side / 2; x++)
                target[(y * Side / 2) + x] = (sums[2 * x] + sums[(2 * x) + 1]) * 0.25f;
        }
        TensorPrimitives.Multiply(target, Weight, weighted.Span);
        TensorPrimitives.Add(weighted.Span, Bias, weighted.Span);
    }

    [BenchmarkCategory("Subsample 28x28"), Benchmark]
    public void KernelSubsample() => Blocks.Forward(map.Span, Side, step: 1, block: 2, Weight, Bias, halved.Span, weighted.Span, Side / 2);

    [BenchmarkCategory("Spread to 28x28"), Benchmark(Baseline = true)]
    public void PlainSpread()
    {
        ReadOnlySpan<float> source = halved.Span;
        Span<float> target = squashed.Span;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
                target[(y * Side) + x] = source[(y / 2 * (Side / 2)) + (x / 2)] * 0.25f;
        }
    }

    [BenchmarkCategory("Spread to 28x28"), Benchmark]
    public void KernelSpread() => Blocks.Spread(halved.Span, Side / 2, 2, 0.25f, squashed.Span, Side);

    [BenchmarkCategory("scaled tanh of 784"), Benchmark(Baseline = true)]
    public void PlainScaledTanh()
    {
        map.Span.CopyTo(squashed.Span);
        foreach (ref float value in squashed.Span)
            value = 1.7159f * MathF.Tanh(2f / 3f * value);
    }

    [BenchmarkCategory("scaled tanh of 784"), Benchmark]
    public void TensorsScaledTanh()
    {
        TensorPrimitives.Multiply(map.Span, 2f / 3f, squashed.Span);
        TensorPrimitives.Tanh(squashed.Span, squashed.Span);
        TensorPrimitives.Multiply(squashed.Span, 1.7159f, squashed.Span);
    }

    [BenchmarkCategory("scaled tanh of 784"), Benchmark]
    public void KernelScaledTanh()
    {
        map.Span.CopyTo(squashed.Span);
        Activation.ScaledTanh.Apply(squashed.Span);
    }

    [BenchmarkCategory("update of 784"), Benchmark(Baseline = true)]
    public void PlainUpdate()
    {
        Span<float> w = map.Span;
        ReadOnlySpan<float> g = other.Span;
        for (int i = 0; i < w.Length; i++)
            w[i] -= 1e-9f * g[i];
    }

    [BenchmarkCategory("update of 784"), Benchmark]
    public void TensorsUpdate() => TensorPrimitives.MultiplyAdd(other.Span, -1e-9f, map.Span, map.Span);

    [BenchmarkCategory("update of 784"), Benchmark]
    public void KernelUpdate() => Update.Apply(map.Span, other.Span, 1e-9f);
}
