using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LeNet5.Storage;

/// <summary>A network's <see cref="ModelMetadata"/> as JSON. What is not known is left out.</summary>
internal static class MetadataFormat
{
    private const string RubbishPenalty = "rubbish_penalty";
    private const string LargestPenalty = "largest_penalty";

    /// <summary>Stands for a penalty that JSON has no number for.</summary>
    private const string Infinity = "infinity";

    public static string Write(ModelMetadata metadata)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            if (metadata.InitialSeed is { } initialSeed)
                json.WriteNumber("initial_seed", initialSeed);
            if (metadata.Recipe is { } recipe)
                json.WriteString("recipe", recipe);
            if (metadata.Settings is { } settings)
                json.WriteString("settings", settings);
            if (metadata.TrainingSeed is { } trainingSeed)
                json.WriteNumber("training_seed", trainingSeed);
            if (metadata.TrainedOn is { } machine)
                json.WriteString("trained_on", machine);
            if (metadata.RubbishPenalty is { } penalty)
                WritePenalty(json, RubbishPenalty, penalty);
            if (metadata.Calibration is { } calibration)
            {
                json.WriteStartObject("calibration");
                json.WriteNumber("temperature", calibration.Temperature);
                WritePenalty(json, RubbishPenalty, calibration.RubbishPenalty);
                WritePenalty(json, LargestPenalty, calibration.LargestPenalty);
                json.WriteEndObject();
            }
            if (metadata.StripCalibration is { } strips)
                WriteStripCalibration(json, strips);
            json.WriteStartArray("history");
            foreach (EpochResult epoch in metadata.History)
            {
                json.WriteStartObject();
                json.WriteNumber("epoch", epoch.Epoch);
                json.WriteNumber("learning_rate", epoch.LearningRate);
                json.WriteNumber("loss", epoch.Loss);
                json.WriteNumber("training_error_rate", epoch.TrainingErrorRate);
                if (epoch.TestErrorRate is { } testErrorRate)
                    json.WriteNumber("test_error_rate", testErrorRate);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static ModelMetadata Read(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement root = json.RootElement;
        return new ModelMetadata
        {
            InitialSeed = Find(root, "initial_seed")?.GetUInt64(),
            Recipe = Find(root, "recipe")?.GetString(),
            Settings = Find(root, "settings")?.GetString(),
            TrainingSeed = Find(root, "training_seed")?.GetUInt64(),
            TrainedOn = Find(root, "trained_on")?.GetString(),
            RubbishPenalty = ReadPenalty(root, RubbishPenalty),
            Calibration = Find(root, "calibration") is { } calibration ? ReadCalibration(calibration) : null,
            StripCalibration = Find(root, "strip_calibration") is { } strips ? ReadStripCalibration(strips) : null,
            History = Find(root, "history") is { } history ? ReadHistory(history) : [],
        };
    }

    private static void WritePenalty(Utf8JsonWriter json, string name, double penalty)
    {
        if (double.IsFinite(penalty))
            json.WriteNumber(name, penalty);
        else
            json.WriteString(name, Infinity);
    }

    private static double? ReadPenalty(JsonElement json, string name) =>
        Find(json, name) is not { } penalty ? null
        : penalty.ValueKind == JsonValueKind.String && penalty.ValueEquals(Infinity) ? double.PositiveInfinity
        : Number(penalty);

    private static Calibration ReadCalibration(JsonElement json)
    {
        double j = ReadPenalty(json, RubbishPenalty) ?? throw new FormatException($"a calibration has no {RubbishPenalty}");
        return new Calibration
        {
            Temperature = Number(json.Property("temperature")),
            RubbishPenalty = j,
            LargestPenalty = ReadPenalty(json, LargestPenalty) ?? j,
        };
    }

    private static void WriteStripCalibration(Utf8JsonWriter json, StripCalibration calibration)
    {
        json.WriteStartObject("strip_calibration");
        json.WriteNumber("temperature", calibration.Temperature);
        WritePenalty(json, RubbishPenalty, calibration.RubbishPenalty);
        json.WriteStartArray("curve");
        foreach (RejectionPoint point in calibration.Curve)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.ShareRejected);
            json.WriteNumberValue(point.ErrorRate);
            json.WriteNumberValue(point.Threshold);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static StripCalibration ReadStripCalibration(JsonElement json) => new()
    {
        Temperature = Number(json.Property("temperature")),
        RubbishPenalty = ReadPenalty(json, RubbishPenalty) ?? throw new FormatException($"a calibration of strips has no {RubbishPenalty}"),
        Curve = [.. json.Property("curve").EnumerateArray().Select(ReadPoint)],
    };

    private static RejectionPoint ReadPoint(JsonElement json) => json.GetArrayLength() == 3
        ? new RejectionPoint(Number(json[0]), Number(json[1]), Single(json[2]))
        : throw new FormatException("a point of a curve has three numbers");

    private static ImmutableArray<EpochResult> ReadHistory(JsonElement json)
    {
        EpochResult[] history = new EpochResult[json.GetArrayLength()];
        int count = 0;
        foreach (JsonElement epoch in json.EnumerateArray())
            history[count++] = ReadEpoch(epoch);
        return ImmutableCollectionsMarshal.AsImmutableArray(history);
    }

    private static EpochResult ReadEpoch(JsonElement json) => new(
        json.Property("epoch").GetInt32(),
        Number(json.Property("learning_rate")),
        Number(json.Property("loss")),
        Number(json.Property("training_error_rate")),
        Find(json, "test_error_rate") is { } rate ? Number(rate) : null);

    /// <summary>A number that can be written again: 1e999 is well-formed, and read as infinity.</summary>
    private static double Number(JsonElement json) => json.GetDouble() is double number && double.IsFinite(number)
        ? number
        : throw new FormatException($"{json.GetRawText()} is beyond all numbers");

    private static float Single(JsonElement json) => (float)Number(json) is var number && float.IsFinite(number)
        ? number
        : throw new FormatException($"{json.GetRawText()} is beyond all numbers of single precision");

    private static JsonElement? Find(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value : null;
}
