using System.CommandLine;

namespace LeNet5.Tool;

/// <summary><c>lenet5 inspect</c>: tells what a network is made of and how it was trained.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Command command = new("inspect", "Show a network's layers, how it was trained, and the SHA-256 of its parameters.") { Model.Option, JsonLine.Option };
        command.SetAction(parsed =>
        {
            string? model = parsed.GetValue(Model.Option);
            Network network = Model.Load(model);
            if (parsed.GetValue(JsonLine.Option))
                WriteJson(network, Model.NameOf(model));
            else
                WriteText(network, Model.NameOf(model));
            return 0;
        });
        return command;
    }

    private static void WriteText(Network network, string model)
    {
        ModelMetadata metadata = network.Metadata;
        Console.WriteLine($"{model}\n\n{network}");
        WriteRow("recipe", metadata.Recipe);
        WriteRow("settings", metadata.Settings, divide: true);
        WriteRow("initial seed", metadata.InitialSeed);
        WriteRow("training seed", metadata.TrainingSeed);
        WriteRow("trained on", metadata.TrainedOn);
        WriteRow("j", metadata.RubbishPenalty);
        if (metadata.Calibration is not null || metadata.StripCalibration is null)
            WriteRow("calibration", metadata.Calibration is { } calibration ? Model.Describe(calibration) : null);
        if (metadata.StripCalibration is { } strips)
            WriteRow("for strings", Model.Describe(strips));
        WriteRow("SHA-256", Model.HashOf(network));
        if (metadata.History.IsEmpty)
            return;
        Console.WriteLine($"\n{EpochFormat.Header}");
        foreach (EpochResult epoch in metadata.History)
            Console.WriteLine(EpochFormat.Row(epoch));

        static void WriteRow(string name, object? value, bool divide = false)
        {
            string text = Failure.Printable(value?.ToString() ?? "unknown");
            Console.WriteLine($"{name,-13}  {(divide ? text.Replace("; ", $"\n{"",15}", StringComparison.Ordinal) : text)}");
        }
    }

    private static void WriteJson(Network network, string model) => JsonLine.Write(writer =>
    {
        ModelMetadata metadata = network.Metadata;
        writer.WriteString("model", model);
        writer.WriteString("input", network.InputShape.ToString());
        writer.WriteStartArray("layers");
        Shape shape = network.InputShape;
        foreach (Layer layer in network.Layers)
        {
            writer.WriteStartObject();
            writer.WriteString("name", layer.Name);
            writer.WriteString("type", layer.GetType().Name);
            writer.WriteString("output", layer.OutputShape(shape).ToString());
            writer.WriteNumber("parameters", layer.ParameterCount);
            writer.WriteNumber("connections", layer.ConnectionCount(shape));
            writer.WriteEndObject();
            shape = layer.OutputShape(shape);
        }
        writer.WriteEndArray();
        writer.WriteNumber("parameter_count", network.ParameterCount);
        writer.WriteStartObject("metadata");
        if (metadata.InitialSeed is { } initialSeed)
            writer.WriteNumber("initial_seed", initialSeed);
        if (metadata.Recipe is { } recipe)
            writer.WriteString("recipe", recipe);
        if (metadata.Settings is { } settings)
            writer.WriteString("settings", settings);
        if (metadata.TrainingSeed is { } trainingSeed)
            writer.WriteNumber("training_seed", trainingSeed);
        if (metadata.TrainedOn is { } machine)
            writer.WriteString("trained_on", machine);
        if (metadata.RubbishPenalty is { } penalty && double.IsFinite(penalty))
            writer.WriteNumber("rubbish_penalty", penalty);
        if (metadata.Calibration is { } calibration)
            Model.WriteCalibration(writer, calibration);
        if (metadata.StripCalibration is { } strips)
            Model.WriteCalibration(writer, strips, "strip_calibration");
        writer.WriteEndObject();
        writer.WriteStartArray("history");
        foreach (EpochResult epoch in metadata.History)
        {
            writer.WriteStartObject();
            EpochFormat.WriteMembers(writer, epoch);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("parameters_sha256", Model.HashOf(network));
    });
}
