using System.Collections.Immutable;
using System.Text.Json;
using LeNet5.Imaging;

namespace LeNet5.Tool;

/// <summary>A JSON object a file with all there is to know.</summary>
/// <param name="withAlternatives">Whether the alternatives of a string were asked for.</param>
internal sealed class JsonReadings(bool withAlternatives) : ReadingFormat
{
    public override void Write(string file, PictureReading picture) => JsonLine.Write(writer =>
    {
        writer.WriteString("file", file);
        WriteReading(writer, picture);
        WriteDigit(writer, picture.Digit);
    });

    public override void Write(string file, StripReading reading) => JsonLine.Write(writer =>
    {
        writer.WriteString("file", file);
        WriteReading(writer, reading);
        if (withAlternatives)
            WriteAlternatives(writer, reading.Alternatives);
        WriteStrip(writer, reading.Strip);
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

    private static void WriteReading(Utf8JsonWriter writer, StripReading reading)
    {
        writer.WriteString("reading", reading.Text);
        writer.WriteNumber("confidence", reading.Confidence);
        writer.WriteBoolean("accepted", reading.IsAccepted);
        if (!reading.IsAccepted)
            writer.WriteString("reason", ReadCommand.Describe(reading.Reason));
        writer.WriteStartArray("digits");
        foreach (StripDigit digit in reading.Digits)
        {
            writer.WriteStartObject();
            writer.WriteNumber("label", digit.Label);
            writer.WriteNumber("confidence", digit.Confidence);
            writer.WriteNumber("position", digit.Position);
            WriteBox(writer, digit.Box);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAlternatives(Utf8JsonWriter writer, ImmutableArray<StripAlternative> alternatives)
    {
        writer.WriteStartArray("alternatives");
        foreach (StripAlternative alternative in alternatives)
        {
            writer.WriteStartObject();
            writer.WriteString("text", alternative.Text);
            writer.WriteNumber("confidence", alternative.Confidence);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes where the digit was found and what was done to bring it into the form of MNIST.</summary>
    private static void WriteDigit(Utf8JsonWriter writer, NormalizedDigit digit)
    {
        if (digit.Box is { } box)
        {
            writer.WriteStartObject("box");
            WriteBox(writer, box);
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
        WriteWarnings(writer, digit.Warnings);
    }

    /// <summary>Writes where the line was found and what was done to bring it into the form that is read.</summary>
    private static void WriteStrip(Utf8JsonWriter writer, NormalizedStrip strip)
    {
        if (strip.Box is { } box)
        {
            writer.WriteStartObject("box");
            WriteBox(writer, box);
            writer.WriteEndObject();
        }
        writer.WriteString("ink", strip.DarkInk ? "dark" : "light");
        writer.WriteNumber("contrast", strip.Contrast);
        writer.WriteNumber("scale", strip.Scale);
        writer.WriteNumber("tilt", strip.Tilt);
        writer.WriteNumber("slant", strip.Slant);
        writer.WriteNumber("slant_change", strip.SlantChange);
        writer.WriteNumber("stroke_width", strip.StrokeWidth);
        writer.WriteNumber("stroke_change", strip.StrokeChange);
        writer.WriteNumber("rules", strip.RuleCount);
        writer.WriteNumber("specks", strip.SpeckCount);
        WriteWarnings(writer, strip.Warnings);
    }

    private static void WriteBox(Utf8JsonWriter writer, PixelBox box)
    {
        writer.WriteNumber("left", box.Left);
        writer.WriteNumber("top", box.Top);
        writer.WriteNumber("width", box.Width);
        writer.WriteNumber("height", box.Height);
    }

    private static void WriteWarnings(Utf8JsonWriter writer, ImmutableArray<string> warnings)
    {
        writer.WriteStartArray("warnings");
        foreach (string warning in warnings)
            writer.WriteStringValue(warning);
        writer.WriteEndArray();
    }
}
