namespace LeNet5.Training;

/// <summary>What losses on strips have in common.</summary>
internal static class StripOutput
{
    /// <exception cref="ArgumentException">The output is no row of columns, or a label is no class of a character.</exception>
    public static void Check(FeatureMaps output, StripTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (output.Shape.Height != 1 || output.Shape.Maps < 2)
            throw new ArgumentException($"A strip's output is a row of columns with at least one class and the blank, but this one is {output.Shape}. Use an input as high as the network was made for.", nameof(output));
        int blank = output.Shape.Maps - 1;
        foreach (int label in target.Labels)
        {
            if ((uint)label >= (uint)blank)
                throw new ArgumentException($"The output has the characters 0 to {blank - 1} and the blank, but the string contains {label}.", nameof(target));
        }
    }
}
