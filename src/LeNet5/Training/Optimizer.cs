namespace LeNet5.Training;

/// <summary>How parameters move along a gradient, where it is not the plain step w -= rate * dE/dw.</summary>
/// <remarks>Derive from it for an optimizer of one's own. As a record it names all its settings, by which a checkpoint knows the recipe it belongs to. Immutable and therefore thread-safe: what it remembers from step to step is a vector that the trainer keeps, and saves in
/// checkpoints. It does arithmetic on vectors and knows no layer.</remarks>
public abstract record Optimizer
{
    /// <summary>Floats that are remembered for so many parameters. They begin as zeros.</summary>
    /// <param name="parameterCount">Number of parameters.</param>
    /// <returns>Number of floats, 0 or more.</returns>
    public abstract int StateLength(int parameterCount);

    /// <summary>Moves the parameters. Allocates nothing, and gives the same bits on every machine if it is to be deterministic.</summary>
    /// <param name="parameters">What is moved.</param>
    /// <param name="gradient">dE/dw, the mean over a batch.</param>
    /// <param name="rates">The learning rate of each parameter in this epoch.</param>
    /// <param name="state">What is remembered, <see cref="StateLength"/> floats.</param>
    /// <param name="step">Number of this step, counted from 1 over all epochs.</param>
    /// <exception cref="ArgumentException">An optimizer of the library is given vectors whose lengths do not belong together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An optimizer of the library is given a step below 1.</exception>
    public abstract void Step(Span<float> parameters, ReadOnlySpan<float> gradient, ReadOnlySpan<float> rates, Span<float> state, long step);

    private protected void Check(int parameterCount, int gradientLength, int rateCount, int stateLength, long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        if (gradientLength != parameterCount || rateCount != parameterCount || stateLength != StateLength(parameterCount))
            throw new ArgumentException($"{parameterCount} parameters have as many derivatives and rates and a state of {StateLength(parameterCount)}, but there are {gradientLength}, {rateCount} and {stateLength}.");
    }
}
