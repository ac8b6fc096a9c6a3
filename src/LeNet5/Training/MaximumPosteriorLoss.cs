using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5.Training;

/// <summary>The discriminative loss: E = y_D + log(e^-j + sum over i of e^-y_i) (equation 9). It pulls the penalty of the correct class down and
/// pushes those of the others up.</summary>
/// <remarks>
/// The posterior of class i is e^-y_i / (e^-j + sum of e^-y_k), and e^-j belongs to a class "no character at all". Penalties far above j are pushed no further.
/// Immutable, safe for any number of threads. Section II-C.
/// </remarks>
public sealed class MaximumPosteriorLoss : Loss<int>
{
    /// <summary>Sets the margin.</summary>
    /// <param name="j">The penalty of the class "no character at all"; positive infinity for none. The paper gives no value; <c>docs/paper-map.md</c>
    /// tells how the default of 5 was chosen.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number, or negative infinity.</exception>
    public MaximumPosteriorLoss(double j = 5)
    {
        if (double.IsNaN(j) || double.IsNegativeInfinity(j))
            throw new ArgumentOutOfRangeException(nameof(j), j, "The margin j is a number or positive infinity.");
        J = j;
    }

    /// <summary>The penalty of the class "no character at all".</summary>
    public double J { get; }

    /// <inheritdoc/>
    public override double? RubbishPenalty => J;

    /// <summary>Computes E; dE/dy_i = [i is the target] - p_i and d2E/dy_i2 = p_i (1 - p_i), with p_i the posterior.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Evaluate(FeatureMaps output, int target)
    {
        LabelTarget.Check(output, target);
        ReadOnlySpan<float> penalties = output.Values;
        (double smallest, double sum) = Penalties.Normalize(penalties, J, output.Gradient);
        for (int i = 0; i < output.Gradient.Length; i++)
        {
            double posterior = output.Gradient[i] / sum;
            output.Gradient[i] = (float)((i == target ? 1 : 0) - posterior);
            if (!output.Curvature.IsEmpty)
                output.Curvature[i] = (float)(posterior * (1 - posterior));
        }
        return penalties[target] - smallest + Elementary.Log(sum);
    }

    /// <summary>Names the loss and its margin.</summary>
    public override string ToString() => FormattableString.Invariant($"equation 9, j = {J}");
}
