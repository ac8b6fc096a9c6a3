using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using LeNet5.Kernels;

namespace LeNet5.Benchmarks.Kernels;

/// <summary>The loss's own exponential and logarithm against those of the platform, which give other bits on other operating systems.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ElementaryKernelBenchmarks
{
    private double x = -3.5;
    private double y = 3.5;

    [BenchmarkCategory("Exp"), Benchmark(Baseline = true)]
    public double PlatformExp() => Math.Exp(x);

    [BenchmarkCategory("Exp"), Benchmark]
    public double KernelExp() => Elementary.Exp(x);

    [BenchmarkCategory("Log"), Benchmark(Baseline = true)]
    public double PlatformLog() => Math.Log(y);

    [BenchmarkCategory("Log"), Benchmark]
    public double KernelLog() => Elementary.Log(y);
}
