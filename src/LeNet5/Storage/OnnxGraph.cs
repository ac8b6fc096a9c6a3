using System.Buffers.Binary;

namespace LeNet5.Storage;

/// <summary>The layers of a network as a graph of standard ONNX operators.</summary>
/// <remarks>Parameters are named as in a model file, but for the letters' size: <c>C1.weight</c>. What a node computes bears the node's name: <c>C1.sum</c>, <c>C1.output</c>.</remarks>
internal sealed class OnnxGraph
{
    public const string Input = "input";
    public const string Output = "output";

    private const string Stretch = "scaled_tanh.stretch";
    private const string Amplitude = "scaled_tanh.amplitude";

    private readonly Network network;
    private readonly List<(ProtobufWriter Node, string Output)> nodes = [];
    private readonly List<ProtobufWriter> initializers = [];

    /// <exception cref="NotSupportedException">A layer or activation is none of the library's.</exception>
    public OnnxGraph(Network network)
    {
        this.network = network;
        string values = Input;
        foreach (Layer layer in network.Layers)
            values = Add(layer, values);
        nodes[^1] = nodes[^1] with { Output = Output };
        if (network.Layers.OfType<ActivatedLayer>().Any(layer => layer.Activation == Activation.ScaledTanh))
        {
            AddTensor(Stretch, [], [Kernels.Squashing.Stretch]);
            AddTensor(Amplitude, [], [Kernels.Squashing.Amplitude]);
        }
    }

    public ProtobufWriter ToMessage()
    {
        ProtobufWriter graph = new();
        foreach ((ProtobufWriter node, string output) in nodes)
        {
            node.Write(OnnxFields.Node.Output, output);
            graph.Write(OnnxFields.Graph.Node, node);
        }
        graph.Write(OnnxFields.Graph.Name, "network");
        foreach (ProtobufWriter tensor in initializers)
            graph.Write(OnnxFields.Graph.Initializer, tensor);
        graph.Write(OnnxFields.Graph.Input, Describe(Input, network.InputShape, "width"));
        graph.Write(OnnxFields.Graph.Output, Describe(Output, network.OutputShape, "columns"));
        return graph;
    }

    /// <summary>Adds a layer that takes the values of this name, and returns the name of what it gives.</summary>
    private string Add(Layer layer, string input)
    {
        ReadOnlySpan<float> parameters = network.ParametersOf(layer);
        return layer switch
        {
            SparseConv sparse => Squash(sparse, Convolve(sparse, input, CompleteKernels.FromLinks(sparse, parameters), parameters[^sparse.Outputs..])),
            WeightedLayer weighted => Squash(weighted, Convolve(weighted, input, parameters[..^weighted.Outputs], parameters[^weighted.Outputs..])),
            TrainableSubsample subsample => Squash(subsample, Subsample(subsample, input, parameters)),
            RbfOutput rbf => Distances(rbf, input),
            _ => throw new NotSupportedException(
                $"{layer} is a {layer.GetType().Name}, for which ONNX export has no operators: it takes {nameof(Conv)}, {nameof(SparseConv)}, {nameof(TrainableSubsample)}, {nameof(FullyConnected)} and {nameof(RbfOutput)}. "
                + $"Export the layers before {layer} and those behind it as networks of their own, and compute {layer} between them."),
        };
    }

    private string Convolve(WeightedLayer layer, string input, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases)
    {
        string weight = AddTensor($"{layer}.weight", [layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel], weights);
        string bias = AddTensor($"{layer}.bias", [layer.Outputs], biases);
        return AddNode("Conv", $"{layer}.sum", [input, weight, bias], Integers("kernel_shape", layer.Kernel, layer.Kernel));
    }

    private string Subsample(TrainableSubsample layer, string input, ReadOnlySpan<float> parameters)
    {
        string weight = AddTensor($"{layer}.weight", [layer.Maps, 1, 1], parameters[..layer.Maps]);
        string bias = AddTensor($"{layer}.bias", [layer.Maps, 1, 1], parameters[layer.Maps..]);
        string average = AddNode("AveragePool", $"{layer}.average", [input], Integers("kernel_shape", layer.Block, layer.Block), Integers("strides", layer.Block, layer.Block));
        string product = AddNode("Mul", $"{layer}.product", [average, weight]);
        return AddNode("Add", $"{layer}.sum", [product, bias]);
    }

    private string Squash(ActivatedLayer layer, string sum)
    {
        if (layer.Activation == Activation.Identity)
            return sum;
        if (layer.Activation != Activation.ScaledTanh)
        {
            throw new NotSupportedException(
                $"{layer} has the activation {layer.Activation.GetType().Name}, for which ONNX export has no operators: it takes {nameof(Activation.ScaledTanh)} and {nameof(Activation.Identity)}. "
                + $"Export the layers up to {layer}, with {nameof(Activation.Identity)}, and those behind it as networks of their own, and compute the activation between them.");
        }
        string stretched = AddNode("Mul", $"{layer}.stretched", [sum, Stretch]);
        string tanh = AddNode("Tanh", $"{layer}.tanh", [stretched]);
        return AddNode("Mul", $"{layer}.output", [tanh, Amplitude]);
    }

    /// <summary>Sums the squares of differences. |x|^2 - 2 x c + |c|^2 would do without a fifth axis, but what is left of the cancellation is no exact penalty of a near class.</summary>
    private string Distances(RbfOutput layer, string input)
    {
        string codes = AddTensor($"{layer}.codes", [layer.Codes.Count, layer.Codes.Length, 1, 1], layer.Codes.Values);
        string before = AddAxis($"{layer}.class_axis", 1);
        string along = AddAxis($"{layer}.code_axis", 2);
        string values = AddNode("Unsqueeze", $"{layer}.values", [input, before]);
        string difference = AddNode("Sub", $"{layer}.difference", [values, codes]);
        string square = AddNode("Mul", $"{layer}.square", [difference, difference]);
        return AddNode("ReduceSum", $"{layer}.output", [square, along], Integer("keepdims", 0));
    }

    private string AddNode(string type, string name, ReadOnlySpan<string> inputs, params ReadOnlySpan<ProtobufWriter> attributes)
    {
        ProtobufWriter node = new();
        foreach (string input in inputs)
            node.Write(OnnxFields.Node.Input, input);
        node.Write(OnnxFields.Node.Name, name);
        node.Write(OnnxFields.Node.Operator, type);
        foreach (ProtobufWriter attribute in attributes)
            node.Write(OnnxFields.Node.Attribute, attribute);
        nodes.Add((node, name));
        return name;
    }

    private string AddTensor(string name, ReadOnlySpan<int> dimensions, ReadOnlySpan<float> values)
    {
        byte[] data = new byte[sizeof(float) * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(sizeof(float) * i), values[i]);
        return AddTensor(name, OnnxFields.Tensor.SingleType, dimensions, data);
    }

    private string AddAxis(string name, long axis)
    {
        byte[] data = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(data, axis);
        return AddTensor(name, OnnxFields.Tensor.Int64Type, [1], data);
    }

    private string AddTensor(string name, int elementType, ReadOnlySpan<int> dimensions, byte[] data)
    {
        ProtobufWriter tensor = new();
        foreach (int dimension in dimensions)
            tensor.Write(OnnxFields.Tensor.Dimension, dimension);
        tensor.Write(OnnxFields.Tensor.ElementType, elementType);
        tensor.Write(OnnxFields.Tensor.Name, name);
        tensor.Write(OnnxFields.Tensor.Data, data);
        initializers.Add(tensor);
        return name;
    }

    private static ProtobufWriter Integer(string name, int value)
    {
        ProtobufWriter attribute = new();
        attribute.Write(OnnxFields.Attribute.Name, name);
        attribute.Write(OnnxFields.Attribute.Integer, value);
        attribute.Write(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegerType);
        return attribute;
    }

    private static ProtobufWriter Integers(string name, params ReadOnlySpan<int> values)
    {
        ProtobufWriter attribute = new();
        attribute.Write(OnnxFields.Attribute.Name, name);
        foreach (int value in values)
            attribute.Write(OnnxFields.Attribute.Integers, value);
        attribute.Write(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegersType);
        return attribute;
    }

    /// <summary>Any number of pictures, the maps and the height of the network's own, and any width.</summary>
    private static ProtobufWriter Describe(string name, Shape shape, string width)
    {
        ProtobufWriter sizes = new();
        AddDimension(dimension => dimension.Write(OnnxFields.ValueInfo.DimensionName, "batch"));
        AddDimension(dimension => dimension.Write(OnnxFields.ValueInfo.DimensionValue, shape.Maps));
        AddDimension(dimension => dimension.Write(OnnxFields.ValueInfo.DimensionValue, shape.Height));
        AddDimension(dimension => dimension.Write(OnnxFields.ValueInfo.DimensionName, width));

        ProtobufWriter tensor = new();
        tensor.Write(OnnxFields.ValueInfo.ElementType, OnnxFields.Tensor.SingleType);
        tensor.Write(OnnxFields.ValueInfo.Shape, sizes);
        ProtobufWriter type = new();
        type.Write(OnnxFields.ValueInfo.TensorType, tensor);
        ProtobufWriter value = new();
        value.Write(OnnxFields.ValueInfo.Name, name);
        value.Write(OnnxFields.ValueInfo.Type, type);
        return value;

        void AddDimension(Action<ProtobufWriter> write)
        {
            ProtobufWriter dimension = new();
            write(dimension);
            sizes.Write(OnnxFields.ValueInfo.Dimension, dimension);
        }
    }
}
