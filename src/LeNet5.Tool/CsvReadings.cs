using System.Globalization;

namespace LeNet5.Tool;

/// <summary>Comma-separated values as in RFC 4180.</summary>
internal sealed class CsvReadings : ReadingFormat
{
    public override void Begin(string[] files) => Console.WriteLine("file,reading,confidence,accepted,reason,error");

    public override void Write(ReadingOutcome outcome)
    {
        bool accepted = outcome.Error is null && outcome.Reading.Reason == Rejection.None;
        string[] fields = outcome.Error is { } error
            ? [outcome.File, "", "", "", "", error]
            : [outcome.File, ReadingOf(outcome), outcome.Reading.Posterior.ToString(CultureInfo.InvariantCulture), accepted ? "true" : "false", accepted ? "" : ReadCommand.Describe(outcome.Reading), ""];
        Console.WriteLine(string.Join(',', fields.Select(Quote)));
    }

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
