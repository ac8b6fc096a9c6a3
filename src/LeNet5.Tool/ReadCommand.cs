using System.CommandLine;
using System.Globalization;
using LeNet5.Imaging;
using Spectre.Console;

namespace LeNet5.Tool;

/// <summary><c>lenet5 read</c>: reads one digit from each picture.</summary>
internal static class ReadCommand
{
    private static readonly string[] Extensions =
        [".png", ".pgm", ".pbm", ".ppm", ".pnm", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic"];

    public static Command Create()
    {
        Argument<string[]> files = new("FILE|FOLDER")
        {
            Description = $"Pictures of one digit each, of any size, dark on light or light on dark: {Pictures.Formats}; of a folder all pictures that lie in it",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> csv = new("--csv") { Description = "Write comma-separated values to standard output: file, reading, confidence, accepted, reason, error" };
        Option<string?> explain = new("--explain")
        {
            HelpName = "OUT.png",
            Description = "Draw how the picture was read: each stage, F6 against the winner's code, the penalties; for a single picture",
        };
        Command command = new("read", "Read handwritten digits from picture files.") { files, Model.Option, explain, csv, JsonLine.Option };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(csv) && parsed.GetValue(JsonLine.Option))
                parsed.AddError("--csv and --json exclude each other.");
            if (parsed.GetValue(explain) is { } output)
            {
                if (!output.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
                    parsed.AddError($"--explain writes a PNG picture: end '{output}' in .png.");
                if (parsed.GetValue(files) is not [var file] || Directory.Exists(file))
                    parsed.AddError("--explain takes a single picture.");
            }
        });
        command.SetAction(parsed =>
        {
            ReadingFormat format = parsed.GetValue(JsonLine.Option) ? new JsonReadings() : parsed.GetValue(csv) ? new CsvReadings() : new ReadingTable();
            return Run(parsed.GetRequiredValue(files), parsed.GetValue(Model.Option), parsed.GetValue(explain), format);
        });
        return command;
    }

    /// <summary>What was read: the digit, or why there is none.</summary>
    public static string Describe(DigitReading reading) => reading.Reason switch
    {
        Rejection.Blank => "blank",
        Rejection.SeveralCharacters => "several characters",
        Rejection.NotADigit => "not a digit",
        _ => reading.Label!.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static int Run(string[] paths, string? model, string? explanation, ReadingFormat format)
    {
        Network network = Model.Load(model);
        DigitReader reader = new(network);
        string[] files = [.. paths.SelectMany(PicturesOf)];
        format.Begin(files);
        int exitCode = 0;
        WithProgress(files.Length, next =>
        {
            // In parallel, written in order as they come.
            foreach (ReadingOutcome outcome in files.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(Read))
            {
                format.Write(outcome);
                exitCode = outcome.Error is null ? exitCode : 1;
                next();
            }
        });
        return exitCode;

        ReadingOutcome Read(string file)
        {
            try
            {
                if (Directory.Exists(file))
                    throw new InvalidDataException($"{file} is a folder without pictures. Give one that has some, or files.");
                NormalizedDigit digit = DigitNormalizer.Normalize(Pictures.Load(file), keepStages: explanation is not null);
                float[] penalties = new float[reader.ClassCount];
                DigitReading reading = reader.Read(digit, penalties);
                if (explanation is not null)
                    Explanation.Draw(digit, network, reading).Save(explanation);
                return new ReadingOutcome(file, reading, digit, penalties, null);
            }
            catch (Exception e) when (Failure.IsExpected(e))
            {
                return new ReadingOutcome(file, default, null, [], Failure.Describe(e));
            }
        }
    }

    /// <summary>The pictures of a folder in the order of their names; any other path as it is, and a folder without pictures, which is an error.</summary>
    private static string[] PicturesOf(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        string[] files = [.. Directory.EnumerateFiles(path).Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : [path];
    }

    /// <summary>Shows a bar on a terminal where the lines themselves go elsewhere.</summary>
    private static void WithProgress(int count, Action<Action> work)
    {
        if (Console.IsErrorRedirected || !Console.IsOutputRedirected)
        {
            work(() => { });
            return;
        }
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        terminal.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 20 }, new RemainingTimeColumn()).Start(display =>
        {
            ProgressTask bar = display.AddTask($"reading {count}", maxValue: count);
            work(() => bar.Increment(1));
        });
    }
}
