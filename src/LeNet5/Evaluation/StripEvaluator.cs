using System.Runtime.ExceptionServices;
using LeNet5.Data;

namespace LeNet5;

/// <summary>Measures how well strings are read.</summary>
/// <remarks>Thread-safe.</remarks>
public static class StripEvaluator
{
    /// <summary>Reads every strip and compares the whole string with what it says.</summary>
    /// <remarks>Where a strip cannot be read, or <paramref name="optionsOf"/> fails, that exception ends the evaluation; of several any one.</remarks>
    /// <param name="reader">The reader.</param>
    /// <param name="strips">The strips.</param>
    /// <param name="optionsOf">The options for each strip, e.g. a grammar of its length; <see langword="null"/> for the default. Called by several threads at once.</param>
    /// <param name="threads">Number of threads, at least 1; <see langword="null"/> for one a processor. The result is the same for any number.</param>
    /// <param name="cancellationToken">Ends the evaluation with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The reading of each strip, and what follows from them.</returns>
    /// <exception cref="ArgumentException">There are no strips, or one is <see langword="null"/> or too long to be read in one piece.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public static StripEvaluation Run(StripReader reader, IReadOnlyList<LabeledStrip> strips, Func<LabeledStrip, StripOptions>? optionsOf = null, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        CheckStrips(strips);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        if (strips.Count == 0)
            throw new ArgumentException("There are no strips to read.", nameof(strips));
        StripReading[] readings = new StripReading[strips.Count];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, strips.Count, parallel, i => readings[i] = reader.Read(strips[i].Picture, optionsOf?.Invoke(strips[i])));
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
        return new StripEvaluation([.. strips.Select(strip => strip.Text)], [.. readings]);
    }

    internal static void CheckStrips(IReadOnlyList<LabeledStrip> strips)
    {
        ArgumentNullException.ThrowIfNull(strips);
        for (int i = 0; i < strips.Count; i++)
        {
            if (strips[i] is null)
                throw new ArgumentException($"Strip {i} is null. Give {strips.Count} strips.", nameof(strips));
        }
    }
}
