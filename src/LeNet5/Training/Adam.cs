using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeNet5.Training;

/// <summary>Adam (Kingma and Ba, 2015), with the weight decay of AdamW (Loshchilov and Hutter, 2019):
/// m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate * (m' / (sqrt(v') + epsilon) + decay * w), with m' = m / (1 - b1^t) and v' = v / (1 - b2^t).</summary>
/// <remarks>A step is about as long as the rate, whatever the size of the gradient: rates of 0.001 and batches of 16 suit this network. Immutable and therefore thread-safe.</remarks>
public sealed record Adam : Optimizer
{
    /// <summary>Sets the constants.</summary>
    /// <param name="beta1">b1, how much of the mean gradient is kept in a step, from 0 to below 1. Default: 0.9.</param>
    /// <param name="beta2">b2, how much of the mean squared gradient is kept in a step, from 0 to below 1. Default: 0.999.</param>
    /// <param name="epsilon">Keeps steps bounded where gradients vanish; positive. Default: 1e-8.</param>
    /// <param name="weightDecay">Share of a weight that a step of rate 1 would take away, 0 or more; for all parameters alike. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
    {
        // As the floats they become: an epsilon that vanishes would divide 0 by 0, and of a beta that rounds to 1 nothing would be left to learn by.
        Check(beta1 >= 0 && (float)beta1 < 1, beta1, "from 0 to below 1");
        Check(beta2 >= 0 && (float)beta2 < 1, beta2, "from 0 to below 1");
        Check((float)epsilon > 0 && float.IsFinite((float)epsilon), epsilon, "a positive float");
        Check(weightDecay >= 0 && float.IsFinite((float)weightDecay), weightDecay, "0 or more");
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
        WeightDecay = weightDecay;

        static void Check(bool good, double value, string range, [CallerArgumentExpression(nameof(value))] string name = "")
        {
            if (!good)
                throw new ArgumentOutOfRangeException(name, value, $"{name} of Adam is {range}.");
        }
    }

    /// <summary>How much of the mean gradient is kept in a step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the mean squared gradient is kept in a step.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps steps bounded where gradients vanish.</summary>
    public double Epsilon { get; }

    /// <summary>Share of a weight that a step of rate 1 would take away.</summary>
    public double WeightDecay { get; }

    /// <inheritdoc/>
    public override int StateLength(int parameterCount) => checked(2 * parameterCount);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient, ReadOnlySpan<float> rates, Span<float> state, long step)
    {
        Check(parameters.Length, gradient.Length, rates.Length, state.Length, step);
        float b1 = (float)Beta1, c1 = 1 - b1, b2 = (float)Beta2, c2 = 1 - b2, epsilon = (float)Epsilon, decay = (float)WeightDecay;
        float meanScale = (float)(1 / (1 - Power(b1, step))), squareScale = (float)(1 / (1 - Power(b2, step)));
        Span<float> means = state[..parameters.Length];
        Span<float> squares = state[parameters.Length..];
        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        ReadOnlySpan<Vector<float>> r = MemoryMarshal.Cast<float, Vector<float>>(rates);
        Span<Vector<float>> m = MemoryMarshal.Cast<float, Vector<float>>(means);
        Span<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(squares);
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = (m[i] * b1) + (g[i] * c1);
            v[i] = (v[i] * b2) + (g[i] * g[i] * c2);
            Vector<float> move = m[i] * meanScale / (Vector.SquareRoot(v[i] * squareScale) + new Vector<float>(epsilon));
            w[i] -= r[i] * (move + (w[i] * decay));
        }
        for (int i = w.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            means[i] = (means[i] * b1) + (gradient[i] * c1);
            squares[i] = (squares[i] * b2) + (gradient[i] * gradient[i] * c2);
            float move = means[i] * meanScale / (MathF.Sqrt(squares[i] * squareScale) + epsilon);
            parameters[i] -= rates[i] * (move + (parameters[i] * decay));
        }
    }

    /// <summary>Names it and its constants.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Adam, beta {Beta1} and {Beta2}, epsilon {Epsilon}, weight decay {WeightDecay}");

    /// <summary>By squaring: the powers of operating systems differ in the last digits.</summary>
    private static double Power(double value, long exponent)
    {
        double result = 1;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result *= value;
            value *= value;
        }
        return result;
    }
}
