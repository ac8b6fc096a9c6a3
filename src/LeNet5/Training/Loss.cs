namespace LeNet5.Training;

/// <summary>What training makes small: a function E of the output and of what it should have been.</summary>
/// <typeparam name="TTarget">What the output should have been: a class label, or anything else.</typeparam>
/// <remarks>Derive from it for a loss of one's own, and let <see cref="object.ToString"/> name all its settings: by that a checkpoint knows the recipe it belongs to.
/// Stateless and therefore thread-safe.</remarks>
public abstract class Loss<TTarget>
{
    /// <summary>Computes E and its derivatives by the output.</summary>
    /// <param name="output">The values are read. Where not empty, the gradient is overwritten by dE/dy and the curvature by d2E/dy2.</param>
    /// <param name="target">What the output should have been.</param>
    /// <returns>E, 0 or more for the losses of the paper.</returns>
    /// <exception cref="ArgumentException">The target does not fit the output.</exception>
    public abstract double Evaluate(FeatureMaps output, TTarget target);

    /// <summary>The penalty j of an implicit class "no character at all" (equation 9), or <see langword="null"/> where the loss has none.</summary>
    public virtual double? RubbishPenalty => null;
}
