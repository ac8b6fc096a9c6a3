using LeNet5.Training;

namespace LeNet5.Tests.Oracle;

/// <summary>All passes of the library against the plain network: activations, gradients and curvature of every layer and every parameter.</summary>
[TestFixture(512)]
[TestFixture(256)]
[TestFixture(128)]
[NonParallelizable]
public class NetworkOracleTests(int bits)
{
    [OneTimeSetUp]
    public void SetWidth() => VectorWidth.Use(bits);

    [OneTimeTearDown]
    public void ResetWidth() => VectorWidth.Reset();

    [Test]
    public void Passes_LeNet5OnDigits_AgreeForBothLosses([Range(1, 3)] int seed)
    {
        SeededRandom random = new((ulong)seed);
        Network network = RandomNetworks.WithBiases(Network.LeNet5((ulong)seed), ref random);
        Workspace workspace = network.CreateWorkspace(Passes.Curvature, keepSums: true, inputGradient: true);
        PlainNetwork plain = new(network);
        for (int digit = 10 * seed; digit < (10 * seed) + 3; digit++)
        {
            int label = Mnist.Test.Label(digit);
            workspace.LoadPixels(Mnist.Test.Pixels(digit), 28, 28);
            Forward(network, workspace, plain);

            // The losses start from the same penalties: in an untrained network these are some 100, good to 1e-5, and e^-y is no better.
            // With the smallest for j, the best class has a posterior of 1/2 and so the largest curvature.
            double[] penalties = PlainNetwork.ToDoubles(workspace.Output.Values);
            double j = penalties.Min();
            AssertLossAgrees(new MaximumLikelihoodLoss(), PlainLoss.Likelihood(penalties, label));
            AssertLossAgrees(new MaximumPosteriorLoss(j), PlainLoss.Posterior(penalties, label, j));

            void AssertLossAgrees(Loss<int> loss, (double Value, double[] Gradient, double[] Curvature) expected)
            {
                Assert.That(loss.Evaluate(workspace.Output, label), Is.EqualTo(expected.Value).Within(1e-12 * penalties.Max()));
                AssertDerivativesAgree(network, workspace, plain, expected.Gradient, expected.Curvature);
            }
        }
    }

    [Test]
    public void Passes_RandomNetworks_Agree([Range(1, 60)] int seed)
    {
        SeededRandom random = new((ulong)seed);
        Network network = RandomNetworks.Create((ulong)seed);
        AssertAgrees(network, network.InputShape, ref random);
    }

    [Test]
    public void Passes_RandomNetworksOnLargerInputs_Agree([Range(1, 20)] int seed)
    {
        SeededRandom random = new((ulong)seed);
        Network network = RandomNetworks.Create((ulong)seed);
        Shape shape = network.InputShape;
        AssertAgrees(network, shape with { Height = shape.Height + random.NextInt32(9), Width = shape.Width + random.NextInt32(30) }, ref random);
    }

    [TestCase(32, 60)]
    [TestCase(41, 33)]
    public void Passes_LeNet5OnStrips_Agree(int height, int width)
    {
        SeededRandom random = new(1);
        AssertAgrees(RandomNetworks.WithBiases(Network.LeNet5(), ref random), new Shape(1, height, width), ref random);
    }

    /// <summary>Complete convolutions with a fan-in just below 100 and of 100, from which another kernel takes over; on one position and on several.</summary>
    [TestCase(11, 3)]
    [TestCase(24, 2)]
    [TestCase(25, 2)]
    [TestCase(4, 5)]
    public void Passes_CompleteConvolutionsAroundTheSwitchOfKernels_Agree(int maps, int kernel)
    {
        SeededRandom random = new(1);
        foreach (int positions in (ReadOnlySpan<int>)[1, 3])
        {
            Network network = new(new Shape(maps, kernel, kernel + positions - 1), 1, new Conv("C", maps, 6, kernel));
            AssertAgrees(RandomNetworks.WithBiases(network, ref random), network.InputShape, ref random);
        }
    }

    private static void AssertAgrees(Network network, Shape input, ref SeededRandom random)
    {
        Workspace workspace = network.CreateWorkspace(Passes.Curvature, input, keepSums: true, inputGradient: true);
        PlainNetwork plain = new(network, input);
        RandomNetworks.Values(input.Length, 1, ref random).CopyTo(workspace.Input.Values);
        Forward(network, workspace, plain);
        int length = workspace.Output.Shape.Length;
        RandomNetworks.Values(length, 1, ref random).CopyTo(workspace.Output.Gradient);
        RandomNetworks.Values(length, 1, ref random).CopyTo(workspace.Output.Curvature);
        AssertDerivativesAgree(
            network, workspace, plain, PlainNetwork.ToDoubles(workspace.Output.Gradient), PlainNetwork.ToDoubles(workspace.Output.Curvature));
    }

    private static void Forward(Network network, Workspace workspace, PlainNetwork plain)
    {
        network.Forward(workspace);
        plain.Forward(PlainNetwork.ToDoubles(workspace.Input.Values));
        for (int i = 0; i < network.Layers.Length; i++)
        {
            FeatureMaps actual = workspace.OutputOf(network.Layers[i]);
            Closeness.AssertClose<double>(actual.Sums, plain.Sums[i + 1], $"sums of {network.Layers[i]}");
            Closeness.AssertClose<double>(actual.Values, plain.Values[i + 1], $"values of {network.Layers[i]}");
        }
    }

    /// <summary>Runs the backward passes from derivatives that stand in the workspace already, and compares what they write.</summary>
    private static void AssertDerivativesAgree(Network network, Workspace workspace, PlainNetwork plain, double[] gradient, double[] curvature)
    {
        float[] byParameters = new float[network.ParameterCount];
        float[] byParametersTwice = new float[network.ParameterCount];
        network.Backward(workspace, byParameters);
        network.BackwardCurvature(workspace, byParametersTwice);
        plain.Backward(gradient);
        plain.BackwardCurvature(curvature);

        AssertBoundary(workspace.Input, 0, "the input");
        int start = 0;
        for (int i = 0; i < network.Layers.Length; i++)
        {
            Layer layer = network.Layers[i];
            AssertBoundary(workspace.OutputOf(layer), i + 1, layer.Name);
            foreach (ParameterTensor tensor in layer.Tensors)
            {
                Range range = start..(start + tensor.Length);
                Closeness.AssertClose<double>(byParameters.AsSpan(range), plain.ParameterGradient.AsSpan(range), $"gradient of {layer} {tensor.Name}");
                Closeness.AssertClose<double>(byParametersTwice.AsSpan(range), plain.ParameterCurvature.AsSpan(range), $"curvature of {layer} {tensor.Name}");
                start += tensor.Length;
            }
        }

        void AssertBoundary(FeatureMaps actual, int boundary, string name)
        {
            Closeness.AssertClose<double>(actual.Gradient, plain.Gradients[boundary], $"gradient at {name}");
            Closeness.AssertClose<double>(actual.Curvature, plain.Curvatures[boundary], $"curvature at {name}");
        }
    }
}
