using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5;

/// <summary>What the outputs of a network say: each is the penalty of a class, and the smallest wins.</summary>
internal static class Penalties
{
    /// <summary>The class of the smallest penalty; the first of equals; -1 where none is a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Smallest(ReadOnlySpan<float> penalties)
    {
        int best = -1;
        float smallest = float.PositiveInfinity;
        for (int i = 0; i < penalties.Length; i++)
        {
            if (penalties[i] < smallest)
            {
                smallest = penalties[i];
                best = i;
            }
        }
        return best;
    }

    /// <summary>Tells that a penalty is no number.</summary>
    public static InvalidOperationException Damaged() => new("A penalty is no number: the network's parameters are damaged. Load or train it again.");

    /// <summary>What equation 9 divides by: the posterior of class i is e^((smallest - y_i) / T) / sum, with e^(-j/T) for "no character at all" in the sum.</summary>
    /// <remarks>The smallest penalty is taken out of the sum, so that the exponentials neither overflow nor vanish together. Where not empty,
    /// <paramref name="exponentials"/> is overwritten by that of each class.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Smallest, double Sum) Normalize(ReadOnlySpan<float> penalties, double j, double temperature, Span<float> exponentials = default)
    {
        double smallest = j;
        foreach (float penalty in penalties)
            smallest = Math.Min(smallest, penalty);
        double sum = Elementary.Exp((smallest - j) / temperature);
        for (int i = 0; i < penalties.Length; i++)
        {
            double exponential = Elementary.Exp((smallest - penalties[i]) / temperature);
            sum += exponential;
            if (!exponentials.IsEmpty)
                exponentials[i] = (float)exponential;
        }
        return (smallest, sum);
    }
}
