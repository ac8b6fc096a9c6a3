using System.CommandLine;

namespace LeNet5.Tool;

/// <summary><c>lenet5 evaluate</c>: counts a network's errors on labeled images.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string?> images = new("--images") { HelpName = "FILE", Description = "IDX file of images, plain or gzip; needs --labels [default: the test set of MNIST]" };
        Option<string?> labels = new("--labels") { HelpName = "FILE", Description = "IDX file of their labels, plain or gzip" };
        CountOption threads = new("--threads", "Threads to use [default: one a processor]");

        Command command = new("evaluate", "Count a network's errors on labeled images, class by class.")
        {
            Model.Option, images, labels, threads, JsonLine.Option,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(images) is null != result.GetResult(labels) is null)
                result.AddError("--images and --labels belong together: give both or neither.");
        });
        command.SetAction(parsed =>
        {
            string? model = parsed.GetValue(Model.Option);
            Network network = Model.Load(model);
            LabeledImages set = parsed.GetValue(images) is { } file ? LabeledImages.Load(file, parsed.GetRequiredValue(labels)!) : Mnist.Test;
            EvaluationResult evaluation = Evaluator.Run(network, set, parsed.GetValue(threads));
            if (parsed.GetValue(JsonLine.Option))
                WriteJson(evaluation, Model.NameOf(model));
            else
                Console.Write($"{Model.NameOf(model)}: {evaluation}\n\nTrue class down, class read across:\n{evaluation.Confusion}");
            return 0;
        });
        return command;
    }

    private static void WriteJson(EvaluationResult evaluation, string model) => JsonLine.Write(writer =>
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
        writer.WriteString("model", model);
    });
}
