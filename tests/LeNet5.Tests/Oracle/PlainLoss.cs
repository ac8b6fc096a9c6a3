namespace LeNet5.Tests.Oracle;

/// <summary>The losses of section II-C in doubles, written as in the paper: no care for penalties beyond some 700, where the exponential underflows.</summary>
internal static class PlainLoss
{
    /// <summary>Equation 8 for one pattern.</summary>
    public static (double Value, double[] Gradient, double[] Curvature) Likelihood(double[] y, int target) =>
        (y[target], [.. y.Select((_, i) => i == target ? 1.0 : 0)], new double[y.Length]);

    /// <summary>Equation 9 for one pattern, with the derivatives of its logarithm.</summary>
    public static (double Value, double[] Gradient, double[] Curvature) Posterior(double[] y, int target, double j)
    {
        double sum = Math.Exp(-j) + y.Sum(penalty => Math.Exp(-penalty));
        double[] p = [.. y.Select(penalty => Math.Exp(-penalty) / sum)];
        return (y[target] + Math.Log(sum), [.. p.Select((pi, i) => (i == target ? 1 : 0) - pi)], [.. p.Select(pi => pi * (1 - pi))]);
    }
}
