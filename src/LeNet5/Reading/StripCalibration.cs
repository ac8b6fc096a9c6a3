using System.Collections.Immutable;
using LeNet5.Data;

namespace LeNet5;

/// <summary>How penalties become probabilities of whole strings, and which readings are sure enough. Immutable and therefore thread-safe.</summary>
public sealed record StripCalibration
{
    private const double LowestTemperature = 0.1, HighestTemperature = 20;

    /// <summary>That of a model that has none of its own: T = 1, rubbish at 100, no curve.</summary>
    public static StripCalibration Default { get; } = new();

    /// <summary>What all penalties are divided by, positive and finite. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Temperature
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A temperature is positive and finite.");
    } = 1;

    /// <summary>The penalty of "no character at all" at a place: ink farther than this from every class is passed over. Positive infinity leaves that out. Default: 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number, or negative infinity.</exception>
    public double RubbishPenalty
    {
        get;
        init => field = double.IsNaN(value) || double.IsNegativeInfinity(value)
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "The penalty of \"no character at all\" is a number or positive infinity.")
            : value;
    } = 100;

    /// <summary>What became of the errors on held-out strings when the least sure readings were rejected, by ascending confidence; empty where nobody measured.</summary>
    public ImmutableArray<RejectionPoint> Curve { get; init; } = [];

    /// <summary>The confidence from which on so few of the accepted readings are wrong.</summary>
    /// <param name="errorRate">The highest error rate that will do, above 0 to 1.</param>
    /// <returns>Above 1 where no confidence is high enough. Without a curve: 1 - <paramref name="errorRate"/>, with which no single reading is less sure.</returns>
    public double ThresholdFor(double errorRate)
    {
        if (!(errorRate > 0 && errorRate <= 1))
            throw new ArgumentOutOfRangeException(nameof(errorRate), errorRate, "An error rate is above 0 and at most 1.");
        if (Curve.IsEmpty)
            return 1 - errorRate;
        foreach (RejectionPoint point in Curve)
        {
            if (point.ErrorRate <= errorRate)
                return point.Threshold;
        }
        return double.BitIncrement(1);
    }

    /// <summary>Finds T and the curve on held-out strings: T is the one at which the mean confidence is the share of strings that are read right.</summary>
    /// <param name="network">The network.</param>
    /// <param name="method">How strips are read.</param>
    /// <param name="strips">Held-out strips, some hundreds and more.</param>
    /// <exception cref="ArgumentException">There are no strips, or none is read right.</exception>
    public static StripCalibration Fit(Network network, StripMethod method, IReadOnlyList<LabeledStrip> strips)
    {
        ArgumentNullException.ThrowIfNull(network);
        StripCalibration start = network.Metadata.StripCalibration ?? Default;
        double low = Math.Log(LowestTemperature), high = Math.Log(HighestTemperature);
        for (int i = 0; i < 12; i++)
        {
            double middle = (low + high) / 2;
            StripEvaluation evaluation = Read(Rounded(middle));
            if (evaluation.MeanConfidence > evaluation.Accuracy)
                low = middle;
            else
                high = middle;
        }
        double temperature = Rounded((low + high) / 2);
        return start with { Temperature = temperature, Curve = Thinned(Read(temperature).RejectionCurve.Points) };

        StripEvaluation Read(double temperature) => StripEvaluator.Run(new StripReader(network, method, start with { Temperature = temperature, Curve = [] }), strips);

        static double Rounded(double logarithm) => Math.Round(Math.Exp(logarithm), 4);
    }

    /// <summary>Whether the same penalties mean the same.</summary>
    public bool Equals(StripCalibration? other) =>
        other is not null && (Temperature, RubbishPenalty) == (other.Temperature, other.RubbishPenalty) && Curve.SequenceEqual(other.Curve);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Temperature, RubbishPenalty, Curve.Length);

    /// <summary>The points at which the error falls below all before, and by a tenth at least.</summary>
    private static ImmutableArray<RejectionPoint> Thinned(ImmutableArray<RejectionPoint> points)
    {
        ImmutableArray<RejectionPoint>.Builder kept = ImmutableArray.CreateBuilder<RejectionPoint>();
        foreach (RejectionPoint point in points)
        {
            if (kept.Count == 0 || point.ErrorRate < 0.9 * kept[^1].ErrorRate)
                kept.Add(point);
        }
        return kept.ToImmutable();
    }
}
