using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Layers;

public class SparseConvTests
{
    [TestCase(2, 3, 1, 4, 3)]
    [TestCase(3, 5, 3, 5, 8)]
    [TestCase(6, 4, 5, 6, 6)]
    public void Passes_RandomTable_AgreeWithDifferences(int inputs, int outputs, int kernel, int height, int width)
    {
        SeededRandom random = new(1);
        ConnectionTable table = RandomNetworks.Table(inputs, outputs, ref random);
        GradientChecker.Check(new SparseConv("C", table, kernel), new Shape(inputs, height, width));
        GradientChecker.Check(new SparseConv("C", table, kernel, Activation.Identity), new Shape(inputs, height, width));
    }

    /// <summary>An input map that feeds nothing has derivatives of 0, not what stood there before.</summary>
    [Test]
    public void Backward_UnusedInputMap_GetsZeroGradient()
    {
        SparseConv layer = new("C", ConnectionTable.Parse("X\n."), kernel: 2);
        Network network = new(new Shape(2, 3, 3), 1, layer);
        Workspace workspace = network.CreateWorkspace(Passes.Backward, inputGradient: true);
        network.Forward(workspace);
        workspace.Output.Gradient.Fill(1);
        workspace.Input.Gradient.Fill(float.NaN);
        network.Backward(workspace, new float[network.ParameterCount]);
        Assert.That(workspace.Input.Gradient[9..].ToArray(), Is.All.Zero);
        Assert.That(workspace.Input.Gradient[..9].ToArray(), Is.All.Not.Zero);
    }

    /// <summary>With a complete table it is a <see cref="Conv"/>, bit for bit.</summary>
    [Test]
    public void Forward_CompleteTable_EqualsConv()
    {
        Shape input = new(4, 7, 6);
        Assert.That(Run(new SparseConv("C", ConnectionTable.Complete(4, 3), kernel: 5)), Is.EqualTo(Run(new Conv("C", 4, 3, kernel: 5))));

        float[] Run(Layer layer)
        {
            Network network = new(input, 1, layer);
            Workspace workspace = network.CreateWorkspace();
            SeededRandom random = new(2);
            RandomNetworks.Values(input.Length, 1, ref random).CopyTo(workspace.Input.Values);
            network.Forward(workspace);
            return workspace.Output.Values.ToArray();
        }
    }

    [Test]
    public void OutputShape_OtherMaps_NamesLayerBothSizesAndTheWayOut() =>
        Assert.That(
            () => new SparseConv("C3", ConnectionTable.TableI, kernel: 5).OutputShape(new Shape(4, 14, 14)),
            Throws.ArgumentException.With.Message.Contains("C3 has a connection table for 6 maps but is given 4@14x14. Use a table with 4 rows"));

    [Test]
    public void OutputShape_KernelLargerThanInput_NamesLayerBothSizesAndTheWayOut() =>
        Assert.That(
            () => new SparseConv("C3", ConnectionTable.TableI, kernel: 5).OutputShape(new Shape(6, 4, 14)),
            Throws.ArgumentException.With.Message.Contains("C3 has kernels of 5x5 but is given 6@4x14. Use a smaller kernel"));
}
