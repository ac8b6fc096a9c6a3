using LeNet5.Training;

namespace LeNet5.Tests.Training;

/// <summary>With a constant rate, a training of two epochs is the beginning of one of three: so the parameters at the end of each epoch are known.</summary>
public class WeightAveragingTests
{
    private static readonly TrainingRecipe Plain = new() { Name = "plain", Epochs = 4, Rate = LearningRate.Constant(0.001) };
    private static readonly LabeledImages Digits = Mnist.Train.Slice(0, 200);

    [Test]
    public void Run_EqualWeights_GivesTheMeanOfTheLastEpochs()
    {
        double[] expected = new double[60000];
        foreach (int epoch in new[] { 2, 3, 4 })
        {
            float[] parameters = ParametersAfter(epoch);
            for (int i = 0; i < expected.Length; i++)
                expected[i] += parameters[i] / 3.0;
        }
        Closeness.AssertClose<double>(Train(Plain with { Averaging = new(fromEpoch: 2) }), expected, "average", tolerance: 1e-6);
    }

    [Test]
    public void Run_WithDecay_KeepsThatShareInEachEpoch()
    {
        const double decay = 0.7;
        double[] expected = [.. ParametersAfter(2).Select(value => (double)value)];
        foreach (int epoch in new[] { 3, 4 })
        {
            float[] parameters = ParametersAfter(epoch);
            for (int i = 0; i < expected.Length; i++)
                expected[i] = (decay * expected[i]) + ((1 - decay) * parameters[i]);
        }
        Closeness.AssertClose<double>(Train(Plain with { Averaging = new(fromEpoch: 2, decay) }), expected, "average", tolerance: 1e-6);
    }

    [Test]
    public void Run_UpToTheFirstEpochThatCounts_GivesTheNewestParameters([Values(4, 5)] int fromEpoch, [Values(null, 0.9)] double? decay) =>
        Closeness.AssertSameBits(Train(Plain with { Averaging = new(fromEpoch, decay) }), ParametersAfter(4), "parameters");

    /// <summary>What the epochs are compared by is the average's, what they are trained by is not.</summary>
    [Test]
    public void Run_WithTestSet_TestsTheAverageAndTrainsAsWithout()
    {
        LabeledImages test = Mnist.Test.Slice(0, 1000);
        TrainingRecipe averaging = Plain with { Averaging = new(fromEpoch: 1) };
        TrainingResult without = new Trainer(Network.LeNet5(seed: 1), Plain).Run(Digits, test);
        TrainingResult with = new Trainer(Network.LeNet5(seed: 1), averaging).Run(Digits, test);

        Assert.That(with.History.Select(epoch => epoch with { TestErrorRate = null }), Is.EqualTo(without.History.Select(epoch => epoch with { TestErrorRate = null })));
        Assert.That(with.History[0].TestErrorRate, Is.EqualTo(without.History[0].TestErrorRate), "an average of one");
        for (int epoch = 2; epoch <= 4; epoch++)
        {
            Network average = Network.LeNet5(seed: 1);
            new Trainer(average, averaging with { Epochs = epoch }).Run(Digits);
            Assert.That(with.History[epoch - 1].TestErrorRate, Is.EqualTo(Evaluator.Run(average, test).ErrorRate), $"epoch {epoch}");
        }
        Assert.That(with.History.Select(epoch => epoch.TestErrorRate), Is.Not.EqualTo(without.History.Select(epoch => epoch.TestErrorRate)), "or this test shows nothing");
    }

    /// <summary>A part of an epoch counts for nothing, unless there is nothing else.</summary>
    [TestCase(1)]
    [TestCase(3)]
    public void Run_Canceled_GivesTheAverageOfTheCompletedEpochs(int canceled)
    {
        LabeledImages digits = Mnist.Train.Slice(0, 520);
        TrainingRecipe averaging = Plain with { Averaging = new(fromEpoch: 1) };
        Network network = Network.LeNet5(seed: 1);
        using CancellationTokenSource cancellation = new();
        Report progress = new(now =>
        {
            if (now.Epoch == canceled && now.Sample == 500)
                cancellation.Cancel();
        });
        TrainingResult result = new Trainer(network, averaging).Run(digits, progress: progress, cancellationToken: cancellation.Token);
        Assert.That((result.IsComplete, result.History.Length), Is.EqualTo((false, canceled - 1)));

        Network expected = Network.LeNet5(seed: 1);
        if (canceled > 1)
            new Trainer(expected, averaging with { Epochs = canceled - 1 }).Run(digits);
        Assert.That(network.Parameters.SequenceEqual(expected.Parameters), Is.EqualTo(canceled > 1));
    }

    [Test]
    public void WeightAveraging_NoEpoch_IsRefusedByName() =>
        Assert.That(() => new WeightAveraging(fromEpoch: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("fromEpoch"));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(-0.5)]
    [TestCase(double.NaN)]
    public void WeightAveraging_ImpossibleDecay_IsRefusedByName(double decay) =>
        Assert.That(() => new WeightAveraging(fromEpoch: 1, decay), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("decay"));

    [TestCase(null, "weights averaged from epoch 12 on")]
    [TestCase(0.75, "weights averaged from epoch 12 on, decay 0.75")]
    public void ToString_Always_NamesTheSettings(double? decay, string expected) => Assert.That(new WeightAveraging(fromEpoch: 12, decay).ToString(), Is.EqualTo(expected));

    private static float[] ParametersAfter(int epochs) => Train(Plain with { Epochs = epochs });

    private static float[] Train(TrainingRecipe recipe)
    {
        Network network = Network.LeNet5(seed: 1);
        new Trainer(network, recipe).Run(Digits);
        return network.Parameters.ToArray();
    }
}
