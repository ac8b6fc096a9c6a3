namespace LeNet5.Training;

/// <summary>The trained network is an average of what the parameters were at the ends of the last epochs, while training itself goes on from the newest.</summary>
/// <remarks>With equal weights this is stochastic weight averaging (Izmailov and others, 2018), with a decay an exponential moving average. It pays where
/// the learning rate stays high: at a rate that falls to zero the last parameters are nearly their own average. Immutable and therefore thread-safe.</remarks>
public sealed record WeightAveraging
{
    /// <summary>Sets which epochs count.</summary>
    /// <param name="fromEpoch">The first epoch, counted from 1, whose end counts. Until then the newest parameters do.</param>
    /// <param name="decay">What remains of the average in each further epoch, above 0 and below 1; <see langword="null"/> (default) for equal weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public WeightAveraging(int fromEpoch, double? decay = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromEpoch, 1);
        if (decay is { } d && !(d > 0 && d < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay of an average is above 0 and below 1.");
        FromEpoch = fromEpoch;
        Decay = decay;
    }

    /// <summary>The first epoch whose end counts.</summary>
    public int FromEpoch { get; }

    /// <summary>What remains of the average in each further epoch; <see langword="null"/> for equal weights.</summary>
    public double? Decay { get; }

    /// <summary>Names it and its settings.</summary>
    public override string ToString() => $"weights averaged from epoch {FromEpoch} on{(Decay is { } d ? FormattableString.Invariant($", decay {d}") : "")}";

    /// <summary>Takes the parameters at the end of an epoch into the average.</summary>
    internal void Add(int epoch, ReadOnlySpan<float> parameters, Span<float> average)
    {
        if (epoch <= FromEpoch)
        {
            parameters.CopyTo(average);
            return;
        }
        float share = Decay is { } decay ? (float)(1 - decay) : 1f / (epoch - FromEpoch + 1);
        for (int i = 0; i < average.Length; i++)
            average[i] += (parameters[i] - average[i]) * share;
    }
}
