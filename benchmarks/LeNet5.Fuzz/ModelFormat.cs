using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeNet5.Fuzz;

/// <summary>Models of small networks as safetensors files.</summary>
internal sealed class ModelFormat() : InputFormat("model")
{
    private const string Metadata = "__metadata__";

    public override byte[][] Seeds { get; } = [.. new[] { Convolutional(), Sparse(), Dense() }.Select(Save)];

    public override object Read(Stream stream) => Network.Load(stream);

    public override void Use(object result)
    {
        var network = (Network)result;
        Network again = Network.Load(new MemoryStream(Save(network)));
        Expect(again.ToString() == network.ToString() && again.Parameters.SequenceEqual(network.Parameters), "saved and loaded again, it is another network");
        if (network.InputShape.Length <= 4096)
            network.Forward(network.CreateWorkspace());
    }

    protected override byte[] EditParts(byte[] bytes, byte[] other, int edits, Dice dice)
    {
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, headerLength).TrimEnd();
        byte[] data = bytes[(8 + headerLength)..];
        for (int i = 0; i < edits; i++)
        {
            switch (dice.Below(8))
            {
                case 0:
                    data = Edits.OfBytes(data, other, dice);
                    break;
                case 1:
                    header = Edits.OfWords(header, dice);
                    break;
                case 2 or 3:
                    header = EditTensor(header, dice);
                    break;
                default:
                    header = EditMetadata(header, dice);
                    break;
            }
        }
        if (dice.OneIn(2))
            (header, data) = Repack(header, data);
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, dice.OneIn(50) ? dice.Number() : text.Length);
        return [.. length, .. text, .. data];
    }

    /// <summary>Edits the JSON that stands as a string in the metadata: layers, training, format.</summary>
    private static string EditMetadata(string header, Dice dice) => Edit(header, root =>
    {
        if (root[Metadata] is not JsonObject metadata || metadata.Count == 0)
            return;
        string key = dice.Of(metadata.Select(entry => entry.Key).ToArray());
        if (metadata[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            metadata[key] = Edits.OfWords(value.GetValue<string>(), dice);
    });

    private static string EditTensor(string header, Dice dice) => Edit(header, root =>
    {
        if (root.Count == 0)
            return;
        string key = dice.Of(root.Select(entry => entry.Key).ToArray());
        if (root[key] is not JsonObject tensor || tensor["shape"] is not JsonArray shape)
            return;
        switch (dice.Below(4))
        {
            case 0:
                root.Remove(key);
                break;
            case 1:
                shape.Insert(dice.Below(shape.Count + 1), dice.OneIn(2) ? 1 : dice.Number());
                break;
            case 2 when shape.Count > 0:
                shape[dice.Below(shape.Count)] = dice.Number();
                break;
            default:
                tensor["dtype"] = dice.Of("F32", "F64", "I64", "U8", "F4", "BOOL", "F16", "X");
                break;
        }
    });

    /// <summary>Lets the offsets and the data follow the shapes, so that an edited shape gets past the first checks.</summary>
    private static (string Header, byte[] Data) Repack(string header, byte[] data)
    {
        long end = 0;
        string repacked = Edit(header, root =>
        {
            foreach ((string key, JsonNode? entry) in root)
            {
                if (key == Metadata || entry is not JsonObject tensor || tensor["shape"] is not JsonArray shape)
                    continue;
                long count = 1;
                foreach (JsonNode? size in shape)
                    count *= size is JsonValue value && value.TryGetValue(out long number) && number is > 0 and < 1 << 20 && count < 1 << 20 ? number : 0;
                string type = tensor["dtype"]?.ToJsonString() ?? "";
                long length = count * (type.Contains("64", StringComparison.Ordinal) ? 8 : type.Contains("32", StringComparison.Ordinal) ? 4 : 1);
                if (length > 1 << 20)
                    continue;
                tensor["data_offsets"] = new JsonArray(end, end += length);
            }
        });
        if (end > 1 << 20)
            return (header, data);
        Array.Resize(ref data, (int)end);
        return (repacked, data);
    }

    /// <summary>Edits JSON that may be none any more: then it stays as it is.</summary>
    private static string Edit(string header, Action<JsonObject> edit)
    {
        try
        {
            if (JsonNode.Parse(header) is not JsonObject root)
                return header;
            edit(root);
            return root.ToJsonString();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            return header;
        }
    }

    private static Network Convolutional() => new(
        new Shape(1, 8, 8), seed: 1,
        new Conv("C1", inputs: 1, outputs: 2, kernel: 3),
        new TrainableSubsample("S2", maps: 2),
        new FullyConnected("F3", inputs: 2, outputs: 4),
        new RbfOutput("Output", new RbfCodes("01 ", [1, 1, -1, -1, 1, -1, 1, -1, -1, -1, -1, -1], width: 2)))
    {
        Metadata = new ModelMetadata
        {
            InitialSeed = 1,
            Recipe = "small",
            Settings = "none",
            TrainingSeed = ulong.MaxValue,
            TrainedOn = "a machine",
            RubbishPenalty = 2.5,
            Calibration = new Calibration { Temperature = 1.5, RubbishPenalty = double.PositiveInfinity, LargestPenalty = 30 },
            History = [new EpochResult(1, 0.1, 0.5, 0.25, 0.3), new EpochResult(2, 0.05, 0.25, 0.125, null)],
        },
    };

    private static Network Sparse() => new(
        new Shape(2, 6, 5), seed: 2,
        new SparseConv("C1", ConnectionTable.Parse("X.X\n.XX"), kernel: 2),
        new TrainableSubsample("S2", maps: 3, block: 1, Activation.Identity),
        new Conv("C3", inputs: 3, outputs: 2, kernel: 4, Activation.Identity));

    private static Network Dense() => new(new Shape(3, 1, 1), seed: 3, new FullyConnected("F1", inputs: 3, outputs: 2, Activation.Identity));

    private static byte[] Save(Network network)
    {
        MemoryStream saved = new();
        network.Save(saved);
        return saved.ToArray();
    }
}
