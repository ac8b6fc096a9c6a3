namespace LeNet5;

/// <summary>How far training has come.</summary>
/// <param name="Epoch">The epoch under way, counted from 1.</param>
/// <param name="EpochCount">Number of epochs.</param>
/// <param name="Sample">Number of samples of this epoch that were presented.</param>
/// <param name="SampleCount">Number of samples in an epoch.</param>
/// <param name="Loss">Mean loss of the epoch so far.</param>
/// <param name="ErrorRate">Share of this epoch's samples misread so far, 0 to 1.</param>
/// <param name="Finished">The result of the epoch, when it has just ended; otherwise <see langword="null"/>.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct TrainingProgress(int Epoch, int EpochCount, int Sample, int SampleCount, double Loss, double ErrorRate, EpochResult? Finished);
