using LeNet5.Training;

namespace LeNet5.PublicTests;

/// <summary>A network made of a user's own layers, squashing function and loss: trained, saved and brought back through the public API alone.</summary>
public class OwnPartsTests
{
    private static readonly TrainingRecipe Recipe = new()
    {
        Name = "own parts",
        Epochs = 2,
        Rate = LearningRate.Constant(0.01),
        Loss = new CrossEntropy(),
    };

    private readonly Network trained = Compose(seed: 1);
    private TrainingResult? result;

    [OneTimeSetUp]
    public void Train() => result = new Trainer(trained, Recipe).Run(Mnist.Train.Slice(0, 3000));

    [Test]
    public void Run_OwnParts_LearnDigits()
    {
        Assert.That(result!.History[1].Loss, Is.LessThan(result.History[0].Loss));
        Assert.That(Evaluator.Run(trained, Mnist.Test.Slice(0, 1000)).ErrorRate, Is.LessThan(0.15));
    }

    [Test]
    public void Run_OwnLayerWithParameters_MovesThem()
    {
        Network untrained = Compose(seed: 1);
        Assert.That(GainOf(trained), Is.Not.EqualTo(GainOf(untrained)));

        static float[] GainOf(Network network) => network.ParametersOf(network.Layers[2]).ToArray();
    }

    [Test]
    public void RestoreParameters_SavedNetwork_ReadsAlike()
    {
        using MemoryStream file = new();
        trained.Save(file);
        file.Position = 0;
        Network restored = Compose(seed: 2);
        restored.RestoreParameters(file);
        Assert.That(restored.Parameters.ToArray(), Is.EqualTo(trained.Parameters.ToArray()));
        Assert.That(restored.Metadata.Recipe, Is.EqualTo("own parts"));
        LabeledImages digits = Mnist.Test.Slice(0, 100);
        Assert.That(Evaluator.Run(restored, digits).Answers, Is.EqualTo(Evaluator.Run(trained, digits).Answers));
    }

    [Test]
    public void Load_SavedNetworkWithOwnLayer_NamesItAndTheWayOut()
    {
        using MemoryStream file = new();
        new Network(new Shape(1, 2, 2), 1, new MaxPool("Pool")).Save(file);
        file.Position = 0;
        Assert.That(
            () => Network.Load(file),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("layer Pool is a MaxPool").And.Message.Contains("RestoreParameters"));
    }

    [Test]
    public void Load_SavedNetworkWithOwnActivation_NamesItAndTheWayOut()
    {
        using MemoryStream file = new();
        trained.Save(file);
        file.Position = 0;
        Assert.That(
            () => Network.Load(file),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("layer C1 has the activation Rectifier").And.Message.Contains("RestoreParameters"));
    }

    [Test]
    public void Trainer_SecondOrderRecipe_NamesTheLayerWithoutCurvature() =>
        Assert.That(
            () => new Trainer(Compose(seed: 1), Recipe with { LevenbergMarquardt = new LevenbergMarquardt(Mu: 1) }),
            Throws.ArgumentException.With.Message.StartsWith("Pool1 has no curvature pass"));

    /// <summary>The page on custom networks says how well derivatives agree, and what a wrong one looks like.</summary>
    [Test]
    public void GradientError_OfLayers_TellsRightFromWrong()
    {
        foreach (Layer right in new Layer[] { new Gain("Own", maps: 2), new Conv("C", inputs: 2, outputs: 3, kernel: 3), new TrainableSubsample("S", maps: 2), new FullyConnected("F", inputs: 2, outputs: 4) })
            Assert.That(GradientError(right, new Shape(2, 6, 6)), Is.LessThan(2e-3), right.Name);
        Assert.That(GradientError(new Gain("Own", maps: 2, factor: 1.05f), new Shape(2, 6, 6)), Is.EqualTo(0.05).Within(0.01));
    }

    /// <summary>The largest difference between derivatives of a layer and what its forward pass says of them, by the largest of its derivatives.</summary>
    private static double GradientError(Layer layer, Shape input)
    {
        // E is a random mixture of the layer's outputs.
        Network network = new(input, 1, layer);
        Workspace workspace = network.CreateWorkspace(Passes.Backward, inputGradient: true);
        SeededRandom random = new(2);
        float[] mixture = new float[network.OutputShape.Length], gradient = new float[network.ParameterCount];
        foreach (ref float value in workspace.Input.Values)
            value = random.NextSingle(-1, 1);
        foreach (ref float share in mixture.AsSpan())
            share = random.NextSingle(-1, 1);

        Evaluate();
        mixture.CopyTo(workspace.Output.Gradient);
        network.Backward(workspace, gradient);
        float[] byInput = workspace.Input.Gradient.ToArray();
        return Math.Max(Compare(network.EditParameters(), gradient), Compare(workspace.Input.Values, byInput));

        double Evaluate()
        {
            network.Forward(workspace);
            double e = 0;
            for (int i = 0; i < mixture.Length; i++)
                e += (double)mixture[i] * workspace.Output.Values[i];
            return e;
        }

        double Compare(Span<float> variables, float[] derivatives)
        {
            // Large, for the outputs are rounded to 6e-8 of themselves.
            const float step = 1f / 64;
            (double error, double largest) = (0, 1e-9);
            for (int i = 0; i < variables.Length; i++)
            {
                float kept = variables[i];
                variables[i] = kept + step;
                double above = Evaluate();
                variables[i] = kept - step;
                double difference = (above - Evaluate()) / (2 * step);
                variables[i] = kept;
                (error, largest) = (Math.Max(error, Math.Abs(difference - derivatives[i])), Math.Max(largest, Math.Abs(derivatives[i])));
            }
            return error / largest;
        }
    }

    private static Network Compose(ulong seed) => new(
        new Shape(1, 28, 28),
        seed,
        new Conv("C1", inputs: 1, outputs: 6, kernel: 5, new Rectifier()),
        new MaxPool("Pool1"),
        new Gain("Gain", maps: 6),
        new Conv("C2", inputs: 6, outputs: 12, kernel: 5, new Rectifier()),
        new MaxPool("Pool2"),
        new Conv("C3", inputs: 12, outputs: 10, kernel: 4, Activation.Identity));

    /// <summary>y = (1 + w) x with one weight a map: a layer with parameters overrides <see cref="ParameterCount"/> too. With another factor than 1, its derivatives are wrong.</summary>
    private sealed class Gain(string name, int maps, float factor = 1) : Layer(name)
    {
        public override int ParameterCount => maps;

        public override Shape OutputShape(Shape input) =>
            input.Maps == maps ? input : throw new ArgumentException($"{Name} has {maps} maps but is given {input}.");

        public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
        {
            for (int i = 0; i < output.Values.Length; i++)
                output.Values[i] = (1 + parameters[i / output.Shape.Plane]) * input.Values[i];
        }

        public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
        {
            for (int i = 0; i < output.Values.Length; i++)
            {
                int map = i / output.Shape.Plane;
                gradient[map] += factor * output.Gradient[i] * input.Values[i];
                input.Gradient[i] = output.Gradient[i] * (1 + parameters[map]);
            }
        }
    }

    private sealed class Rectifier : Activation
    {
        public override void Apply(Span<float> values)
        {
            foreach (ref float value in values)
                value = Math.Max(0, value);
        }

        public override void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives)
        {
            for (int i = 0; i < derivatives.Length; i++)
                derivatives[i] *= values[i] > 0 ? 1 : 0;
        }
    }

    /// <summary>Softmax and cross-entropy, on outputs that are penalties as everywhere in the library: the smallest wins.</summary>
    private sealed class CrossEntropy : Loss<int>
    {
        public override double Evaluate(FeatureMaps output, int target)
        {
            double sum = 0;
            foreach (float penalty in output.Values)
                sum += Math.Exp(-penalty);
            for (int i = 0; i < output.Gradient.Length; i++)
                output.Gradient[i] = (float)((i == target ? 1 : 0) - (Math.Exp(-output.Values[i]) / sum));
            return output.Values[target] + Math.Log(sum);
        }
    }
}
