using System.CommandLine;
using System.Diagnostics;
using LeNet5.Fuzz;

// Damaged and hostile inputs for every reader of the library: pictures, arrays, models. Each must be read, or refused with an InvalidDataException, in
// little time and memory.
//
// A failure is printed with its input in base64; decoded into a file, --replay reads it again.
//
// dotnet run -c Release --project benchmarks/LeNet5.Fuzz
//
// With --stress instead many threads share the readers for so many seconds, of digits and strings that are well formed.
//
// dotnet run -c Release --project benchmarks/LeNet5.Fuzz -- --stress 60
InputFormat[] formats = [new PngFormat(), new NetpbmFormat(), new IdxFormat(), new GzipFormat(), new ModelFormat()];

Option<long> count = new("--count") { Description = "Number of inputs, over all formats", DefaultValueFactory = _ => 1_000_000 };
Option<ulong> seed = new("--seed") { Description = "Seed of all choices", DefaultValueFactory = _ => 1 };
Option<string> only = new("--only") { Description = "One format alone" };
only.AcceptOnlyFromAmong([.. formats.Select(format => format.Name)]);
Option<long> from = new("--from") { Description = "Number of the first input of each format" };
Option<FileInfo> replay = new("--replay") { Description = "Reads this file instead, and tells what comes of it" };
replay.AcceptExistingOnly();
Option<int?> stress = new("--stress") { Description = "Instead shares digit and strip readers among many threads for so many seconds" };
RootCommand command = new("Feeds mutated inputs to the readers of the LeNet5 library.") { count, seed, only, from, replay, stress };
command.SetAction(parsed =>
{
    if (parsed.GetValue(stress) is { } seconds)
        return Share(TimeSpan.FromSeconds(seconds), parsed.GetValue(seed));
    InputFormat[] chosen = parsed.GetValue(only) is { } name ? [.. formats.Where(format => format.Name == name)] : formats;
    return parsed.GetValue(replay) is { } file
        ? Replay(chosen, File.ReadAllBytes(file.FullName))
        : Run(chosen, parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(from));
});
return command.Parse(args).Invoke();

int Run(InputFormat[] chosen, long count, ulong seed, long from)
{
    long start = Stopwatch.GetTimestamp();
    long failures = 0;
    Console.WriteLine(Totals.Header);
    for (int i = 0; i < chosen.Length; i++)
    {
        // What is left of an uneven division goes to the first.
        long share = count / chosen.Length + (i < count % chosen.Length ? 1 : 0);
        Campaign campaign = new(chosen[i], (ulong)Array.IndexOf(formats, chosen[i]), seed);
        campaign.Run(from, share);
        failures += campaign.Totals.Failures;
        Console.WriteLine(campaign.Totals.Line(chosen[i].Name));
    }
    Console.WriteLine($"{count} inputs in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, {failures} failures");
    return failures == 0 ? 0 : 1;
}

int Replay(InputFormat[] chosen, byte[] input)
{
    int exitCode = 0;
    foreach (InputFormat format in chosen)
    {
        foreach (bool trickling in new[] { false, true })
        {
            Outcome outcome = Outcome.Of(format, input, trickling);
            Console.WriteLine($"{format.Name}{(trickling ? ", trickling" : "")}: {outcome.Fault ?? (outcome.Accepted ? "read" : "refused")}, {outcome.Time.TotalMilliseconds:0.0} ms, {outcome.Allocated} bytes");
            exitCode = outcome.Fault is null ? exitCode : 1;
        }
    }
    return exitCode;
}

int Share(TimeSpan time, ulong seed)
{
    Stress run = new();
    int threadCount = 4 * Environment.ProcessorCount;
    run.Run(time, threadCount, seed);
    Console.WriteLine($"{run.ReadCount} readings by {threadCount} threads, {run.HalfTimeBytes} bytes in use at half time and {run.EndBytes} at the end");
    if (run.Fault is not null)
        Console.WriteLine($"FAILURE {run.Fault}");
    return run.Fault is null && !run.HasGrown ? 0 : 1;
}
