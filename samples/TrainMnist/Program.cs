// Trains LeNet-5 on MNIST, measures it and saves it:
//   dotnet run --project samples/TrainMnist [epochs]
using System.Globalization;
using LeNet5;

int epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : TrainingRecipe.Article.Epochs;

// The article's recipe also teaches what lies between two digits, so the network has an eleventh code: the blank.
Network network = Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank);
TrainingRecipe recipe = TrainingRecipe.Article with { Epochs = epochs };
Console.WriteLine(network);
Console.WriteLine($"{recipe}\n");

Console.WriteLine("epoch      rate      loss  training error  test error");
new Trainer(network, recipe).Run(Mnist.Train, Mnist.Test, new EpochPrinter());

EvaluationResult result = Evaluator.Run(network, Mnist.Test);
Console.WriteLine($"\n{result}\n\nA row for each true class, a column for each answer; 10 is the blank:\n");
Console.WriteLine(result.Confusion);

network.Save("mine.safetensors");
Console.WriteLine($"saved {Path.GetFullPath("mine.safetensors")}");

// Not Progress<T>: in a console program that reports from the thread pool, so lines may come late and out of order.
internal sealed class EpochPrinter : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Finished is { } epoch)
            Console.WriteLine($"{epoch.Epoch,5}  {epoch.LearningRate,8}  {epoch.Loss,8:F3}  {epoch.TrainingErrorRate,14:P2}  {epoch.TestErrorRate,10:P2}");
    }
}
