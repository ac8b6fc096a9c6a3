namespace LeNet5.Tool;

/// <summary>How readings are written: results to standard output, and nothing else there.</summary>
internal abstract class ReadingFormat
{
    /// <summary>Writes what stands above the readings.</summary>
    public virtual void Begin(string[] files)
    {
    }

    /// <summary>Writes what was read from a file.</summary>
    public abstract void Write(string file, PictureReading picture);

    /// <summary>Writes which string was read from a file.</summary>
    public abstract void Write(string file, StripReading reading);

    /// <summary>Writes why a file could not be read.</summary>
    public abstract void WriteError(string file, string message);

    /// <summary>Writes what stands below the readings.</summary>
    public virtual void End()
    {
    }
}
