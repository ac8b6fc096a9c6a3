using System.Runtime.InteropServices;
using System.Text;

namespace LeNet5.PublicTests;

/// <summary>What docs/interop.md shows, run.</summary>
public class InteropPageTests
{
    private string path = "";

    [SetUp]
    public void SetUp() => path = Path.GetTempFileName();

    [TearDown]
    public void TearDown() => File.Delete(path);

    [Test]
    public void Save_BuiltInDigits_WritesAnOnnxFile()
    {
        OnnxModel.Save(PretrainedModels.Digits, path);
        Assert.That(Encoding.Latin1.GetString(File.ReadAllBytes(path)), Does.Contain("LeNet5").And.Contain("AveragePool").And.Contain("C1.weight").And.Contain("0123456789"));
    }

    [Test]
    public void RestoreParameters_FileOfAnotherProgram_TakesTheTensorsByName()
    {
        Network elsewhere = Network.LeNet5(seed: 7);
        File.WriteAllBytes(path, BareSafetensors(elsewhere));

        Network network = Network.LeNet5();
        network.RestoreParameters(path);

        Assert.That(network.Parameters.ToArray(), Is.EqualTo(elsewhere.Parameters.ToArray()));
    }

    /// <summary>The parameters without codes and metadata, the last tensor first: as no program is bound to the order of ours.</summary>
    private static byte[] BareSafetensors(Network network)
    {
        List<string> entries = [];
        List<byte> data = [];
        foreach (Layer layer in network.Layers.Reverse())
        {
            int end = layer.ParameterCount;
            foreach (ParameterTensor tensor in layer.Tensors.Reverse())
            {
                end -= tensor.Length;
                int start = data.Count;
                data.AddRange(MemoryMarshal.AsBytes(network.ParametersOf(layer).Slice(end, tensor.Length)));
                entries.Add($$"""
                    "{{layer.Name.ToLowerInvariant()}}.{{tensor.Name}}":{"dtype":"F32","shape":[{{string.Join(',', tensor.Dimensions)}}],"data_offsets":[{{start}},{{data.Count}}]}
                    """);
            }
        }
        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. data];
    }
}
