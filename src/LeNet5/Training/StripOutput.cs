namespace LeNet5.Training;

/// <summary>What losses on strips have in common.</summary>
internal static class StripOutput
{
    /// <exception cref="ArgumentException">The output is no row of columns.</exception>
    public static void Check(FeatureMaps output)
    {
        if (output.Shape.Height != 1 || output.Shape.Maps < 2)
            throw new ArgumentException($"A strip's output is a row of columns with at least one class and the blank, but this one is {output.Shape}. Use an input as high as the network was made for.", nameof(output));
    }
}
