using System.Globalization;

namespace LeNet5.Fuzz;

/// <summary>What the inputs of one format led to, as a line.</summary>
internal sealed class Totals
{
    private const int MaxFaultsShown = 20;

    private long inputs, accepted;
    private (TimeSpan Time, long Number) slowest;
    private (long Bytes, long Number) largest;

    public long Failures { get; private set; }

    public static string Header => $"{"format",-8}{"inputs",10}{"accepted",10}{"refused",10}{"failures",10}  {"slowest",-26}{"most memory"}";

    /// <summary>Adds an outcome; whether its fault shall be shown.</summary>
    public bool Add(long number, Outcome outcome)
    {
        lock (this)
        {
            inputs++;
            accepted += outcome.Accepted ? 1 : 0;
            if (outcome.Time > slowest.Time)
                slowest = (outcome.Time, number);
            if (outcome.Allocated > largest.Bytes)
                largest = (outcome.Allocated, number);
            return outcome.Fault is not null && ++Failures <= MaxFaultsShown;
        }
    }

    public string Line(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-8}{inputs,10}{accepted,10}{inputs - accepted - Failures,10}{Failures,10}  {$"{slowest.Time.TotalMilliseconds:0.0} ms (number {slowest.Number})",-26}{largest.Bytes / 1048576.0:0.0} MB (number {largest.Number})");
}
