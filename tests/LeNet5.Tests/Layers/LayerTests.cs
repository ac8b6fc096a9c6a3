using System.Collections.Immutable;

namespace LeNet5.Tests.Layers;

public class LayerTests
{
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("C.1")]
    [TestCase("C\n1")]
    public void Layer_NameThatCannotNameTensors_IsRefused(string name) =>
        Assert.That(() => new FullyConnected(name, inputs: 1, outputs: 1), Throws.ArgumentException);

    [Test]
    public void BackwardCurvature_NotOverridden_NamesLayerAndTheWayOut() =>
        Assert.That(
            () => new Negation("N").BackwardCurvature([], default, default, [], []),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("N has no curvature pass. Override BackwardCurvature and HasCurvature"));

    /// <summary>Kernels trust the shapes that they are given.</summary>
    [Test]
    public void Passes_MapsOfAnotherLayer_AreRefused()
    {
        Network network = Network.LeNet5(seed: 1);
        Workspace workspace = network.CreateWorkspace(Passes.Curvature);
        foreach (Layer layer in network.Layers)
        {
            foreach (Layer other in network.Layers.Where(other => other != layer))
            {
                float[] parameters = new float[layer.ParameterCount], scratch = new float[100_000];
                Assert.That(() => layer.Forward(parameters, workspace.Input, workspace.OutputOf(other), scratch), Throws.ArgumentException);
                Assert.That(() => layer.Backward(parameters, workspace.Input, workspace.OutputOf(other), parameters, scratch), Throws.ArgumentException);
                Assert.That(() => layer.BackwardCurvature(parameters, workspace.Input, workspace.OutputOf(other), parameters, scratch), Throws.ArgumentException);
                Assert.That(() => layer.Step(parameters, workspace.Input, workspace.OutputOf(other), StepSizes.OfUniform(0), parameters, scratch), Throws.ArgumentException);
            }
        }
        Layer first = network.Layers[0];
        Assert.That(() => first.Forward(new float[first.ParameterCount - 1], workspace.Input, workspace.OutputOf(first), []), Throws.ArgumentException.With.Message.Contains("156 parameters"));
    }

    /// <summary>Appendix A: weights uniform in +-2.4 / fan-in, and biases, of which it says nothing, 0.</summary>
    [Test]
    public void Initialize_LayersOfLeNet5_FillThePapersIntervals()
    {
        Network network = Network.LeNet5(seed: 1);
        int start = 0;
        AssertUniform("C1", count: 6 * 25, fanIn: 25);
        AssertZero("C1", 6);
        AssertUniform("S2", count: 6, fanIn: 1); // of the average; 4 of the paper's sum
        AssertZero("S2", 6);
        for (int map = 0; map < 16; map++)
        {
            int fanIn = 25 * ConnectionTable.TableI.InputsOf(map).Length;
            Assert.That(fanIn, Is.EqualTo(map < 6 ? 75 : map < 15 ? 100 : 150));
            AssertUniform($"C3, map {map}", count: fanIn, fanIn);
        }
        AssertZero("C3", 16);
        AssertUniform("S4", count: 16, fanIn: 1);
        AssertZero("S4", 16);
        AssertUniform("C5", count: 120 * 400, fanIn: 400);
        AssertZero("C5", 120);
        AssertUniform("F6", count: 84 * 120, fanIn: 120);
        AssertZero("F6", 84);
        Assert.That(start, Is.EqualTo(network.ParameterCount));

        void AssertUniform(string name, int count, int fanIn)
        {
            float[] weights = Next(count);
            float bound = 2.4f / fanIn;
            Assert.That(weights, Is.All.InRange(-bound, bound), name);

            // Both ends are used: many weights come near them, few at least have both signs.
            double share = count < 75 ? 0 : 2.0 / 3;
            Assert.That(weights.Min(), Is.LessThan(-share * bound), name);
            Assert.That(weights.Max(), Is.GreaterThan(share * bound), name);
        }

        void AssertZero(string name, int count) => Assert.That(Next(count), Is.All.Zero, $"biases of {name}");

        float[] Next(int count)
        {
            start += count;
            return network.Parameters.Slice(start - count, count).ToArray();
        }
    }

    [Test]
    public void Initialize_SameSeed_GivesSameBitsAndAnotherSeedOthers()
    {
        float[] parameters = Network.LeNet5(seed: 7).Parameters.ToArray();
        Assert.That(Network.LeNet5(seed: 7).Parameters.ToArray(), Is.EqualTo(parameters));
        Assert.That(Network.LeNet5(seed: 8).Parameters.ToArray(), Is.Not.EqualTo(parameters));
    }

    /// <summary>A parameter that no tensor holds would not be saved.</summary>
    [Test]
    public void Network_LayerWhoseTensorsLackAParameter_IsRefused() =>
        Assert.That(() => new Network(new Shape(1, 2, 2), 1, new Forgetful("Own")), Throws.ArgumentException.With.Message.Contains("Own has 4 parameters, but its tensors have 3"));

    [TestCase(-3, 0, "Own has a ParameterCount of -3")]
    [TestCase(int.MaxValue, 0, "Own has a ParameterCount of 2147483647")]
    [TestCase(0, -5, "Own has a ScratchLength of -5")]
    [TestCase(0, int.MaxValue, "Own has a ScratchLength of 2147483647")]
    public void Network_LayerOfImpossibleLength_IsRefused(int parameterCount, int scratchLength, string message) =>
        Assert.That(
            () => new Network(new Shape(1, 2, 2), 1, new Negation("Own", parameterCount, scratchLength)),
            Throws.ArgumentException.With.Message.Contains(message).And.Message.Contains("from 0 to 500000000"));

    /// <summary>Found when the network is made, and not after the training.</summary>
    [TestCaseSource(nameof(BadTensors))]
    public void Network_LayerWhoseTensorsCannotBeSaved_IsRefused(ImmutableArray<ParameterTensor> tensors, string named) =>
        Assert.That(() => new Network(new Shape(1, 2, 2), 1, new Own(tensors)), Throws.ArgumentException.With.Message.Contains($"Own has the tensors {named}"));

    private static IEnumerable<TestCaseData> BadTensors()
    {
        yield return Case("none", default, "default");
        yield return Case("one that nobody made", [default], " []");
        yield return Case("no name", [new("", [2])], " [2]");
        yield return Case("negative sides", [new("w", [-1, -2])], "w [-1, -2]");
        yield return Case("a name twice", [new("w", [1]), new("W", [1])], "w [1], W [1]");

        static TestCaseData Case(string name, ImmutableArray<ParameterTensor> tensors, string named) => new TestCaseData(tensors, named).SetArgDisplayNames(name);
    }

    [Test]
    public void Layer_NameWithHalfACharacter_IsRefused() => Assert.That(() => new Conv("C\ud83d", 1, 1, 1), Throws.ArgumentException.With.Property("ParamName").EqualTo("name"));

    /// <summary>A backward pass that has nothing to begin with would leave the gradient at 0.</summary>
    [Test]
    public void Backward_MapsWithoutDerivatives_IsRefusedByEveryLayer()
    {
        Network network = Network.LeNet5();
        Workspace forward = network.CreateWorkspace(), backward = network.CreateWorkspace(Passes.Backward);
        for (int i = 0; i < network.Layers.Length; i++)
        {
            Layer layer = network.Layers[i];
            float[] parameters = network.ParametersOf(layer).ToArray(), gradient = new float[parameters.Length], scratch = new float[layer.ScratchLength(forward[i].Shape, Passes.Curvature)];
            int index = i;
            Assert.That(() => layer.Backward(parameters, forward[index], forward[index + 1], gradient, scratch), Throws.ArgumentException.With.Message.StartsWith(layer.Name).And.Message.Contains("0 derivatives"));
            Assert.That(() => layer.BackwardCurvature(parameters, backward[index], backward[index + 1], gradient, scratch), Throws.ArgumentException.With.Message.StartsWith(layer.Name).And.Message.Contains("0 derivatives"));
            if (gradient.Length > 0)
                Assert.That(() => layer.Backward(parameters, backward[index], backward[index + 1], gradient.AsSpan(1), scratch), Throws.ArgumentException.With.Message.Contains($"room for {gradient.Length - 1}"));
        }
    }

    /// <summary>Each layer has as much as is allowed; together they have more than an array.</summary>
    [Test]
    public void Network_LayersThatDoNotFitTogether_IsRefused()
    {
        Assert.That(() => Five(parameterCount: 500_000_000), Throws.ArgumentException.With.Message.Contains("2500000000 floats together"));
        Network network = Five(scratchLength: 500_000_000);
        Assert.That(() => network.CreateWorkspace(), Throws.ArgumentException.With.Message.Match("25000[0-9]{5} floats together"));

        static Network Five(int parameterCount = 0, int scratchLength = 0) =>
            new(new Shape(1, 2, 2), 1, [.. Enumerable.Range(1, 5).Select(i => new Negation($"L{i}", parameterCount, scratchLength))]);
    }

    private sealed class Own(ImmutableArray<ParameterTensor> tensors) : Layer("Own")
    {
        public override int ParameterCount => 2;

        public override ImmutableArray<ParameterTensor> Tensors => tensors;

        public override Shape OutputShape(Shape input) => input;

        public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch) => input.Values.CopyTo(output.Values);

        public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch) => output.Gradient.CopyTo(input.Gradient);
    }

    private sealed class Forgetful(string name) : Layer(name)
    {
        public override int ParameterCount => 4;

        public override ImmutableArray<ParameterTensor> Tensors => [new("weight", [3])];

        public override Shape OutputShape(Shape input) => input;

        public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch) => input.Values.CopyTo(output.Values);

        public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch) => output.Gradient.CopyTo(input.Gradient);
    }

    /// <summary>The three members that a layer has to override, and what it asks for.</summary>
    private sealed class Negation(string name, int parameterCount = 0, int scratchLength = 0) : Layer(name)
    {
        public override int ParameterCount => parameterCount;

        public override int ScratchLength(Shape input, Passes passes) => scratchLength;

        public override Shape OutputShape(Shape input) => input;

        public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
        {
            for (int i = 0; i < input.Values.Length; i++)
                output.Values[i] = -input.Values[i];
        }

        public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
        {
            for (int i = 0; i < input.Gradient.Length; i++)
                input.Gradient[i] = -output.Gradient[i];
        }
    }
}
