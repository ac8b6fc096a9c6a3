using System.Diagnostics;

namespace LeNet5.Fuzz;

/// <summary>What one input led to.</summary>
/// <param name="Accepted">Whether it was read.</param>
/// <param name="Fault">What the library did wrong; <see langword="null"/>: nothing.</param>
/// <param name="Time">Time that reading took.</param>
/// <param name="Allocated">Bytes that reading allocated.</param>
internal readonly record struct Outcome(bool Accepted, string? Fault, TimeSpan Time, long Allocated)
{
    /// <summary>What reading may allocate in any case: 64 MB.</summary>
    private const long BaseAllocation = 64 << 20;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>Reads an input and judges how that went.</summary>
    public static Outcome Of(InputFormat format, byte[] input, bool trickling)
    {
        Outcome outcome = Once(format, input, trickling);
        // The machine may have been busy with something else.
        if (outcome.Fault is null && outcome.Time > MaxTime)
            outcome = Once(format, input, trickling);
        return outcome.Fault is null && outcome.Time > MaxTime ? outcome with { Fault = $"it took {outcome.Time.TotalSeconds:0.0} s" } : outcome;
    }

    private static Outcome Once(InputFormat format, byte[] input, bool trickling)
    {
        Stream stream = trickling ? new TricklingStream(input) : new MemoryStream(input, writable: false);
        object? result = null;
        string? fault = null;
        long allocated = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        try
        {
            result = format.Read(stream);
        }
        catch (InvalidDataException)
        {
        }
        catch (Exception e)
        {
            fault = e.ToString();
        }
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        if (allocated > BaseAllocation + format.Expansion * input.Length)
            fault ??= $"it allocated {allocated} bytes for an input of {input.Length}";
        if (result is not null)
        {
            try
            {
                format.Use(result);
            }
            catch (Exception e)
            {
                fault ??= $"it was read but cannot be used: {e}";
            }
        }
        return new Outcome(result is not null, fault, time, allocated);
    }
}
