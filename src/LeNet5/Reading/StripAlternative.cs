using System.Globalization;

namespace LeNet5;

/// <summary>A string that a picture may show.</summary>
/// <param name="Text">The digits.</param>
/// <param name="Confidence">Its probability, 0 to 1.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct StripAlternative(string Text, float Confidence)
{
    /// <summary>Gives the digits and their probability, e.g. <c>2024 (98.7 %)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text} ({100 * Confidence:0.0} %)");
}
