using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using LeNet5.Data;
using LeNet5.Graphs;

namespace LeNet5.Tool;

/// <summary><c>lenet5 evaluate --strips</c>: measures how well strings are read, level by level and method by method.</summary>
internal sealed class EvaluateStrips
{
    private const int DefaultCount = 1000;

    /// <summary>No training has this seed.</summary>
    private const ulong DefaultSeed = 2024;

    private static readonly (string Name, StripStyle Style)[] Levels = [("clean", StripStyle.Clean), ("touching", StripStyle.Touching), ("hard", StripStyle.Hard)];

    private readonly Option<bool> strips = new("--strips") { Description = "Measure strings drawn from the digits: clean, touching, and hard to read" };
    private readonly CountOption count = new("--count", $"Strings a level [default: {DefaultCount}]");
    private readonly SeedOption seed = new($"Seed of the strings [default: {DefaultSeed}]");
    private readonly Option<StripMethod?> method = StripArguments.MethodOption("How strings are read [default: side by side all that the model can; to calibrate, what the model is made for]");
    private readonly Option<bool> luhn = new("--luhn") { Description = "Measure strings that end in a Luhn check digit, without and with that grammar, and how many with a wrong one pass it" };

    private Option[] All => [count, seed, method, luhn];

    public void AddTo(Command command) => StripArguments.AddTo(command, strips, All);

    /// <inheritdoc cref="StripArguments.IsBoth"/>
    public bool AreReadByBoth(CommandResult result) => StripArguments.IsBoth(result, method);

    /// <summary>Whether strings are measured.</summary>
    public Option<bool> Option => strips;

    /// <summary>Measures.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="model">File of the model; <see langword="null"/> for the built-in one of each method.</param>
    /// <param name="digits">What strings are made of.</param>
    /// <param name="threads">Number of threads; <see langword="null"/> for one a processor.</param>
    /// <param name="calibrated">Where to save the model once it is calibrated on the strings; <see langword="null"/> to measure it as it is.</param>
    public int Run(ParseResult parsed, string? model, LabeledImages digits, int? threads, string? calibrated)
    {
        Network? network = model is null ? null : Model.Load(model);
        LabeledStrip[][] drawn = Array.ConvertAll(Levels, level => Draw(level.Style, parsed.GetValue(luhn) ? true : null));
        LabeledStrip[]?[] mischecked = Array.ConvertAll(Levels, level => parsed.GetValue(luhn) ? Draw(level.Style, passesLuhn: false) : null);
        StripReader[] readers = calibrated is null
            ? Array.ConvertAll(Chosen(parsed.GetValue(method), network), by => StripArguments.CreateReader(network, by))
            : [Calibrate(network, parsed.GetValue(method), [.. drawn.SelectMany(level => level)], calibrated)];
        bool json = parsed.GetValue(JsonLine.Option);
        if (!json)
            Console.WriteLine(StripMeasurement.Header(parsed.GetValue(luhn)));
        for (int level = 0; level < Levels.Length; level++)
        {
            foreach (StripReader reader in readers)
            {
                StripMeasurement measurement = StripMeasurement.Take(reader, drawn[level], mischecked[level], threads);
                if (json)
                    JsonLine.Write(writer => WriteMembers(writer, Levels[level].Name, measurement, StripArguments.NameOfModel(model, reader.Method), calibrated));
                else
                    Console.WriteLine(measurement.Row(Levels[level].Name));
            }
        }
        if (!json && calibrated is not null)
            Console.WriteLine($"\nCalibrated on these strings and saved: {calibrated}");
        return 0;

        // The strings of a level: all, or those that a right or a wrong check digit ends.
        LabeledStrip[] Draw(StripStyle style, bool? passesLuhn)
        {
            StripGenerator generator = new(digits, style, parsed.GetValue(seed) ?? DefaultSeed);
            Transducer checkedByLuhn = Grammar.Luhn();
            return [.. Enumerable.Range(0, int.MaxValue).Select(generator.Draw).Where(strip => passesLuhn is null || checkedByLuhn.Accepts(strip.Text) == passesLuhn).Take(parsed.GetValue(count) ?? DefaultCount)];
        }
    }

    /// <summary>The methods: all that the model can serve if none is asked for.</summary>
    private static StripMethod[] Chosen(StripMethod? asked, Network? network) =>
        asked is { } one ? [one]
        : network is null ? Enum.GetValues<StripMethod>()
        : [new StripReader(network).Method, StripMethod.Windows];

    /// <summary>Fits a model to the strings, saves it, and reads with it: by the method that it is made for, if none is asked for.</summary>
    private static StripReader Calibrate(Network? given, StripMethod? asked, LabeledStrip[] strips, string file)
    {
        Network network = given ?? PretrainedModels.For(asked ?? StripMethod.Sdnn);
        StripMethod by = new StripReader(network, asked).Method;
        network.Metadata = network.Metadata with { StripCalibration = StripCalibration.Fit(network, by, strips) };
        network.Save(file);
        return new StripReader(network, by);
    }

    private static void WriteMembers(Utf8JsonWriter writer, string level, StripMeasurement measurement, string model, string? calibrated)
    {
        writer.WriteString("level", level);
        measurement.WriteMembers(writer);
        writer.WriteString("model", model);
        if (calibrated is not null)
            writer.WriteString("file", calibrated);
    }
}
