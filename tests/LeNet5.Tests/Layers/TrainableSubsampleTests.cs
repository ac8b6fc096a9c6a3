namespace LeNet5.Tests.Layers;

public class TrainableSubsampleTests
{
    // Sizes that blocks divide, and sizes that leave a rest below, beside and both.
    [TestCase(3, 1, 3, 4)]
    [TestCase(2, 2, 4, 6)]
    [TestCase(2, 2, 5, 7)]
    [TestCase(1, 3, 8, 6)]
    [TestCase(2, 4, 5, 11)]
    public void Passes_AnyShape_AgreeWithDifferences(int maps, int block, int height, int width)
    {
        GradientChecker.Check(new TrainableSubsample("S", maps, block), new Shape(maps, height, width));
        GradientChecker.Check(new TrainableSubsample("S", maps, block, Activation.Identity), new Shape(maps, height, width));
    }

    [Test]
    public void Forward_KnownBlocks_IsWeightTimesAveragePlusBias()
    {
        Network network = new(new Shape(1, 2, 4), 1, new TrainableSubsample("S", maps: 1, activation: Activation.Identity));
        new float[] { 10, 1 }.CopyTo(network.EditParameters());
        Workspace workspace = network.CreateWorkspace();
        new float[] { 1, 2, 5, 6, 3, 4, 7, 8 }.CopyTo(workspace.Input.Values);
        network.Forward(workspace);
        Assert.That(workspace.Output.Values.ToArray(), Is.EqualTo(new[] { 26f, 66f }));
    }

    [TestCase(2)]
    [TestCase(3)]
    public void Backward_LastRowAndColumnFillNoBlock_GetZeroGradient(int block)
    {
        int side = (2 * block) + 1;
        Network network = new(new Shape(1, side, side), 1, new TrainableSubsample("S", maps: 1, block));
        Workspace workspace = network.CreateWorkspace(Passes.Backward, inputGradient: true);
        network.Forward(workspace);
        Assert.That(workspace.Output.Shape, Is.EqualTo(new Shape(1, 2, 2)));
        workspace.Output.Gradient.Fill(1);
        workspace.Input.Gradient.Fill(float.NaN);
        network.Backward(workspace, new float[network.ParameterCount]);
        for (int i = 0; i < side * side; i++)
            Assert.That(workspace.Input.Gradient[i] == 0, Is.EqualTo(i % side == side - 1 || i / side == side - 1), $"{i}");
    }

    [Test]
    public void OutputShape_OtherMaps_NamesLayerBothSizesAndTheWayOut() =>
        Assert.That(
            () => new TrainableSubsample("S2", maps: 6).OutputShape(new Shape(4, 28, 28)),
            Throws.ArgumentException.With.Message.Contains("S2 subsamples 6 maps but is given 4@28x28. Make it with maps: 4"));

    [Test]
    public void OutputShape_BlockLargerThanInput_NamesLayerBothSizesAndTheWayOut() =>
        Assert.That(
            () => new TrainableSubsample("S2", maps: 6, block: 3).OutputShape(new Shape(6, 2, 28)),
            Throws.ArgumentException.With.Message.Contains("S2 averages blocks of 3x3 but is given 6@2x28. Use smaller blocks"));

    [TestCase(0, 2)]
    [TestCase(1, 0)]
    public void TrainableSubsample_CountBelowOne_IsRefused(int maps, int block) =>
        Assert.That(() => new TrainableSubsample("S", maps, block), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
