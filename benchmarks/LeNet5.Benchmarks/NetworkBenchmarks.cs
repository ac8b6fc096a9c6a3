using BenchmarkDotNet.Attributes;
using LeNet5.Training;

namespace LeNet5.Benchmarks;

/// <summary>LeNet-5 as it is used: a digit read, a step of training, many digits evaluated (time a digit), and a strip read in one pass.</summary>
public class NetworkBenchmarks
{
    private const float Rate = 1e-6f;

    private readonly Network network = Network.LeNet5();
    private readonly MaximumPosteriorLoss loss = new();
    private readonly LabeledImages digits = Mnist.Test;
    private readonly LabeledImages many = Mnist.Test.Slice(0, 1024);
    private readonly float[] rates;
    private readonly Workspace reading;
    private readonly Workspace training;
    private readonly Workspace strip;
    private int next;

    public NetworkBenchmarks()
    {
        rates = new float[network.ParameterCount];
        Array.Fill(rates, Rate);
        training = network.CreateWorkspace(Passes.Backward);
        reading = network.CreateWorkspace();
        reading.LoadPixels(digits.Pixels(0), digits.Height, digits.Width);

        // Ten digits side by side.
        byte[] pixels = new byte[28 * 280];
        for (int i = 0; i < 10; i++)
        {
            for (int row = 0; row < 28; row++)
                digits.Pixels(i).Slice(28 * row, 28).CopyTo(pixels.AsSpan((280 * row) + (28 * i)));
        }
        strip = network.CreateWorkspace(input: new Shape(1, 32, 320));
        strip.LoadPixels(pixels, height: 28, width: 280);
    }

    [Benchmark]
    public void Forward() => network.Forward(reading);

    [Benchmark]
    public void StepWithUniformRate() => Step(StepSizes.OfUniform(Rate));

    [Benchmark]
    public void StepWithRatePerWeight() => Step(StepSizes.OfWeights(rates));

    [Benchmark(OperationsPerInvoke = 1024)]
    public EvaluationResult EvaluateOnOneThread() => Evaluator.Run(network, many, threads: 1);

    [Benchmark(OperationsPerInvoke = 1024)]
    public EvaluationResult EvaluateOnAllThreads() => Evaluator.Run(network, many);

    [Benchmark]
    public void ForwardOfStrip() => network.Forward(strip);

    private void Step(StepSizes steps)
    {
        int i = next++ % digits.Count;
        training.LoadPixels(digits.Pixels(i), digits.Height, digits.Width);
        network.Forward(training);
        loss.Evaluate(training.Output, digits.Label(i));
        network.Step(training, steps);
    }
}
