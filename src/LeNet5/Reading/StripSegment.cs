using System.Collections.Immutable;
using LeNet5.Imaging;

namespace LeNet5;

/// <summary>The ink between two cuts of a strip, taken for one digit: an arc of the segmentation graph (section V-A of the paper).</summary>
/// <remarks>
/// A path that takes the segment for class i pays (<see cref="Penalty"/> + <see cref="Penalties"/>[i] / 12) / T, with T the <see cref="StripCalibration.Temperature"/>: the 12 keeps what the network says from
/// drowning what the segmenter says. Immutable and therefore thread-safe.
/// </remarks>
public sealed class StripSegment
{
    /// <summary>Number of the cut on its left, from 0: where the arc begins.</summary>
    public required int FirstCut { get; init; }

    /// <summary>Number of the cut on its right: where the arc ends.</summary>
    public required int LastCut { get; init; }

    /// <summary>The smallest box around its ink, in the strip.</summary>
    public required PixelBox Box { get; init; }

    /// <summary>What the segmenter says against it, whatever is read; negative where its ink has the usual size of a digit.</summary>
    public double Penalty { get; init; }

    /// <summary>The network's penalty of each class for <see cref="Picture"/>. Empty for ink that is passed over as a speck.</summary>
    public ImmutableArray<float> Penalties { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The segment as the network saw it, in the form of MNIST: 28x28, light ink on black. <see langword="null"/> for ink that is passed over as a speck.</summary>
    public GrayImage? Picture { get; init; }

    /// <summary>The digit that the best path of the string that was read takes it for; <see langword="null"/> where that path does without it, or passes it over.</summary>
    public int? Label { get; init; }

    /// <summary>Gives the cuts and, where it is taken, the digit, e.g. <c>2 to 4: 7</c>.</summary>
    public override string ToString() => $"{FirstCut} to {LastCut}{(Label is { } label ? $": {label}" : "")}";
}
