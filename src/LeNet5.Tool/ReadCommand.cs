using System.Collections.Concurrent;
using System.CommandLine;
using LeNet5.Imaging;
using Spectre.Console;

namespace LeNet5.Tool;

/// <summary><c>lenet5 read</c>: reads one digit from each picture.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        Argument<string[]> paths = new("FILE|FOLDER")
        {
            Description = $"Pictures of one digit each, of any size, dark on light or light on dark: {Pictures.Formats}; of a folder all pictures that lie in it",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> csv = new("--csv") { Description = $"Write comma-separated values to standard output: {CsvReadings.Header}" };
        Option<string?> explain = new("--explain")
        {
            HelpName = "OUT.png",
            Description = "Draw how a single picture was read: what was made of it, F6 against the winner's code, the penalties",
        };
        Command command = new("read", "Read handwritten digits from picture files.") { paths, Model.Option, explain, csv, JsonLine.Option };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(csv) && parsed.GetValue(JsonLine.Option))
                parsed.AddError("--csv and --json exclude each other.");
            if (parsed.GetValue(explain) is not { } output)
                return;
            string[] given = parsed.GetValue(paths) ?? [];
            if (!output.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
                parsed.AddError($"--explain writes a PNG picture: end '{output}' in .png.");
            else if (given.Length > 1 || given.Any(Directory.Exists))
                parsed.AddError("--explain takes a single picture.");
            else if (given.Any(file => file != "" && Path.GetFullPath(file) == Path.GetFullPath(output)))
                parsed.AddError($"--explain would overwrite the picture that is read: give another name than '{output}'.");
        });
        command.SetAction(parsed =>
        {
            ReadingFormat format = parsed.GetValue(JsonLine.Option) ? new JsonReadings() : parsed.GetValue(csv) ? new CsvReadings() : new ReadingTable();
            return Run(parsed.GetRequiredValue(paths), Model.Load(parsed.GetValue(Model.Option)), parsed.GetValue(explain), format);
        });
        return command;
    }

    /// <summary>What was read: the symbol of the class, or why there is none.</summary>
    public static string Describe(DigitReading reading, Network network) => reading.Reason switch
    {
        Rejection.Blank => "blank",
        Rejection.SeveralCharacters => "several characters",
        Rejection.NotADigit => "not a digit",
        _ => Model.SymbolOf(network, reading.Label!.Value),
    };

    private static int Run(string[] paths, Network network, string? explanation, ReadingFormat format)
    {
        if (explanation is not null && Path.GetDirectoryName(Path.GetFullPath(explanation)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder} for the picture of --explain. Make it first.");
        DigitReader reader = new(network);
        string[] files = [.. paths.SelectMany(Pictures.In)];
        int exitCode = 0;
        format.Begin(files);
        WithProgress(files.Length, next =>
        {
            foreach ((string file, PictureReading? picture, string error) in files.Length == 1 ? files.Select(Read) : InParallel(files))
            {
                if (picture is not null)
                {
                    format.Write(file, picture);
                    if (explanation is not null)
                        Explanation.Draw(picture.Digit, network, picture.Reading).Save(explanation);
                }
                else
                {
                    format.WriteError(file, error);
                    exitCode = 1;
                }
                next();
            }
        });
        format.End();
        return exitCode;

        // File by file, so that none waits for a whole part of the list; in order, each as soon as all before are there. A single file need not wait for the threads to start.
        IEnumerable<(string File, PictureReading? Picture, string Error)> InParallel(string[] files) =>
            Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(Read);

        (string File, PictureReading? Picture, string Error) Read(string file)
        {
            try
            {
                NormalizedDigit digit = DigitNormalizer.Normalize(Pictures.Load(file), keepStages: explanation is not null);
                float[] penalties = new float[reader.ClassCount];
                DigitReading reading = reader.Read(digit, penalties);
                return (file, new PictureReading(digit, reading, penalties, Describe(reading, network)), "");
            }
            catch (Exception e) when (Failure.IsExpected(e))
            {
                return (file, null, Failure.Describe(e));
            }
        }
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
