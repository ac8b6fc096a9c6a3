using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;

// dotnet run -c Release --project benchmarks/LeNet5.Benchmarks -- --filter '*Network*'
//
// Code with loops takes up to two seconds to reach its last tier, and runs at a quarter of its speed before. The pilot stage, which looks for a number
// of calls that fill an iteration, and five iterations of warm-up last longer than that.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(500)).WithWarmupCount(5).WithIterationCount(5))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.RatioSD);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
