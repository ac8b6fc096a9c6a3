using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LeNet5.Data;
using LeNet5.Tests.Oracle;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

[NonParallelizable]
public class TrainerTests
{
    private static readonly TrainingRecipe FirstOrder = new() { Name = "first order", Epochs = 1, Rate = LearningRate.Constant(0.0005) };
    private static readonly TrainingRecipe SecondOrder = FirstOrder with { Name = "second order", LevenbergMarquardt = new(Mu: 1, SampleCount: 20) };

    private static TrainingRecipe[] BothOrders => [FirstOrder, SecondOrder];

    private static TrainingRecipe[] Shipped => [TrainingRecipe.Article, TrainingRecipe.Paper];

    [TestCaseSource(nameof(BothOrders))]
    public void Run_SameSeed_GivesTheSameBitsAtEveryWidth(TrainingRecipe recipe)
    {
        float[] parameters = VectorWidth.SameOnEach(() => Train(recipe));
        Assert.That(Train(recipe), Is.EqualTo(parameters));
        Assert.That(Train(recipe with { Seed = 2 }), Is.Not.EqualTo(parameters));

        static float[] Train(TrainingRecipe recipe)
        {
            Network network = Network.LeNet5(seed: 1);
            new Trainer(network, recipe).Run(Mnist.Train.Slice(0, 300));
            return network.Parameters.ToArray();
        }
    }

    /// <summary>Prints the hash of the parameters, which is the same on every machine with fused multiply-adds; without them, it holds for the machine alone.</summary>
    [Category("Slow")]
    [TestCaseSource(nameof(Shipped))]
    public void Run_TwoThousandDigits_GivesTheSameBitsAtEveryVectorWidth(TrainingRecipe recipe)
    {
        float[] parameters = VectorWidth.SameOnEach(() =>
        {
            Network network = Network.LeNet5(seed: 1, recipe.BlankCount == 0 ? RbfCodes.Digits : RbfCodes.DigitsAndBlank);
            new Trainer(network, recipe with { Epochs = 1 }).Run(Mnist.Train.Slice(0, 2000));
            return network.Parameters.ToArray();
        });
        Assert.That(parameters, Is.All.Matches<float>(float.IsFinite));
        TestContext.Out.WriteLine($"{recipe.Name}: SHA-256 {Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(parameters)))}");
    }

    /// <summary>
    /// One digit, one step: against equations 18 and 21 with the oracle's gradient and curvature. S weights, which multiply the average
    /// instead of the paper's sum, have 16 times its rate and see a 16th of its curvature.
    /// </summary>
    [Test]
    public void Run_OneDigit_MovesEveryParameterAsTheEquationsSay([Values] bool secondOrder, [Values] bool ratesForSums)
    {
        const double rate = 1;
        const double mu = 0.02;
        TrainingRecipe recipe = FirstOrder with
        {
            Rate = LearningRate.Constant(rate),
            Loss = new MaximumLikelihoodLoss(),
            RatesForSums = ratesForSums,
            LevenbergMarquardt = secondOrder ? new(mu, SampleCount: 4) : null,
        };
        Network network = Network.LeNet5(seed: 1);
        PlainNetwork plain = new(network);
        Workspace workspace = network.CreateWorkspace();
        LabeledImages digit = Mnist.Train.Slice(0, 1);
        workspace.LoadPixels(digit.Pixels(0), 28, 28);
        plain.Forward(PlainNetwork.ToDoubles(workspace.Input.Values));
        (double value, double[] gradient, double[] curvature) = PlainLoss.Likelihood(plain.Values[^1], digit.Label(0));
        plain.Backward(gradient);
        plain.BackwardCurvature(curvature);

        EpochResult result = new Trainer(network, recipe).Run(digit).History.Single();

        Assert.That(result.Loss, Is.EqualTo(value).Within(1e-5 * value));
        int start = 0;
        foreach (Layer layer in network.Layers)
        {
            foreach (ParameterTensor tensor in layer.Tensors)
            {
                double scale = ratesForSums && layer is TrainableSubsample && tensor.Name == "weight" ? 16 : 1;
                Range range = start..(start + tensor.Length);
                double[] before = plain.Parameters[range];
                double[] steps = [.. plain.ParameterCurvature[range].Select(h => secondOrder ? rate * scale / (mu + (scale * h)) : rate * scale)];
                double[] expected = [.. plain.ParameterGradient[range].Zip(steps, (g, step) => -step * g)];
                float[] moved = [.. network.Parameters[range].ToArray().Zip(before, (after, w) => (float)(after - w))];

                // A step shows as the difference of two floats, S weights of up to 2.4: a rate of 1 lets 1e-4 of it come through.
                Closeness.AssertClose<double>(moved, expected, $"{layer} {tensor.Name}", tolerance: 1e-4);
                start += tensor.Length;
            }
        }
    }

    /// <summary>The curvature is estimated before each epoch (appendix C): a second epoch goes on as a second training would.</summary>
    [TestCaseSource(nameof(BothOrders))]
    public void Run_TwoEpochsOfOneDigit_EqualTwoRuns(TrainingRecipe recipe)
    {
        LabeledImages digit = Mnist.Train.Slice(0, 1);
        Network network = Network.LeNet5(seed: 1);
        new Trainer(network, recipe with { Epochs = 2 }).Run(digit);
        Network twice = Network.LeNet5(seed: 1);
        Trainer trainer = new(twice, recipe);
        trainer.Run(digit);
        trainer.Run(digit);
        Assert.That(network.Parameters.ToArray(), Is.EqualTo(twice.Parameters.ToArray()));
    }

    /// <summary>A digit that the new network misreads and reads rightly after one large step: the error counts, for the answer came before.</summary>
    [Test]
    public void Run_DigitLearntInOneStep_CountsTheErrorBeforeIt()
    {
        Network network = Network.LeNet5(seed: 1);
        int index = Evaluator.Run(network, Mnist.Train.Slice(0, 100)).Errors[0];
        LabeledImages digit = Mnist.Train.Slice(index, 1);
        EpochResult result = new Trainer(network, FirstOrder with { Rate = LearningRate.Constant(0.005) }).Run(digit, test: digit).History.Single();
        Assert.That(result.TrainingErrorRate, Is.EqualTo(1));
        Assert.That(result.TestErrorRate, Is.Zero);
    }

    /// <summary>With a rate that moves nothing, the errors of an epoch are those of an evaluation.</summary>
    [Test]
    public void Run_VanishingRate_CountsTheErrorsOfAnEvaluation()
    {
        Network network = Network.LeNet5(seed: 1);
        LabeledImages digits = Mnist.Train.Slice(0, 300);
        EpochResult result = new Trainer(network, FirstOrder with { Rate = LearningRate.Constant(1e-20) }).Run(digits).History.Single();
        Assert.That(result.TrainingErrorRate, Is.EqualTo(Evaluator.Run(network, digits).ErrorRate));
    }

    [Test]
    public void Run_TwoEpochs_KeepsTheHistoryInResultAndMetadata()
    {
        Network network = Network.LeNet5(seed: 1);
        TrainingRecipe recipe = FirstOrder with { Epochs = 2, Rate = LearningRate.Stepped((1, 0.0005), (1, 0.0002)) };
        LabeledImages test = Mnist.Test.Slice(0, 200);
        TrainingResult result = new Trainer(network, recipe).Run(Mnist.Train.Slice(0, 300), test);
        Assert.That(result.IsComplete);
        Assert.That(result.History.Select(epoch => (epoch.Epoch, epoch.LearningRate)), Is.EqualTo(new[] { (1, 0.0005), (2, 0.0002) }));
        Assert.That(result.History[1].Loss, Is.LessThan(result.History[0].Loss));
        Assert.That(result.History[1].TestErrorRate, Is.EqualTo(Evaluator.Run(network, test).ErrorRate));
        ModelMetadata metadata = network.Metadata;
        Assert.That(metadata.History, Is.EqualTo(result.History));
        Assert.That(
            (metadata.InitialSeed, metadata.Recipe, metadata.Settings, metadata.TrainingSeed, metadata.RubbishPenalty),
            Is.EqualTo(((ulong?)1, recipe.Name, recipe.ToString(), (ulong?)recipe.Seed, recipe.Loss.RubbishPenalty)));
    }

    [Test]
    public void Run_NoTestSet_LeavesTheTestErrorOpen() =>
        Assert.That(new Trainer(Network.LeNet5(), FirstOrder).Run(Mnist.Train.Slice(0, 10)).History.Single().TestErrorRate, Is.Null);

    [Test]
    public void Run_CanceledInTheSecondEpoch_KeepsWhatWasLearntAndTheFirstEpoch()
    {
        LabeledImages digits = Mnist.Train.Slice(0, 600);
        Network first = Network.LeNet5(seed: 1);
        new Trainer(first, FirstOrder).Run(digits);

        Network network = Network.LeNet5(seed: 1);
        using CancellationTokenSource cancellation = new();
        Report progress = new(now =>
        {
            if (now is { Epoch: 2, Sample: 500 })
                cancellation.Cancel();
        });
        TrainingResult result = new Trainer(network, FirstOrder with { Epochs = 3 }).Run(digits, progress: progress, cancellationToken: cancellation.Token);
        Assert.That(result.IsComplete, Is.False);
        Assert.That(result.History.Single().Epoch, Is.EqualTo(1));
        Assert.That(network.Metadata.History, Is.EqualTo(result.History));
        Assert.That(network.Parameters.ToArray(), Is.Not.EqualTo(first.Parameters.ToArray()), "what the second epoch taught is kept");
        Assert.That(progress.All[^1], Has.Property(nameof(TrainingProgress.Sample)).EqualTo(500), "and nothing came after");
    }

    [Test]
    public void Run_CanceledBefore_ChangesNothing()
    {
        Network network = Network.LeNet5(seed: 1);
        TrainingResult result = new Trainer(network, FirstOrder).Run(Mnist.Train.Slice(0, 10), cancellationToken: new CancellationToken(canceled: true));
        Assert.That((result.IsComplete, result.History.Length), Is.EqualTo((false, 0)));
        Assert.That(network.Parameters.ToArray(), Is.EqualTo(Network.LeNet5(seed: 1).Parameters.ToArray()));
    }

    /// <summary>Each epoch has all digits, blanks and pictures of rubbish once. Rubbish is misread where some class is below j, and always with a j above all
    /// penalties.</summary>
    [Test]
    public void Run_DigitsBlanksAndRubbish_CountsWhatIsMisread([Values(-1000, 84, 1e6)] double j, [Values] bool secondOrder)
    {
        const int digits = 100, blanks = 20, rubbish = 30;
        Witness loss = new(j);
        TrainingRecipe recipe = FirstOrder with
        {
            Epochs = 2,
            Loss = loss,
            BlankCount = blanks,
            RubbishCount = rubbish,
            LevenbergMarquardt = secondOrder ? new(Mu: 1, SampleCount: 50) : null,
        };
        TrainingResult result = new Trainer(Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank), recipe).Run(Mnist.Train.Slice(0, digits));

        int estimated = secondOrder ? 50 : 0;
        int presented = digits + blanks + rubbish;
        int accepted = 0;
        Assert.That(loss.Samples, Has.Count.EqualTo(2 * (estimated + presented)));
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            var samples = loss.Samples.Skip((epoch * estimated) + ((epoch - 1) * presented)).Take(presented).ToArray();
            Assert.That(samples.Count(sample => sample.Target == -1), Is.EqualTo(rubbish));
            Assert.That(samples.Count(sample => sample.Target == 10), Is.EqualTo(blanks));
            int misread = samples.Count(sample => sample.Target == -1 ? sample.Penalties.Min() < j : Array.IndexOf(sample.Penalties, sample.Penalties.Min()) != sample.Target);
            Assert.That(result.History[epoch - 1].TrainingErrorRate, Is.EqualTo((double)misread / presented));
            accepted += samples.Count(sample => sample.Target == -1 && sample.Penalties.Min() < j);
        }
        Assert.That(accepted, j < 0 ? Is.Zero : j > 1000 ? Is.EqualTo(2 * rubbish) : Is.InRange(1, (2 * rubbish) - 1), "or the counts may agree by chance");
    }

    /// <summary>Training against rubbish makes a network refuse what it would have accepted.</summary>
    [Test]
    public void Run_Rubbish_RaisesThePenaltiesOfRubbish()
    {
        TrainingRecipe recipe = FirstOrder with { Epochs = 4, Loss = new MaximumPosteriorLoss(j: 60) };
        Assert.That(AcceptedBy(recipe with { RubbishCount = 300 }), Is.LessThan(AcceptedBy(recipe) / 2));

        static int AcceptedBy(TrainingRecipe recipe)
        {
            Network network = Network.LeNet5(seed: 1);
            new Trainer(network, recipe).Run(Mnist.Train.Slice(0, 300));
            Workspace workspace = network.CreateWorkspace();
            byte[] picture = new byte[28 * 28];
            int accepted = 0;
            for (ulong seed = 1; seed <= 200; seed++)
            {
                SeededRandom random = new(seed);
                RubbishPictures.Draw(Mnist.Test, picture, ref random);
                workspace.LoadPixels(picture, 28, 28);
                network.Forward(workspace);
                accepted += workspace.Output.Values.ToArray().Min() < 60 ? 1 : 0;
            }
            return accepted;
        }
    }

    /// <summary>600 digits and 100 blanks: reports at 500 and 700, and one more at the end of each epoch with its result.</summary>
    [Test]
    public void Run_DigitsAndBlanks_ReportsProgressInOrder()
    {
        Report progress = new();
        Network network = Network.LeNet5(codes: RbfCodes.DigitsAndBlank);
        TrainingResult result = new Trainer(network, FirstOrder with { Epochs = 2, BlankCount = 100 }).Run(Mnist.Train.Slice(0, 600), progress: progress);
        Assert.That(
            progress.All.Select(now => (now.Epoch, now.Sample, now.Finished is not null)),
            Is.EqualTo(new[] { (1, 500, false), (1, 700, false), (1, 700, true), (2, 500, false), (2, 700, false), (2, 700, true) }));
        Assert.That(progress.All.Select(now => (now.EpochCount, now.SampleCount)), Is.All.EqualTo((2, 700)));
        Assert.That(progress.All.Where(now => now.Finished is not null).Select(now => now.Finished!.Value), Is.EqualTo(result.History));
    }

    /// <summary>Without squashing nothing bounds the outputs, so a rate of 1 blows them up.</summary>
    [Test]
    public void Run_DivergingTraining_TellsWhereAndTheWayOut()
    {
        Network network = new(new Shape(1, 28, 28), 1, new Conv("C", 1, 84, kernel: 28, Activation.Identity), new RbfOutput("Output", RbfCodes.Digits));
        TrainingRecipe recipe = FirstOrder with { Rate = LearningRate.Constant(1), Loss = new MaximumLikelihoodLoss() };
        Assert.That(
            () => new Trainer(network, recipe).Run(Mnist.Train.Slice(0, 600)),
            Throws.TypeOf<NotFiniteNumberException>().With.Message.Match(@"diverged in epoch 1 after 500 samples: .* Lower the learning rate \(now 1\), or raise mu\.").And.Property(nameof(NotFiniteNumberException.OffendingNumber)).Matches<double>(loss => !double.IsFinite(loss)));
    }

    [Test]
    public void Trainer_LayerWithoutCurvature_IsNamedBeforeAnythingRuns() =>
        Assert.That(
            () => new Trainer(new Network(new Shape(1, 28, 28), 1, new Conv("C", 1, 10, kernel: 28), new FirstOrderLayer("Mine")), SecondOrder),
            Throws.ArgumentException.With.Message.StartsWith("Mine has no curvature pass, which Levenberg-Marquardt needs."));

    /// <summary>The layer hands everything on, so the network learns as if it were not there.</summary>
    [Test]
    public void Run_LayerWithoutStepOrCurvature_TrainsByTheFirstOrder()
    {
        Conv conv = new("C", 1, 10, kernel: 28);
        Assert.That(Train(conv, new FirstOrderLayer("Mine")), Is.EqualTo(Train(conv)));

        static float[] Train(params ReadOnlySpan<Layer> layers)
        {
            Network network = new(new Shape(1, 28, 28), 1, layers);
            new Trainer(network, FirstOrder).Run(Mnist.Train.Slice(0, 100));
            return network.Parameters.ToArray();
        }
    }

    [Test]
    public void Trainer_BlanksWithoutAClassForThem_TellsTheWayOut() =>
        Assert.That(
            () => new Trainer(Network.LeNet5(), TrainingRecipe.Article),
            Throws.ArgumentException.With.Message.Contains("trains 6000 blanks, but the network has no class for them. Make it with RbfCodes.DigitsAndBlank"));

    [Test]
    public void Trainer_OutputOfSeveralPositions_IsRefused() =>
        Assert.That(
            () => new Trainer(new Network(new Shape(1, 28, 28), 1, new Conv("C", 1, 10, kernel: 20)), FirstOrder),
            Throws.ArgumentException.With.Message.Contains("10@9x9"));

    [Test]
    public void Trainer_ImpossibleSettings_AreRefused()
    {
        foreach (TrainingRecipe recipe in new[]
        {
            FirstOrder with { Epochs = 0 },
            FirstOrder with { BlankCount = -1 },
            FirstOrder with { LevenbergMarquardt = new(Mu: 0) },
            FirstOrder with { LevenbergMarquardt = new(Mu: double.NaN) },
            FirstOrder with { LevenbergMarquardt = new(Mu: 1, SampleCount: 0) },
        })
            Assert.That(() => new Trainer(Network.LeNet5(), recipe), Throws.InstanceOf<ArgumentException>(), recipe.ToString());
    }

    [Test]
    public void Run_ImagesLargerThanTheInput_NamesBothSizes() =>
        Assert.That(
            () => new Trainer(Network.LeNet5(), FirstOrder).Run(new LabeledImages(40, 33, new byte[40 * 33], [0])),
            Throws.ArgumentException.With.Message.Contains("Images of 40x33 do not fit the network's input of 1@32x32."));

    [Test]
    public void Run_LabelWithoutAClass_NamesBothRanges() =>
        Assert.That(
            () => new Trainer(Network.LeNet5(), FirstOrder).Run(new LabeledImages(1, 1, [0], [10])),
            Throws.ArgumentException.With.Message.Contains("The labels go up to 10, but the network has classes 0 to 9."));

    [Test]
    public void Run_NoImages_IsRefused() =>
        Assert.That(() => new Trainer(Network.LeNet5(), FirstOrder).Run(Mnist.Train.Slice(0, 0)), Throws.ArgumentException);

    /// <summary>Equation 9, noting what it is asked.</summary>
    private sealed class Witness(double j) : Loss<int>
    {
        private readonly MaximumPosteriorLoss loss = new(j);

        public List<(float[] Penalties, int Target)> Samples { get; } = [];

        public override double? RubbishPenalty => j;

        public override double Evaluate(FeatureMaps output, int target)
        {
            Samples.Add((output.Values.ToArray(), target));
            return loss.Evaluate(output, target);
        }
    }

    private sealed class FirstOrderLayer(string name) : Layer(name)
    {
        public override Shape OutputShape(Shape input) => input;

        public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch) =>
            input.Values.CopyTo(output.Values);

        public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch) =>
            output.Gradient.CopyTo(input.Gradient);
    }
}
