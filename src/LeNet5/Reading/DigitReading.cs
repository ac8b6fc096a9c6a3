namespace LeNet5;

/// <summary>What was read from a picture.</summary>
/// <param name="Label">The digit, or <see langword="null"/> where the picture was rejected.</param>
/// <param name="Posterior">Probability of the best class, 0 to 1, with "no character at all" among the alternatives: equation 9, scaled as <see cref="Calibration"/> says.</param>
/// <param name="RunnerUp">The class with the second smallest penalty.</param>
/// <param name="Margin">Penalty of the runner-up less that of the best class, 0 or more. In squared distances between the network's last features and the codes.</param>
/// <param name="Reason">Why the picture was rejected; <see cref="Rejection.None"/> where it was read.</param>
public readonly record struct DigitReading(int? Label, float Posterior, int RunnerUp, float Margin, Rejection Reason);
