using System.Globalization;
using LeNet5.Kernels;

namespace LeNet5;

/// <summary>How penalties become probabilities. The posterior of class i is e^(-y_i/T) / (e^(-j/T) + sum over k of e^(-y_k/T)).</summary>
/// <remarks>
/// T is <see cref="Temperature"/>, j is <see cref="RubbishPenalty"/>. T = 1 gives equation 9 of the paper as it stands; a larger T makes every reading less sure
/// of itself. Neither changes which class wins. Immutable and therefore thread-safe.
/// </remarks>
public sealed record Calibration
{
    private const double LowestTemperature = 0.01;
    private const double HighestTemperature = 100;
    private const double ShareBelowJ = 0.999;

    private readonly double? largestPenalty;

    /// <summary>That of a network that has none of its own: T = 1, j = 20.</summary>
    /// <remarks>
    /// Training wants a small j, a margin beyond which wrong classes are pushed no further. Reading wants a larger one, since digits have a long tail of
    /// large penalties.
    /// </remarks>
    public static Calibration Default { get; } = new();

    /// <summary>What penalties are divided by: T, positive and finite. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Temperature
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A temperature is positive and finite.");
    } = 1;

    /// <summary>The penalty j of "no character at all" in the posteriors. Positive infinity leaves that class out. Default: 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number, or negative infinity.</exception>
    public double RubbishPenalty { get; init => field = Checked(value, "The penalty of \"no character at all\""); } = 20;

    /// <summary>A picture that every class is farther from is rejected as no digit. Positive infinity rejects nothing. Default: <see cref="RubbishPenalty"/>,
    /// beyond which "no character at all" is likelier than any class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number, or negative infinity.</exception>
    public double LargestPenalty { get => largestPenalty ?? RubbishPenalty; init => largestPenalty = Checked(value, "The largest penalty of a digit"); }

    /// <summary>Finds j and T on held-out digits: images that the network was not trained on.</summary>
    /// <remarks>
    /// The largest penalty is the one that accepts <paramref name="acceptedShare"/> of the digits that were read right. As digits have a long tail of large penalties, j,
    /// which all posteriors share, is one that accepts 99.9 % of them. Then T is the one at which the mean posterior
    /// of the answers is the share of right ones: on average, readings are then as sure of themselves as they may be. The least mean of -log of the right
    /// class's posterior, the usual choice, leads to a larger T, at which e^(-j/T) takes too much from readings that are sure with reason.
    /// T is between 0.01 and 100. The same bits on every machine.
    /// </remarks>
    /// <param name="heldOut">An evaluation of held-out digits; some thousand, for few of them are misread.</param>
    /// <param name="acceptedShare">Share of the right readings that are not rejected, above 0 and at most 1. Default: 0.97.</param>
    /// <exception cref="ArgumentException">No digit was read right, or a penalty is not a finite number.</exception>
    public static Calibration Fit(EvaluationResult heldOut, double acceptedShare = 0.97)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        if (!(acceptedShare > 0 && acceptedShare <= 1))
            throw new ArgumentOutOfRangeException(nameof(acceptedShare), acceptedShare, "The share to accept is above 0 and at most 1.");
        float[] right = [.. Enumerable.Range(0, heldOut.Count).Where(i => heldOut.Answers[i] == heldOut.Labels[i]).Select(i => heldOut.PenaltiesOf(i)[heldOut.Labels[i]]).Order()];
        if (right.Length == 0)
            throw new ArgumentException($"None of the {heldOut.Count} held-out digits was read right, so none tells what a digit's penalty is. Train the network first.", nameof(heldOut));
        double j = PenaltyAccepting(ShareBelowJ);
        if (heldOut.Answers.Contains(-1) || !double.IsFinite(MeanPosterior(heldOut, new Calibration { RubbishPenalty = j })))
            throw new ArgumentException("A penalty of the held-out digits is not a finite number: the network is damaged. Load or train it again.", nameof(heldOut));

        double accuracy = (double)right.Length / heldOut.Count;
        double low = Elementary.Log(LowestTemperature), high = Elementary.Log(HighestTemperature);
        for (int i = 0; i < 50; i++)
        {
            double middle = (low + high) / 2;
            if (MeanPosterior(heldOut, new Calibration { Temperature = Elementary.Exp(middle), RubbishPenalty = j }) > accuracy)
                low = middle;
            else
                high = middle;
        }
        return new Calibration { Temperature = Elementary.Exp((low + high) / 2), RubbishPenalty = j, LargestPenalty = PenaltyAccepting(acceptedShare) };

        double PenaltyAccepting(double share) => right[(int)Math.Ceiling(share * right.Length) - 1];
    }

    /// <summary>Whether the same penalties mean the same.</summary>
    /// <param name="other">The other calibration.</param>
    public bool Equals(Calibration? other) =>
        other is not null && (Temperature, RubbishPenalty, LargestPenalty) == (other.Temperature, other.RubbishPenalty, other.LargestPenalty);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Temperature, RubbishPenalty, LargestPenalty);

    /// <summary>Gives the temperature, j, and the largest penalty of a digit.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"T = {Temperature}, j = {RubbishPenalty}, rejects from {LargestPenalty} on");

    /// <summary>Says what a network's penalties mean.</summary>
    /// <param name="penalties">The penalty of each class; at least two.</param>
    /// <param name="blank">The class of the blank, whose victory is a rejection; <see langword="null"/> where there is none.</param>
    /// <returns>The class of the smallest penalty, how sure it is, and whether it is rejected. It has no box.</returns>
    /// <exception cref="ArgumentException">There are fewer than two penalties.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The blank is none of the classes.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public DigitReading Judge(ReadOnlySpan<float> penalties, int? blank = null)
    {
        if (penalties.Length < 2)
            throw new ArgumentException($"A reading needs the penalties of at least two classes but has {penalties.Length}.", nameof(penalties));
        if (blank is { } label && (uint)label >= (uint)penalties.Length)
            throw new ArgumentOutOfRangeException(nameof(blank), blank, $"The blank is one of the classes 0 to {penalties.Length - 1}, of which there are penalties, or null.");
        int best = Penalties.Smallest(penalties);
        int runnerUp = -1;
        for (int i = 0; i < penalties.Length; i++)
        {
            if (i != best && (runnerUp < 0 || penalties[i] < penalties[runnerUp]))
                runnerUp = i;
        }
        (double smallest, double sum) = Penalties.Normalize(penalties, RubbishPenalty, Temperature);
        // One that is no number makes the sum none.
        if (best < 0 || double.IsNaN(sum))
            throw Penalties.Damaged();
        float posterior = (float)(Elementary.Exp((smallest - penalties[best]) / Temperature) / sum);
        Rejection reason = best == blank ? Rejection.Blank : penalties[best] > LargestPenalty ? Rejection.NotADigit : Rejection.None;
        return new DigitReading(reason == Rejection.None ? best : null, posterior, runnerUp, penalties[runnerUp] - penalties[best], reason);
    }

    /// <summary>Computes the posterior of each class.</summary>
    /// <param name="penalties">The penalty of each class.</param>
    /// <param name="posteriors">Overwritten by the posterior of each class; as many.</param>
    /// <returns>The posterior of "no character at all". With those of the classes it adds up to 1.</returns>
    /// <exception cref="ArgumentException">There are no penalties, or not one posterior for each.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number, or all are infinite: the network is damaged.</exception>
    public double Posteriors(ReadOnlySpan<float> penalties, Span<double> posteriors)
    {
        if (penalties.IsEmpty || posteriors.Length != penalties.Length)
            throw new ArgumentException($"There is room for {posteriors.Length} posteriors, but there are {penalties.Length} penalties. Give at least one, and as much room.", nameof(posteriors));
        double rubbish = Normalize(penalties, posteriors);
        return double.IsNaN(rubbish) ? throw Penalties.Damaged() : rubbish;
    }

    /// <summary>The posteriors; no numbers where penalties are none.</summary>
    private double Normalize(ReadOnlySpan<float> penalties, Span<double> posteriors)
    {
        (double smallest, double sum) = Penalties.Normalize(penalties, RubbishPenalty, Temperature);
        for (int i = 0; i < penalties.Length; i++)
            posteriors[i] = Elementary.Exp((smallest - penalties[i]) / Temperature) / sum;
        return Elementary.Exp((smallest - RubbishPenalty) / Temperature) / sum;
    }

    private static double Checked(double penalty, string what) => double.IsNaN(penalty) || double.IsNegativeInfinity(penalty)
        ? throw new ArgumentOutOfRangeException(nameof(penalty), penalty, $"{what} is a number or positive infinity.")
        : penalty;

    /// <summary>The mean posterior of the answers.</summary>
    private static double MeanPosterior(EvaluationResult evaluation, Calibration calibration)
    {
        double sum = 0;
        double[] posteriors = new double[evaluation.Confusion.ClassCount];
        for (int i = 0; i < evaluation.Count; i++)
        {
            calibration.Normalize(evaluation.PenaltiesOf(i), posteriors);
            sum += posteriors[evaluation.Answers[i]];
        }
        return sum / evaluation.Count;
    }
}
