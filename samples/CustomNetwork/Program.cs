// Exchanges the parts of LeNet-5 for what came later, one by one and then all together, on MNIST or on other IDX files:
//   dotnet run --project samples/CustomNetwork [epochs] [samples] [folder]
using System.Globalization;
using LeNet5;
using LeNet5.Training;

int epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
int samples = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
LabeledImages train = args.Length > 2 ? Load(args[2], "train") : Mnist.Train;
LabeledImages test = args.Length > 2 ? Load(args[2], "t10k") : Mnist.Test;

// Each network gets the rate that does best on the last training images, which none is trained on. The test set decides nothing.
const int HeldOutCount = 5000;
LabeledImages heldOut = train.Slice(train.Count - HeldOutCount, HeldOutCount);
LabeledImages seen = train.Slice(0, Math.Min(samples, train.Count - HeldOutCount));

Console.WriteLine($"A network of one's own:\n\n{Networks.Small()}");
Console.WriteLine($"""
    {epochs} epochs of {seen.Count} images. The learning rate is the best of three on {heldOut.Count} others, held out.
    Networks with a ReLU or a softmax start from wider weights: with those of 1998 a softmax hardly
    learns. Other random weights move the errors by up to half a percent: read less into them.

    """);
Console.WriteLine($"{"",-32}{"parameters",11}{"connections",13}{"rate",8}{"held-out",10}{"training",10}{"test",9}");

Compare("LeNet-5 of 1998", () => Networks.LeNet5());
Compare("max pooling for S2 and S4", () => Networks.LeNet5(maxPooling: true));
Compare("ReLU for the scaled tanh", () => Networks.LeNet5(relu: true));
Compare("softmax for the RBF output", () => Networks.LeNet5(softmax: true));
Compare("a complete C3 for table I", () => Networks.LeNet5(complete: true));
Compare("all four together", () => Networks.LeNet5(maxPooling: true, relu: true, softmax: true, complete: true));
Compare("the network of one's own", Networks.Small);

void Compare(string name, Func<Network> compose)
{
    // A squared distance has a steeper gradient than a softmax, which gives each output at most 1.
    bool hasCodes = compose().Codes is not null;
    Loss<int> loss = hasCodes ? new MaximumPosteriorLoss() : new SoftmaxLoss();
    double[] rates = hasCodes ? [0.0003, 0.001, 0.003] : [0.001, 0.003, 0.01];

    (double rate, Network network, double error) = rates.Select(Try).MinBy(trial => trial.Error);
    Console.WriteLine(
        $"{name,-32}{network.ParameterCount,11:N0}{network.ConnectionCount,13:N0}{rate,8}{error,10:P2}"
        + $"{Evaluator.Run(network, seen).ErrorRate,10:P2}{Evaluator.Run(network, test).ErrorRate,9:P2}");

    (double Rate, Network Network, double Error) Try(double rate)
    {
        Network network = compose();
        TrainingRecipe recipe = new() { Name = name, Epochs = epochs, Rate = LearningRate.Constant(rate), Loss = loss };
        new Trainer(network, recipe).Run(seen);
        return (rate, network, Evaluator.Run(network, heldOut).ErrorRate);
    }
}

// Named as MNIST's files are, packed with gzip or not.
static LabeledImages Load(string folder, string set)
{
    return LabeledImages.Load(PathOf("images-idx3"), PathOf("labels-idx1"));

    string PathOf(string kind)
    {
        string path = Path.Combine(folder, $"{set}-{kind}-ubyte");
        return File.Exists(path) ? path : path + ".gz";
    }
}
