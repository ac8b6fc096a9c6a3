using System.Collections.Immutable;

namespace LeNet5;

/// <summary>How a training ended.</summary>
/// <param name="History">Every epoch that was completed, first to last.</param>
/// <param name="IsComplete">Whether all epochs were; <see langword="false"/> when the training was canceled. The network keeps what it had learnt by then.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed record TrainingResult(ImmutableArray<EpochResult> History, bool IsComplete)
{
    /// <summary>Whether the history is the same, epoch by epoch, and as complete.</summary>
    /// <param name="other">The other result.</param>
    public bool Equals(TrainingResult? other) => other is not null && IsComplete == other.IsComplete && History.AsSpan().SequenceEqual(other.History.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsComplete, History.IsDefaultOrEmpty ? default : History[^1]);

    /// <summary>Gives the number of epochs and what the last of them gave.</summary>
    public override string ToString() => $"{(IsComplete ? "trained" : "canceled")}{(History.IsDefaultOrEmpty ? " before the end of an epoch" : $": {History[^1]}")}";
}
