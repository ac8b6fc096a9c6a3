using System.Runtime.InteropServices.JavaScript;
using System.Text.Json;
using LeNet5;
using LeNet5.Imaging;

namespace VisualGuide;

/// <summary>The digit of the page: what the embedded network makes of it, layer by layer.</summary>
internal static partial class Digit
{
    private static readonly Network Network = PretrainedModels.Digits;
    private static readonly Calibration Calibration = Network.Metadata.Calibration ?? Calibration.Default;
    private static readonly Workspace Workspace = Network.CreateWorkspace(keepSums: true);
    private static byte[] pixels = new byte[28 * 28];

    /// <summary>The layers, their shapes and parameters.</summary>
    [JSExport]
    internal static string Describe() => Json.Object(json =>
    {
        json.WriteString("symbols", Network.Codes!.Symbols);
        json.WriteNumber("parameters", Network.ParameterCount);
        json.WriteNumber("connections", Network.ConnectionCount);
        json.WriteStartArray("layers");
        Shape shape = Network.InputShape;
        Write(json, "Input", "input", shape, null);
        foreach (Layer layer in Network.Layers)
        {
            shape = layer.OutputShape(shape);
            Write(json, layer.Name, layer.GetType().Name, shape, layer);
        }
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, string name, string type, Shape shape, Layer? layer)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type);
        json.WriteNumber("maps", shape.Maps);
        json.WriteNumber("height", shape.Height);
        json.WriteNumber("width", shape.Width);
        json.WriteNumber("parameters", layer?.ParameterCount ?? 0);
        if (layer is SparseConv sparse)
        {
            json.WriteStartArray("table");
            for (int map = 0; map < sparse.Table.Outputs; map++)
            {
                json.WriteStartArray();
                foreach (int input in sparse.Table.InputsOf(map))
                    json.WriteNumberValue(input);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>Reads a picture of any size: finds the digit in it, brings it into the form of MNIST, and runs the network.</summary>
    /// <param name="rgba">Row by row, as a canvas has it.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <returns>What was read, and what the normalizer did.</returns>
    [JSExport]
    internal static string Read(byte[] rgba, int width, int height)
    {
        NormalizedDigit digit = DigitNormalizer.Normalize(GrayImage.FromRgba(width, height, rgba));
        return Describe(Load(digit.Picture.Pixels).InPicture(digit));
    }

    /// <summary>Runs the network on 28x28 pixels as MNIST has them, 0 ground to 255 ink.</summary>
    [JSExport]
    internal static string Show(byte[] pixels) => Describe(Load(pixels));

    /// <summary>The 28x28 pixels that the network sees now.</summary>
    [JSExport]
    internal static byte[] Pixels() => pixels;

    /// <summary>The values at a boundary: 0 for the input, 1 for C1's output, and so on.</summary>
    [JSExport]
    internal static double[] Values(int boundary) => At(boundary).Values.ToDoubles();

    /// <summary>The weighted sums of a layer before squashing; its values where it does not squash.</summary>
    [JSExport]
    internal static double[] Sums(int boundary)
    {
        FeatureMaps maps = At(boundary);
        return (maps.Sums.IsEmpty ? maps.Values : maps.Sums).ToDoubles();
    }

    /// <summary>The parameters of a layer, in the order of its tensors; of the output layer, the codes.</summary>
    [JSExport]
    internal static double[] Parameters(int boundary)
    {
        Layer layer = Network.Layers[boundary - 1];
        if (layer is not RbfOutput output)
            return Network.ParametersOf(layer).ToDoubles();
        double[] codes = new double[output.Codes.Count * output.Codes.Length];
        for (int i = 0; i < output.Codes.Count; i++)
            output.Codes[i].ToDoubles().CopyTo(codes, i * output.Codes.Length);
        return codes;
    }

    /// <summary>Runs the network once, for the answer and for all that the page shows.</summary>
    private static DigitReading Load(ReadOnlySpan<byte> picture)
    {
        pixels = picture.ToArray();
        Workspace.LoadPixels(pixels, 28, 28);
        Network.Forward(Workspace);
        return Calibration.Judge(Workspace.Output.Values);
    }

    private static FeatureMaps At(int boundary) => boundary == 0 ? Workspace.Input : Workspace.OutputOf(Network.Layers[boundary - 1]);

    private static string Describe(DigitReading reading) => Json.Object(json =>
    {
        if (reading.Label is { } label)
            json.WriteNumber("label", label);
        json.WriteNumber("posterior", reading.Posterior);
        json.WriteNumber("runnerUp", reading.RunnerUp);
        json.WriteNumber("margin", reading.Margin);
        json.WriteString("reason", reading.Reason.ToString());
    });
}
