using System.Diagnostics;

namespace LeNet5.Fuzz;

/// <summary>Makes and judges many inputs of one format, on all processors.</summary>
internal sealed class Campaign(InputFormat format, ulong formatIndex, ulong seed)
{
    /// <summary>After that long an input counts as endless.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Totals Totals { get; } = new();

    public void Run(long from, long count)
    {
        long next = from;
        var current = new (long Number, long Start)[Environment.ProcessorCount];
        Thread[] threads = [.. Enumerable.Range(0, current.Length).Select(i => new Thread(() => Work(i)))];
        Array.ForEach(threads, thread => thread.Start());
        while (Array.Exists(threads, thread => !thread.Join(millisecondsTimeout: 100)))
        {
            foreach ((long number, long start) in current)
            {
                if (start != 0 && Stopwatch.GetElapsedTime(start) > Patience)
                {
                    Show(number, Make(number, out _), "it does not come to an end");
                    Environment.Exit(1);
                }
            }
        }

        void Work(int thread)
        {
            for (long number; (number = Interlocked.Increment(ref next) - 1) < from + count;)
            {
                current[thread] = (number, Stopwatch.GetTimestamp());
                byte[] input = Make(number, out bool trickling);
                Outcome outcome = Outcome.Of(format, input, trickling);
                if (Totals.Add(number, outcome))
                    Show(number, input, outcome.Fault!);
            }
            current[thread] = default;
        }
    }

    private byte[] Make(long number, out bool trickling)
    {
        Dice dice = new(seed, formatIndex, (ulong)number);
        trickling = dice.OneIn(8);
        return format.Make(dice);
    }

    private void Show(long number, byte[] input, string fault) => Console.WriteLine(
        $"FAILURE of {format.Name}, again with --seed {seed} --only {format.Name} --from {number} --count 1\n{fault}\n{Convert.ToBase64String(input)}\n");
}
