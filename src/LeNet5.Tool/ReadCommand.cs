using System.Collections.Concurrent;
using System.CommandLine;
using LeNet5.Imaging;
using Spectre.Console;

namespace LeNet5.Tool;

/// <summary><c>lenet5 read</c>: reads one digit, or one string of digits, from each picture.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        Argument<string[]> paths = new("FILE|FOLDER")
        {
            Description = $"Pictures of one digit, with --strip of one line of digits each, of any size, dark on light or light on dark: {Pictures.Formats}; of a folder all pictures that lie in it",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> csv = new("--csv") { Description = $"Write comma-separated values to standard output: {CsvReadings.Header}" };
        Option<string?> explain = OutputFile.OfPicture("--explain", "OUT.png", "Draw how a single picture was read: what was made of it, F6 against the winner's code, the penalties");
        Option<string?> model = new("--model") { HelpName = "FILE", Description = "A model that `lenet5 train` saved [default: the built-in digits; with --strip the built-in models for the method]" };
        StripArguments strips = new();
        Command command = new("read", "Read handwritten digits, or strings of them, from picture files.") { paths, model, explain, csv, JsonLine.Option };
        strips.AddTo(command);
        command.Validators.Add(parsed =>
        {
            string[] given = parsed.GetValue(paths) ?? [];
            if (given.FirstOrDefault(path => path.StartsWith('-') && !Path.Exists(path)) is { } unknown)
                parsed.AddError($"There is neither an option nor a picture {unknown}.");
            if (parsed.GetValue(csv) && parsed.GetValue(JsonLine.Option))
                parsed.AddError("--csv and --json exclude each other.");
            if (strips.AreReadByBoth(parsed) && parsed.GetResult(model) is not null)
                parsed.AddError("--method both reads with the two built-in models: leave out --model.");
            if (parsed.GetValue(csv) && strips.WantAlternatives(parsed))
                parsed.AddError("--csv has no room for alternatives: give --n-best with --json, or neither.");
            if (parsed.GetValue(explain) is not { Length: > 0 } output)
                return;
            if (given.Length > 1 || given.Any(Directory.Exists))
                parsed.AddError("--explain takes a single picture.");
            else if (given.Append(parsed.GetValue(model)).Any(file => OutputFile.AreSame(file, output)))
                parsed.AddError($"--explain would overwrite what is read: give another name than '{output}'.");
        });
        command.SetAction(parsed =>
        {
            ReadingFormat format = parsed.GetValue(JsonLine.Option) ? new JsonReadings(strips.WantAlternatives(parsed)) : parsed.GetValue(csv) ? new CsvReadings() : new ReadingTable();
            string[] given = parsed.GetRequiredValue(paths);
            string? sheet = parsed.GetValue(explain);
            OutputFile.CheckWritable(sheet, explain.Name);
            return strips.AreGiven(parsed)
                ? Run(given, sheet, format, StripsBy(strips.CreateReader(parsed, parsed.GetValue(model)), strips.OptionsOf(parsed), sheet is not null), format.Write)
                : Run(given, sheet, format, DigitsBy(Model.Load(parsed.GetValue(model)), sheet is not null), format.Write);
        });
        return command;
    }

    /// <summary>What was read: the symbol of the class, or why there is none.</summary>
    public static string Describe(DigitReading reading, Network network) =>
        reading.Reason == Rejection.None ? Model.SymbolOf(network, reading.Label!.Value) : Describe(reading.Reason);

    /// <summary>Why a reading is rejected.</summary>
    public static string Describe(Rejection reason) => reason switch
    {
        Rejection.Blank => "blank",
        Rejection.SeveralCharacters => "several characters",
        Rejection.NotADigit => "not a digit",
        Rejection.Unsure => "unsure",
        Rejection.NotInGrammar => "not in grammar",
        _ => "none",
    };

    /// <summary>Reads single digits, and draws how.</summary>
    private static Func<string, (PictureReading Reading, GrayImage? Sheet)> DigitsBy(Network network, bool explain)
    {
        DigitReader reader = new(network);
        return file =>
        {
            NormalizedDigit digit = DigitNormalizer.Normalize(Pictures.Load(file), keepStages: explain);
            float[] penalties = new float[reader.ClassCount];
            DigitReading reading = reader.Read(digit, penalties);
            return (new PictureReading(digit, reading, penalties, Describe(reading, network)), explain ? Explanation.Draw(digit, network, reading) : null);
        };
    }

    /// <summary>Reads strings, and draws how.</summary>
    private static Func<string, (StripReading Reading, GrayImage? Sheet)> StripsBy(StripReader reader, StripOptions options, bool explain) => file =>
    {
        GrayImage picture = Pictures.Load(file);
        if (!explain)
            return (reader.Read(picture, options), null);
        NormalizedStrip strip = StripNormalizer.Normalize(picture);
        StripExplanation explanation = strip.Rejection == Rejection.None
            ? reader.Explain(strip, options)
            : new StripExplanation { Reading = reader.Read(strip, options), ClassCount = 0 };
        return (explanation.Reading, StripDrawing.Draw(picture, explanation));
    };

    private static int Run<T>(string[] paths, string? explanation, ReadingFormat format, Func<string, (T Reading, GrayImage? Sheet)> read, Action<string, T> write)
        where T : class
    {
        string[] files = [.. paths.SelectMany(Pictures.In)];
        int exitCode = 0;
        format.Begin(files);
        WithProgress(files.Length, next =>
        {
            foreach ((string file, T? reading, GrayImage? sheet, string error) in files.Length == 1 ? files.Select(Read) : InParallel(files))
            {
                if (reading is not null)
                {
                    write(file, reading);
                    sheet?.Save(explanation!);
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
        IEnumerable<(string File, T? Reading, GrayImage? Sheet, string Error)> InParallel(string[] files) =>
            Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(Read);

        (string File, T? Reading, GrayImage? Sheet, string Error) Read(string file)
        {
            try
            {
                (T reading, GrayImage? sheet) = read(file);
                return (file, reading, sheet, "");
            }
            catch (Exception e) when (Failure.IsExpected(e))
            {
                return (file, null, null, Failure.Describe(e));
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
