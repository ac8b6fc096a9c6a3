#:project ../src/LeNet5/LeNet5.csproj
#:project ../src/LeNet5.Mnist/LeNet5.Mnist.csproj
#:property PublishAot=false

// How the recipes' settings were chosen: trains without the last training digits and measures on them. The test set has no part in it.
//   dotnet run -c Release samples/heldout.cs rates=8x0.0003,4x0.00015,4x0.00006,4x0.000015 blanks=6000 seeds=1,2,3
//   dotnet run -c Release samples/heldout.cs rates=cosine100x0.0002 j=10 mild=1 seeds=1
// All settings: rates=EPOCHSxRATE,... or cosineEPOCHSxRATE; j=5; mu=0 (plain gradient descent); adam=0 (1 for AdamW without decay); batch=1; blanks=0; rubbish=0 and rubbishj=j;
// mild=0 and paper=0, how strong those distortions are; ema=0, the decay of averaged weights; heldout=5000; seeds=1998; from=FILE, a network to go on from; out=FILE for the last one.
using System.Globalization;
using LeNet5;
using LeNet5.Training;

Dictionary<string, string> settings = args.Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
LearningRate rate = ParseRates(settings["rates"]);
int blanks = (int)Number("blanks", 0);
int heldOutCount = (int)Number("heldout", 5000);
Distortion distortion = Number("paper", 0) > 0 ? Times(Distortion.Paper, Number("paper", 0)) : Times(Distortion.Mild, Number("mild", 0));

LabeledImages seen = Mnist.Train.Slice(0, Mnist.Train.Count - heldOutCount);
LabeledImages heldOut = Mnist.Train.Slice(seen.Count, heldOutCount);
foreach (ulong seed in settings.GetValueOrDefault("seeds", "1998").Split(',').Select(ulong.Parse))
{
    Network network = settings.TryGetValue("from", out string? start) ? Network.Load(start) : Network.LeNet5(seed, blanks > 0 ? RbfCodes.DigitsAndBlank : RbfCodes.Digits);
    TrainingRecipe recipe = new()
    {
        Name = "held-out",
        Epochs = rate.Steps.Sum(step => step.Epochs),
        Seed = seed,
        Rate = rate,
        Loss = new MaximumPosteriorLoss(Number("j", 5), rubbishJ: Number("rubbishj", Number("j", 5))),
        LevenbergMarquardt = Number("mu", 0) > 0 ? new LevenbergMarquardt(Number("mu", 0)) : null,
        Optimizer = Number("adam", 0) > 0 ? new Adam() : null,
        BatchSize = (int)Number("batch", 1),
        BlankCount = blanks,
        RubbishCount = (int)Number("rubbish", 0),
        Distortion = distortion == Distortion.None ? null : distortion,
        Averaging = Number("ema", 0) > 0 ? new WeightAveraging(fromEpoch: 1, Number("ema", 0)) : null,
    };
    TrainingResult result = new Trainer(network, recipe).Run(seen);
    Console.WriteLine($"seed {seed}: held-out error {Evaluator.Run(network, heldOut).ErrorRate:P2}, training error {result.History[^1].TrainingErrorRate:P2} ({recipe})");
    if (settings.TryGetValue("out", out string? end))
        network.Save(end);
}

double Number(string name, double otherwise) => settings.TryGetValue(name, out string? text) ? Parse(text) : otherwise;

static Distortion Times(Distortion d, double factor) => new()
{
    Translation = factor * d.Translation,
    Scale = factor * d.Scale,
    Squeeze = factor * d.Squeeze,
    Shear = factor * d.Shear,
    Rotation = factor * d.Rotation,
    Elasticity = factor * d.Elasticity,
};

static LearningRate ParseRates(string text)
{
    const string cosine = "cosine";
    if (!text.StartsWith(cosine, StringComparison.Ordinal))
        return LearningRate.Stepped([.. text.Split(',').Select(ParseStep)]);
    (int epochs, double rate) = ParseStep(text[cosine.Length..]);
    return LearningRate.Cosine(rate, epochs);
}

static (int Epochs, double Rate) ParseStep(string step) => step.Split('x') is [string epochs, string rate]
    ? (int.Parse(epochs, CultureInfo.InvariantCulture), Parse(rate))
    : throw new FormatException($"\"{step}\" is no step: write so many epochs, an x, and their rate.");

static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);
