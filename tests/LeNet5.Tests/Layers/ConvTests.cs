namespace LeNet5.Tests.Layers;

public class ConvTests
{
    // The last two have a fan-in of 100 and more, and so another kernel.
    [TestCase(1, 3, 3, 6, 7)]
    [TestCase(2, 1, 1, 3, 4)]
    [TestCase(3, 4, 5, 5, 9)]
    [TestCase(4, 5, 5, 5, 5)]
    [TestCase(4, 3, 5, 7, 6)]
    public void Passes_AnyShape_AgreeWithDifferences(int inputs, int outputs, int kernel, int height, int width)
    {
        GradientChecker.Check(new Conv("C", inputs, outputs, kernel), new Shape(inputs, height, width));
        GradientChecker.Check(new Conv("C", inputs, outputs, kernel, Activation.Identity), new Shape(inputs, height, width));
    }

    [Test]
    public void OutputShape_OtherMaps_NamesLayerBothSizesAndTheWayOut() =>
        Assert.That(
            () => new Conv("C1", inputs: 1, outputs: 6, kernel: 5).OutputShape(new Shape(3, 32, 32)),
            Throws.ArgumentException.With.Message.Contains("C1 convolves 1 maps but is given 3@32x32. Make it with inputs: 3"));

    [TestCase(4, 9)]
    [TestCase(9, 4)]
    public void OutputShape_KernelLargerThanInput_NamesLayerBothSizesAndTheWayOut(int height, int width) =>
        Assert.That(
            () => new Conv("C1", inputs: 1, outputs: 6, kernel: 5).OutputShape(new Shape(1, height, width)),
            Throws.ArgumentException.With.Message.Contains($"C1 has kernels of 5x5 but is given 1@{height}x{width}. Use a smaller kernel"));

    [TestCase(0, 1, 1)]
    [TestCase(1, 0, 1)]
    [TestCase(1, 1, 0)]
    public void Conv_CountBelowOne_IsRefused(int inputs, int outputs, int kernel) =>
        Assert.That(() => new Conv("C", inputs, outputs, kernel), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void WeightedLayer_TooManyParameters_IsRefused()
    {
        Refused(() => new Conv("C1", int.MaxValue, int.MaxValue, int.MaxValue));
        Refused(() => new Conv("C1", 1, 1, int.MaxValue));
        Refused(() => new FullyConnected("C1", 1, 250_000_001));
        Refused(() => new SparseConv("C1", ConnectionTable.TableI, int.MaxValue));

        static void Refused(Func<Layer> make) => Assert.That(make, Throws.ArgumentException.With.Message.StartsWith("C1 has a ParameterCount of ").And.Message.Contains("from 0 to 500000000"));
    }
}
