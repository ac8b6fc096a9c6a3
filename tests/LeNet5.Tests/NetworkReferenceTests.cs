using LeNet5.Storage;
using LeNet5.Training;

namespace LeNet5.Tests;

/// <summary>The whole network against the independent autograd: relative to the largest magnitude in each tensor, 1e-5 as a bound.</summary>
[TestFixture(512)]
[TestFixture(256)]
[TestFixture(128)]
[NonParallelizable]
public class NetworkReferenceTests(int bits)
{
    private const double Tolerance = 1e-5;

    [OneTimeSetUp]
    public void SetWidth() => VectorWidth.Use(bits);

    [OneTimeTearDown]
    public void ResetWidth() => VectorWidth.Reset();

    [Test]
    public void Forward_ReferenceDigits_AgreesInEveryLayer()
    {
        Network network = Reference.CreateNetwork();
        Workspace workspace = network.CreateWorkspace(keepSums: true);
        for (int sample = 0; sample < Reference.SampleCount; sample++)
        {
            Reference.OfSample("input.plane", sample).CopyTo(workspace.Input.Values);
            network.Forward(workspace);
            foreach (Layer layer in network.Layers)
            {
                if (layer is RbfOutput)
                {
                    AssertClose(workspace.Output.Values, Reference.OfSample("act.output.distance", sample), "distance");
                    continue;
                }
                string name = layer.Name.ToLowerInvariant();
                AssertClose(workspace.OutputOf(layer).Sums, Reference.OfSample($"act.{name}.pre", sample), $"act.{name}.pre");
                AssertClose(workspace.OutputOf(layer).Values, Reference.OfSample($"act.{name}.post", sample), $"act.{name}.post");
            }
        }
    }

    [Test]
    public void LoadPixels_ReferenceDigits_GivesReferencePlanes()
    {
        Workspace workspace = Reference.CreateNetwork().CreateWorkspace();
        byte[] pixels = Reference.Values.Bytes("input.pixels");
        for (int sample = 0; sample < Reference.SampleCount; sample++)
        {
            workspace.LoadPixels(pixels.AsSpan(sample * 784, 784), 28, 28);
            AssertClose(workspace.Input.Values, Reference.OfSample("input.plane", sample), "input.plane");
        }
    }

    [Test]
    public void Backward_ReferenceDigits_AgreesInLossAndAllGradients()
    {
        Network network = Reference.CreateNetwork();
        Workspace workspace = network.CreateWorkspace(Passes.Backward, inputGradient: true);
        float[] gradient = new float[network.ParameterCount];
        MaximumPosteriorLoss loss = new(j: 0.1);
        for (int sample = 0; sample < Reference.SampleCount; sample++)
        {
            Reference.OfSample("input.plane", sample).CopyTo(workspace.Input.Values);
            network.Forward(workspace);
            double value = loss.Evaluate(workspace.Output, Reference.Label(sample));
            Assert.That(value, Is.EqualTo(Reference.Singles("loss.each")[sample]).Within(100 * Tolerance).Percent);
            network.Backward(workspace, gradient);
            foreach (Layer layer in network.Layers.Where(layer => layer is ActivatedLayer))
            {
                string name = $"grad.act.{layer.Name.ToLowerInvariant()}.pre";
                AssertClose(workspace.OutputOf(layer).Gradient, Reference.OfSample(name, sample), name);
            }
            AssertClose(workspace.Input.Gradient, Reference.OfSample("grad.input.plane", sample), "grad.input.plane");
        }

        int start = 0;
        foreach (Layer layer in network.Layers)
        {
            foreach (ParameterTensor tensor in layer.Tensors)
            {
                string name = $"grad.{ModelFile.NameOf(layer, tensor.Name)}";
                AssertClose(gradient.AsSpan(start, tensor.Length), Reference.Singles(name), name);
                start += tensor.Length;
            }
        }
    }

    [Test]
    public void Forward_ReferenceStrip_AgreesInEveryColumn()
    {
        Network network = Reference.CreateNetwork();
        Workspace workspace = network.CreateWorkspace(input: new Shape(1, 32, 108));
        Reference.Singles("strip.plane").CopyTo(workspace.Input.Values);
        network.Forward(workspace);
        Assert.That(workspace.Output.Shape, Is.EqualTo(new Shape(10, 1, 20)));
        AssertClose(workspace.Output.Values, Reference.Singles("strip.distance"), "strip.distance");
    }

    private static void AssertClose(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string name) =>
        Closeness.AssertClose(actual, expected, name, Tolerance);
}
