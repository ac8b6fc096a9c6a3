namespace LeNet5;

/// <summary>What one epoch of training gave.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="LearningRate">The global learning rate of the epoch.</param>
/// <param name="Loss">Mean loss over the epoch, each sample's measured before its update.</param>
/// <param name="TrainingErrorRate">Share of samples that were misread before their update, 0 to 1.</param>
/// <param name="TestErrorRate">Error rate on the test set after the epoch, 0 to 1; <see langword="null"/> where none was given.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct EpochResult(int Epoch, double LearningRate, double Loss, double TrainingErrorRate, double? TestErrorRate)
{
    /// <summary>Gives number, loss and errors, e.g. <c>epoch 3: loss 0.0124, training error 1.25 %, test error 1.10 %</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"epoch {Epoch}: loss {Loss:0.0000}, training error {100 * TrainingErrorRate:0.00} %")
        + (TestErrorRate is { } rate ? FormattableString.Invariant($", test error {100 * rate:0.00} %") : "");
}
