namespace LeNet5.Tests.Layers;

public class FullyConnectedTests
{
    [TestCase(1, 1, 1, 1)]
    [TestCase(7, 5, 1, 1)]
    [TestCase(20, 9, 1, 1)]
    [TestCase(6, 5, 2, 3)]
    public void Passes_AnyShape_AgreeWithDifferences(int inputs, int outputs, int height, int width)
    {
        GradientChecker.Check(new FullyConnected("F", inputs, outputs), new Shape(inputs, height, width));
        GradientChecker.Check(new FullyConnected("F", inputs, outputs, Activation.Identity), new Shape(inputs, height, width));
    }

    [Test]
    public void OutputShape_MapsWithSeveralPositions_AdvisesAConv() =>
        Assert.That(
            () => new FullyConnected("F6", inputs: 120, outputs: 84).OutputShape(new Shape(16, 5, 5)),
            Throws.ArgumentException.With.Message.Contains(
                "F6 connects 120 maps but is given 16@5x5. To connect whole maps, put a Conv with a 5x5 kernel before it."));

    [Test]
    public void OutputShape_OtherCountOfSinglePositions_AdvisesTheCount() =>
        Assert.That(
            () => new FullyConnected("F6", inputs: 120, outputs: 84).OutputShape(new Shape(16, 1, 1)),
            Throws.ArgumentException.With.Message.Contains("F6 connects 120 maps but is given 16@1x1. Make it with inputs: 16"));
}
