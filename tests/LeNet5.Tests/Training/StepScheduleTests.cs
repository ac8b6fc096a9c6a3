using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class StepScheduleTests
{
    private static readonly TrainingRecipe Plain = new() { Name = "plain", Rate = LearningRate.Stepped((1, 0.5), (1, 0.25)) };

    /// <summary>A weight stored as c times the paper's, c the pixels of a block, moves c^2 times as far along its gradient, and c times as far where steps do not
    /// depend on the size of the gradient.</summary>
    [TestCase(2, null, 16)]
    [TestCase(3, null, 81)]
    [TestCase(2, typeof(Momentum), 16)]
    [TestCase(2, typeof(Adam), 4)]
    [TestCase(3, typeof(Adam), 9)]
    public void Each_RatesForSums_AreLargerForSubsamplingWeightsAlone(int block, Type? optimizer, float scale)
    {
        TrainingRecipe recipe = Plain with { Optimizer = optimizer == typeof(Adam) ? new Adam() : optimizer == typeof(Momentum) ? new Momentum() : null };
        Network network = Create(block);
        StepSchedule schedule = new(network, recipe), plain = new(network, recipe with { RatesForSums = false });
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            float rate = epoch == 1 ? 0.5f : 0.25f;
            schedule.BeginEpoch(epoch, Feed(recipe));
            plain.BeginEpoch(epoch, Feed(recipe));

            // C has 2 kernels of 3x3 and 2 biases, S 2 weights and 2 biases.
            float[] expected = [.. Enumerable.Repeat(rate, network.ParameterCount)];
            Assert.That(plain.Each.ToArray(), Is.EqualTo(expected));
            (expected[20], expected[21]) = (rate * scale, rate * scale);
            Assert.That(schedule.Each.ToArray(), Is.EqualTo(expected));
        }
    }

    /// <summary>The curvature of a weight does not depend on the optimizer, only what its rate is multiplied by does.</summary>
    [Test]
    public void Each_CurvatureWithAdam_IsThatOfThePlainStepButForTheScale()
    {
        TrainingRecipe recipe = Plain with { LevenbergMarquardt = new(Mu: 0.01, SampleCount: 10) };
        LabeledImages digits = Mnist.Train.Slice(0, 20);
        Network network = Network.LeNet5(seed: 1);
        float[] plain = Schedule(recipe), adam = Schedule(recipe with { Optimizer = new Adam() });
        int start = 0;
        foreach (Layer layer in network.Layers)
        {
            int weights = layer is TrainableSubsample subsample ? subsample.Maps : 0;
            for (int i = start; i < start + layer.ParameterCount; i++)
                Assert.That(adam[i], Is.EqualTo(plain[i] / (i < start + weights ? 4 : 1)).Within(1e-4).Percent, $"{layer}, parameter {i - start}");
            start += layer.ParameterCount;
        }

        float[] Schedule(TrainingRecipe recipe)
        {
            DigitFeed samples = new([digits], [.. Enumerable.Range(0, digits.Count)], recipe);
            StepSchedule schedule = new(network, recipe);
            schedule.BeginEpoch(1, samples);
            return schedule.Each.ToArray();
        }
    }

    /// <summary>The first step of Adam is as long as the rate wherever there is a gradient, with an epsilon that even the smallest exceeds.</summary>
    [Test]
    public void Run_AdamsFirstStep_MovesSubsamplingWeightsFourTimesAsFar()
    {
        const float rate = 0.001f;
        Network network = Network.LeNet5(seed: 1), before = network.Clone();
        TrainingRecipe recipe = Plain with { Epochs = 1, Rate = LearningRate.Constant(rate), Optimizer = new Adam(epsilon: 1e-20) };
        new Trainer(network, recipe).Run(Mnist.Train.Slice(0, 1));
        foreach (int index in new[] { 1, 3 })
        {
            Layer layer = network.Layers[index];
            int maps = layer.ParameterCount / 2;
            float[] moves = [.. network.ParametersOf(layer).ToArray().Zip(before.ParametersOf(layer).ToArray(), (after, w) => Math.Abs(after - w))];

            // A weight of up to 2.4 shows a move to 2.4e-7.
            Assert.That(moves[..maps], Is.All.EqualTo(4 * rate).Within(1e-6), $"weights of {layer}");
            Assert.That(moves[maps..], Is.All.EqualTo(rate).Within(1e-6), $"biases of {layer}");
        }
    }

    private static Network Create(int block) =>
        new(new Shape(1, 8, 8), 1, new Conv("C", 1, 2, kernel: 3), new TrainableSubsample("S", 2, block), new FullyConnected("F", 2, 3));

    /// <summary>A feed that no schedule without curvature reads.</summary>
    private static DigitFeed Feed(TrainingRecipe recipe) => new([new LabeledImages(1, 1, [0], [0])], [0], recipe);
}
