using LeNet5.Training;

namespace LeNet5.Tests;

/// <summary>A LeNet-5 that knows digits and blanks well enough to test what reads with it, after a second of training.</summary>
internal static class SmallModel
{
    private static readonly Lazy<Network> Trained = new(() =>
    {
        Network network = Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank);
        TrainingRecipe recipe = new() { Name = "small", Epochs = 2, Rate = LearningRate.Constant(0.0005), BlankCount = 300 };
        new Trainer(network, recipe).Run(Mnist.Train.Slice(0, 3000));
        return network;
    });

    public static Network Create() => Trained.Value.Clone();
}
