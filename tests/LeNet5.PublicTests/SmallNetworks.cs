using LeNet5.Training;

namespace LeNet5.PublicTests;

/// <summary>Networks that know digits and blanks a little, after a second of training each, and misread different ones.</summary>
internal static class SmallNetworks
{
    private static readonly Lazy<Network[]> Trained = new(() => [.. new ulong[] { 1, 2, 3 }.Select(Train)]);

    public static Network[] Create() => Array.ConvertAll(Trained.Value, network => network.Clone());

    private static Network Train(ulong seed)
    {
        Network network = Network.LeNet5(seed, RbfCodes.DigitsAndBlank);
        TrainingRecipe recipe = new() { Name = "small", Epochs = 2, Rate = LearningRate.Constant(0.0005), BlankCount = 300, Seed = seed };
        new Trainer(network, recipe).Run(Mnist.Train.Slice(3000 * (int)seed, 3000));
        return network;
    }
}
