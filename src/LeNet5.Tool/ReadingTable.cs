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

    public override void Write(string file, PictureReading picture)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{Printable(file).PadRight(width)}  {picture.Text,-18}{100 * picture.Reading.Posterior,10:0.0} %");
        Console.WriteLine(picture.Digit.Warnings is [] ? line : $"{line}  {string.Join(' ', picture.Digit.Warnings)}");
    }

    public override void WriteError(string file, string message) =>
        errors.Add($"lenet5: {Printable(message.Contains(file, StringComparison.Ordinal) ? message : $"{file}: {message}")}");

    /// <summary>Writes the errors, which the progress bar would have overwritten before.</summary>
    public override void End()
    {
        foreach (string error in errors)
            Console.Error.WriteLine(error);
    }

    /// <summary>A name may hold line ends and commands to a terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
