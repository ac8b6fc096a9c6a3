using System.Globalization;

namespace LeNet5.Tool;

/// <summary>Comma-separated values as in RFC 4180, a record a file.</summary>
internal sealed class CsvReadings : ReadingFormat
{
    public const string Header = "file,reading,confidence,accepted,reason,error";

    public override void Begin(string[] files) => Console.WriteLine(Header);

    public override void Write(string file, PictureReading picture)
    {
        string confidence = picture.Reading.Posterior.ToString(CultureInfo.InvariantCulture);
        if (picture.IsAccepted)
            WriteRecord(file, picture.Text, confidence, "true", "", "");
        else
            WriteRecord(file, "", confidence, "false", picture.Text, "");
    }

    public override void Write(string file, StripReading reading) => WriteRecord(
        file,
        reading.Text,
        reading.Confidence.ToString(CultureInfo.InvariantCulture),
        reading.IsAccepted ? "true" : "false",
        reading.IsAccepted ? "" : ReadCommand.Describe(reading.Reason),
        "");

    public override void WriteError(string file, string message) => WriteRecord(file, "", "", "", "", message);

    private static void WriteRecord(params string[] fields) => Console.WriteLine(string.Join(',', fields.Select(Quote)));

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
