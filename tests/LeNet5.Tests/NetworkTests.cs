using LeNet5.Tests.Oracle;
using LeNet5.Training;

namespace LeNet5.Tests;

public class NetworkTests
{
    /// <summary>
    /// Section II-B, layer by layer. The connections of the hidden layers add up to 340,068; only with the 840 of the RBF layer do they give the paper's 340,908.
    /// </summary>
    [Test]
    public void LeNet5_EachLayer_HasThePapersCounts()
    {
        (string, Shape, int, long)[] paper =
        [
            ("C1", new(6, 28, 28), 156, 122_304),
            ("S2", new(6, 14, 14), 12, 5_880),
            ("C3", new(16, 10, 10), 1_516, 151_600),
            ("S4", new(16, 5, 5), 32, 2_000),
            ("C5", new(120, 1, 1), 48_120, 48_120),
            ("F6", new(84, 1, 1), 10_164, 10_164),
            ("Output", new(10, 1, 1), 0, 840),
        ];
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace();
        Shape input = network.InputShape;
        foreach ((Layer layer, (string, Shape, int, long) expected) in network.Layers.Zip(paper))
        {
            Shape output = workspace.OutputOf(layer).Shape;
            Assert.That((layer.Name, output, layer.ParameterCount, layer.ConnectionCount(input)), Is.EqualTo(expected));
            input = output;
        }
        Assert.That((network.Layers.Length, network.ParameterCount, network.ConnectionCount), Is.EqualTo((7, 60_000, 340_908L)));
    }

    /// <summary>32 pixels, 4 apart: a strip 32 high and w wide has (w - 32) / 4 + 1 columns (section VII, figure 25).</summary>
    [Test]
    public void Window_OfLeNet5_GivesThePapersColumns()
    {
        Network network = Network.LeNet5();
        Assert.That(network.Window, Is.EqualTo(new Window(32, 4)));
        for (int width = 32; width <= 64; width++)
            Assert.That(network.CreateWorkspace(input: new Shape(1, 32, width)).Output.Shape, Is.EqualTo(new Shape(10, 1, ((width - 32) / 4) + 1)));
    }

    /// <summary>Section VII: a replicated network computes what the network would at every place, here to the last bit.</summary>
    [Test]
    public void Forward_Strip_HasTheBitsOfEveryWindow([Values(36, 40, 84, 92, 96, 148)] int width)
    {
        SeededRandom random = new((ulong)width);
        Network network = RandomNetworks.WithBiases(Network.LeNet5(), ref random);
        Workspace strip = network.CreateWorkspace(input: new Shape(1, 32, width));
        RandomNetworks.Values(strip.Input.Shape.Length, 1, ref random).CopyTo(strip.Input.Values);
        network.Forward(strip);
        Workspace window = network.CreateWorkspace();
        int columns = strip.Output.Shape.Width;
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < 32; row++)
                strip.Input.Values.Slice((row * width) + (4 * column), 32).CopyTo(window.Input.Values[(row * 32)..]);
            network.Forward(window);
            float[] penalties = [.. Enumerable.Range(0, 10).Select(i => strip.Output.Values[(i * columns) + column])];
            Closeness.AssertSameBits(penalties, window.Output.Values, $"penalties of column {column}");
        }
    }

    [Test]
    public void ToString_LeNet5_PrintsThePapersTotals()
    {
        string[] lines = Network.LeNet5().ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(10));
        Assert.That(lines[4], Does.Match(@"^C3 +16@10x10 +1,516 +151,600$"));
        Assert.That(lines[^1], Does.Match(@"^total +60,000 +340,908$"));
    }

    [Test]
    public void Network_LayersThatDoNotFit_NamesTheLayer() =>
        Assert.That(
            () => new Network(new Shape(1, 32, 32), 1, new Conv("C1", 1, 6, kernel: 5), new FullyConnected("F6", 120, 84)),
            Throws.ArgumentException.With.Message.StartsWith("F6 connects 120 maps but is given 6@28x28."));

    /// <summary>Names become names of tensors, in small letters.</summary>
    [TestCase("F", "F")]
    [TestCase("F", "f")]
    public void Network_TwoLayersOfOneName_AreRefused(string one, string other) =>
        Assert.That(
            () => new Network(new Shape(2, 1, 1), 1, new FullyConnected(one, 2, 2), new FullyConnected(other, 2, 2)),
            Throws.ArgumentException.With.Message.Contains($"{one} {other} contain a name twice"));

    [Test]
    public void Network_NoLayers_IsRefused() => Assert.That(() => new Network(new Shape(1, 1, 1), 1), Throws.ArgumentException);

    [TestCase(0, 1, 1)]
    [TestCase(1, 0, 1)]
    [TestCase(1, 1, -1)]
    [TestCase(1, 100_000, 100_000)]
    public void Network_ImpossibleInput_IsRefused(int maps, int height, int width) =>
        Assert.That(
            () => new Network(new Shape(maps, height, width), 1, new FullyConnected("F", 1, 1)),
            Throws.ArgumentException.With.Message.StartsWith("The input has the shape"));

    [Test]
    public void ParametersOf_EachLayer_IsItsPartOfAll()
    {
        Network network = Network.LeNet5();
        List<float> parts = [];
        foreach (Layer layer in network.Layers)
            parts.AddRange(network.ParametersOf(layer));
        Assert.That(parts, Is.EqualTo(network.Parameters.ToArray()));
        Assert.That(() => network.ParametersOf(new FullyConnected("F", 1, 1)), Throws.ArgumentException);
        Assert.That(network.ParametersOf("c3") == network.ParametersOf(network.Layers[2]));
        Assert.That(() => network.ParametersOf("C7"), Throws.ArgumentException.With.Message.Contains("C1 S2 C3"));
    }

    [Test]
    public void Clone_ParametersChanged_LeavesTheOriginal()
    {
        Network network = Network.LeNet5();
        float[] before = network.Parameters.ToArray();
        Network clone = network.Clone();
        Assert.That(clone.Parameters.ToArray(), Is.EqualTo(before));
        clone.EditParameters().Clear();
        Assert.That(network.Parameters.ToArray(), Is.EqualTo(before));
        Assert.That(() => clone.Forward(network.CreateWorkspace()), Throws.Nothing, "workspaces may be exchanged");
    }

    [Test]
    public void EditParameters_EachCall_RaisesTheVersion()
    {
        Network network = Network.LeNet5();
        int version = network.Version;
        network.EditParameters();
        Assert.That(network.Version, Is.GreaterThan(version));
    }

    /// <summary>For every layer, those with a step of their own (C5 and F6, but not on strips) and those without, and for both forms of step sizes.</summary>
    [Test]
    public void Step_BothForms_IsBackwardAndUpdate([Values] bool ratePerWeight, [Values(32, 60)] int width)
    {
        SeededRandom random = new(1);
        Network network = RandomNetworks.WithBiases(Network.LeNet5(), ref random);
        Network plain = network.Clone();
        float[] rates = RandomNetworks.Values(network.ParameterCount, 0.1f, ref random);
        if (!ratePerWeight)
            Array.Fill(rates, 0.05f);
        Workspace stepping = Start();
        Workspace expected = Start();
        float[] gradient = new float[network.ParameterCount];

        network.Step(stepping, ratePerWeight ? StepSizes.OfWeights(rates) : StepSizes.OfUniform(0.05f));
        plain.Backward(expected, gradient);

        for (int i = 0; i < network.ParameterCount; i++)
            Assert.That(network.Parameters[i], Is.EqualTo(plain.Parameters[i] - ((double)rates[i] * gradient[i])).Within(1e-6), $"parameter {i}");
        Closeness.AssertClose<float>(stepping.Input.Gradient, expected.Input.Gradient, "the gradient by the input comes from the old weights", tolerance: 1e-6);

        Workspace Start()
        {
            Workspace workspace = plain.CreateWorkspace(Passes.Backward, new Shape(1, 32, width), inputGradient: true);
            workspace.LoadPixels(Mnist.Test.Pixels(0), 28, 28);
            plain.Forward(workspace);
            workspace.Output.Gradient.Fill(0.01f);
            return workspace;
        }
    }

    /// <summary>A layer takes its rate from the list of layers, but NaN sends it to the rates of its weights.</summary>
    [Test]
    public void Step_RateForEachLayer_MovesEachLayerByItsOwn()
    {
        RbfOutput middle = new("R", new RbfCodes("ab", [1, -1, -1, 1]));
        Network network = new(new Shape(2, 1, 1), 1, new FullyConnected("A", 2, 2), middle, new FullyConnected("B", 2, 1));
        float[] before = network.Parameters.ToArray();
        float[] gradient = new float[network.ParameterCount];
        Workspace workspace = network.CreateWorkspace(Passes.Backward);
        Run().Backward(workspace, gradient);
        float[] each = [.. Enumerable.Repeat(0.25f, network.ParameterCount)];
        Run().Step(workspace, StepSizes.OfLayers([0.5f, float.NaN, float.NaN], each));
        for (int i = 0; i < before.Length; i++)
            Assert.That(network.Parameters[i], Is.EqualTo(before[i] - ((i < 6 ? 0.5f : 0.25f) * gradient[i])).Within(1e-6));

        Network Run()
        {
            new float[] { 0.5f, -1 }.CopyTo(workspace.Input.Values);
            network.Forward(workspace);
            workspace.Output.Gradient[0] = 1;
            return network;
        }
    }

    [Test]
    public void Step_WrongNumberOfRates_IsRefused()
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace(Passes.Backward);
        AssertRefused(() => network.Step(workspace, StepSizes.OfWeights(new float[59_999])), "59999 step sizes for 60000 parameters");
        AssertRefused(() => network.Step(workspace, StepSizes.OfLayers(new float[6])), "6 step sizes for 7 layers");
        AssertRefused(() => network.Step(workspace, StepSizes.OfLayers([1, 1, 1, 1, 1, 1, float.NaN])), "0 step sizes for 60000 parameters");
    }

    /// <summary>Training does without the derivatives by the input; the others must not change by that.</summary>
    [Test]
    public void Backward_InputGradientNotWanted_GivesTheSameBits()
    {
        Network network = Network.LeNet5();
        Assert.That(Run(inputGradient: false), Is.EqualTo(Run(inputGradient: true)));

        float[] Run(bool inputGradient)
        {
            Workspace workspace = network.CreateWorkspace(Passes.Curvature, inputGradient: inputGradient);
            workspace.LoadPixels(Mnist.Test.Pixels(0), 28, 28);
            network.Forward(workspace);
            new MaximumPosteriorLoss().Evaluate(workspace.Output, 7);
            float[] derivatives = new float[2 * network.ParameterCount];
            network.Backward(workspace, derivatives.AsSpan(0, network.ParameterCount));
            network.BackwardCurvature(workspace, derivatives.AsSpan(network.ParameterCount));
            return derivatives;
        }
    }

    [Test]
    public void Backward_CalledTwice_AddsTheGradients()
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace(Passes.Backward);
        workspace.LoadPixels(Mnist.Test.Pixels(0), 28, 28);
        float[] gradient = new float[network.ParameterCount];
        Run();
        float[] once = [.. gradient];
        Run();
        Assert.That(gradient, Is.EqualTo(once.Select(g => 2 * g)).Within(1e-5).Percent);

        void Run()
        {
            network.Forward(workspace);
            workspace.Output.Gradient.Fill(1);
            network.Backward(workspace, gradient);
        }
    }

    [Test]
    public void Passes_WorkspaceThatDoesNotFit_TellTheWayOut()
    {
        Network network = Network.LeNet5();
        float[] gradient = new float[network.ParameterCount];
        Workspace backward = network.CreateWorkspace(Passes.Backward);
        AssertRefused(() => network.Forward(Network.LeNet5().CreateWorkspace()), "network of other layers");
        AssertRefused(() => network.Backward(network.CreateWorkspace(), gradient), "CreateWorkspace(Passes.Backward)");
        AssertRefused(() => network.BackwardCurvature(backward, gradient), "CreateWorkspace(Passes.Curvature)");
        AssertRefused(() => network.Backward(backward, new float[1]), "1 values for 60000 parameters");
    }

    [Test]
    public void Passes_OnceWarm_AllocateNothing([Values(32, 60)] int width)
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace(Passes.Curvature, new Shape(1, 32, width));
        float[] each = new float[network.ParameterCount];
        MaximumPosteriorLoss loss = new();
        Run();
        Assert.That(Allocation.By(Run), Is.Zero);

        void Run()
        {
            for (int i = 0; i < 100; i++)
            {
                Start();
                network.Step(workspace, StepSizes.OfUniform(1e-6f));
                Start();
                network.Step(workspace, StepSizes.OfWeights(each));
                Start();
                network.Backward(workspace, each);
                network.BackwardCurvature(workspace, each);
                Array.Clear(each);
            }
        }

        void Start()
        {
            workspace.LoadPixels(Mnist.Test.Pixels(0), 28, 28);
            network.Forward(workspace);
            if (workspace.Output.Shape.Plane == 1)
                loss.Evaluate(workspace.Output, 7);
            else
                workspace.Output.Gradient.Fill(1e-3f);
        }
    }

    private static void AssertRefused(Action action, string message) => Assert.That(action, Throws.ArgumentException.With.Message.Contains(message));
}
