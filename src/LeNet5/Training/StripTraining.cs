using System.Collections.Immutable;
using LeNet5.Data;

namespace LeNet5.Training;

/// <summary>Training on strips of characters that are composed of single ones, anew in every epoch.</summary>
/// <remarks>
/// Strips are normalized as a reader normalizes them (<see cref="Imaging.StripNormalizer"/>), and put into a field of constant width, anywhere in it.
/// Sections VI and VII of the paper.
/// Immutable and therefore thread-safe.
/// </remarks>
public sealed record StripTraining
{
    /// <summary>Number of strips in an epoch, at least 1. Default: 7500, of some eight digits each.</summary>
    public int Count { get; init; } = 7500;

    /// <summary>How strips are read: <see cref="StripMethod.Sdnn"/> (default) trains a network that is swept over them, <see cref="StripMethod.Hos"/> one that reads segments.</summary>
    public StripMethod Method { get; init; }

    /// <summary>Columns of the field that strips are put into, 32 to 16,384. Default: 160.</summary>
    public int Width { get; init; } = 160;

    /// <summary>What strips look like: one style after the other, in turn.</summary>
    public required ImmutableArray<StripStyle> Styles { get; init; }

    /// <summary>What is made small. Default: <see cref="StringLoss"/>. Where segments are read it is one of these, in any form; there are no columns then.</summary>
    public Loss<StripTarget> Loss { get; init; } = new StringLoss();

    /// <summary>Digits that touch or overlap, twice as often as others; digits that stand apart; and digits badly photographed. Somewhat more uneven than
    /// <see cref="StripStyle.Touching"/> and <see cref="StripStyle.Hard"/>, elastic and in strokes of different width; and <see cref="StripStyle.Clean"/>.</summary>
    public static ImmutableArray<StripStyle> ManyStyles { get; } = MakeStyles();

    private static ImmutableArray<StripStyle> MakeStyles()
    {
        Distortion digit = new() { Scale = 0.15, Squeeze = 0.05, Shear = 0.15, Rotation = 5, Elasticity = 0.5, Thickness = 0.2 };
        StripStyle touching = StripStyle.Touching with { MinLength = 1, MaxLength = 12, MinGap = -5, MaxGap = 4, Digit = digit };
        StripStyle apart = touching with { MinGap = 3, MaxGap = 16 };
        StripStyle hard = StripStyle.Hard with { MinLength = 1, MaxLength = 12, MinGap = -5, MaxGap = 12, Digit = digit };
        return [touching, apart, touching, hard, StripStyle.Clean];
    }

    /// <summary>Gives the settings as a line of text.</summary>
    public override string ToString() => $"{Count} strips up to {Width} wide, {Method}; {Loss}; {string.Join(" | ", Styles)}";
}
