using System.Collections.Immutable;
using LeNet5.Imaging;

namespace LeNet5;

/// <summary>What was read from a picture of a string of digits.</summary>
/// <param name="Text">The digits, left to right; empty where nothing was read.</param>
/// <param name="Confidence">Probability that the whole string is right, 0 to 1: the share that the paths which spell it have in all paths that the grammar allows (equations 13 to 17). By
/// <see cref="StripMethod.Both"/> it is a share among the best strings of the two methods, up to 24, by their penalties in both.</param>
/// <param name="Reason">Why the reading is rejected; <see cref="Rejection.None"/> where it is accepted. The text is there all the same, if anything was read.</param>
/// <param name="Digits">The digits one by one.</param>
/// <param name="Alternatives">This string, and then the next likeliest, as many in all as were asked for; fewer where there are fewer.</param>
/// <param name="Strip">The normalized strip that was read.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed record StripReading(
    string Text, float Confidence, Rejection Reason, ImmutableArray<StripDigit> Digits, ImmutableArray<StripAlternative> Alternatives, NormalizedStrip Strip)
{
    /// <summary>The digits one by one.</summary>
    public ImmutableArray<StripDigit> Digits { get; init => field = OrEmpty(value); } = OrEmpty(Digits);

    /// <summary>This string, and then the next likeliest, as many in all as were asked for; fewer where there are fewer.</summary>
    public ImmutableArray<StripAlternative> Alternatives { get; init => field = OrEmpty(value); } = OrEmpty(Alternatives);

    /// <summary>Whether the reading is sure enough for the error rate that was asked for.</summary>
    public bool IsAccepted => Reason == Rejection.None;

    /// <summary>Whether the same was read; the strips are not compared.</summary>
    /// <param name="other">The other reading.</param>
    public bool Equals(StripReading? other) =>
        other is not null && (Text, Confidence, Reason) == (other.Text, other.Confidence, other.Reason) && Digits.SequenceEqual(other.Digits) && Alternatives.SequenceEqual(other.Alternatives);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Confidence, Reason);

    /// <summary>Gives the text and how sure it is, e.g. <c>2024 (98.7 %)</c>, and behind it why it was rejected, if it was.</summary>
    public override string ToString() => $"{(Text.Length > 0 ? new StripAlternative(Text, Confidence).ToString() : "nothing")}{(IsAccepted ? "" : $", rejected: {Reason}")}";

    private static ImmutableArray<T> OrEmpty<T>(ImmutableArray<T> values) => values.IsDefault ? [] : values;
}
