using System.Numerics.Tensors;
using LeNet5;
using LeNet5.Training;

/// <summary>A loss of one's own, the cross-entropy of a softmax: E = -log p_D = y_D + log(sum over i of e^-y_i).</summary>
/// <remarks>
/// An output y is a penalty, the smallest of which wins, so it stands for a logit with its sign turned around.
/// This is equation 9 of 1998 without "no character at all": new MaximumPosteriorLoss(double.PositiveInfinity) is the same.
/// </remarks>
internal sealed class SoftmaxLoss : Loss<int>
{
    public override double Evaluate(FeatureMaps output, int target)
    {
        ReadOnlySpan<float> penalties = output.Values;

        // Without the smallest penalty taken out, all the exponentials may vanish together.
        float smallest = TensorPrimitives.Min(penalties);
        double sum = 0;
        foreach (float penalty in penalties)
            sum += Math.Exp(smallest - penalty);

        // An evaluation asks for E alone, and gives no room for derivatives.
        for (int i = 0; i < output.Gradient.Length; i++)
        {
            double posterior = Math.Exp(smallest - penalties[i]) / sum;
            output.Gradient[i] = (float)((i == target ? 1 : 0) - posterior);
            if (!output.Curvature.IsEmpty)
                output.Curvature[i] = (float)(posterior * (1 - posterior));
        }
        return penalties[target] - smallest + Math.Log(sum);
    }
}
