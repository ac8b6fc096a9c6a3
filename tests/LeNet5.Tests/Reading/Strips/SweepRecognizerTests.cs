using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Strips;
using LeNet5.Tests.Imaging;
using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Reading.Strips;

public class SweepRecognizerTests
{
    private static IEnumerable<TestCaseData> Networks()
    {
        yield return Case("trained", PretrainedModels.Strips);
        yield return Case("untrained", Moved(Network.LeNet5(seed: 7, RbfCodes.DigitsAndBlank)));
        SeededRandom random = new(5);
        yield return Case("another", Moved(new Network(
            new Shape(1, 32, 32),
            3,
            new Conv("C1", inputs: 1, outputs: 3, kernel: 7),
            new TrainableSubsample("S2", maps: 3),
            new Conv("C3", inputs: 3, outputs: 9, kernel: 13),
            new RbfOutput("Output", new RbfCodes("0123456789 ", RandomNetworks.Values(11 * 9, 1, ref random))))));

        static TestCaseData Case(string name, Network network) => new TestCaseData(network).SetArgDisplayNames(name);
        static Network Moved(Network network)
        {
            SeededRandom random = new(1);
            return RandomNetworks.WithBiases(network, ref random);
        }
    }

    /// <summary>The proof that a sweep is right: a column of a wide field is, bit for bit, what the network says of its window alone (figure 22).</summary>
    [TestCaseSource(nameof(Networks))]
    public void Forward_FieldsOfEveryWidth_GiveTheColumnsOfTheirWindows(Network network)
    {
        Workspace alone = network.CreateWorkspace();
        int step = network.Window.Step, classes = network.OutputShape.Maps;
        GrayImage noise = Noise(400, seed: 1);
        float[][] expected = [.. Enumerable.Range(0, ((400 - 32) / step) + 1).Select(column => OfWindow(network, alone, noise, column * step))];
        for (int width = 32; width <= 400; width += width < 72 ? 1 : 27)
        {
            Workspace wide = network.CreateWorkspace(input: new Shape(1, 32, width));
            wide.LoadPixels(Part(noise, 0, width), 32, width);
            network.Forward(wide);
            FeatureMaps output = wide.Output;
            // The layers in between may drop a last odd column, but never one that a window needs.
            Assert.That(output.Shape, Is.EqualTo(new Shape(classes, 1, ((width - 32) / step) + 1)));
            for (int column = 0; column < output.Shape.Width; column++)
                Closeness.AssertSameBits(Column(output, column), expected[column], $"column {column} of a field {width} wide");
        }
    }

    /// <summary>With ground on the right up to the next multiple of 16.</summary>
    [Test]
    public void Sweep_AnyWidth_GivesTheColumnsOfTheWindows()
    {
        Network network = PretrainedModels.Strips;
        SweepRecognizer sweep = new(network, StripCalibration.Default);
        Workspace alone = network.CreateWorkspace();
        // Wide, narrow, wide: nothing is left of the strip before.
        foreach (int width in new[] { 160, 33, 25, 400, 32, 47, 48, 49, 399, 26 })
        {
            GrayImage strip = Noise(width, seed: width);
            int padded = (width + 15) / 16 * 16;
            byte[] field = new byte[32 * padded];
            for (int y = 0; y < 32; y++)
                strip.Row(y).CopyTo(field.AsSpan(y * padded));
            FeatureMaps output = sweep.Sweep(strip).Output;
            Assert.That(output.Shape.Width, Is.EqualTo(((padded - 32) / 4) + 1));
            for (int column = 0; column < output.Shape.Width; column++)
                Closeness.AssertSameBits(Column(output, column), OfWindow(network, alone, GrayImage.Borrow(padded, 32, field), 4 * column), $"column {column} of a strip {width} wide");
        }
    }

    [TestCaseSource(nameof(Networks))]
    public void Recognize_SameNetwork_GivesTheGraphOfTheWindows(Network network)
    {
        StripCalibration calibration = new() { Temperature = 1.5, RubbishPenalty = 60 };
        SweepRecognizer sweep = new(network, calibration);
        WindowRecognizer windows = new(network, calibration);
        foreach (int width in new[] { 300, 25, 32, 57, 131 })
        {
            NormalizedStrip strip = NormalizedStrip.Of(Noise(width, seed: 9));
            sweep.Recognize(strip);
            windows.Recognize(strip);
            Assert.That(sweep.Graph.Arcs.ToArray(), Is.EqualTo(windows.Graph.Arcs.ToArray()));
            Assert.That(sweep.Graph.EndPenalties.ToArray(), Is.EqualTo(windows.Graph.EndPenalties.ToArray()));
            Assert.That(sweep.Characters.Arcs.ToArray(), Is.EqualTo(windows.Characters.Arcs.ToArray()));
            Assert.That(sweep.Graph.ArcCount, Is.Positive);
            Assert.That(sweep.ColumnsOf(sweep.Graph.ArcCount - 1), Is.EqualTo(windows.ColumnsOf(windows.Graph.ArcCount - 1)));
        }
    }

    [Test]
    public void Recognize_ManyWidths_ReadsOn()
    {
        SweepRecognizer sweep = new(PretrainedModels.Strips, StripCalibration.Default);
        NormalizedStrip first = NormalizedStrip.Of(Noise(100, seed: 1));
        sweep.Recognize(first);
        Arc[] expected = sweep.Graph.Arcs.ToArray();
        for (int width = 32; width < 32 + (40 * 16); width += 16)
            sweep.Recognize(NormalizedStrip.Of(Noise(width, seed: 2)));
        sweep.Recognize(first);
        Assert.That(sweep.Graph.Arcs.ToArray(), Is.EqualTo(expected));
    }

    /// <summary>A workspace for a long line is tens of megabytes: few of those are kept.</summary>
    [Test]
    public void Sweep_LongLines_KeepsFewWorkspaces()
    {
        SweepRecognizer sweep = new(PretrainedModels.Strips, StripCalibration.Default);
        GrayImage usual = Noise(100, seed: 1);
        Workspace first = sweep.Sweep(usual);
        sweep.Sweep(Noise(8000, seed: 1));
        Assert.That(sweep.Sweep(usual), Is.SameAs(first));
        sweep.Sweep(Noise(9000, seed: 1));
        Assert.That(sweep.Sweep(usual), Is.Not.SameAs(first));
    }

    /// <summary>More than noise, as sums of which differ most: black and white at random, a third of it ink.</summary>
    private static GrayImage Noise(int width, int seed) =>
        new(width, 32, Drawn.Noise(width, 32, seed, 0.3).Values);

    private static float[] OfWindow(Network network, Workspace workspace, GrayImage strip, int left)
    {
        workspace.LoadPixels(Part(strip, left, 32), 32, 32);
        network.Forward(workspace);
        return workspace.Output.Values.ToArray();
    }

    private static byte[] Part(GrayImage strip, int left, int width) => [.. Enumerable.Range(0, 32).SelectMany(y => strip.Row(y).Slice(left, width).ToArray())];

    private static float[] Column(FeatureMaps output, int column)
    {
        float[] values = new float[output.Shape.Maps];
        for (int i = 0; i < values.Length; i++)
            values[i] = output.Values[(i * output.Shape.Width) + column];
        return values;
    }
}
