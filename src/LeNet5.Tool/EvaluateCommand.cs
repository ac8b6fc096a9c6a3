using System.CommandLine;

namespace LeNet5.Tool;

/// <summary><c>lenet5 evaluate</c>: counts a network's errors on labeled images.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string?> images = new("--images") { HelpName = "FILE", Description = "IDX file of images, plain or gzip; needs --labels [default: the test set of MNIST]" };
        Option<string?> labels = new("--labels") { HelpName = "FILE", Description = "IDX file of their labels, plain or gzip" };
        Option<bool> errorsOf1998 = new("--errors-of-1998") { Description = "Also tell how many of the 82 test digits that LeNet-5 misread in 1998 this network misreads" };
        Option<string?> gallery = new("--gallery") { HelpName = "FILE.png", Description = $"Draw what was misread, the first {Gallery.MaxCount} at most" };
        CountOption threads = new("--threads", "Threads to use [default: one a processor]");

        Command command = new("evaluate", "Count a network's errors on labeled images, class by class.")
        {
            Model.Option, images, labels, errorsOf1998, gallery, threads, JsonLine.Option,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(images) is null != result.GetResult(labels) is null)
                result.AddError("--images and --labels belong together: give both or neither.");
            if (result.GetResult(images) is not null && result.GetResult(errorsOf1998) is not null)
                result.AddError("--errors-of-1998 is about the test set of MNIST: leave out --images and --labels.");
        });
        command.SetAction(parsed =>
        {
            string? model = parsed.GetValue(Model.Option);
            Network network = Model.Load(model);
            LabeledImages set = parsed.GetValue(images) is { } file ? LabeledImages.Load(file, parsed.GetRequiredValue(labels)!) : Mnist.Test;
            EvaluationResult evaluation = Evaluator.Run(network, set, parsed.GetValue(threads));
            if (parsed.GetValue(gallery) is { } picture && !evaluation.Errors.IsEmpty)
                Gallery.Draw(set, evaluation, network.Codes?.Symbols ?? "").Save(picture);
            (int Misread, int SameAnswer)? of1998 = parsed.GetValue(errorsOf1998) ? CompareWith1998(evaluation) : null;
            if (parsed.GetValue(JsonLine.Option))
            {
                WriteJson(evaluation, Model.NameOf(model), of1998);
                return 0;
            }
            Console.Write($"{Model.NameOf(model)}: {evaluation}\n\nTrue class down, class read across:\n{evaluation.Confusion}");
            if (of1998 is var (misread, sameAnswer))
                Console.WriteLine($"\nOf the {Mnist.ErrorsOf1998.Length} digits that LeNet-5 misread in 1998 it misreads {misread}, {sameAnswer} of them as the same digit.");
            return 0;
        });
        return command;
    }

    /// <summary>How many of the digits that LeNet-5 misread in 1998 are misread again, and how many of them as the same digit.</summary>
    private static (int Misread, int SameAnswer) CompareWith1998(EvaluationResult evaluation) => (
        Mnist.ErrorsOf1998.Count(error => evaluation.Answers[error.Index] != error.Label),
        Mnist.ErrorsOf1998.Count(error => evaluation.Answers[error.Index] == error.Answer));

    private static void WriteJson(EvaluationResult evaluation, string model, (int Misread, int SameAnswer)? of1998) => JsonLine.Write(writer =>
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
        if (of1998 is var (misread, sameAnswer))
        {
            writer.WriteNumber("errors_of_1998", Mnist.ErrorsOf1998.Length);
            writer.WriteNumber("errors_of_1998_misread", misread);
            writer.WriteNumber("errors_of_1998_same_answer", sameAnswer);
        }
        writer.WriteString("model", model);
    });
}
