using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace LeNet5.Storage;

/// <summary>The layers of a network as JSON.</summary>
internal static class LayerFormat
{
    /// <summary>Name of the tensor that holds the codes of an RBF layer.</summary>
    public const string Codes = "codes";

    /// <summary>No boundary of a network from a file has more values: 256 MB.</summary>
    private const int MaxLength = 1 << 26;

    public static string Write(Network network)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("input");
            json.WriteNumberValue(network.InputShape.Maps);
            json.WriteNumberValue(network.InputShape.Height);
            json.WriteNumberValue(network.InputShape.Width);
            json.WriteEndArray();
            json.WriteStartArray("layers");
            foreach (Layer layer in network.Layers)
                Write(json, layer);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static (Shape Input, ImmutableArray<Layer> Layers) Read(string text, SafetensorsFile file)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement sides = json.RootElement.Property("input");
        if (sides.GetArrayLength() != 3)
            throw new FormatException($"the input has {sides.GetArrayLength()} sides, not maps, rows and columns");
        Shape input = new(sides[0].GetInt32(), sides[1].GetInt32(), sides[2].GetInt32());

        List<Layer> layers = [];
        Shape shape = CheckSize(input, "the input");
        foreach (JsonElement element in json.RootElement.Property("layers").EnumerateArray())
        {
            Layer layer = Read(element, file);
            shape = CheckSize(layer.OutputShape(shape), layer.Name);
            layers.Add(layer);
        }
        return (input, [.. layers]);
    }

    private static void Write(Utf8JsonWriter json, Layer layer)
    {
        json.WriteStartObject();
        json.WriteString("type", layer.GetType().Name);
        json.WriteString("name", layer.Name);
        switch (layer)
        {
            case SparseConv sparse:
                json.WriteString("table", sparse.Table.ToString());
                json.WriteNumber("kernel", sparse.Kernel);
                break;
            case WeightedLayer weighted:
                json.WriteNumber("inputs", weighted.Inputs);
                json.WriteNumber("outputs", weighted.Outputs);
                json.WriteNumber("kernel", weighted.Kernel);
                break;
            case TrainableSubsample subsample:
                json.WriteNumber("maps", subsample.Maps);
                json.WriteNumber("block", subsample.Block);
                break;
            case RbfOutput rbf:
                json.WriteString("symbols", rbf.Codes.Symbols);
                json.WriteNumber("width", rbf.Codes.Width);
                break;
        }
        if (layer is ActivatedLayer activated)
            json.WriteString("activation", NameOf(activated.Activation));
        json.WriteEndObject();
    }

    /// <summary>Makes a layer. Its sizes must be those of tensors that the file really holds, so that a few bytes cannot ask for gigabytes.</summary>
    private static Layer Read(JsonElement json, SafetensorsFile file)
    {
        string type = Text("type");
        string name = Text("name");
        switch (type)
        {
            case nameof(Conv):
                ExpectTensor("weight", Number("outputs"), Number("inputs"), Number("kernel"), Number("kernel"));
                return new Conv(name, Number("inputs"), Number("outputs"), Number("kernel"), ReadActivation());
            case nameof(SparseConv):
                ConnectionTable table = ConnectionTable.Parse(Text("table"));
                ExpectTensor("weight", table.LinkCount, Number("kernel"), Number("kernel"));
                return new SparseConv(name, table, Number("kernel"), ReadActivation());
            case nameof(FullyConnected):
                ExpectTensor("weight", Number("outputs"), Number("inputs"));
                return new FullyConnected(name, Number("inputs"), Number("outputs"), ReadActivation());
            case nameof(TrainableSubsample):
                ExpectTensor("weight", Number("maps"));
                return new TrainableSubsample(name, Number("maps"), Number("block"), ReadActivation());
            case nameof(RbfOutput):
                string tensor = $"{name.ToLowerInvariant()}.{Codes}";
                return new RbfOutput(name, new RbfCodes(Text("symbols"), file.Singles(tensor), json.Property("width").GetInt32()));
            default:
                throw new FormatException($"layer {name} is a {type}, which the library does not have. Compose the network in code and call RestoreParameters");
        }

        string Text(string property) => json.Property(property).GetString() ?? throw new FormatException($"{property} is null");
        int Number(string property) => json.Property(property).GetInt32() is >= 1 and int number ? number : throw new FormatException($"{property} of layer {name} is below 1");

        Activation ReadActivation() => Text("activation") switch
        {
            "scaled tanh" => Activation.ScaledTanh,
            "identity" => Activation.Identity,
            string other => throw new FormatException($"layer {name} has the activation {other}, which the library does not have. Compose the network in code and call RestoreParameters"),
        };

        void ExpectTensor(string part, params ReadOnlySpan<int> dimensions)
        {
            string tensor = $"{name.ToLowerInvariant()}.{part}";
            if (!file.Contains(tensor) || !file.ShapeOf(tensor).AsSpan().SequenceEqual(dimensions))
                throw new FormatException($"layer {name} needs a tensor {tensor} of [{string.Join(", ", dimensions.ToArray())}], which the file does not hold");
        }
    }

    private static string NameOf(Activation activation) =>
        activation == Activation.ScaledTanh ? "scaled tanh" : activation == Activation.Identity ? "identity" : activation.GetType().Name;

    private static Shape CheckSize(Shape shape, string what) => shape.IsUsable && shape.Length <= MaxLength
        ? shape
        : throw new FormatException($"{what} has the shape {shape}, where every side is at least 1 and there are at most {MaxLength} values");
}
