using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class DescentTests
{
    private static readonly TrainingRecipe Plain = new() { Name = "plain", Rate = LearningRate.Constant(0.002), RatesForSums = false };

    /// <summary>Seven digits: batches that all are full, whose last is not, or that no epoch fills.</summary>
    [Test]
    public void Step_Batches_MoveAlongTheMeanGradient([Values(1, 2, 3, 7, 10)] int batchSize, [Values(1, 7)] int count)
    {
        Network expected = Network.LeNet5(seed: 1);
        Workspace workspace = expected.CreateWorkspace(Passes.Backward);
        LabeledImages digits = Mnist.Train.Slice(0, count);
        foreach (int[] batch in Enumerable.Range(0, count).Chunk(batchSize))
        {
            double[] sum = new double[expected.ParameterCount];
            foreach (int i in batch)
            {
                float[] gradient = new float[sum.Length];
                workspace.LoadPixels(digits.Pixels(i), digits.Height, digits.Width);
                expected.Forward(workspace);
                Plain.Loss.Evaluate(workspace.Output, digits.Label(i));
                expected.Backward(workspace, gradient);
                for (int k = 0; k < sum.Length; k++)
                    sum[k] += gradient[k];
            }
            Span<float> parameters = expected.EditParameters();
            for (int k = 0; k < sum.Length; k++)
                parameters[k] = (float)(parameters[k] - (0.002 * sum[k] / batch.Length));
        }

        Network actual = Network.LeNet5(seed: 1);
        RunEpochs(actual, Plain with { BatchSize = batchSize }, digits);

        // A move shows as the difference of two floats, which takes up to 1e-4 of it.
        Closeness.AssertClose<float>(Moves(actual), Moves(expected), "moves", tolerance: 2e-4);
    }

    /// <summary>The path that has no gradient of the parameters at all, and so is the fastest.</summary>
    [Test]
    public void Step_OnlineWithoutOptimizer_IsTheStepOfTheNetwork()
    {
        LabeledImages digits = Mnist.Train.Slice(0, 20);
        Network expected = Network.LeNet5(seed: 1);
        Workspace workspace = expected.CreateWorkspace(Passes.Backward);
        for (int i = 0; i < digits.Count; i++)
        {
            workspace.LoadPixels(digits.Pixels(i), digits.Height, digits.Width);
            expected.Forward(workspace);
            Plain.Loss.Evaluate(workspace.Output, digits.Label(i));
            expected.Step(workspace, StepSizes.OfUniform(0.002f));
        }

        Network actual = Network.LeNet5(seed: 1);
        Descent descent = RunEpochs(actual, Plain, digits);
        Closeness.AssertSameBits(actual.Parameters, expected.Parameters, "parameters");
        Assert.That((descent.State.Length, descent.StepCount), Is.EqualTo((0, 0L)), "there is no optimizer");
    }

    [Test]
    public void Step_MomentumOfNothing_IsThePlainStep()
    {
        LabeledImages digits = Mnist.Train.Slice(0, 20);
        Network plain = Network.LeNet5(seed: 1), other = Network.LeNet5(seed: 1);
        RunEpochs(plain, TrainingRecipe.Article with { BlankCount = 0 }, digits);
        RunEpochs(other, TrainingRecipe.Article with { BlankCount = 0, Optimizer = new Momentum(0) }, digits);
        Closeness.AssertClose(other.Parameters, plain.Parameters, "parameters", tolerance: 1e-6);
        Assert.That(Moves(plain).Max(Math.Abs), Is.GreaterThan(1e-3), "or the two are close because nothing moved");
    }

    /// <summary>Five digits in batches of 2 over three epochs: nine steps, counted through, each with a fresh gradient, the epoch's rates, and the state as the
    /// step before left it.</summary>
    [Test]
    public void Step_OwnOptimizer_IsGivenGradientRatesStateAndNumber()
    {
        Recorder recorder = new();
        TrainingRecipe recipe = Plain with { Rate = LearningRate.Stepped((1, 0.5), (2, 0.25)), BatchSize = 2, Optimizer = recorder, RatesForSums = true };
        LabeledImages digits = Mnist.Train.Slice(0, 5);
        Network network = Network.LeNet5(seed: 1);
        Descent descent = RunEpochs(network, recipe, digits, epochs: 3);

        Assert.That(recorder.Steps, Is.EqualTo(Enumerable.Range(1, 9)));
        Assert.That(recorder.States, Is.EqualTo(Enumerable.Range(0, 9)), "the state begins as zeros and is kept");
        Assert.That((descent.StepCount, descent.State.Length, descent.State[0]), Is.EqualTo((9L, 3, 9f)));
        Assert.That(recorder.Rates.Select(rates => rates[0]), Is.EqualTo(new[] { 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f }));
        Assert.That(recorder.Rates[0][network.Layers[0].ParameterCount], Is.EqualTo(16 * 0.5f), "a weight of S2");

        // The recorder moves nothing, so every epoch has the gradients of the first.
        for (int batch = 0; batch < 3; batch++)
        {
            Closeness.AssertSameBits(recorder.Gradients[batch + 3], recorder.Gradients[batch], $"gradient of batch {batch} in the second epoch");
            Closeness.AssertSameBits(recorder.Gradients[batch + 6], recorder.Gradients[batch], $"gradient of batch {batch} in the third epoch");
        }
    }

    /// <summary>Loads, runs and steps as a training does, the images in their own order.</summary>
    private static Descent RunEpochs(Network network, TrainingRecipe recipe, LabeledImages images, int epochs = 1)
    {
        DigitFeed samples = new([images], [.. Enumerable.Range(0, images.Count)], recipe);
        Descent descent = new(network, recipe, samples);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            samples.BeginEpoch(epoch);
            descent.BeginEpoch(epoch);
            for (int i = 0; i < samples.Count; i++)
            {
                int label = samples.Load(i, descent.Workspace);
                network.Forward(descent.Workspace);
                recipe.Loss.Evaluate(descent.Workspace.Output, label);
                descent.Step(isLast: i == samples.Count - 1);
            }
        }
        return descent;
    }

    private static float[] Moves(Network network) => [.. network.Parameters.ToArray().Zip(Network.LeNet5(seed: 1).Parameters.ToArray(), (after, before) => after - before)];

    /// <summary>Notes what it is given, counts its steps in its state, and moves nothing.</summary>
    private sealed record Recorder : Optimizer
    {
        public List<float[]> Gradients { get; } = [];

        public List<float[]> Rates { get; } = [];

        public List<float> States { get; } = [];

        public List<long> Steps { get; } = [];

        public override int StateLength(int parameterCount) => 3;

        public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient, ReadOnlySpan<float> rates, Span<float> state, long step)
        {
            Gradients.Add(gradient.ToArray());
            Rates.Add(rates.ToArray());
            States.Add(state[0]++);
            Steps.Add(step);
        }
    }
}
