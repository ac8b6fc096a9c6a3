using LeNet5.Data;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

[NonParallelizable]
public class StripTrainingTests
{
    private static readonly LabeledImages Digits = Mnist.Train.Slice(0, 100);

    /// <summary>Short strips of few digits, for a training of a moment.</summary>
    private static readonly TrainingRecipe Recipe = new()
    {
        Name = "short strips",
        Epochs = 3,
        Rate = LearningRate.Constant(0.0002),
        Strip = new StripTraining
        {
            Count = 70,
            Width = 96,
            Styles = [StripStyle.Clean with { MinLength = 1, MaxLength = 2 }, StripStyle.Touching with { MinLength = 2, MaxLength = 3 }],
            Loss = new ColumnLoss(),
        },
    };

    private static Loss<StripTarget>[] Losses => [new ColumnLoss(), new StringLoss()];

    [TestCaseSource(nameof(Losses))]
    public void Run_FewStrips_LowersTheLoss(Loss<StripTarget> loss)
    {
        Network network = CreateNetwork();
        network.Metadata = network.Metadata with { StripCalibration = StripCalibration.Default, Calibration = Calibration.Default };
        TrainingRecipe recipe = Recipe with { Strip = Recipe.Strip! with { Loss = loss } };
        List<TrainingProgress> progress = [];
        TrainingResult result = new Trainer(network, recipe).Run(Digits, progress: new Report(progress.Add));
        Assert.That(result.IsComplete);
        Assert.That(result.History[2].Loss, Is.LessThan(0.9 * result.History[0].Loss));
        Assert.That(result.History.Select(epoch => epoch.TrainingErrorRate), Is.All.InRange(0, 1));
        Assert.That(progress.Select(now => (now.Epoch, now.Sample, now.SampleCount)).Distinct(), Is.EqualTo(new[] { (1, 70, 70), (2, 70, 70), (3, 70, 70) }));

        ModelMetadata metadata = network.Metadata;
        Assert.That(metadata.Settings, Is.EqualTo(recipe.ToString()));
        Assert.That(
            (metadata.RubbishPenalty, metadata.Calibration, metadata.StripCalibration), Is.EqualTo(((double?)null, (Calibration?)null, (StripCalibration?)null)),
            "no single character was trained, and what was fitted to the network before holds no longer");
    }

    [Test]
    public void Run_SameSeed_GivesTheSameBitsAtEveryWidth()
    {
        TrainingRecipe once = Recipe with { Epochs = 1, Strip = Recipe.Strip! with { Loss = new StringLoss() } };
        float[] parameters = VectorWidth.SameOnEach(() => Train(once));
        Assert.That(Train(once with { Seed = 2 }), Is.Not.EqualTo(parameters));

        static float[] Train(TrainingRecipe recipe)
        {
            Network network = CreateNetwork();
            new Trainer(network, recipe).Run(Digits);
            return network.Parameters.ToArray();
        }
    }

    [TestCase(1)]
    [TestCase(16)]
    public void Run_CanceledAndContinued_LandsOnTheSameBits(int batchSize)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("last.safetensors");
        TrainingRecipe recipe = batchSize == 1 ? Recipe : Recipe with { BatchSize = batchSize, Optimizer = new Adam(), Averaging = new(fromEpoch: 2) };
        Network undisturbed = CreateNetwork(), canceled = CreateNetwork(), continued = CreateNetwork();
        TrainingResult whole = new Trainer(undisturbed, recipe).Run(Digits);

        using CancellationTokenSource cancellation = new();
        Report progress = new(now =>
        {
            if (now is { Epoch: 2, Finished: not null })
                cancellation.Cancel();
        });
        TrainingResult part = new Trainer(canceled, recipe) { CheckpointPath = path }.Run(Digits, progress: progress, cancellationToken: cancellation.Token);
        Assert.That((part.IsComplete, part.History.Length), Is.EqualTo((false, 2)));

        TrainingResult result = new Trainer(continued, recipe) { CheckpointPath = path }.Run(Digits);
        Assert.That(result.History, Is.EqualTo(whole.History));
        Closeness.AssertSameBits(continued.Parameters, undisturbed.Parameters, "parameters");
    }

    /// <summary>What strips look like is part of what a checkpoint belongs to.</summary>
    [Test]
    public void Run_CheckpointOfOtherStrips_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("last.safetensors");
        TrainingRecipe once = Recipe with { Epochs = 1, Strip = Recipe.Strip! with { Count = 2 } };
        new Trainer(CreateNetwork(), once) { CheckpointPath = path }.Run(Digits);
        foreach (StripTraining other in new[] { once.Strip with { Width = 100 }, once.Strip with { Styles = [StripStyle.Clean] }, once.Strip with { Loss = new StringLoss() } })
        {
            Assert.That(
                () => new Trainer(CreateNetwork(), once with { Strip = other }) { CheckpointPath = path }.Run(Digits),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("checkpoint of another training"));
        }
    }

    [Test]
    public void Run_CanceledBefore_ChangesNothing()
    {
        Network network = CreateNetwork();
        TrainingResult result = new Trainer(network, Recipe).Run(Digits, cancellationToken: new CancellationToken(canceled: true));
        Assert.That((result.IsComplete, result.History.Length), Is.EqualTo((false, 0)));
        Assert.That(network.Parameters.ToArray(), Is.EqualTo(CreateNetwork().Parameters.ToArray()));
    }

    private static Network CreateNetwork() => Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank);
}
