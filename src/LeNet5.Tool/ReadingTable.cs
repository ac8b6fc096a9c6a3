using System.Globalization;

namespace LeNet5.Tool;

/// <summary>A line a file, for a person; errors on standard error.</summary>
internal sealed class ReadingTable : ReadingFormat
{
    private int width;

    public override void Begin(string[] files)
    {
        width = Math.Max("file".Length, files.Length == 0 ? 0 : files.Max(file => file.Length));
        Console.WriteLine($"{"file".PadRight(width)}  reading             confidence");
    }

    public override void Write(ReadingOutcome outcome)
    {
        if (outcome.Error is { } message)
        {
            bool named = message.Contains(Path.GetFileName(outcome.File), StringComparison.Ordinal);
            Console.Error.WriteLine(named ? $"lenet5: {message}" : $"lenet5: {outcome.File}: {message}");
            return;
        }
        string text = string.Create(CultureInfo.InvariantCulture, $"{outcome.File.PadRight(width)}  {ReadCommand.Describe(outcome.Reading),-18}{100 * outcome.Reading.Posterior,10:0.0} %");
        Console.WriteLine(outcome.Digit!.Warnings is [] ? text : $"{text}  {string.Join(' ', outcome.Digit.Warnings)}");
    }
}
