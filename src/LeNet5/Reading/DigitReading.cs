using System.Globalization;
using LeNet5.Imaging;

namespace LeNet5;

/// <summary>What was read from a picture.</summary>
/// <param name="Label">The digit, or <see langword="null"/> where the picture was rejected.</param>
/// <param name="Posterior">Probability of the best class, 0 to 1, with "no character at all" among the alternatives: equation 9, scaled as <see cref="Calibration"/> says.
/// 0 where the picture had nothing that a network could read.</param>
/// <param name="RunnerUp">The class with the second smallest penalty.</param>
/// <param name="Margin">Penalty of the runner-up less that of the best class, 0 or more. In squared distances between the network's last features and the codes.</param>
/// <param name="Reason">Why the picture was rejected; <see cref="Rejection.None"/> where it was read.</param>
/// <param name="Box">Where in the picture the ink is; <see langword="null"/> where there is none, or where the picture was given in the form of MNIST.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct DigitReading(int? Label, float Posterior, int RunnerUp, float Margin, Rejection Reason, PixelBox? Box = null)
{
    /// <summary>The reading of a picture, from that of the digit found in it: with the digit's place, and rejected where the picture shows that there is no single digit.</summary>
    /// <param name="digit">What <see cref="DigitNormalizer"/> made of the picture.</param>
    public DigitReading InPicture(NormalizedDigit digit)
    {
        ArgumentNullException.ThrowIfNull(digit);
        return digit.Rejection == Rejection.None ? this with { Box = digit.Box } : this with { Label = null, Posterior = 0, Reason = digit.Rejection, Box = digit.Box };
    }

    /// <summary>Gives the digit and its posterior, e.g. <c>7 (99.8 %)</c>, or why the picture was rejected, e.g. <c>rejected: Blank</c>.</summary>
    public override string ToString() => Label is { } label ? string.Create(CultureInfo.InvariantCulture, $"{label} ({100 * Posterior:0.0} %)") : $"rejected: {Reason}";
}
