using LeNet5.Training;

namespace LeNet5.PublicTests;

/// <summary>What docs/training.md and docs/custom-networks.md show, run.</summary>
public class TrainingPageTests
{
    [Test]
    public void Recipe_OfOnesOwn_Trains()
    {
        LabeledImages training = Mnist.Train.Slice(0, 1000);
        LabeledImages test = Mnist.Test.Slice(0, 200);
        using CancellationTokenSource cancellation = new();
        Network network = Network.LeNet5(seed: 1);

        var recipe = TrainingRecipe.Paper with
        {
            Name = "mine",
            Epochs = 2,
            Seed = 7,
            Rate = LearningRate.Stepped((1, 0.0005), (1, 0.0001)),
            Loss = new MaximumPosteriorLoss(j: 5),
            LevenbergMarquardt = new LevenbergMarquardt(Mu: 0.5, SampleCount: 200),
        };
        var progress = new Progress<TrainingProgress>(p =>
        {
            if (p.Finished is { } epoch)
                Console.WriteLine($"epoch {epoch.Epoch}: loss {epoch.Loss:0.000}, test error {epoch.TestErrorRate:P2}");
        });
        TrainingResult result = new Trainer(network, recipe).Run(training, test, progress, cancellation.Token);

        Assert.That(result.IsComplete);
        Assert.That(result.History, Is.EqualTo(network.Metadata.History));
        Assert.That(result.History[^1].TestErrorRate, Is.LessThan(0.3));
    }

    [Test]
    public void Recipe_WithEverything_TrainsWithCheckpoint()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "checkpoint.safetensors");
        LabeledImages training = Mnist.Train.Slice(0, 1000);
        Network network = Network.LeNet5(seed: 1);
        var recipe = new TrainingRecipe
        {
            Name = "batches",
            Epochs = 20,
            Rate = LearningRate.Linear(0.002, epochs: 20),
            BatchSize = 16,
            Optimizer = new Adam(weightDecay: 0.01),
            Averaging = new WeightAveraging(fromEpoch: 15),
            Loss = new MaximumPosteriorLoss(j: 10, temperature: 2),
            RubbishCount = 3000,
            Distortion = Distortion.Mild,
        };
        recipe = recipe with { RubbishCount = 50 };
        try
        {
            Trainer trainer = new(network, recipe) { CheckpointPath = path };
            TrainingResult result = trainer.Run(training);
            Assert.That(result.IsComplete);
            Assert.That(Network.Load(path).Metadata.History, Has.Length.EqualTo(20));
        }
        finally
        {
            File.Delete(path);
        }
        Assert.That(Evaluator.Run(network, Mnist.Test.Slice(0, 500)).ErrorRate, Is.LessThan(0.15));
    }

    [Test]
    public void HeldOut_IsTheEndOfTheTrainingSet()
    {
        LabeledImages training = Mnist.Train.Slice(0, 55_000);
        LabeledImages heldOut = Mnist.Train.Slice(55_000, 5_000);
        Assert.That(heldOut.Pixels(4999).SequenceEqual(Mnist.Train.Pixels(training.Count + 4999)));
    }

    [Test, Category("Slow")]
    public void AddVariants_OfAllDigits_IsTheSetOfThePaper()
    {
        LabeledImages tenfold = Distorter.AddVariants(Mnist.Train, Distortion.Paper, copies: 9, seed: 1);
        Assert.That(tenfold.Count, Is.EqualTo(600_000));
    }

    [Test]
    public void Network_OfOnesOwn_TrainsAndPrintsItsTable()
    {
        ConnectionTable table = ConnectionTable.Parse("""
            XX..
            .XX.
            ..XX
            X..X
            XX..
            .XX.
            ..XX
            X..X
            """);
        var network = new Network(
            new Shape(1, 28, 28),
            seed: 1,
            new Conv("C1", inputs: 1, outputs: 8, kernel: 5),
            new TrainableSubsample("S2", maps: 8),
            new SparseConv("C3", table, kernel: 3),
            new TrainableSubsample("S4", maps: 4),
            new Conv("C5", inputs: 4, outputs: 40, kernel: 5),
            new FullyConnected("F6", inputs: 40, outputs: 84),
            new RbfOutput("Output", RbfCodes.Digits));
        Console.WriteLine(network);

        Assert.That(network.ToString(), Does.Contain("4@10x10"));
        new Trainer(network, TrainingRecipe.Article with { Epochs = 3, BlankCount = 0 }).Run(Mnist.Train.Slice(0, 2000));
        Assert.That(Evaluator.Run(network, Mnist.Test).ErrorRate, Is.LessThan(0.2));
    }

    [Test]
    public void Distortion_InARecipe_Trains()
    {
        var recipe = TrainingRecipe.Article with
        {
            Name = "distorted",
            BlankCount = 0,
            Distortion = Distortion.Mild with { Thickness = 0.3 },
        };

        Network network = Network.LeNet5();
        TrainingResult result = new Trainer(network, recipe with { Epochs = 2 }).Run(Mnist.Train.Slice(0, 1000));
        Assert.That(result.History[^1].Loss, Is.LessThan(result.History[0].Loss));
        Assert.That(network.Metadata.Settings, Does.Contain("distorted: translation 1.25 px").And.Contain("thickness 0.3"));
    }

    [Test]
    public void Strip_AnyNetwork_GivesAColumnEveryFourPixels()
    {
        Network network = Network.LeNet5();
        byte[] pixels = new byte[32 * 320];

        Workspace strip = network.CreateWorkspace(input: new Shape(1, 32, 320));
        strip.LoadPixels(pixels, height: 32, width: 320);
        network.Forward(strip);
        Console.WriteLine(strip.Output.Shape);   // 10@1x73

        Assert.That(strip.Output.Shape, Is.EqualTo(new Shape(10, 1, 73)));
    }
}
