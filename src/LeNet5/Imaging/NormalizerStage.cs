namespace LeNet5.Imaging;

/// <summary>What <see cref="DigitNormalizer"/> or <see cref="StripNormalizer"/> has made of a picture at one of its stages, for a person to look at.</summary>
/// <param name="Name">What was done, in a few words.</param>
/// <param name="Picture">What came of it.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed record NormalizerStage(string Name, GrayImage Picture);
