namespace LeNet5.Training;

/// <summary>The penalty of the correct class alone: E = y_D (equation 8). For RBF outputs, the squared error of the layer before them.</summary>
/// <remarks>Safe only because the codes are fixed: with codes that learn, all penalties would collapse to 0 together (section II-C). Stateless and therefore thread-safe.</remarks>
public sealed class MaximumLikelihoodLoss : Loss<int>
{
    /// <inheritdoc/>
    public override double Evaluate(FeatureMaps output, int target)
    {
        LabelTarget.Check(output, target);
        if (!output.Gradient.IsEmpty)
        {
            output.Gradient.Clear();
            output.Gradient[target] = 1;
        }
        output.Curvature.Clear();
        return output.Values[target];
    }

    /// <summary>Names the loss.</summary>
    public override string ToString() => "equation 8";
}
