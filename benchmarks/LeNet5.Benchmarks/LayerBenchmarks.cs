using BenchmarkDotNet.Attributes;

namespace LeNet5.Benchmarks;

/// <summary>Each layer of LeNet-5 alone, on what the layers before it make of a digit.</summary>
public class LayerBenchmarks
{
    private Network network = null!;
    private Workspace workspace = null!;
    private float[] derivatives = null!;
    private float[] gradient = null!;

    [Params("C1", "S2", "C3", "S4", "C5", "F6", "Output")]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        Network whole = Network.LeNet5();
        Workspace digit = whole.CreateWorkspace();
        digit.LoadPixels(Mnist.Test.Pixels(0), Mnist.Test.Height, Mnist.Test.Width);
        whole.Forward(digit);

        int index = whole.Layers.Select(layer => layer.Name).ToList().IndexOf(Layer);
        FeatureMaps input = index == 0 ? digit.Input : digit.OutputOf(whole.Layers[index - 1]);
        network = new Network(input.Shape, seed: 1, whole.Layers[index]);

        // As in the whole network, where only the first layer is not asked for the derivatives by its input.
        workspace = network.CreateWorkspace(Passes.Backward, inputGradient: index > 0);
        input.Values.CopyTo(workspace.Input.Values);
        network.Forward(workspace);
        derivatives = Data.Random(network.OutputShape.Length).Span.ToArray();
        gradient = new float[network.ParameterCount];
    }

    [Benchmark]
    public void Forward() => network.Forward(workspace);

    [Benchmark]
    public void Backward()
    {
        LoadDerivatives();
        network.Backward(workspace, gradient);
    }

    [Benchmark]
    public void Step()
    {
        LoadDerivatives();
        network.Step(workspace, StepSizes.OfUniform(1e-9f));
    }

    /// <summary>A backward pass changes the derivatives by the output, so each needs them anew. The copy is part of what is measured.</summary>
    private void LoadDerivatives() => derivatives.CopyTo(workspace.Output.Gradient);
}
