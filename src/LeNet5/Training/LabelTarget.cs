namespace LeNet5.Training;

/// <summary>What losses with a class label for a target have in common.</summary>
internal static class LabelTarget
{
    /// <summary>The target of a picture that is no character.</summary>
    public const int Rubbish = -1;

    /// <exception cref="ArgumentException">The output has several positions, or no such class.</exception>
    public static void Check(FeatureMaps output, int target, bool takesRubbish = false)
    {
        if (output.Shape.Plane != 1)
            throw new ArgumentException($"A label is the target of one position, but the output is {output.Shape}. Use an input of the size that the network was made for.", nameof(output));
        if ((uint)target >= (uint)output.Shape.Maps && !(takesRubbish && target == Rubbish))
            throw new ArgumentOutOfRangeException(nameof(target), target, $"The output has classes 0 to {output.Shape.Maps - 1}{(takesRubbish ? $", and {Rubbish} stands for no character at all" : "")}.");
    }
}
