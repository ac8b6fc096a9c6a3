using System.Collections.Immutable;

namespace LeNet5;

/// <summary>What a reader saw on its way to a reading, to be looked at.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed record StripExplanation
{
    /// <summary>The reading.</summary>
    public required StripReading Reading { get; init; }

    /// <summary>Classes of the network: the ten digits, and the blank where there is one.</summary>
    public required int ClassCount { get; init; }

    /// <summary>Columns of the network's output; 0 where the strip was cut and not swept.</summary>
    public int ColumnCount { get; init; }

    /// <summary>The column of the strip that is the middle of the first output column's window.</summary>
    public double FirstMiddle { get; init; }

    /// <summary>Columns of the strip from one output column to the next.</summary>
    public int Step { get; init; }

    /// <summary>The penalties, class by class: <see cref="ColumnCount"/> values for each of <see cref="ClassCount"/>.</summary>
    public ImmutableArray<float> Penalties { get; init; } = [];

    /// <summary>The features before the output layer, 84 of F6 that draw a bitmap of 7x12, feature by feature: <see cref="ColumnCount"/> values each. Empty where windows were read one by one.</summary>
    public ImmutableArray<float> Features { get; init; } = [];

    /// <summary>The class that the best path of the string that was read takes in each output column; <see langword="null"/> where it sees no character. By <see cref="StripMethod.Both"/> it is of what the sweep by itself reads.</summary>
    public ImmutableArray<int?> Path { get; init; } = [];

    /// <summary>Where the strip was cut: for each cut its column in each row of the strip. Empty where it was swept.</summary>
    public ImmutableArray<ImmutableArray<int>> Cuts { get; init; } = [];

    /// <summary>All segments that were tried, by their first cut, those that pass ink over before the others, and then by their last cut; those with a <see cref="StripSegment.Label"/> are what the best path of the string that was read
    /// takes, left to right. By <see cref="StripMethod.Both"/> it is that of what the cuts by themselves read. Empty where the strip was swept.</summary>
    public ImmutableArray<StripSegment> Segments { get; init; } = [];

    /// <summary>Gives the reading.</summary>
    public override string ToString() => Reading.ToString();
}
