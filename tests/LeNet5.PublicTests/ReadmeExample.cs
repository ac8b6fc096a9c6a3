namespace LeNet5.PublicTests;

/// <summary>What the README shows, as it is run by tests and by the check of the packages.</summary>
internal static class ReadmeExample
{
    public static void ReadOne(string path)
    {
        var reader = new DigitReader(PretrainedModels.Digits);
        DigitReading r = reader.Read(GrayImage.Load(path));
        Console.WriteLine(r.Label is int d ? $"{d} ({r.Posterior:P1})" : $"no digit: {r.Reason}");
    }

    public static void TrainAndSave(LabeledImages digits, string path, int epochs = 20)
    {
        var network = Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank);
        new Trainer(network, TrainingRecipe.Article with { Epochs = epochs }).Run(digits);
        Console.WriteLine($"{Evaluator.Run(network, Mnist.Test).ErrorRate:P2}");
        network.Save(path);
    }

    public static DigitReading[] ReadMany(ReadOnlyMemory<byte> pixels, int count)
    {
        var reader = new DigitReader(PretrainedModels.Digits);
        var readings = new DigitReading[count];
        reader.ReadMany(pixels, readings);   // 28x28 bytes each, on all processors
        return readings;
    }

    public static StripReading ReadString(string path)
    {
        var reader = new StripReader();
        StripReading r = reader.Read(GrayImage.Load(path));
        Console.WriteLine(r.IsAccepted ? $"{r.Text} ({r.Confidence:P1})" : $"not sure of {r.Text}: {r.Reason}");
        return r;
    }
}
