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
// Where there is a single processor, as under taskset, the runtime would wait ten times as long before it compiles anew.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(500)).WithWarmupCount(5).WithIterationCount(5)
        .WithEnvironmentVariable("DOTNET_TC_DelaySingleProcMultiplier", "1"))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.RatioSD);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
