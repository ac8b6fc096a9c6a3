using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Reading;

public class PictureBatchTests
{
    private const int Pictures = 16;

    /// <summary>From 16 pictures down to 1, so that lanes without a picture hold an old one.</summary>
    [Test]
    public void Forward_LeNet5_GivesTheBitsOfOneByOne()
    {
        Network network = SmallModel.Create();
        PictureBatch batch = new(network, 28, 28);
        Assert.That(batch.Capacity, Is.EqualTo(Pictures));
        int first = 0;
        for (int count = Pictures; count >= 1; first += count, count--)
            AssertSame(network, batch, Mnist.Test.Slice(first, count));
    }

    [Test]
    public void Forward_PicturesSmallerThanTheInput_GivesTheBitsOfOneByOne()
    {
        Network network = new(new Shape(1, 9, 10), 1, new Conv("C", 1, 3, kernel: 4), new TrainableSubsample("S", 3), new Conv("D", 3, 4, kernel: 3), new FullyConnected("F", 4, 5));
        SeededRandom random = new(1);
        byte[] pixels = new byte[Pictures * 7 * 6];
        foreach (ref byte pixel in pixels.AsSpan())
            pixel = (byte)random.NextInt32(256);
        LabeledImages images = new(7, 6, pixels, new byte[Pictures]);
        AssertSame(network, new PictureBatch(network, 7, 6), images);
    }

    /// <summary>Any number of maps and output positions: 16 inputs that lie interleaved.</summary>
    [Test]
    public void Forward_RandomNetworkOnInterleavedInputs_GivesTheBitsOfOneByOne([Range(1, 40)] int seed)
    {
        Network network = RandomNetworks.Create((ulong)seed);
        Assert.That(network.TakesManyPictures);
        SeededRandom random = new((ulong)seed);
        Workspace together = network.CreateWorkspaceForMany(Pictures);
        RandomNetworks.Values(Pictures * network.InputShape.Length, 1, ref random).CopyTo(together.Input.Values);
        network.Forward(together);
        Workspace alone = network.CreateWorkspace();
        float[] output = new float[network.OutputShape.Length];
        for (int picture = 0; picture < Pictures; picture++)
        {
            for (int i = 0; i < network.InputShape.Length; i++)
                alone.Input.Values[i] = together.Input.Values[(i * Pictures) + picture];
            network.Forward(alone);
            together.CopyOutput(picture, output);
            Closeness.AssertSameBits(output, alone.Output.Values, $"picture {picture}\n{network}");
        }
    }

    [Test]
    public void Forward_LayerOfOnesOwn_TakesOneAtATime()
    {
        Network network = new(new Shape(1, 28, 28), 1, new Conv("C", 1, 3, kernel: 28), new Doubling("Mine"));
        PictureBatch batch = new(network, 28, 28);
        Assert.That(batch.Capacity, Is.EqualTo(1));
        for (int i = 0; i < 3; i++)
            AssertSame(network, batch, Mnist.Test.Slice(i, 1));
    }

    private static void AssertSame(Network network, PictureBatch batch, LabeledImages images)
    {
        batch.Forward(images.AllPixels.Span);
        Workspace workspace = network.CreateWorkspace();
        for (int i = 0; i < images.Count; i++)
        {
            workspace.LoadPixels(images.Pixels(i), images.Height, images.Width);
            network.Forward(workspace);
            Closeness.AssertSameBits(batch.Penalties(i), workspace.Output.Values, $"picture {i} of {images.Count}");
        }
    }

    private sealed class Doubling(string name) : Layer(name)
    {
        public override Shape OutputShape(Shape input) => input;

        public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
        {
            for (int i = 0; i < input.Values.Length; i++)
                output.Values[i] = 2 * input.Values[i];
        }

        public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch) =>
            throw new NotSupportedException();
    }
}
