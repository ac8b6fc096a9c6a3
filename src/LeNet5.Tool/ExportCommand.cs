using System.CommandLine;

namespace LeNet5.Tool;

/// <summary><c>lenet5 export</c>: writes a network for other programs.</summary>
internal static class ExportCommand
{
    private const string Onnx = "onnx";
    private const string Safetensors = "safetensors";

    public static Command Create()
    {
        WordOption<string> format = new(
            "--format",
            "onnx: the whole network, for runtimes of ONNX; safetensors: its tensors by name, for other libraries (the library's own format, in which --model takes it back)",
            Onnx,
            Safetensors)
        {
            DefaultValueFactory = _ => Onnx,
        };
        Option<string> output = new("--out") { HelpName = "FILE", Description = "Where to save it", Required = true };

        Command command = new("export", "Write a network for other programs.") { Model.Option, format, output, JsonLine.Option };
        command.SetAction(parsed => Run(parsed.GetValue(Model.Option), parsed.GetRequiredValue(format), parsed.GetRequiredValue(output), parsed.GetValue(JsonLine.Option)));
        return command;
    }

    private static int Run(string? model, string format, string file, bool json)
    {
        OutputFile.CheckWritable(file, "--out");
        Network network = Model.Load(model);
        if (format == Onnx)
            OnnxModel.Save(network, file);
        else
            network.Save(file);

        long length = new FileInfo(file).Length;
        if (!json)
        {
            Console.WriteLine(FormattableString.Invariant($"{Model.NameOf(model)} saved as {format} in {file}, {length:N0} bytes"));
            return 0;
        }
        JsonLine.Write(writer =>
        {
            writer.WriteString("model", Model.NameOf(model));
            writer.WriteString("format", format);
            writer.WriteString("file", file);
            writer.WriteNumber("bytes", length);
            writer.WriteString("parameters_sha256", Model.HashOf(network));
        });
        return 0;
    }
}
