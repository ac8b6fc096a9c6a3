using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeNet5.Training;

/// <summary>Gradient descent with momentum: v = c v + dE/dw, w -= rate * v.</summary>
/// <remarks>A constant gradient moves the parameters 1 / (1 - c) times as fast as without: divide the rate by as much. Immutable and therefore thread-safe.</remarks>
public sealed record Momentum : Optimizer
{
    /// <summary>Sets the coefficient.</summary>
    /// <param name="coefficient">c, the share of the old velocity that is kept, from 0 to below 1. Default: 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public Momentum(double coefficient = 0.9)
    {
        if (!(coefficient >= 0 && (float)coefficient < 1))
            throw new ArgumentOutOfRangeException(nameof(coefficient), coefficient, "The coefficient of momentum is from 0 to below 1.");
        Coefficient = coefficient;
    }

    /// <summary>The share of the old velocity that is kept.</summary>
    public double Coefficient { get; }

    /// <inheritdoc/>
    public override int StateLength(int parameterCount) => parameterCount;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient, ReadOnlySpan<float> rates, Span<float> state, long step)
    {
        Check(parameters.Length, gradient.Length, rates.Length, state.Length, step);
        float kept = (float)Coefficient;
        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        ReadOnlySpan<Vector<float>> r = MemoryMarshal.Cast<float, Vector<float>>(rates);
        Span<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(state);
        for (int i = 0; i < w.Length; i++)
        {
            v[i] = (v[i] * kept) + g[i];
            w[i] -= r[i] * v[i];
        }
        for (int i = w.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            state[i] = (state[i] * kept) + gradient[i];
            parameters[i] -= rates[i] * state[i];
        }
    }

    /// <summary>Names it and its coefficient.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"momentum {Coefficient}");
}
