using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices.JavaScript;
using System.Text.Json;
using LeNet5;
using LeNet5.Training;

namespace VisualGuide;

/// <summary>Trains a fresh network in the page, one digit after another.</summary>
/// <remarks><see cref="Trainer"/> prepares its samples on a thread of its own, which a browser does not give. These are its steps without that thread: forward, loss, backward, update.</remarks>
internal static partial class Training
{
    /// <summary>What is in the page's files of digits: first those to train on, then those to test with.</summary>
    private const int TrainingCount = 3000, TestCount = 300;

    /// <summary>Digits over which loss and error run.</summary>
    private const int RecentCount = 200;

    private static readonly double[] RecentLosses = new double[RecentCount];
    private static readonly bool[] RecentErrors = new bool[RecentCount];
    private static readonly int[] Order = new int[TrainingCount];

    private static LabeledImages digits = new(28, 28, [], []);
    private static Network network = Network.LeNet5();
    private static Loss<int> loss = new MaximumPosteriorLoss();
    private static Workspace workspace = network.CreateWorkspace(Passes.Backward);
    private static float[] rates = [], layerRates = [];
    private static int seen, current;

    /// <summary>What each epoch gave when the network of the page was trained.</summary>
    [JSExport]
    internal static string History() => Json.Object(json =>
    {
        json.WriteStartArray("epochs");
        foreach (EpochResult epoch in PretrainedModels.Digits.Metadata.History)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", epoch.Epoch);
            json.WriteNumber("rate", epoch.LearningRate);
            json.WriteNumber("loss", epoch.Loss);
            json.WriteNumber("trainingError", epoch.TrainingErrorRate);
            if (epoch.TestErrorRate is { } testError)
                json.WriteNumber("testError", testError);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>Takes the page's digits of MNIST.</summary>
    /// <param name="images">Their file of images, IDX packed with gzip.</param>
    /// <param name="labels">Their file of labels.</param>
    [JSExport]
    internal static void Load(byte[] images, byte[] labels)
    {
        using MemoryStream imageStream = new(images), labelStream = new(labels);
        digits = LabeledImages.Load(imageStream, labelStream);
    }

    /// <summary>Begins with a fresh network.</summary>
    /// <param name="variant">Which of <see cref="Variants"/>.</param>
    /// <param name="seed">Seed of the initial weights of the original.</param>
    /// <param name="order">Seed of the order in which the digits come.</param>
    /// <param name="rate">The learning rate.</param>
    [JSExport]
    internal static void Begin(string variant, int seed, int order, double rate)
    {
        (network, loss) = Variants.Make(variant, seed);
        workspace = network.CreateWorkspace(Passes.Backward);
        seen = 0;
        for (int i = 0; i < Order.Length; i++)
            Order[i] = i;
        new SeededRandom((ulong)order).Shuffle<int>(Order);
        SetRate(rate);
    }

    /// <summary>Sets the learning rate from the next step on.</summary>
    /// <remarks>It holds for the paper's form of subsampling, which multiplies the sum of a block. Ours multiplies the average, by a weight four times as large, whose gradient is a quarter: it
    /// moves likewise at 16 times the rate, as in all of the library's recipes.</remarks>
    [JSExport]
    internal static void SetRate(double rate)
    {
        rates = new float[network.ParameterCount];
        layerRates = new float[network.Layers.Length];
        Array.Fill(rates, (float)rate);
        Array.Fill(layerRates, (float)rate);
        int start = 0;
        for (int i = 0; i < layerRates.Length; i++)
        {
            if (network.Layers[i] is TrainableSubsample subsample)
            {
                int area = subsample.Block * subsample.Block;
                rates.AsSpan(start, subsample.Maps).Fill((float)(rate * area * area));
                layerRates[i] = float.NaN;
            }
            start += network.Layers[i].ParameterCount;
        }
    }

    /// <summary>Trains for a while.</summary>
    /// <param name="milliseconds">About how long.</param>
    /// <param name="until">The number of digits seen at which to end before that.</param>
    [JSExport]
    internal static void Run(int milliseconds, int until)
    {
        long start = Stopwatch.GetTimestamp();
        while (seen < until && Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds)
        {
            Present();
            Keep(loss.Evaluate(workspace.Output, Label));
            network.Step(workspace, Sizes);
        }
    }

    /// <summary>How the training stands, and how it saw the latest digit before it learnt from it.</summary>
    [JSExport]
    internal static string Describe() => Json.Object(json =>
    {
        int count = Math.Min(seen, RecentCount);
        json.WriteNumber("seen", seen);
        json.WriteNumber("loss", count == 0 ? 0 : RecentLosses.AsSpan(0, count).ToArray().Average());
        json.WriteNumber("error", count == 0 ? 0 : (double)RecentErrors.AsSpan(0, count).Count(true) / count);
        json.WriteNumber("recent", count);
        json.WriteNumber("label", Label);
        json.WriteNumber("answer", IndexOfSmallest(workspace.Output.Values));
        Write(json, "distances", workspace.Output.Values);
    });

    /// <summary>The pixels of the latest digit.</summary>
    [JSExport]
    internal static byte[] Pixels() => digits.Pixels(current).ToArray();

    /// <summary>The six kernels of C1, 25 weights each.</summary>
    [JSExport]
    internal static double[] Kernels() => network.ParametersOf("C1")[..150].ToDoubles();

    /// <summary>Counts how many of some test digits the network misreads now.</summary>
    /// <param name="start">The first, counted from 0.</param>
    /// <param name="count">How many, or fewer where no more are left.</param>
    [JSExport]
    internal static int CountErrors(int start, int count)
    {
        int errors = 0;
        for (int i = start; i < Math.Min(start + count, TestCount); i++)
            errors += Read(digits.Pixels(TrainingCount + i)) == digits.Label(TrainingCount + i) ? 0 : 1;
        return errors;
    }

    /// <summary>What the network reads in 28x28 pixels now.</summary>
    [JSExport]
    internal static int Read(byte[] pixels) => Read(pixels.AsSpan());

    private static int Read(ReadOnlySpan<byte> pixels)
    {
        workspace.LoadPixels(pixels, 28, 28);
        network.Forward(workspace);
        return IndexOfSmallest(workspace.Output.Values);
    }

    /// <summary>Learns from one digit, and tells every part of it: the distances, the two parts of the loss, the gradient and the step of each layer, and the distances after it.</summary>
    [JSExport]
    internal static string Step() => Json.Object(json =>
    {
        Present();
        json.WriteNumber("label", Label);
        WriteForward(json, "before");

        // The first term of equation 9 is equation 8.
        double pull = new MaximumLikelihoodLoss().Evaluate(workspace.Output, Label);
        double whole = loss.Evaluate(workspace.Output, Label);
        json.WriteNumber("loss", whole);
        json.WriteNumber("pull", pull);
        json.WriteNumber("push", whole - pull);
        Write(json, "slopes", workspace.Output.Gradient);

        float[] gradient = new float[network.ParameterCount];
        network.Backward(workspace, gradient);
        Write(json, "codeSlopes", workspace.OutputOf(network.Layers[^2]).Gradient);
        float[] old = network.Parameters.ToArray();
        Keep(loss.Evaluate(workspace.Output, Label));
        network.Step(workspace, Sizes);
        WriteLayers(json, old, gradient);

        network.Forward(workspace);
        WriteForward(json, "after");
        json.WriteNumber("lossAfter", loss.Evaluate(workspace.Output, Label));
    });

    private static void WriteForward(Utf8JsonWriter json, string name)
    {
        Write(json, name, workspace.Output.Values);
        Write(json, name + "Code", workspace.OutputOf(network.Layers[^2]).Values);
    }

    /// <summary>Lengths of vectors: a layer's weights and biases, their gradient, and the step that they made.</summary>
    private static void WriteLayers(Utf8JsonWriter json, ReadOnlySpan<float> old, ReadOnlySpan<float> gradient)
    {
        json.WriteStartArray("layers");
        int start = 0;
        foreach (Layer layer in network.Layers)
        {
            int count = layer.ParameterCount;
            if (count > 0)
            {
                json.WriteStartObject();
                json.WriteString("name", layer.Name);
                json.WriteNumber("parameters", count);
                json.WriteNumber("weights", TensorPrimitives.Norm(old.Slice(start, count)));
                json.WriteNumber("gradient", TensorPrimitives.Norm(gradient.Slice(start, count)));
                json.WriteNumber("step", TensorPrimitives.Distance(old.Slice(start, count), network.Parameters.Slice(start, count)));
                json.WriteEndObject();
            }
            start += count;
        }
        json.WriteEndArray();
    }

    private static int Label => digits.Label(current);

    private static StepSizes Sizes => StepSizes.OfLayers(layerRates, rates);

    /// <summary>Runs the network on the next digit. After the last comes the first again, in the same order, as in every training of the library.</summary>
    private static void Present()
    {
        current = Order[seen % TrainingCount];
        workspace.LoadPixels(digits.Pixels(current), 28, 28);
        network.Forward(workspace);
    }

    private static void Keep(double value)
    {
        RecentLosses[seen % RecentCount] = value;
        RecentErrors[seen % RecentCount] = IndexOfSmallest(workspace.Output.Values) != Label;
        seen++;
    }

    private static int IndexOfSmallest(ReadOnlySpan<float> penalties) => TensorPrimitives.IndexOfMin(penalties);

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
