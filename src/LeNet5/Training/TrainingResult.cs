using System.Collections.Immutable;

namespace LeNet5;

/// <summary>How a training ended.</summary>
/// <param name="History">Every epoch that was completed, first to last.</param>
/// <param name="IsComplete">Whether all epochs were; <see langword="false"/> when the training was canceled. The network keeps what it had learnt by then.</param>
public sealed record TrainingResult(ImmutableArray<EpochResult> History, bool IsComplete);
