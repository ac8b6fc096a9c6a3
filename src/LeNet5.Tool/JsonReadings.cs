namespace LeNet5.Tool;

/// <summary>A JSON object a line with all there is to know.</summary>
internal sealed class JsonReadings : ReadingFormat
{
    public override void Write(ReadingOutcome outcome) => JsonLine.Write(writer =>
    {
        writer.WriteString("file", outcome.File);
        if (outcome.Digit is not { } digit)
        {
            writer.WriteString("error", outcome.Error);
            return;
        }
        DigitReading reading = outcome.Reading;
        bool accepted = reading.Reason == Rejection.None;
        writer.WriteString("reading", ReadingOf(outcome));
        writer.WriteNumber("confidence", reading.Posterior);
        writer.WriteBoolean("accepted", accepted);
        if (!accepted)
            writer.WriteString("reason", ReadCommand.Describe(reading));
        writer.WriteNumber("runner_up", reading.RunnerUp);
        writer.WriteNumber("margin", reading.Margin);
        writer.WriteStartArray("penalties");
        foreach (float penalty in outcome.Penalties)
            writer.WriteNumberValue(penalty);
        writer.WriteEndArray();
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
    });
}
