using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using LeNet5.Kernels;

namespace LeNet5.Benchmarks.Kernels;

/// <summary>A matrix of weights times a vector, as in C5 and F6: forward, and backward with the update in the same sweep.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByParams, BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class DenseKernelBenchmarks
{
    private const float Rate = 1e-9f;

    private AlignedMemory weights = null!;
    private AlignedMemory biases = null!;
    private AlignedMemory input = null!;
    private AlignedMemory sums = null!;
    private AlignedMemory derivatives = null!;
    private AlignedMemory inputDerivatives = null!;

    [Params("C5", "F6")]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        (int inputs, int outputs) = Layer == "C5" ? (400, 120) : (120, 84);
        weights = Data.Random(inputs * outputs);
        biases = Data.Random(outputs);
        input = Data.Random(inputs);
        derivatives = Data.Random(outputs);
        sums = new AlignedMemory(outputs);
        inputDerivatives = new AlignedMemory(inputs);

        float[] expected = Results(PlainForward, PlainStep);
        Data.CheckSame(expected, Results(TensorsForward, TensorsStep));
        Data.CheckSame(expected, Results(KernelForward, KernelStep));
    }

    [BenchmarkCategory("forward"), Benchmark(Baseline = true)]
    public void PlainForward()
    {
        for (int o = 0; o < sums.Length; o++)
        {
            float sum = biases.Span[o];
            ReadOnlySpan<float> row = Row(o);
            ReadOnlySpan<float> x = input.Span;
            for (int i = 0; i < x.Length; i++)
                sum += row[i] * x[i];
            sums.Span[o] = sum;
        }
    }

    [BenchmarkCategory("forward"), Benchmark]
    public void TensorsForward()
    {
        for (int o = 0; o < sums.Length; o++)
            sums.Span[o] = biases.Span[o] + TensorPrimitives.Dot(Row(o), input.Span);
    }

    [BenchmarkCategory("forward"), Benchmark]
    public void KernelForward() => Dense.Forward(weights.Span, biases.Span, input.Span, sums.Span);

    [BenchmarkCategory("step"), Benchmark(Baseline = true)]
    public void PlainStep()
    {
        inputDerivatives.Span.Clear();
        for (int o = 0; o < derivatives.Length; o++)
        {
            float derivative = derivatives.Span[o];
            Span<float> row = Row(o);
            Span<float> sum = inputDerivatives.Span;
            ReadOnlySpan<float> x = input.Span;
            for (int i = 0; i < x.Length; i++)
            {
                sum[i] += derivative * row[i];
                row[i] -= Rate * derivative * x[i];
            }
        }
    }

    [BenchmarkCategory("step"), Benchmark]
    public void TensorsStep()
    {
        inputDerivatives.Span.Clear();
        for (int o = 0; o < derivatives.Length; o++)
        {
            float derivative = derivatives.Span[o];
            Span<float> row = Row(o);
            TensorPrimitives.MultiplyAdd(row, derivative, inputDerivatives.Span, inputDerivatives.Span);
            TensorPrimitives.MultiplyAdd(input.Span, -Rate * derivative, row, row);
        }
    }

    [BenchmarkCategory("step"), Benchmark]
    public void KernelStep()
    {
        inputDerivatives.Span.Clear();
        Dense.Step(weights.Span, input.Span, derivatives.Span, inputDerivatives.Span, Rate, rates: []);
    }

    private Span<float> Row(int output) => weights.Span.Slice(output * input.Length, input.Length);

    private float[] Results(Action forward, Action step)
    {
        forward();
        step();
        return [.. sums.Span, .. inputDerivatives.Span];
    }
}
