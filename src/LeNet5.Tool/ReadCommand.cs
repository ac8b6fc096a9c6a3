using System.CommandLine;
using System.Globalization;

namespace LeNet5.Tool;

/// <summary><c>lenet5 read</c>: reads one digit from each picture.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Pictures of 28x28 pixels as in MNIST, PNG or PGM: the digit about 20 pixels high, its centre of mass in the middle",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("read", "Read handwritten digits from picture files.") { files, Model.Option, JsonLine.Option };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), parsed.GetValue(Model.Option), parsed.GetValue(JsonLine.Option)));
        return command;
    }

    /// <summary>What was read: the digit, or why there is none.</summary>
    public static string Describe(DigitReading reading) => reading.Reason switch
    {
        Rejection.Blank => "blank",
        Rejection.NotADigit => "not a digit",
        _ => reading.Label!.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static int Run(string[] files, string? model, bool json)
    {
        DigitReader reader = new(Model.Load(model));
        float[] penalties = new float[reader.ClassCount];
        int width = "file".Length;
        foreach (string file in files)
            width = Math.Max(width, file.Length);
        if (!json)
            Console.WriteLine($"{"file".PadRight(width)}  reading      confidence");

        int exitCode = 0;
        foreach (string file in files)
        {
            try
            {
                DigitReading reading = reader.Read(GrayImage.Load(file), penalties);
                if (json)
                    WriteJson(file, reading, penalties);
                else
                    Console.WriteLine($"{file.PadRight(width)}  {Describe(reading),-11}{100 * reading.Posterior,10:0.0} %");
            }
            catch (Exception e) when (Failure.IsExpected(e))
            {
                exitCode = 1;
                string message = Failure.Describe(e);
                if (json)
                    JsonLine.Write(writer =>
                    {
                        writer.WriteString("file", file);
                        writer.WriteString("error", message);
                    });
                else
                    Console.Error.WriteLine(message.Contains(Path.GetFileName(file), StringComparison.Ordinal)
                        ? $"lenet5: {message}"
                        : $"lenet5: {file}: {message}");
            }
        }
        return exitCode;
    }

    private static void WriteJson(string file, DigitReading reading, float[] penalties) => JsonLine.Write(writer =>
    {
        bool accepted = reading.Reason == Rejection.None;
        writer.WriteString("file", file);
        writer.WriteString("reading", accepted ? Describe(reading) : "");
        writer.WriteNumber("confidence", reading.Posterior);
        writer.WriteBoolean("accepted", accepted);
        if (!accepted)
            writer.WriteString("reason", Describe(reading));
        writer.WriteNumber("runner_up", reading.RunnerUp);
        writer.WriteNumber("margin", reading.Margin);
        writer.WriteStartArray("penalties");
        foreach (float penalty in penalties)
            writer.WriteNumberValue(penalty);
        writer.WriteEndArray();
    });
}
