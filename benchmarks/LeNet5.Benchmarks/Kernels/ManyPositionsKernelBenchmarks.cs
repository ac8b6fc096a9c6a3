using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using LeNet5.Kernels;

namespace LeNet5.Benchmarks.Kernels;

/// <summary>C5 and the output layer over the 73 columns of a strip 320 pixels wide.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ManyPositionsKernelBenchmarks
{
    private const int Positions = 73;
    private const int Width = 77;
    private const int FanIn = 400;
    private const int Units = 120;
    private const int CodeLength = 84;

    private readonly AlignedMemory weights = Data.Random(Units * FanIn);
    private readonly AlignedMemory biases = Data.Random(Units);
    private readonly AlignedMemory input = Data.Random(16 * 5 * Width);
    private readonly AlignedMemory sums = new(Units * Positions);
    private readonly AlignedMemory features = Data.Random(CodeLength * Positions);
    private readonly AlignedMemory code = Data.Random(CodeLength);
    private readonly AlignedMemory distances = new(Positions);
    private readonly float[] difference = new float[Positions];
    private readonly int[] offsets = [.. Enumerable.Range(0, FanIn).Select(i => (i / 25 * 5 * Width) + (i / 5 % 5 * Width) + (i % 5))];

    [GlobalSetup]
    public void Setup()
    {
        PlainForward();
        PlainDistances();
        float[] expected = [.. sums.Span, .. distances.Span];
        TensorsForward();
        TensorsDistances();
        Data.CheckSame(expected, [.. sums.Span, .. distances.Span]);
        KernelForward();
        KernelDistances();
        Data.CheckSame(expected, [.. sums.Span, .. distances.Span]);
    }

    [BenchmarkCategory("C5 at 73 columns"), Benchmark(Baseline = true)]
    public void PlainForward()
    {
        ReadOnlySpan<float> w = weights.Span, x = input.Span;
        for (int unit = 0; unit < Units; unit++)
        {
            for (int position = 0; position < Positions; position++)
            {
                float sum = biases.Span[unit];
                for (int i = 0; i < FanIn; i++)
                    sum += w[(unit * FanIn) + i] * x[offsets[i] + position];
                sums.Span[(unit * Positions) + position] = sum;
            }
        }
    }

    [BenchmarkCategory("C5 at 73 columns"), Benchmark]
    public void TensorsForward()
    {
        for (int unit = 0; unit < Units; unit++)
        {
            Span<float> sum = sums.Span.Slice(unit * Positions, Positions);
            sum.Fill(biases.Span[unit]);
            for (int i = 0; i < FanIn; i++)
                TensorPrimitives.MultiplyAdd(input.Span.Slice(offsets[i], Positions), weights.Span[(unit * FanIn) + i], sum, sum);
        }
    }

    [BenchmarkCategory("C5 at 73 columns"), Benchmark]
    public void KernelForward() => Dense.ForwardMany(weights.Span, biases.Span, input.Span, offsets, Positions, sums.Span, Positions);

    [BenchmarkCategory("a class at 73 columns"), Benchmark(Baseline = true)]
    public void PlainDistances()
    {
        for (int position = 0; position < Positions; position++)
        {
            float sum = 0;
            for (int j = 0; j < CodeLength; j++)
            {
                float x = features.Span[(j * Positions) + position] - code.Span[j];
                sum += x * x;
            }
            distances.Span[position] = sum;
        }
    }

    [BenchmarkCategory("a class at 73 columns"), Benchmark]
    public void TensorsDistances()
    {
        distances.Span.Clear();
        for (int j = 0; j < CodeLength; j++)
        {
            TensorPrimitives.Subtract(features.Span.Slice(j * Positions, Positions), code.Span[j], difference);
            TensorPrimitives.MultiplyAdd(difference, difference, distances.Span, distances.Span);
        }
    }

    [BenchmarkCategory("a class at 73 columns"), Benchmark]
    public void KernelDistances() => Distances.Square(features.Span, Positions, code.Span, Positions, distances.Span);
}
