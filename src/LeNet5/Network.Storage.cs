using LeNet5.Storage;

namespace LeNet5;

public sealed partial class Network
{
    /// <summary>Saves layers, parameters and metadata as a safetensors file. The tensors are named after the layers: <c>c1.weight</c>,
    /// <c>c1.bias</c>, ... <c>output.codes</c>.</summary>
    /// <param name="path">The file; an existing one is replaced only once the new one is complete.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidOperationException">A parameter is no finite number: the network is damaged. Nothing was written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>Saves layers, parameters and metadata in the safetensors format.</summary>
    /// <param name="stream">Where to write; left open.</param>
    /// <exception cref="InvalidOperationException">A parameter is no finite number: the network is damaged. Nothing was written.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Write(this, stream);
    }

    /// <summary>Loads a network made of the library's own layers. For one with layers of your own, compose it and call <see cref="RestoreParameters(string)"/>.</summary>
    /// <param name="path">A file that <see cref="Save(string)"/> wrote.</param>
    /// <exception cref="InvalidDataException">The file is no such model, or it is damaged; the message tells what is wrong and where.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static Network Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return ModelFile.Read(stream, Path.GetFileName(path));
    }

    /// <summary>Loads a network made of the library's own layers.</summary>
    /// <param name="stream">What <see cref="Save(Stream)"/> wrote; read to its end and left open.</param>
    /// <exception cref="InvalidDataException">The stream holds no such model, or it is damaged; the message tells what is wrong and where.</exception>
    public static Network Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelFile.Read(stream, "The model stream");
    }

    /// <summary>Replaces the parameters and metadata by those of a file whose tensors have the names and dimensions of this network's: for networks
    /// with layers of one's own.</summary>
    /// <param name="path">A file that <see cref="Save(string)"/> wrote.</param>
    /// <exception cref="InvalidDataException">The file is no such model, is damaged, or lacks a tensor of this network. The network is then unchanged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public void RestoreParameters(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        ModelFile.Restore(this, SafetensorsFile.Read(stream, Path.GetFileName(path)), Path.GetFileName(path));
    }

    /// <summary>Replaces the parameters and metadata by those in a stream.</summary>
    /// <param name="stream">What <see cref="Save(Stream)"/> wrote; read to its end and left open.</param>
    /// <exception cref="InvalidDataException">The stream holds no such model, is damaged, or lacks a tensor of this network. The network is then unchanged.</exception>
    public void RestoreParameters(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Restore(this, SafetensorsFile.Read(stream, "The model stream"), "The model stream");
    }
}
