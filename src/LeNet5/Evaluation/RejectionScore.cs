namespace LeNet5;

/// <summary>What tells a sure reading from an unsure one.</summary>
public enum RejectionScore
{
    /// <summary>The posterior of the answer, with "no character at all" among the alternatives: <see cref="DigitReading.Posterior"/> (equation 9).</summary>
    Posterior,

    /// <summary>How much farther the runner-up is: <see cref="DigitReading.Margin"/>. Figure 10 of the paper rejects by the gap between the two best classes.</summary>
    Margin,
}
