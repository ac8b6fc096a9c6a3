using System.Buffers.Binary;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace LeNet5.Tool;

/// <summary>The network that a command works with.</summary>
internal static class Model
{
    public static Option<string?> Option { get; } = new("--model") { HelpName = "FILE", Description = "A model that `lenet5 train` saved [default: the built-in digits]" };

    public static Network Load(string? file) => file is null ? PretrainedModels.Digits : Load(file, Option.Name);

    /// <summary>Loads the file that an option names.</summary>
    public static Network Load(string file, string option) => Network.Load(InputFile.Check(file, option));

    public static string NameOf(string? file) => file ?? "built-in digits";

    /// <summary>What a class stands for: its number where the network has no codes.</summary>
    public static string SymbolOf(Network network, int label) =>
        network.Codes is not { } codes ? label.ToString(CultureInfo.InvariantCulture)
        : label == codes.Blank ? "blank"
        : codes.Symbols[label].ToString();

    public static string Describe(Calibration calibration) => FormattableString.Invariant($"temperature {calibration.Temperature:0.###}, j = {calibration.RubbishPenalty:0.##}, rejecting beyond {calibration.LargestPenalty:0.##}");

    public static string Describe(StripCalibration calibration) => FormattableString.Invariant($"temperature {calibration.Temperature:0.###}, rubbish at {calibration.RubbishPenalty:0.##}");

    public static void WriteCalibration(Utf8JsonWriter writer, Calibration calibration) =>
        Write(writer, "calibration", calibration.Temperature, calibration.RubbishPenalty, calibration.LargestPenalty);

    public static void WriteCalibration(Utf8JsonWriter writer, StripCalibration calibration, string name = "calibration") =>
        Write(writer, name, calibration.Temperature, calibration.RubbishPenalty, double.PositiveInfinity);

    /// <summary>Writes how penalties become probabilities; infinite penalties, for which JSON has no number, are left out.</summary>
    private static void Write(Utf8JsonWriter writer, string name, double temperature, double rubbishPenalty, double largestPenalty)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("temperature", temperature);
        if (double.IsFinite(rubbishPenalty))
            writer.WriteNumber("rubbish_penalty", rubbishPenalty);
        if (double.IsFinite(largestPenalty))
            writer.WriteNumber("largest_penalty", largestPenalty);
        writer.WriteEndObject();
    }

    /// <summary>SHA-256 of the parameters as little-endian singles: equal for networks that are equal bit for bit.</summary>
    public static string HashOf(Network network)
    {
        byte[] bytes = new byte[sizeof(float) * network.ParameterCount];
        for (int i = 0; i < network.ParameterCount; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * i), network.Parameters[i]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
