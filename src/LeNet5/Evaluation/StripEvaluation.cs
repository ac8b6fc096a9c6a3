using System.Collections.Immutable;

namespace LeNet5;

/// <summary>How well strings were read. Immutable and therefore thread-safe.</summary>
public sealed class StripEvaluation
{
    internal StripEvaluation(ImmutableArray<string> texts, ImmutableArray<StripReading> readings)
    {
        Texts = texts;
        Readings = readings;
        RightCount = readings.Zip(texts).Count(pair => pair.First.Text == pair.Second);
        MeanConfidence = readings.Average(reading => (double)reading.Confidence);
        RejectionCurve = new RejectionCurve([.. readings.Select(reading => reading.Confidence)], [.. readings.Zip(texts, (reading, text) => reading.Text != text)]);
    }

    /// <summary>What each strip says.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>What was read from each strip.</summary>
    public ImmutableArray<StripReading> Readings { get; }

    /// <summary>Number of strips.</summary>
    public int Count => Texts.Length;

    /// <summary>Number of strings that were read wholly right, whether accepted or not.</summary>
    public int RightCount { get; }

    /// <summary>Share of strings that were read wholly right, 0 to 1.</summary>
    public double Accuracy => (double)RightCount / Count;

    /// <summary>Mean of the readings' confidences, 0 to 1.</summary>
    public double MeanConfidence { get; }

    /// <summary>What becomes of the errors when the least sure readings are rejected.</summary>
    public RejectionCurve RejectionCurve { get; }

    /// <summary>Gives the share as a line of text.</summary>
    public override string ToString() => FormattableString.Invariant($"{RightCount} of {Count} strings right ({Accuracy:P1})");
}
