using LeNet5.Imaging;

namespace LeNet5.Tool;

/// <summary>What came of a picture file.</summary>
/// <param name="File">Its path, as given.</param>
/// <param name="Reading">What was read.</param>
/// <param name="Digit">What the picture was made into; <see langword="null"/> where it could not be loaded.</param>
/// <param name="Penalties">The penalty of each class.</param>
/// <param name="Error">Why it could not be loaded; otherwise <see langword="null"/>.</param>
internal sealed record ReadingOutcome(string File, DigitReading Reading, NormalizedDigit? Digit, float[] Penalties, string? Error);
