using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5.Training;

/// <summary>The discriminative loss: E = y_D + log(e^-j + sum over i of e^-y_i) (equation 9). It pulls the penalty of the correct class down and
/// pushes those of the others up.</summary>
/// <remarks>
/// The posterior of class i is e^-y_i / (e^-j + sum of e^-y_k), and e^-j belongs to a class "no character at all". Penalties far above j are pushed no further.
/// With the target <see cref="Rubbish"/> that class is the correct one, E = j + log(e^-j + sum over i of e^-y_i): all penalties are pushed up.
/// Immutable, safe for any number of threads. Section II-C.
/// </remarks>
public sealed class MaximumPosteriorLoss : Loss<int>
{
    /// <summary>The target of a picture that is no character at all. It wants a finite <see cref="J"/>.</summary>
    public const int Rubbish = LabelTarget.Rubbish;

    /// <summary>Sets the margin.</summary>
    /// <param name="j">The penalty of the class "no character at all"; positive infinity for none. The paper gives no value; <c>docs/results.md</c>
    /// tells how the default of 5 was chosen.</param>
    /// <param name="temperature">Divides all penalties and j before the exponential, E = y_D / T + log(e^(-j/T) + sum over i of e^(-y_i/T)); positive.
    /// Default: 1, as in the paper. Large ones let more of the wrong classes take part.</param>
    /// <exception cref="ArgumentOutOfRangeException">j is not a number, or negative infinity; or the temperature is not positive.</exception>
    public MaximumPosteriorLoss(double j = 5, double temperature = 1)
    {
        if (!(temperature > 0) || !double.IsFinite(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature of penalties is positive.");
        if (double.IsNaN(j) || double.IsNegativeInfinity(j))
            throw new ArgumentOutOfRangeException(nameof(j), j, "The margin j is a number or positive infinity.");
        J = j;
        Temperature = temperature;
    }

    /// <summary>The penalty of the class "no character at all".</summary>
    public double J { get; }

    /// <summary>What penalties are divided by before the exponential.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public override double? RubbishPenalty => J;

    /// <summary>Computes E; dE/dy_i = ([i is the target] - p_i) / T and d2E/dy_i2 = p_i (1 - p_i) / T^2, with p_i the posterior.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Evaluate(FeatureMaps output, int target)
    {
        LabelTarget.Check(output, target, takesRubbish: double.IsFinite(J));
        ReadOnlySpan<float> penalties = output.Values;
        (double smallest, double sum) = Penalties.Normalize(penalties, J, Temperature, output.Gradient);
        for (int i = 0; i < output.Gradient.Length; i++)
        {
            double posterior = output.Gradient[i] / sum;
            output.Gradient[i] = (float)(((i == target ? 1 : 0) - posterior) / Temperature);
            if (!output.Curvature.IsEmpty)
                output.Curvature[i] = (float)(posterior * (1 - posterior) / (Temperature * Temperature));
        }
        return (((target == Rubbish ? J : penalties[target]) - smallest) / Temperature) + Elementary.Log(sum);
    }

    /// <summary>Names the loss and its margin.</summary>
    public override string ToString() => FormattableString.Invariant($"equation 9, j = {J}{(Temperature == 1 ? "" : $", temperature {Temperature}")}");
}
