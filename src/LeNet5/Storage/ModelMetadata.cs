using System.Collections.Immutable;

namespace LeNet5;

/// <summary>What is known about how a network's parameters came about. Saved and loaded with them.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed record ModelMetadata
{
    /// <summary>Nothing is known.</summary>
    public static ModelMetadata Empty { get; } = new();

    /// <summary>Seed of the initial parameters, or <see langword="null"/>.</summary>
    public ulong? InitialSeed { get; init; }

    /// <summary>Name of the recipe that trained the network, or <see langword="null"/>.</summary>
    public string? Recipe { get; init; }

    /// <summary>The recipe's settings as a line of text, or <see langword="null"/>.</summary>
    public string? Settings { get; init; }

    /// <summary>Seed of the training: order, blanks and curvature samples; or <see langword="null"/>.</summary>
    public ulong? TrainingSeed { get; init; }

    /// <summary>The j of equation 9, the penalty of "no character at all" that the network was trained with; or <see langword="null"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number, or negative infinity.</exception>
    public double? RubbishPenalty
    {
        get;
        init => field = value is double.NaN or double.NegativeInfinity
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "The penalty of \"no character at all\" is a number or positive infinity.")
            : value;
    }

    /// <summary>The machine it was trained on: its processor, whether that fuses multiply and add, which decides the last bits, and the runtime; or <see langword="null"/>.</summary>
    public string? TrainedOn { get; init; }

    /// <summary>How the network's penalties become probabilities, fitted on held-out digits; or <see langword="null"/>.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>How penalties become probabilities of whole strings, fitted on held-out strings; or <see langword="null"/>.</summary>
    public StripCalibration? StripCalibration { get; init; }

    /// <summary>What each epoch gave, first to last; empty where the network was not trained.</summary>
    /// <exception cref="ArgumentException">A rate, loss or error of an epoch is no finite number: none could be saved.</exception>
    public ImmutableArray<EpochResult> History
    {
        get;
        init
        {
            field = value.IsDefault ? [] : value;
            foreach (EpochResult epoch in field)
            {
                if (!double.IsFinite(epoch.LearningRate) || !double.IsFinite(epoch.Loss) || !double.IsFinite(epoch.TrainingErrorRate) || !double.IsFinite(epoch.TestErrorRate ?? 0))
                    throw new ArgumentException($"A history has finite numbers, unlike \"{epoch}\".", nameof(value));
            }
        }
    } = [];

    /// <summary>Whether the same is known, epoch by epoch too.</summary>
    /// <param name="other">What is known of another network.</param>
    public bool Equals(ModelMetadata? other) => other is not null && Members == other.Members && History.SequenceEqual(other.History);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Members, History.Length);

    /// <summary>Gives the recipe, and what the last epoch gave.</summary>
    public override string ToString() => $"{Recipe ?? "no recipe"}{(History.IsEmpty ? "" : $", {History[^1]}")}";

    private (ulong?, string?, string?, ulong?, double?, string?, Calibration?, StripCalibration?) Members =>
        (InitialSeed, Recipe, Settings, TrainingSeed, RubbishPenalty, TrainedOn, Calibration, StripCalibration);
}
