namespace LeNet5.Tests.Training;

/// <summary>Keeps all reports; unlike <see cref="Progress{T}"/>, on the thread that makes them.</summary>
internal sealed class Report(Action<TrainingProgress>? then = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> All { get; } = [];

    void IProgress<TrainingProgress>.Report(TrainingProgress value)
    {
        All.Add(value);
        then?.Invoke(value);
    }
}
