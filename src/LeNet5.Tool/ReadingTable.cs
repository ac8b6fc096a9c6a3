using System.Collections.Immutable;
using System.Globalization;

namespace LeNet5.Tool;

/// <summary>A line a file, for a person; errors on standard error.</summary>
internal sealed class ReadingTable : ReadingFormat
{
    private readonly List<string> errors = [];
    private int width;

    public override void Begin(string[] files)
    {
        width = Math.Max("file".Length, files.Max(file => file.Length));
        Console.WriteLine($"{"file".PadRight(width)}  reading             confidence");
    }

    public override void Write(string file, PictureReading picture) => WriteLine(file, picture.Text, picture.Reading.Posterior, picture.Digit.Warnings);

    /// <summary>Writes the string, and below it those that it may be instead.</summary>
    public override void Write(string file, StripReading reading)
    {
        string reason = ReadCommand.Describe(reading.Reason);
        if (reading.Text == "")
            WriteLine(file, reason, reading.Confidence, reading.Strip.Warnings);
        else
            WriteLine(file, reading.Text, reading.Confidence, reading.IsAccepted ? reading.Strip.Warnings : [$"Rejected: {reason}.", .. reading.Strip.Warnings]);
        foreach (StripAlternative alternative in reading.Alternatives.Skip(1))
            WriteLine("", alternative.Text, alternative.Confidence, []);
    }

    public override void WriteError(string file, string message) =>
        errors.Add($"lenet5: {Failure.Printable(message.Contains(file, StringComparison.Ordinal) ? message : $"{file}: {message}")}");

    /// <summary>Writes the errors, which the progress bar would have overwritten before.</summary>
    public override void End()
    {
        foreach (string error in errors)
            Console.Error.WriteLine(error);
    }

    private void WriteLine(string file, string text, double confidence, ImmutableArray<string> warnings)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{Failure.Printable(file).PadRight(width)}  {text,-18}{100 * confidence,10:0.0} %");
        Console.WriteLine(warnings is [] ? line : $"{line}  {string.Join(' ', warnings)}");
    }
}
