using System.Globalization;
using LeNet5.Storage;

namespace LeNet5;

/// <summary>Writes networks as ONNX models, which runtimes of other languages and devices execute.</summary>
/// <remarks>
/// <para>IR version 8, operator set 17, standard operators alone; the outputs are those of <see cref="Network.Forward"/> up to rounding.</para>
/// <para>
/// Input: <c>input</c> [batch, maps, height, width], single precision, of any batch and any width from the network's own on: [batch, 1, 32, width] for LeNet-5. Output:
/// <c>output</c> [batch, maps, height, columns]: for a network that ends in an <see cref="RbfOutput"/> the penalty of each class, of which the smallest wins.
/// </para>
/// <para>
/// The model's metadata tell the symbols of the classes, the scale of the input, the window that an output column sees, and as JSON how the network was
/// trained and calibrated. ONNX models are not read: keep the file that <see cref="Network.Save(string)"/> writes, too.
/// </para>
/// <para>Thread-safe, as long as nobody changes the network meanwhile.</para>
/// </remarks>
public static class OnnxModel
{
    private const int IrVersion = 8;
    private const int OperatorSetVersion = 17;

    /// <summary>Saves a network as an ONNX file.</summary>
    /// <param name="network">A network of the library's own layers and activations.</param>
    /// <param name="path">The file; an existing one is replaced only once the new one is complete.</param>
    /// <exception cref="NotSupportedException">A layer or an activation is not one of the library's; the message names the layer and a way out.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidOperationException">A parameter is no finite number: the network is damaged. Nothing was written.</exception>
    public static void Save(Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Save(network, stream));
    }

    /// <summary>Saves a network in the ONNX format.</summary>
    /// <param name="network">A network of the library's own layers and activations.</param>
    /// <param name="stream">Where to write; left open.</param>
    /// <exception cref="NotSupportedException">A layer or an activation is not one of the library's; the message names the layer and a way out. Nothing was
    /// written.</exception>
    /// <exception cref="InvalidOperationException">A parameter is no finite number: the network is damaged. Nothing was written.</exception>
    public static void Save(Network network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);

        ModelFile.ThrowIfDamaged(network);
        ProtobufWriter operatorSet = new();
        operatorSet.Write(OnnxFields.OperatorSet.Version, OperatorSetVersion);

        ProtobufWriter model = new();
        model.Write(OnnxFields.Model.IrVersion, IrVersion);
        model.Write(OnnxFields.Model.ProducerName, "LeNet5");
        model.Write(OnnxFields.Model.ProducerVersion, typeof(OnnxModel).Assembly.GetName().Version!.ToString(3));
        model.Write(OnnxFields.Model.Graph, new OnnxGraph(network).ToMessage());
        model.Write(OnnxFields.Model.OperatorSet, operatorSet);
        foreach ((string key, string value) in Metadata(network))
        {
            ProtobufWriter entry = new();
            entry.Write(OnnxFields.Metadata.Key, key);
            entry.Write(OnnxFields.Metadata.Value, value);
            model.Write(OnnxFields.Model.Metadata, entry);
        }
        stream.Write(model.Written);
    }

    private static IEnumerable<(string Key, string Value)> Metadata(Network network)
    {
        if (network.Codes is { } codes)
        {
            yield return ("class_symbols", codes.Symbols);
            yield return ("output", "the squared distance to the code of each class: the smallest wins");
        }
        if (network.InputShape.Maps == 1)
        {
            yield return ("input_scaling", "value = 1.275 * p / 255 - 0.1 for ink p from 0 (ground) to 255");
            yield return ("input_padding", "a picture smaller than the field lies in its middle, with -0.1 around it: 28x28 in 32x32 has a padding of 2");
        }
        yield return ("window_size", network.Window.Size.ToString(CultureInfo.InvariantCulture));
        yield return ("window_step", network.Window.Step.ToString(CultureInfo.InvariantCulture));
        yield return ("training", MetadataFormat.Write(network.Metadata));
    }
}
