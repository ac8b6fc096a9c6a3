using LeNet5.Imaging;

namespace LeNet5.Tool;

/// <summary>What was read from a picture file.</summary>
/// <param name="Digit">What the picture was made into.</param>
/// <param name="Reading">What was read.</param>
/// <param name="Penalties">The penalty of each class.</param>
/// <param name="Text">The symbol that was read, or why there is none.</param>
internal sealed record PictureReading(NormalizedDigit Digit, DigitReading Reading, float[] Penalties, string Text)
{
    /// <summary>Whether a symbol was read.</summary>
    public bool IsAccepted => Reading.Reason == Rejection.None;
}
