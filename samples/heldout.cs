#:project ../src/LeNet5/LeNet5.csproj
#:project ../src/LeNet5.Mnist/LeNet5.Mnist.csproj
#:property PublishAot=false

// How the recipes' settings were chosen: trains on the first 50,000 training digits and measures on the other 10,000. The test set has no part in it.
//   dotnet run -c Release samples/heldout.cs RATES J MU BLANKS SEED...
//   dotnet run -c Release samples/heldout.cs 8x0.0003,4x0.00015,4x0.00006,4x0.000015 5 0 6000 1 2 3
// MU 0 means plain gradient descent, and BLANKS 0 a network of ten classes.
using System.Globalization;
using LeNet5;
using LeNet5.Training;

LearningRate rate = LearningRate.Stepped([.. args[0].Split(',').Select(ParseStep)]);
double j = Parse(args[1]);
double mu = Parse(args[2]);
int blanks = int.Parse(args[3], CultureInfo.InvariantCulture);

LabeledImages seen = Mnist.Train.Slice(0, 50_000);
LabeledImages heldOut = Mnist.Train.Slice(50_000, 10_000);
foreach (ulong seed in args[4..].Select(text => ulong.Parse(text, CultureInfo.InvariantCulture)))
{
    Network network = Network.LeNet5(seed, blanks > 0 ? RbfCodes.DigitsAndBlank : RbfCodes.Digits);
    TrainingRecipe recipe = new()
    {
        Name = "held-out",
        Epochs = rate.Steps.Sum(step => step.Epochs),
        Seed = seed,
        Rate = rate,
        Loss = new MaximumPosteriorLoss(j),
        LevenbergMarquardt = mu > 0 ? new LevenbergMarquardt(mu) : null,
        BlankCount = blanks,
    };
    TrainingResult result = new Trainer(network, recipe).Run(seen);
    Console.WriteLine($"seed {seed}: held-out error {Evaluator.Run(network, heldOut).ErrorRate:P2}, training error {result.History[^1].TrainingErrorRate:P2} ({recipe})");
}

static (int Epochs, double Rate) ParseStep(string step) => step.Split('x') is [string epochs, string rate]
    ? (int.Parse(epochs, CultureInfo.InvariantCulture), Parse(rate))
    : throw new FormatException($"\"{step}\" is no step: write so many epochs, an x, and their rate.");

static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);
