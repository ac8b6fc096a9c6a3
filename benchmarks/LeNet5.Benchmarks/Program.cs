using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;

// dotnet run -c Release --project benchmarks/LeNet5.Benchmarks -- --filter '*Network*'
IConfig config = DefaultConfig.Instance
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.RatioSD)

    // Short, but two seconds of warm-up: code with loops needs about as long to reach its last tier, and before that runs at a quarter of its speed.
    .AddJob(Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(200)).WithWarmupCount(10).WithIterationCount(8));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
