namespace LeNet5.Tool;

/// <summary>How readings are written to standard output.</summary>
internal abstract class ReadingFormat
{
    /// <summary>Writes what stands above the readings.</summary>
    public virtual void Begin(string[] files)
    {
    }

    /// <summary>Writes what came of a file.</summary>
    public abstract void Write(ReadingOutcome outcome);

    protected static string ReadingOf(ReadingOutcome outcome) => outcome.Reading.Reason == Rejection.None ? ReadCommand.Describe(outcome.Reading) : "";
}
