using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5.Training;

/// <summary>The discriminative loss: E = y_D + log(e^-j + sum over i of e^-y_i) (equation 9). It pulls the penalty of the correct class down and
/// pushes those of the others up.</summary>
/// <remarks>
/// The posterior of class i is e^-y_i / (e^-j + sum of e^-y_k), and e^-j belongs to a class "no character at all". Penalties far above j are pushed no further.
/// With the target <see cref="Rubbish"/> that class is the correct one, E = j + log(e^-j + sum over i of e^-y_i): all penalties are pushed up, with
/// <see cref="RubbishJ"/> for j.
/// Immutable and therefore thread-safe. Section II-C.
/// </remarks>
public sealed class MaximumPosteriorLoss : Loss<int>
{
    /// <summary>The target of a picture that is no character at all. It wants a finite <see cref="RubbishJ"/>.</summary>
    public const int Rubbish = LabelTarget.Rubbish;

    /// <summary>Sets the margin.</summary>
    /// <param name="j">The penalty of the class "no character at all"; positive infinity for none. The paper gives no value; <c>docs/results.md</c>
    /// tells how the default of 5 was chosen.</param>
    /// <param name="temperature">Divides all penalties and j before the exponential, E = y_D / T + log(e^(-j/T) + sum over i of e^(-y_i/T)); positive.
    /// Default: 1, as in the paper. Large ones let more of the wrong classes take part.</param>
    /// <param name="rubbishJ">The penalty of "no character at all" where that is the target; <see langword="null"/> for j. A larger one pushes rubbish farther
    /// away than digits need to be from each other.</param>
    /// <exception cref="ArgumentOutOfRangeException">j or rubbishJ is not a number, or negative infinity; or the temperature is not positive.</exception>
    public MaximumPosteriorLoss(double j = 5, double temperature = 1, double? rubbishJ = null)
    {
        if (!(temperature > 0) || !double.IsFinite(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature of penalties is positive.");
        if (double.IsNaN(j) || double.IsNegativeInfinity(j))
            throw new ArgumentOutOfRangeException(nameof(j), j, "The margin j is a number or positive infinity.");
        if (rubbishJ is { } margin && !double.IsFinite(margin))
            throw new ArgumentOutOfRangeException(nameof(rubbishJ), rubbishJ, "The margin of rubbish is a finite number.");
        J = j;
        RubbishJ = rubbishJ ?? j;
        Temperature = temperature;
    }

    /// <summary>The penalty of the class "no character at all".</summary>
    public double J { get; }

    /// <summary>The penalty of the class "no character at all" where that class is the target.</summary>
    public double RubbishJ { get; }

    /// <summary>What penalties are divided by before the exponential.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public override double? RubbishPenalty => J;

    /// <summary>Computes E; dE/dy_i = ([i is the target] - p_i) / T and d2E/dy_i2 = p_i (1 - p_i) / T^2, with p_i the posterior.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Evaluate(FeatureMaps output, int target)
    {
        LabelTarget.Check(output, target, takesRubbish: double.IsFinite(RubbishJ));
        ReadOnlySpan<float> penalties = output.Values;
        double j = target == Rubbish ? RubbishJ : J;
        (double smallest, double sum) = Penalties.Normalize(penalties, j, Temperature, output.Gradient);
        for (int i = 0; i < output.Gradient.Length; i++)
        {
            double posterior = output.Gradient[i] / sum;
            output.Gradient[i] = (float)(((i == target ? 1 : 0) - posterior) / Temperature);
            if (!output.Curvature.IsEmpty)
                output.Curvature[i] = (float)(posterior * (1 - posterior) / (Temperature * Temperature));
        }
        return (((target == Rubbish ? j : penalties[target]) - smallest) / Temperature) + Elementary.Log(sum);
    }

    /// <summary>Names the loss and its margin.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"equation 9, j = {J}")
        + (RubbishJ == J ? "" : FormattableString.Invariant($", {RubbishJ} for rubbish"))
        + (Temperature == 1 ? "" : FormattableString.Invariant($", temperature {Temperature}"));
}
