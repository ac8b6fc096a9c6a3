using System.Text.Json;
using LeNet5.Imaging;

namespace LeNet5.Tool;

/// <summary>A JSON object a file with all there is to know.</summary>
internal sealed class JsonReadings : ReadingFormat
{
    public override void Write(string file, PictureReading picture) => JsonLine.Write(writer =>
    {
        writer.WriteString("file", file);
        WriteReading(writer, picture);
        WriteDigit(writer, picture.Digit);
    });

    public override void WriteError(string file, string message) => JsonLine.Write(writer =>
    {
        writer.WriteString("file", file);
        writer.WriteString("error", message);
    });

    private static void WriteReading(Utf8JsonWriter writer, PictureReading picture)
    {
        DigitReading reading = picture.Reading;
        writer.WriteString("reading", picture.IsAccepted ? picture.Text : "");
        writer.WriteNumber("confidence", reading.Posterior);
        writer.WriteBoolean("accepted", picture.IsAccepted);
        if (!picture.IsAccepted)
            writer.WriteString("reason", picture.Text);
        writer.WriteNumber("runner_up", reading.RunnerUp);
        // JSON has no number for an infinite penalty, to which codes of one's own may lead.
        if (float.IsFinite(reading.Margin))
            writer.WriteNumber("margin", reading.Margin);
        writer.WriteStartArray("penalties");
        foreach (float penalty in picture.Penalties)
        {
            if (float.IsFinite(penalty))
                writer.WriteNumberValue(penalty);
            else
                writer.WriteNullValue();
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes where the digit was found and what was done to bring it into the form of MNIST.</summary>
    private static void WriteDigit(Utf8JsonWriter writer, NormalizedDigit digit)
    {
        if (digit.Box is { } box)
        {
            writer.WriteStartObject("box");
            writer.WriteNumber("left", box.Left);
            writer.WriteNumber("top", box.Top);
            writer.WriteNumber("width", box.Width);
            writer.WriteNumber("height", box.Height);
            writer.WriteEndObject();
        }
        writer.WriteString("ink", digit.DarkInk ? "dark" : "light");
        writer.WriteNumber("contrast", digit.Contrast);
        writer.WriteNumber("threshold", digit.Threshold);
        writer.WriteNumber("noise", digit.Noise);
        writer.WriteNumber("scale", digit.Scale);
        writer.WriteNumber("stroke_width", digit.StrokeWidth);
        writer.WriteNumber("stroke_change", digit.StrokeChange);
        writer.WriteNumber("rules", digit.RuleCount);
        writer.WriteNumber("specks", digit.SpeckCount);
        writer.WriteStartArray("warnings");
        foreach (string warning in digit.Warnings)
            writer.WriteStringValue(warning);
        writer.WriteEndArray();
    }
}
