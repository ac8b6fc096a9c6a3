using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LeNet5.Storage;

/// <summary>A network as a safetensors file: its tensors by name, its layers and history as JSON in the metadata.</summary>
internal static class ModelFile
{
    private const string FormatKey = "format";
    private const string Format = "lenet5 model 1";
    private const string LayersKey = "layers";
    private const string TrainingKey = "training";

    public static void Write(Network network, Stream stream) => Write(network, stream, [], []);

    /// <summary>Writes more metadata and tensors behind the network's own.</summary>
    public static void Write(Network network, Stream stream, IEnumerable<KeyValuePair<string, string>> moreMetadata, IEnumerable<NamedTensor> moreTensors)
    {
        ThrowIfDamaged(network);
        List<NamedTensor> tensors = [];
        foreach (Layer layer in network.Layers)
        {
            float[] parameters = network.ParametersOf(layer).ToArray();
            int start = 0;
            foreach (ParameterTensor tensor in layer.Tensors)
            {
                tensors.Add(new NamedTensor(NameOf(layer, tensor.Name), tensor.Dimensions, parameters.AsMemory(start, tensor.Length)));
                start += tensor.Length;
            }
            if (layer is RbfOutput { Codes: { } codes })
                tensors.Add(new NamedTensor(NameOf(layer, LayerFormat.Codes), [codes.Count, codes.Length], codes.Values.ToArray()));
        }
        SafetensorsFile.Write(
            stream,
            [
                new(FormatKey, Format),
                new(LayersKey, LayerFormat.Write(network)),
                new(TrainingKey, MetadataFormat.Write(network.Metadata)),
                .. moreMetadata,
            ],
            [.. tensors, .. moreTensors]);
    }

    public static Network Read(Stream stream, string name)
    {
        SafetensorsFile file = SafetensorsFile.Read(stream, name);
        if (!file.Metadata.TryGetValue(FormatKey, out string? format) || format != Format)
            throw new InvalidDataException($"{name} is a safetensors file, but not a \"{Format}\": its format is \"{format}\". Give a file that Network.Save wrote, or compose the network and call RestoreParameters.");
        Network network = Guard(name, LayersKey, () =>
        {
            (Shape input, ImmutableArray<Layer> layers) = LayerFormat.Read(file.Metadata.GetValueOrDefault(LayersKey, ""), file);
            return Network.WithoutParameters(input, layers);
        });
        Restore(network, file, name);
        return network;
    }

    /// <summary>Whether the file is of a network with the same layers: sizes, activations and codes.</summary>
    public static bool IsOf(Network network, SafetensorsFile file)
    {
        if (file.Metadata.GetValueOrDefault(LayersKey) != LayerFormat.Write(network))
            return false;
        foreach (RbfOutput layer in network.Layers.OfType<RbfOutput>())
        {
            string codes = NameOf(layer, LayerFormat.Codes);
            if (!file.Contains(codes) || !file.Singles(codes).AsSpan().SequenceEqual(layer.Codes.Values))
                return false;
        }
        return true;
    }

    public static void Restore(Network network, SafetensorsFile file, string name)
    {
        float[] parameters = new float[network.ParameterCount];
        int start = 0;
        foreach (Layer layer in network.Layers)
        {
            foreach (ParameterTensor tensor in layer.Tensors)
            {
                string full = NameOf(layer, tensor.Name);
                if (!file.Contains(full))
                    throw new InvalidDataException($"{name} has no tensor {full}; it has {string.Join(' ', file.Names)}. Give a model of the same layers.");
                ValuesOf(layer, tensor, file, full, name).CopyTo(parameters.AsSpan(start));
                start += tensor.Length;
            }
        }
        int bad = IndexOfNotFinite(parameters);
        if (bad >= 0)
            throw new InvalidDataException(FormattableString.Invariant($"{name} is damaged: parameter {bad} is {parameters[bad]}. Save or train the model again."));
        ModelMetadata metadata = Guard(name, TrainingKey, () => MetadataFormat.Read(file.Metadata.GetValueOrDefault(TrainingKey, "{}")));
        parameters.CopyTo(network.EditParameters());
        network.Metadata = metadata;
    }

    /// <summary>Refuses to save what could not be loaded.</summary>
    public static void ThrowIfDamaged(Network network)
    {
        int bad = IndexOfNotFinite(network.Parameters);
        if (bad >= 0)
            throw new InvalidOperationException(FormattableString.Invariant($"The network is damaged: parameter {bad} is {network.Parameters[bad]}. Train it again, at a lower rate if it diverged."));
    }

    private static float[] ValuesOf(Layer layer, ParameterTensor tensor, SafetensorsFile file, string full, string name)
    {
        ImmutableArray<int> shape = file.ShapeOf(full);
        if (shape.AsSpan().SequenceEqual(tensor.Dimensions.AsSpan()))
            return file.Singles(full);
        // Other programs know no table of connections: their sparse layer is a complete one with zeros.
        if (layer is SparseConv sparse && shape.AsSpan().SequenceEqual([sparse.Outputs, sparse.Inputs, sparse.Kernel, sparse.Kernel]))
            return CompleteKernels.ToLinks(sparse, file.Singles(full), name);
        throw new InvalidDataException($"{name} has {full} as [{string.Join(", ", shape)}], where {layer} needs [{string.Join(", ", tensor.Dimensions)}]. Give a model of the same layers.");
    }

    /// <summary>Names a tensor after its layer, in small letters: <c>c1.weight</c>.</summary>
    public static string NameOf(Layer layer, string tensor) => $"{layer.Name.ToLowerInvariant()}.{tensor}";

    // Compiled at its best at once: a start would otherwise wait for the loop to be compiled twice.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int IndexOfNotFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }
        return -1;
    }

    /// <summary>Turns whatever strange content leads to into one exception that names the file and the part of its metadata.</summary>
    private static T Guard<T>(string name, string part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException or InvalidDataException)
        {
            throw new InvalidDataException($"{name} has \"{part}\" in its metadata that cannot be used: {e.Message}", e);
        }
    }
}
