using System.CommandLine;
using System.Text.Json;

namespace LeNet5.Tool;

/// <summary><c>lenet5 evaluate</c>: counts a network's errors on labeled images, tells what rejection does to them, and calibrates the network.</summary>
internal static class EvaluateCommand
{
    /// <summary>How many training digits <c>--calibrate</c> takes by itself.</summary>
    private const int CalibrationCount = 5000;

    public static Command Create()
    {
        Option<string[]> models = new("--model") { HelpName = "FILE", Description = "A model that `lenet5 train` saved; given several times, the average of the models' penalties decides [default: the built-in digits]" };
        Option<string?> images = new("--images") { HelpName = "FILE", Description = "IDX file of images, plain or gzip; needs --labels [default: the test set of MNIST]" };
        Option<string?> labels = new("--labels") { HelpName = "FILE", Description = "IDX file of their labels, plain or gzip" };
        CountOption heldOut = new("--held-out", "Take the last N training digits of MNIST, which `lenet5 train --held-out N` does not see, instead of the test set");
        Option<string?> calibrate = new("--calibrate") { HelpName = "FILE", Description = $"Fit temperature and j of the posteriors to the images and save the model with them; give images that it was not trained on [default: the last {CalibrationCount} training digits]" };
        Option<bool> errorsOf1998 = new("--errors-of-1998") { Description = "Also tell how many of the 82 test digits that LeNet-5 misread in 1998 this network misreads" };
        Option<string?> gallery = OutputFile.OfPicture("--gallery", "FILE.png", $"Draw what was misread, the first {Gallery.MaxCount} at most");
        CountOption threads = new("--threads", "Threads to use [default: one a processor]");

        EvaluateStrips strips = new();

        Command command = new("evaluate", "Count a network's errors on labeled images, class by class, and what is left of them when unsure readings are rejected; or on strings of digits.")
        {
            models, images, labels, heldOut, calibrate, errorsOf1998, gallery, threads, JsonLine.Option,
        };
        strips.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(images) is null != result.GetResult(labels) is null)
                result.AddError("--images and --labels belong together: give both or neither.");
            if (result.GetResult(images) is not null && result.GetResult(heldOut) is not null)
                result.AddError("--held-out is about the training digits of MNIST: leave out --images and --labels.");
            if (result.GetResult(errorsOf1998) is not null && new Option[] { images, heldOut, calibrate }.Any(other => result.GetResult(other) is not null))
                result.AddError("--errors-of-1998 is about the test set of MNIST: leave out --images, --labels, --held-out and --calibrate.");
            if (OutputFile.AreSame(result.GetValue(calibrate), result.GetValue(gallery)))
                result.AddError("--gallery would overwrite the model of --calibrate: give them two files.");
            if (result.GetResult(calibrate) is not null && result.GetValue(models) is { Length: > 1 })
                result.AddError("--calibrate saves one model: give --model once.");
            if (result.GetValue(strips.Option) && new Option[] { images, errorsOf1998, gallery }.Any(other => result.GetResult(other) is not null))
                result.AddError("--strips are made of digits of MNIST: leave out --images, --labels, --errors-of-1998 and --gallery.");
            if (result.GetValue(strips.Option) && result.GetValue(models) is { Length: > 1 })
                result.AddError("Strings are read by one model: give --model once.");
            if (strips.AreReadByBoth(result) && new Option[] { models, calibrate }.Any(other => result.GetResult(other) is not null))
                result.AddError("--method both reads with the two built-in models: leave out --model and --calibrate, or measure one method.");
        });
        command.SetAction(parsed =>
        {
            string[] files = parsed.GetValue(models) ?? [];
            string? calibrated = parsed.GetValue(calibrate), drawing = parsed.GetValue(gallery);
            OutputFile.CheckWritable(calibrated, calibrate.Name);
            OutputFile.CheckWritable(drawing, gallery.Name);
            int? heldOutCount = parsed.GetValue(heldOut) ?? (calibrated is null ? null : CalibrationCount);
            if (parsed.GetValue(strips.Option))
                return strips.Run(parsed, files.SingleOrDefault(), heldOutCount is { } held ? LastTrainingDigits(held) : Mnist.Test, parsed.GetValue(threads), calibrated);
            string name = files.Length == 0 ? Model.NameOf(null) : string.Join(" + ", files);
            Network[] networks = files.Length == 0 ? [Model.Load(null)] : Array.ConvertAll(files, file => Model.Load(file));
            LabeledImages set = parsed.GetValue(images) is { } file ? LabeledImages.Load(InputFile.Check(file, images.Name), InputFile.Check(parsed.GetRequiredValue(labels)!, labels.Name))
                : heldOutCount is { } count ? LastTrainingDigits(count)
                : Mnist.Test;

            (EvaluationResult evaluation, Calibration calibration) = Evaluate(networks, set, parsed.GetValue(threads), calibrated);
            double calibrationError = evaluation.ExpectedCalibrationError(calibration);
            RejectionTable rejection = new(evaluation, calibration);
            if (drawing is not null)
                Gallery.Draw(set, evaluation, networks[0].Codes?.Symbols ?? "").Save(drawing);
            (int Misread, int SameAnswer)? of1998 = parsed.GetValue(errorsOf1998) ? CompareWith1998(evaluation) : null;
            if (parsed.GetValue(JsonLine.Option))
            {
                JsonLine.Write(writer =>
                {
                    WriteErrors(writer, evaluation);
                    rejection.WriteMembers(writer);
                    writer.WriteNumber("calibration_error", calibrationError);
                    Model.WriteCalibration(writer, calibration);
                    if (of1998 is var (misread, sameAnswer))
                    {
                        writer.WriteNumber("errors_of_1998", Mnist.ErrorsOf1998.Length);
                        writer.WriteNumber("errors_of_1998_misread", misread);
                        writer.WriteNumber("errors_of_1998_same_answer", sameAnswer);
                    }
                    writer.WriteString("model", name);
                    if (calibrated is not null)
                        writer.WriteString("file", calibrated);
                });
                return 0;
            }
            Console.Write($"{name}: {evaluation}\n\nTrue class down, class read across:\n{evaluation.Confusion}\n{rejection.Draw()}");
            Console.WriteLine($"\nExpected calibration error of the posteriors: {100 * calibrationError:0.00} % ({Model.Describe(calibration)}).");
            if (of1998 is var (again, alike))
                Console.WriteLine($"\nOf the {Mnist.ErrorsOf1998.Length} digits that LeNet-5 misread in 1998 it misreads {again}, {alike} of them as the same digit.");
            if (calibrated is not null)
                Console.WriteLine($"\nCalibrated on these images and saved: {calibrated}");
            return 0;
        });
        return command;
    }

    /// <summary>Reads the images with one network or with the average of several, and says how penalties become probabilities; calibrates and saves the network first
    /// where a file is given for it.</summary>
    private static (EvaluationResult Evaluation, Calibration Calibration) Evaluate(Network[] networks, LabeledImages set, int? threads, string? calibrated)
    {
        if (networks is not [Network network])
        {
            CommitteeReader committee = new(networks);
            return (committee.Evaluate(set, threads), committee.Calibration);
        }
        EvaluationResult evaluation = Evaluator.Run(network, set, threads);
        if (calibrated is not null)
        {
            network.Metadata = network.Metadata with { Calibration = Calibration.Fit(evaluation) };
            network.Save(calibrated);
        }
        return (evaluation, network.Metadata.Calibration ?? Calibration.Default);
    }

    /// <summary>How many of the digits that LeNet-5 misread in 1998 are misread again, and how many of them as the same digit.</summary>
    private static (int Misread, int SameAnswer) CompareWith1998(EvaluationResult evaluation) => (
        Mnist.ErrorsOf1998.Count(error => evaluation.Answers[error.Index] != error.Label),
        Mnist.ErrorsOf1998.Count(error => evaluation.Answers[error.Index] == error.Answer));

    private static LabeledImages LastTrainingDigits(int count) => count <= Mnist.Train.Count
        ? Mnist.Train.Slice(Mnist.Train.Count - count, count)
        : throw new ArgumentException($"--held-out {count} is more than the {Mnist.Train.Count} training digits of MNIST.");

    private static void WriteErrors(Utf8JsonWriter writer, EvaluationResult evaluation)
    {
        ConfusionMatrix confusion = evaluation.Confusion;
        writer.WriteNumber("count", evaluation.Count);
        writer.WriteNumber("errors", evaluation.Errors.Length);
        writer.WriteNumber("error_rate", evaluation.ErrorRate);
        writer.WriteStartArray("confusion");
        for (int label = 0; label < confusion.ClassCount; label++)
        {
            writer.WriteStartArray();
            for (int answer = 0; answer < confusion.ClassCount; answer++)
                writer.WriteNumberValue(confusion[label, answer]);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("errors_by_class");
        for (int label = 0; label < confusion.ClassCount; label++)
            writer.WriteNumberValue(confusion.ErrorsOf(label));
        writer.WriteEndArray();
    }
}
