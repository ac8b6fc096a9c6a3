namespace LeNet5.Tests;

public class WorkspaceTests
{
    /// <summary>White ground is -0.1 and full ink 1.175 (section II-B); a picture lies in the middle, and nothing is left of one before.</summary>
    [Test]
    public void LoadPixels_SmallPictureAfterALargeOne_LiesInTheMiddleOfTheGround()
    {
        Workspace workspace = new Network(new Shape(1, 4, 6), 1, new FullyConnected("F", 1, 1)).CreateWorkspace();
        workspace.LoadPixels([.. Enumerable.Repeat((byte)200, 24)], 4, 6);
        workspace.LoadPixels([255, 0, 255, 51], 2, 2);
        const float o = -0.1f;
        Assert.That(workspace.Input.Values.ToArray(), Is.EqualTo(new[]
        {
            o, o, o, o, o, o,
            o, o, 1.175f, o, o, o,
            o, o, 1.175f, 0.155f, o, o,
            o, o, o, o, o, o,
        }).Within(1e-6));
    }

    [TestCase(5, 6, 30, Description = "too high")]
    [TestCase(4, 7, 28, Description = "too wide")]
    [TestCase(0, 6, 0, Description = "no rows")]
    [TestCase(2, 2, 5, Description = "another number of pixels")]
    public void LoadPixels_PictureThatDoesNotFit_IsRefused(int height, int width, int count)
    {
        Workspace workspace = new Network(new Shape(1, 4, 6), 1, new FullyConnected("F", 1, 1)).CreateWorkspace();
        Assert.That(
            () => workspace.LoadPixels(new byte[count], height, width),
            Throws.ArgumentException.With.Message.Contains($"An image of {height}x{width}"));
    }

    [Test]
    public void OutputOf_LayerOfAnotherNetwork_IsNamed() =>
        Assert.That(
            () => Network.LeNet5().CreateWorkspace().OutputOf(new FullyConnected("Stranger", 1, 1)),
            Throws.ArgumentException.With.Message.StartsWith("Stranger is not a layer"));

    [Test]
    public void OutputOf_NameOfALayer_IsTheOutputOfThatLayer()
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace();
        network.Forward(workspace);
        foreach (Layer layer in network.Layers)
            Assert.That(workspace.OutputOf(layer.Name.ToLowerInvariant()).Values == workspace.OutputOf(layer).Values);
        Assert.That(() => workspace.OutputOf("C7").Values.Length, Throws.ArgumentException.With.Message.StartsWith("The network has no layer \"C7\"; its layers are C1 S2 C3 S4 C5 F6 Output."));
        Assert.That(() => workspace.OutputOf((string)null!).Values.Length, Throws.ArgumentNullException);
        Assert.That(() => workspace.OutputOf((Layer)null!).Values.Length, Throws.ArgumentNullException);
    }

    [Test]
    public void CreateWorkspace_NoSuchPasses_IsRefused() =>
        Assert.That(() => Network.LeNet5().CreateWorkspace((Passes)3), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Forward, Backward, Curvature"));

    [Test]
    public void FeatureMaps_NotAskedFor_AreEmpty()
    {
        Workspace workspace = Network.LeNet5().CreateWorkspace();
        Assert.That(workspace.Output.Gradient.IsEmpty && workspace.Output.Curvature.IsEmpty && workspace.Output.Sums.IsEmpty);
        Assert.That(Network.LeNet5().CreateWorkspace(Passes.Curvature).Input.Gradient.IsEmpty);
    }

    [Test]
    public void AsTensor_OfAMap_HasItsValuesByRowAndColumn()
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace();
        network.Forward(workspace);
        FeatureMaps c1 = workspace.OutputOf(network.Layers[0]);
        Assert.That(c1.AsTensor()[5, 3, 7], Is.EqualTo(c1.Map(5)[(3 * 28) + 7]));
    }
}
