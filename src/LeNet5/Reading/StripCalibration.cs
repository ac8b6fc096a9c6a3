using System.Collections.Immutable;
using System.Globalization;
using LeNet5.Data;
using LeNet5.Imaging;
using LeNet5.Kernels;

namespace LeNet5;

/// <summary>How penalties become probabilities of whole strings, and which readings are sure enough. Immutable and therefore thread-safe.</summary>
public sealed record StripCalibration
{
    private const double LowestTemperature = 0.1, HighestTemperature = 20;
    private const int Halvings = 12;
    private const double ShareBelowRubbish = 0.999;

    /// <summary>That of a model that has none of its own: T = 1, no rubbish, no curve.</summary>
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

    /// <summary>The penalty of "no character at all" at a place: ink farther than this from every class is passed over. Positive infinity, the default, leaves that out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number, or negative infinity.</exception>
    public double RubbishPenalty
    {
        get;
        init => field = double.IsNaN(value) || double.IsNegativeInfinity(value)
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "The penalty of \"no character at all\" is a number or positive infinity.")
            : value;
    } = double.PositiveInfinity;

    /// <summary>What became of the errors on held-out strings when the least sure readings were rejected, by ascending confidence; empty where nobody measured.</summary>
    /// <exception cref="ArgumentException">A point has a number that is not finite.</exception>
    public ImmutableArray<RejectionPoint> Curve
    {
        get;
        init
        {
            field = value.IsDefault ? [] : value;
            foreach (RejectionPoint point in field)
            {
                if (!double.IsFinite(point.ShareRejected) || !double.IsFinite(point.ErrorRate) || !float.IsFinite(point.Threshold))
                    throw new ArgumentException($"A curve has finite numbers, unlike {point}.", nameof(value));
            }
        }
    } = [];

    /// <summary>The confidence from which on so few of the accepted readings are wrong.</summary>
    /// <param name="errorRate">The highest error rate that will do, above 0 to 1.</param>
    /// <returns>Above 1 where no confidence is high enough. Without a curve: 1 - <paramref name="errorRate"/>, with which no single reading is less sure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above 0 and at most 1.</exception>
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

    /// <summary>Finds all of it on held-out strings: T is the one at which the mean confidence is the share of strings that are read right.</summary>
    /// <remarks>The penalty of rubbish is the one that 99.9 % of the digits that a swept network read right are below; segments are passed over by other rules.</remarks>
    /// <param name="network">The network.</param>
    /// <param name="method">How strips are read.</param>
    /// <param name="strips">Held-out strips, some hundreds and more.</param>
    /// <exception cref="ArgumentException">There are no strips, or one is <see langword="null"/>, or none is read right, or the network is not one for this method.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public static StripCalibration Fit(Network network, StripMethod method, IReadOnlyList<LabeledStrip> strips)
    {
        ArgumentNullException.ThrowIfNull(network);
        StripEvaluator.CheckStrips(strips);
        double rubbish = PenaltyAbove(new StripReader(network, method, Default), strips);
        return Fit(calibration => new StripReader(network, method, calibration), Default with { RubbishPenalty = rubbish }, strips);
    }

    /// <summary>Finds temperature and curve for <see cref="StripMethod.Both"/> on held-out strings, as for one method.</summary>
    /// <remarks>The networks' own calibrations scale their penalties before they are added: fit these first. There is no penalty of rubbish, since each has its own.</remarks>
    /// <param name="swept">The network that is swept.</param>
    /// <param name="segmented">The network for segments.</param>
    /// <param name="strips">Held-out strips, some hundreds and more.</param>
    /// <exception cref="ArgumentException">There are no strips, or one is <see langword="null"/>, or none is read right, or a network is not one for its method.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public static StripCalibration Fit(Network swept, Network segmented, IReadOnlyList<LabeledStrip> strips)
    {
        ArgumentNullException.ThrowIfNull(swept);
        ArgumentNullException.ThrowIfNull(segmented);
        StripEvaluator.CheckStrips(strips);
        return Fit(calibration => new StripReader(swept, segmented, calibration), Default, strips);
    }

    private static StripCalibration Fit(Func<StripCalibration, StripReader> readerOf, StripCalibration calibration, IReadOnlyList<LabeledStrip> strips)
    {
        double low = Elementary.Log(LowestTemperature), high = Elementary.Log(HighestTemperature);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            StripEvaluation evaluation = Read(Rounded(middle));
            if (evaluation.MeanConfidence > evaluation.Accuracy)
                low = middle;
            else
                high = middle;
        }
        double temperature = Rounded((low + high) / 2);
        StripEvaluation fitted = Read(temperature);
        return fitted.RightCount > 0 ? calibration with { Temperature = temperature, Curve = Thinned(fitted.RejectionCurve.Points) } : throw NoneRight(strips);

        StripEvaluation Read(double temperature) => StripEvaluator.Run(readerOf(calibration with { Temperature = temperature }), strips);

        static double Rounded(double logarithm) => Math.Round(Elementary.Exp(logarithm), 4);
    }

    private static ArgumentException NoneRight(IReadOnlyList<LabeledStrip> strips) =>
        new($"None of the {strips.Count} held-out strings was read right, so none tells how sure a reading is. Train the network first.", nameof(strips));

    /// <summary>The penalty that nearly all digits that were read right are below; infinite where strips are not swept.</summary>
    private static double PenaltyAbove(StripReader reader, IReadOnlyList<LabeledStrip> strips)
    {
        List<float> penalties = [];
        int right = 0;
        foreach (LabeledStrip strip in strips)
        {
            NormalizedStrip normalized = StripNormalizer.Normalize(strip.Picture);
            if (normalized.Rejection != Rejection.None || reader.Explain(normalized) is not { } seen || seen.Reading.Text != strip.Text)
                continue;
            right++;
            for (int column = 0; column < seen.ColumnCount; column++)
            {
                if (seen.Path[column] is { } label)
                    penalties.Add(seen.Penalties[(label * seen.ColumnCount) + column]);
            }
        }
        if (right == 0)
            throw NoneRight(strips);
        penalties.Sort();
        return penalties.Count == 0 ? double.PositiveInfinity : Math.Round(penalties[(int)(ShareBelowRubbish * (penalties.Count - 1))], 1);
    }

    /// <summary>Whether the same penalties mean the same.</summary>
    /// <param name="other">The other calibration.</param>
    public bool Equals(StripCalibration? other) =>
        other is not null && (Temperature, RubbishPenalty) == (other.Temperature, other.RubbishPenalty) && Curve.SequenceEqual(other.Curve);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Temperature, RubbishPenalty, Curve.Length);

    /// <summary>Gives the temperature, the penalty of rubbish, and how many points the curve has.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"T = {Temperature}, j = {RubbishPenalty}, {Curve.Length} points of rejection");

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
