using LeNet5.Storage;

namespace LeNet5.Tests;

/// <summary>Weights, activations, distances, losses and gradients of this network from an independent float64 autograd, on 8 digits and a strip.</summary>
internal static class Reference
{
    private static readonly Lazy<SafetensorsFile> Autograd = new(() =>
    {
        using FileStream stream = File.OpenRead(PathOf("lenet5-autograd.safetensors"));
        return SafetensorsFile.Read(stream, "lenet5-autograd.safetensors");
    });

    public static SafetensorsFile Values => Autograd.Value;

    public static string PathOf(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Reference", name);

    public static float[] Singles(string tensor) => Values.Singles(tensor);

    public static int SampleCount => Values.ShapeOf("input.plane")[0];

    /// <summary>The part of a tensor that belongs to one of the samples.</summary>
    public static ReadOnlySpan<float> OfSample(string tensor, int sample)
    {
        float[] all = Singles(tensor);
        int length = all.Length / SampleCount;
        return all.AsSpan(sample * length, length);
    }

    public static int Label(int sample) => (int)Values.Int64s("input.label")[sample];

    /// <summary>LeNet-5 with the reference's weights.</summary>
    public static Network CreateNetwork()
    {
        Network network = Network.LeNet5();
        Span<float> parameters = network.EditParameters();
        int start = 0;
        foreach (Layer layer in network.Layers)
        {
            foreach (ParameterTensor tensor in layer.Tensors)
            {
                Singles(ModelFile.NameOf(layer, tensor.Name)).CopyTo(parameters[start..]);
                start += tensor.Length;
            }
        }
        return network;
    }
}
