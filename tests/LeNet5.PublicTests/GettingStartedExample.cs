namespace LeNet5.PublicTests;

/// <summary>What docs/getting-started.md shows, compiled; <c>.ci/check-docs</c> runs it as the page tells, from packages.</summary>
internal static class GettingStartedExample
{
    public static void ReadDigit()
    {
        var digits = new DigitReader(PretrainedModels.Digits);
        DigitReading digit = digits.Read(GrayImage.Load("7.png"));
        Console.WriteLine(digit.Label is int label ? $"{label} ({digit.Posterior:P1})" : $"no digit: {digit.Reason}");
    }

    public static void ReadString()
    {
        var strings = new StripReader();
        StripReading number = strings.Read(GrayImage.Load("touching-40100323.png"), new StripOptions { Grammar = Grammar.Luhn(8) });
        Console.WriteLine($"{number.Text} ({number.Confidence:P1}), accepted: {number.IsAccepted}");
    }

    public static void Train()
    {
        var network = Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank);
        new Trainer(network, TrainingRecipe.Article with { Epochs = 2 }).Run(Mnist.Train);
        Console.WriteLine($"{Evaluator.Run(network, Mnist.Test).ErrorRate:P2} of the test digits misread");
        network.Save("mine.safetensors");
    }
}
