using System.Collections.Immutable;
using LeNet5.Data;

namespace LeNet5.Training;

/// <summary>Training on strips of characters that are composed of single ones, anew in every epoch. Immutable.</summary>
/// <remarks>
/// Strips are normalized as a reader normalizes them (<see cref="Imaging.StripNormalizer"/>), and put into a field of constant width, anywhere in it.
/// Sections VI and VII of the paper.
/// </remarks>
public sealed record StripTraining
{
    /// <summary>Number of strips in an epoch, at least 1. Default: 7500, of some eight digits each.</summary>
    public int Count { get; init; } = 7500;

    /// <summary>Columns of the field that strips are put into. Default: 160.</summary>
    public int Width { get; init; } = 160;

    /// <summary>What strips look like: one style after the other, in turn.</summary>
    public required ImmutableArray<StripStyle> Styles { get; init; }

    /// <summary>What is made small.</summary>
    public required Loss<StripTarget> Loss { get; init; }

    /// <summary>Gives the settings as a line of text.</summary>
    public override string ToString() => $"{Count} strips {Width} wide; {Loss}; {string.Join(" | ", Styles)}";
}
