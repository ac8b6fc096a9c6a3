using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LeNet5.Tool;

/// <summary><c>lenet5 train</c>: trains a new network and saves it.</summary>
internal static class TrainCommand
{
    private const int ShownDigits = 10;
    private const ulong DefaultSeed = 1998;

    // Functions, because every start of the tool comes by here and few train.
    private static readonly Dictionary<string, Func<TrainingRecipe>> Recipes = new()
    {
        ["article"] = () => TrainingRecipe.Article,
        ["paper"] = () => TrainingRecipe.Paper,
        ["paper-literal"] = () => TrainingRecipe.PaperLiteral,
        ["paper-distorted"] = () => TrainingRecipe.PaperDistorted,
        ["best"] = () => TrainingRecipe.Best,
        ["rejecting"] = () => TrainingRecipe.Rejecting,
        ["strips"] = () => TrainingRecipe.Strips,
        ["strips-global"] = () => TrainingRecipe.StripsGlobal,
        ["segments"] = () => TrainingRecipe.Segments,
    };

    public static Command Create()
    {
        CountOption epochs = new("--epochs", "Passes over the training set [default: the recipe's]");
        SeedOption seed = new($"Seed of the initial parameters and of the training: the same seed gives the same network bit for bit [default: {DefaultSeed}]");
        WordOption<string> recipe = new(
            "--recipe",
            "How to train: as the article does, as the paper with a mu that works, with every number that the paper prints, on the paper's distortions, as well as we know, or so and with pictures of no digit to reject; on strings of digits, column by column, as whole strings, or on the segments that strings are cut into",
            [.. Recipes.Keys])
        {
            DefaultValueFactory = _ => "article",
        };
        Option<string?> data = new("--data")
        {
            HelpName = "FOLDER",
            Description = "Folder with the four IDX files of MNIST or of a set like it, plain or .gz [default: the built-in MNIST]",
        };
        CountOption heldOut = new("--held-out", "Train without the last N training digits and measure on them instead of on the test set, to choose settings by");
        Option<string?> checkpoint = new("--checkpoint")
        {
            HelpName = "FILE",
            Description = "Save here after each epoch all that is needed to go on, and go on from there if the file exists, to the same bits",
        };
        Option<string?> from = new("--from")
        {
            HelpName = "FILE|digits",
            Description = "Begin with the parameters of this model or of the built-in digits [default: with random ones]",
        };
        Option<string?> calibration = new("--calibration")
        {
            HelpName = "FILE",
            Description = "Take over the calibration of this model: one of the same recipe that was trained without held-out digits and calibrated on them",
        };
        Option<string> output = new("--out") { HelpName = "FILE", Description = "Where to save the network", DefaultValueFactory = _ => "lenet5.safetensors" };

        Command command = new("train", "Train a new network and save it. Ctrl+C ends the training early and saves what was learnt.")
        {
            epochs, seed, recipe, from, data, heldOut, checkpoint, calibration, output, JsonLine.Option,
        };
        command.Validators.Add(result =>
        {
            if (OutputFile.AreSame(result.GetValue(checkpoint), result.GetValue(output)))
                result.AddError("--out would overwrite the --checkpoint: give them two files.");
        });
        command.SetAction(parsed =>
        {
            TrainingRecipe chosen = Recipes[parsed.GetRequiredValue(recipe)]();
            int count = parsed.GetValue(epochs) ?? chosen.Epochs;
            chosen = chosen with { Seed = parsed.GetValue(seed) ?? DefaultSeed, Epochs = count, Rate = chosen.Rate.Over(count) };
            Calibration? known = parsed.GetValue(calibration) is { } file ? CalibrationOf(file) : null;
            return Run(chosen, parsed.GetValue(from), parsed.GetValue(data), parsed.GetValue(heldOut), parsed.GetValue(checkpoint), known, parsed.GetRequiredValue(output), parsed.GetValue(JsonLine.Option));
        });
        return command;
    }

    private static int Run(TrainingRecipe recipe, string? start, string? folder, int? heldOut, string? checkpoint, Calibration? calibration, string file, bool json)
    {
        OutputFile.CheckWritable(file, "--out");
        OutputFile.CheckWritable(checkpoint, "--checkpoint");
        (LabeledImages training, LabeledImages test) = folder is null ? (Mnist.Train, Mnist.Test) : (Load(folder, "train"), Load(folder, "t10k"));
        if (heldOut is { } held)
        {
            if (held >= training.Count)
                throw new ArgumentException($"--held-out {held} leaves none of the {training.Count} training digits. Hold fewer out.");
            (training, test) = (training.Slice(0, training.Count - held), training.Slice(training.Count - held, held));
        }
        Network network = NewNetwork(recipe, start);
        Trainer trainer = new(network, recipe) { CheckpointPath = checkpoint };

        using CancellationTokenSource cancellation = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        Stopwatch watch = Stopwatch.StartNew();
        (TrainingResult result, IOException? unwritten) = TrainingDisplay.Show(progress => trainer.Run(training, test, progress, cancellation.Token), json);
        double seconds = watch.Elapsed.TotalSeconds;
        network.Metadata = network.Metadata with { Calibration = calibration };
        network.Save(file);
        if (unwritten is not null)
            throw unwritten;
        if (!result.IsComplete)
        {
            Console.Error.WriteLine($"lenet5: canceled after {result.History.Length} of {recipe.Epochs} epochs; what was learnt is saved in {file}");
            return 1;
        }

        EvaluationResult evaluation = Evaluator.Run(network, test);
        if (json)
        {
            JsonLine.Write(writer =>
            {
                writer.WriteString("file", file);
                writer.WriteString("recipe", recipe.Name);
                writer.WriteNumber("seed", recipe.Seed);
                writer.WriteNumber("epochs", recipe.Epochs);
                writer.WriteNumber("count", evaluation.Count);
                writer.WriteNumber("errors", evaluation.Errors.Length);
                writer.WriteNumber("error_rate", evaluation.ErrorRate);
                writer.WriteNumber("seconds", seconds);
                writer.WriteString("parameters_sha256", Model.HashOf(network));
            });
            return 0;
        }

        if (result.History.Length > 1)
            Console.Write($"\n{ErrorChart.Draw(result.History)}");
        Console.WriteLine($"\n{evaluation}\ntrained in {seconds:0.0} s, saved in {file}");
        if (folder is null && heldOut is null && recipe.Strip is null)
            ReadSomeDigits(network, test);
        return 0;

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancellation.Cancel();
        }
    }

    /// <summary>A network with the classes that a recipe trains, and with the parameters of another one where that is given: the blank adds a class, but no parameter.</summary>
    private static Network NewNetwork(TrainingRecipe recipe, string? start)
    {
        bool hasBlank = recipe.Strip is { } strips ? strips.Method == StripMethod.Sdnn : recipe.BlankCount > 0;
        Network network = Network.LeNet5(recipe.Seed, hasBlank ? RbfCodes.DigitsAndBlank : RbfCodes.Digits);
        if (start is null)
            return network;
        Network begun = start == "digits" ? PretrainedModels.Digits : Model.Load(start, "--from");
        if (!begun.Layers.Select(layer => layer.ParameterCount).SequenceEqual(network.Layers.Select(layer => layer.ParameterCount)))
            throw new ArgumentException($"{start} has other layers than LeNet-5, so its parameters are of no use to it. Give --from a model that `lenet5 train` saved.");
        begun.Parameters.CopyTo(network.EditParameters());
        network.Metadata = network.Metadata with { InitialSeed = begun.Metadata.InitialSeed };
        return network;
    }

    private static Calibration CalibrationOf(string file) => Model.Load(file, "--calibration").Metadata.Calibration
        ?? throw new ArgumentException($"{file} is not calibrated. Run `lenet5 evaluate --model {file} --calibrate {file}` first.");

    private static LabeledImages Load(string folder, string set)
    {
        return LabeledImages.Load(Find($"{set}-images-idx3-ubyte"), Find($"{set}-labels-idx1-ubyte"));

        string Find(string name)
        {
            string plain = Path.Combine(folder, name);
            return File.Exists(plain) ? plain
                : File.Exists($"{plain}.gz") ? $"{plain}.gz"
                : throw new FileNotFoundException($"{folder} has neither {name} nor {name}.gz. Give --data a folder with the four files of MNIST.");
        }
    }

    private static void ReadSomeDigits(Network network, LabeledImages test)
    {
        Console.WriteLine();
        DigitReader reader = new(network);
        for (int i = 0; i < ShownDigits; i++)
        {
            DigitReading reading = reader.Read(test.Pixels(i));
            Console.WriteLine($"test digit {i}: {ReadCommand.Describe(reading, network)} ({100 * reading.Posterior:0.0} %), label {test.Label(i)}");
        }
    }
}
