using LeNet5.Imaging;

namespace LeNet5;

/// <summary>One digit of a string.</summary>
/// <param name="Label">0 to 9.</param>
/// <param name="Position">Its middle: column of the picture that was given.</param>
/// <param name="Box">The box around its ink, in the picture that was given. Where digits touch, their boxes meet or overlap.</param>
/// <param name="Confidence">Probability that this digit is here, 0 to 1: the share of all paths that see it. By <see cref="StripMethod.Both"/> it is that in one of the two methods alone,
/// cut where cuts can spell the string, and may be far below the confidence of the string where the other method decided.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct StripDigit(int Label, double Position, PixelBox Box, float Confidence);
