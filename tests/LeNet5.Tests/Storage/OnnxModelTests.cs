using System.Runtime.InteropServices;
using System.Text.Json;

namespace LeNet5.Tests.Storage;

/// <summary>What stands in the file. That runtimes compute with it what the library computes is checked by <c>.ci/check-onnx</c>.</summary>
public class OnnxModelTests
{
    private static readonly Shape SmallInput = new(3, 4, 4);

    [Test]
    public void Save_LeNet5_IsOfIrVersion8AndOperatorSet17AndNamesItsProducer()
    {
        ProtobufMessage model = Save(Network.LeNet5());
        Assert.That(model.Number(1), Is.EqualTo(8));
        Assert.That(model.Text(2), Is.EqualTo("LeNet5"));
        Assert.That(model.Text(3), Does.Match(@"^\d+\.\d+\.\d+$"));
        Assert.That(model.Message(8).Fields, Is.EqualTo(new[] { 2 }), "the domain of the standard operators is empty");
        Assert.That(model.Message(8).Number(2), Is.EqualTo(17));
    }

    [Test]
    public void Save_LeNet5_TakesAnyBatchAndWidth()
    {
        ProtobufMessage graph = GraphOf(Network.LeNet5(codes: RbfCodes.DigitsAndBlank));
        Assert.That(Describe(graph.Message(11)), Is.EqualTo("input [batch, 1, 32, width]"));
        Assert.That(Describe(graph.Message(12)), Is.EqualTo("output [batch, 11, 1, columns]"));

        static string Describe(ProtobufMessage value)
        {
            ProtobufMessage tensor = value.Message(2).Message(1);
            Assert.That(tensor.Number(1), Is.EqualTo(1), "single precision");
            IEnumerable<string> sizes = tensor.Message(2).Messages(1).Select(size => size.Numbers(1) is [long number] ? number.ToString() : size.Text(2));
            return $"{value.Text(1)} [{string.Join(", ", sizes)}]";
        }
    }

    [Test]
    public void Save_LeNet5_WritesTheOperatorsOfEachLayer()
    {
        string[] tanh = ["Mul", "Tanh", "Mul"];
        string[] convolution = ["Conv", .. tanh];
        string[] subsampling = ["AveragePool", "Mul", "Add", .. tanh];
        ProtobufMessage graph = GraphOf(Network.LeNet5());
        Assert.That(graph.Messages(1).Select(node => node.Text(4)), Is.EqualTo((string[])
        [
            .. convolution, .. subsampling, .. convolution, .. subsampling, .. convolution, .. convolution, "Unsqueeze", "Sub", "Mul", "ReduceSum",
        ]));
    }

    [Test]
    public void Save_LeNet5_NodesTakeWhatIsThereAndNamesAreUnique()
    {
        ProtobufMessage graph = GraphOf(Network.LeNet5());
        HashSet<string> known = [graph.Message(11).Text(1)];
        foreach (ProtobufMessage tensor in graph.Messages(5))
            Assert.That(known.Add(tensor.Text(8)), tensor.Text(8));
        foreach (ProtobufMessage node in graph.Messages(1))
        {
            Assert.That(node.Texts(1).Distinct(), Is.SubsetOf(known), node.Text(3));
            Assert.That(known.Add(node.Text(2)), node.Text(2));
        }
        Assert.That(graph.Messages(1)[^1].Text(2), Is.EqualTo(graph.Message(12).Text(1)));
        Assert.That(known, Is.SupersetOf(new[] { "C1.weight", "C1.bias", "C1.sum", "C1.output", "S2.weight", "S2.average", "F6.output", "Output.codes" }));
    }

    [Test]
    public void Save_Convolution_HasItsWeightsAndBiases()
    {
        Network network = new(SmallInput, 1, new Conv("A", 3, 2, 3, Activation.Identity));
        ProtobufMessage graph = GraphOf(network);
        Assert.That(AttributesOf(graph.Message(1)), Is.EqualTo("kernel_shape=3,3"));
        Assert.That(graph.Message(1).Texts(1), Is.EqualTo(new[] { "input", "A.weight", "A.bias" }));
        Assert.That(ShapeOf(graph, "A.weight"), Is.EqualTo(new[] { 2, 3, 3, 3 }));
        Assert.That(ShapeOf(graph, "A.bias"), Is.EqualTo(new[] { 2 }));
        Assert.That(ValuesOf(graph, "A.weight").Concat(ValuesOf(graph, "A.bias")), Is.EqualTo(network.Parameters.ToArray()));
    }

    [Test]
    public void Save_SparseConvolution_IsCompleteWithZerosWhereTheTableHasNoLink()
    {
        Network network = Network.LeNet5();
        SparseConv layer = (SparseConv)network.Layers[2];
        ProtobufMessage graph = GraphOf(network);
        Assert.That(ShapeOf(graph, "C3.weight"), Is.EqualTo(new[] { 16, 6, 5, 5 }));
        float[] weights = ValuesOf(graph, "C3.weight");
        float[] links = [.. Enumerable.Range(0, 96).Where(map => layer.Table.InputsOf(map / 6).Contains(map % 6)).SelectMany(map => weights[(25 * map)..(25 * (map + 1))])];
        float[] parameters = network.ParametersOf(layer).ToArray();
        Assert.That(links, Is.EqualTo(parameters[..1500]));
        Assert.That(weights.Count(weight => weight == 0), Is.EqualTo(2400 - 1500));
        Assert.That(ValuesOf(graph, "C3.bias"), Is.EqualTo(parameters[1500..]));
    }

    [Test]
    public void Save_FullyConnected_IsAConvolutionOf1x1()
    {
        Network network = new(SmallInput, 1, new FullyConnected("F", 3, 5, Activation.Identity));
        ProtobufMessage graph = GraphOf(network);
        Assert.That(graph.Message(1).Text(4), Is.EqualTo("Conv"));
        Assert.That(AttributesOf(graph.Message(1)), Is.EqualTo("kernel_shape=1,1"));
        Assert.That(ShapeOf(graph, "F.weight"), Is.EqualTo(new[] { 5, 3, 1, 1 }));
        Assert.That(ValuesOf(graph, "F.weight"), Is.EqualTo(network.Parameters[..15].ToArray()));
    }

    [Test]
    public void Save_Subsampling_MultipliesTheAverageOfABlock()
    {
        Network network = new(SmallInput, 1, new TrainableSubsample("S", 3, block: 3, Activation.Identity));
        network.EditParameters()[4] = 7;
        ProtobufMessage graph = GraphOf(network);
        Assert.That(graph.Messages(1).Select(node => node.Text(4)), Is.EqualTo(new[] { "AveragePool", "Mul", "Add" }));
        Assert.That(AttributesOf(graph.Messages(1)[0]), Is.EqualTo("kernel_shape=3,3 strides=3,3"));
        Assert.That(graph.Messages(1)[1].Texts(1), Is.EqualTo(new[] { "S.average", "S.weight" }));
        Assert.That(graph.Messages(1)[2].Texts(1), Is.EqualTo(new[] { "S.product", "S.bias" }));
        Assert.That(ShapeOf(graph, "S.weight"), Is.EqualTo(new[] { 3, 1, 1 }));
        Assert.That(ValuesOf(graph, "S.weight"), Is.EqualTo(network.Parameters[..3].ToArray()));
        Assert.That(ValuesOf(graph, "S.bias"), Is.EqualTo(new[] { 0, 7, 0 }));
    }

    [Test]
    public void Save_ScaledTanh_MultipliesBeforeAndBehind()
    {
        ProtobufMessage graph = GraphOf(new Network(SmallInput, 1, new FullyConnected("A", 3, 2), new FullyConnected("B", 2, 2)));
        Assert.That(graph.Messages(1).Skip(1).Take(3).Select(node => string.Join(' ', node.Texts(1))), Is.EqualTo(new[] { "A.sum scaled_tanh.stretch", "A.stretched", "A.tanh scaled_tanh.amplitude" }));
        Assert.That(ShapeOf(graph, "scaled_tanh.stretch"), Is.Empty);
        Assert.That(ValuesOf(graph, "scaled_tanh.stretch"), Is.EqualTo(new[] { 2f / 3 }));
        Assert.That(ValuesOf(graph, "scaled_tanh.amplitude"), Is.EqualTo(new[] { 1.7159f }));
    }

    [Test]
    public void Save_RbfOutput_SumsTheSquaresOfDifferencesToTheCodes()
    {
        RbfCodes codes = new("ab", [1, 2, -1, 0.5f, 0, 3]);
        ProtobufMessage graph = GraphOf(new Network(SmallInput, 1, new RbfOutput("R", codes)));
        Assert.That(graph.Messages(1).Select(node => string.Join(' ', node.Texts(1))), Is.EqualTo(new[] { "input R.class_axis", "R.values R.codes", "R.difference R.difference", "R.square R.code_axis" }));
        Assert.That(AttributesOf(graph.Messages(1)[3]), Is.EqualTo("keepdims=0"));
        Assert.That(ShapeOf(graph, "R.codes"), Is.EqualTo(new[] { 2, 3, 1, 1 }));
        Assert.That(ValuesOf(graph, "R.codes"), Is.EqualTo(new[] { 1, 2, -1, 0.5f, 0, 3 }));
        Assert.That(AxesOf(graph, "R.class_axis"), Is.EqualTo(new[] { 1L }));
        Assert.That(AxesOf(graph, "R.code_axis"), Is.EqualTo(new[] { 2L }));
    }

    [Test]
    public void Save_TrainedNetwork_TellsClassesScalingWindowAndTraining()
    {
        Dictionary<string, string> metadata = MetadataOf(PretrainedModels.Strips);
        Assert.That(metadata["class_symbols"], Is.EqualTo("0123456789 "));
        Assert.That(metadata["input_scaling"], Does.Contain("1.275 * p / 255 - 0.1"));
        Assert.That(metadata["input_padding"], Does.Contain("padding of 2"));
        Assert.That(metadata["window_size"], Is.EqualTo("32"));
        Assert.That(metadata["window_step"], Is.EqualTo("4"));
        JsonElement training = JsonElement.Parse(metadata["training"]);
        Assert.That(training.GetProperty("recipe").GetString(), Is.EqualTo(PretrainedModels.Strips.Metadata.Recipe));
        Assert.That(training.GetProperty("strip_calibration").GetProperty("temperature").GetDouble(), Is.Positive);
    }

    [Test]
    public void Save_NoClassesAndSeveralInputMaps_TellsNothingOfThem()
    {
        Dictionary<string, string> metadata = MetadataOf(new Network(SmallInput, 1, new Conv("A", 3, 2, 3)));
        Assert.That(metadata.Keys, Is.EqualTo(new[] { "window_size", "window_step", "training" }));
    }

    [Test]
    public void Save_ToAFile_WritesTheBytesOfTheStreamAndLeavesNothingElse()
    {
        using TemporaryFolder folder = new();
        folder.Write("model.onnx", [1]);
        OnnxModel.Save(Network.LeNet5(), folder.PathOf("model.onnx"));
        Assert.That(File.ReadAllBytes(folder.PathOf("model.onnx")), Is.EqualTo(Bytes(Network.LeNet5())));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "model.onnx" }));
    }

    [Test]
    public void Save_LayerOfOnesOwn_NamesItAndTheWayOutAndLeavesTheFile()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("model.onnx", [1]);
        Network network = new(SmallInput, 1, new Conv("A", 3, 2, 3), new Reversed("Back"));
        Assert.That(
            () => OnnxModel.Save(network, file),
            Throws.TypeOf<NotSupportedException>().With.Message.StartsWith("Back is a Reversed,").And.Message.Contains("as networks of their own"));
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(new byte[] { 1 }));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "model.onnx" }));
    }

    [Test]
    public void Save_ActivationOfOnesOwn_NamesTheLayerAndTheWayOut()
    {
        using MemoryStream stream = new();
        Assert.That(
            () => OnnxModel.Save(new Network(SmallInput, 1, new Conv("A", 3, 2, 3, new Halved())), stream),
            Throws.TypeOf<NotSupportedException>().With.Message.StartsWith("A has the activation Halved,").And.Message.Contains("as networks of their own"));
        Assert.That(stream.Length, Is.Zero);
    }

    [Test]
    public void Save_Nothing_Throws()
    {
        Assert.That(() => OnnxModel.Save(null!, "model.onnx"), Throws.ArgumentNullException);
        Assert.That(() => OnnxModel.Save(Network.LeNet5(), ""), Throws.ArgumentException);
        Assert.That(() => OnnxModel.Save(Network.LeNet5(), (Stream)null!), Throws.ArgumentNullException);
    }

    private static byte[] Bytes(Network network)
    {
        using MemoryStream stream = new();
        OnnxModel.Save(network, stream);
        return stream.ToArray();
    }

    private static ProtobufMessage Save(Network network) => new(Bytes(network));

    private static ProtobufMessage GraphOf(Network network) => Save(network).Message(7);

    private static Dictionary<string, string> MetadataOf(Network network) => Save(network).Messages(14).ToDictionary(entry => entry.Text(1), entry => entry.Text(2));

    private static string AttributesOf(ProtobufMessage node) => string.Join(' ', node.Messages(5).Select(attribute =>
    {
        bool isList = attribute.Number(20) == 7;
        return $"{attribute.Text(1)}={string.Join(',', attribute.Numbers(isList ? 8 : 3))}";
    }));

    private static ProtobufMessage TensorOf(ProtobufMessage graph, string name) => graph.Messages(5).Single(tensor => tensor.Text(8) == name);

    private static long[] ShapeOf(ProtobufMessage graph, string name) => TensorOf(graph, name).Numbers(1);

    private static float[] ValuesOf(ProtobufMessage graph, string name)
    {
        Assert.That(TensorOf(graph, name).Number(2), Is.EqualTo(1));
        return MemoryMarshal.Cast<byte, float>(TensorOf(graph, name).Bytes(9)).ToArray();
    }

    private static long[] AxesOf(ProtobufMessage graph, string name)
    {
        Assert.That(TensorOf(graph, name).Number(2), Is.EqualTo(7));
        return MemoryMarshal.Cast<byte, long>(TensorOf(graph, name).Bytes(9)).ToArray();
    }

    private sealed class Reversed(string name) : Layer(name)
    {
        public override Shape OutputShape(Shape input) => input;

        public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
        {
            input.Values.CopyTo(output.Values);
            output.Values.Reverse();
        }

        public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
        {
            output.Gradient.CopyTo(input.Gradient);
            input.Gradient.Reverse();
        }
    }

    private sealed class Halved : Activation
    {
        public override void Apply(Span<float> values)
        {
            foreach (ref float value in values)
                value /= 2;
        }

        public override void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives) => Apply(derivatives);
    }
}
