using System.Collections.Immutable;
using System.Globalization;

namespace LeNet5.Training;

/// <summary>The global learning rate of each epoch.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed class LearningRate
{
    /// <summary>A curve keeps a rate for each.</summary>
    private const int MostEpochs = 1_000_000;

    private readonly string? description;
    private readonly Func<int, LearningRate>? stretch;

    private LearningRate(ImmutableArray<(int Epochs, double Rate)> steps, string? description = null, Func<int, LearningRate>? stretch = null)
    {
        Steps = steps;
        this.description = description;
        this.stretch = stretch;
    }

    /// <summary>The rate of the paper's experiments: 0.0005 twice, 0.0002 three times, 0.0001 three times, 0.00005 four times, 0.00001 eight times
    /// (section III-B).</summary>
    public static LearningRate Paper { get; } = Stepped((2, 0.0005), (3, 0.0002), (3, 0.0001), (4, 0.00005), (8, 0.00001));

    /// <summary>The steps: for so many epochs, such a rate.</summary>
    public ImmutableArray<(int Epochs, double Rate)> Steps { get; }

    /// <summary>A rate that is lowered in steps.</summary>
    /// <param name="steps">For so many epochs (at least 1), such a rate (positive). The last rate holds on.</param>
    /// <exception cref="ArgumentException">There are no steps, or one has no epochs or no positive rate.</exception>
    public static LearningRate Stepped(params ReadOnlySpan<(int Epochs, double Rate)> steps)
    {
        if (steps.IsEmpty)
            throw new ArgumentException("A stepped learning rate needs at least one step.", nameof(steps));
        foreach ((int epochs, double rate) in steps)
        {
            if (epochs < 1 || !(rate > 0) || !double.IsFinite(rate))
                throw new ArgumentException(FormattableString.Invariant($"A rate of {rate} for {epochs} epochs is none: a step has at least 1 epoch and a positive rate."), nameof(steps));
        }
        return new LearningRate([.. steps]);
    }

    /// <summary>The same rate for every epoch.</summary>
    /// <param name="rate">Positive.</param>
    public static LearningRate Constant(double rate) => Stepped((1, rate));

    /// <summary>A rate that falls from epoch to epoch along half a cosine, slowly at first and at last, nearly to 0.</summary>
    /// <param name="rate">Where it begins, positive.</param>
    /// <param name="epochs">For so many epochs, 1 to 1,000,000. The last rate holds on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of epochs is out of its range, or the rate not positive.</exception>
    public static LearningRate Cosine(double rate, int epochs) => Falling(rate, epochs, "cosine", share => (1 + Math.Cos(Math.PI * share)) / 2);

    /// <summary>A rate that falls from epoch to epoch by the same amount, nearly to 0.</summary>
    /// <param name="rate">Where it begins, positive.</param>
    /// <param name="epochs">For so many epochs, 1 to 1,000,000. The last rate holds on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of epochs is out of its range, or the rate not positive.</exception>
    public static LearningRate Linear(double rate, int epochs) => Falling(rate, epochs, "linear", share => 1 - share);

    /// <summary>The same curve over another number of epochs. Steps stay as they are.</summary>
    /// <param name="epochs">At least 1, for a curve at most 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public LearningRate Over(int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return stretch?.Invoke(epochs) ?? this;
    }

    /// <summary>The rate of one epoch.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public double At(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        long end = 0;
        foreach ((int epochs, double rate) in Steps)
        {
            end += epochs;
            if (epoch <= end)
                return rate;
        }
        return Steps[^1].Rate;
    }

    /// <summary>Lists the steps, e.g. <c>0.0005 x2, 0.0002 x3</c>, or names the curve, e.g. <c>0.0002, cosine over 100</c>.</summary>
    public override string ToString() => description ?? string.Join(", ", Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Rate:0.################} x{step.Epochs}")));

    /// <summary>A curve over the share of the epochs that is over, taken in the middle of each epoch.</summary>
    private static LearningRate Falling(double rate, int epochs, string name, Func<double, double> curve)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(epochs, MostEpochs);
        if (!(rate > 0) || !double.IsFinite(rate))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A learning rate begins at a positive number.");

        // Rounded, because the cosines of operating systems differ in the last digits.
        (int, double)[] steps = [.. Enumerable.Range(0, epochs).Select(epoch => (1, rate * Math.Round(curve((epoch + 0.5) / epochs), 9)))];
        return new LearningRate(
            [.. steps],
            string.Create(CultureInfo.InvariantCulture, $"{rate:0.################}, {name} over {epochs}"),
            other => Falling(rate, other, name, curve));
    }
}
