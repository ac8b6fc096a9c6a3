namespace LeNet5.Tests.Oracle;

/// <summary>The losses of section II-C in doubles, written as in the paper: no care for penalties beyond some 700, where the exponential underflows.</summary>
internal static class PlainLoss
{
    /// <summary>Equation 8 for one pattern.</summary>
    public static (double Value, double[] Gradient, double[] Curvature) Likelihood(double[] y, int target) =>
        (y[target], [.. y.Select((_, i) => i == target ? 1.0 : 0)], new double[y.Length]);

    /// <summary>Equation 9 for one pattern, with all penalties divided by a temperature, and with the derivatives of its logarithm. The target -1 is
    /// "no character at all".</summary>
    public static (double Value, double[] Gradient, double[] Curvature) Posterior(double[] y, int target, double j, double temperature = 1)
    {
        double sum = Math.Exp(-j / temperature) + y.Sum(penalty => Math.Exp(-penalty / temperature));
        double[] p = [.. y.Select(penalty => Math.Exp(-penalty / temperature) / sum)];
        double correct = target == -1 ? j : y[target];
        return (
            (correct / temperature) + Math.Log(sum),
            [.. p.Select((pi, i) => ((i == target ? 1 : 0) - pi) / temperature)],
            [.. p.Select(pi => pi * (1 - pi) / (temperature * temperature))]);
    }
}
