using System.Buffers.Binary;
using System.Collections.Immutable;
using LeNet5.Storage;

namespace LeNet5.Tests.Storage;

public class ModelFileTests
{
    private static readonly ModelMetadata Metadata = new()
    {
        InitialSeed = ulong.MaxValue,
        Recipe = "mine",
        Settings = "two epochs",
        TrainingSeed = 7,
        TrainedOn = "a machine, 512-bit vectors",
        RubbishPenalty = 12.5,
        Calibration = new Calibration { Temperature = 1.75, RubbishPenalty = double.PositiveInfinity },
        StripCalibration = new StripCalibration { Temperature = 2.5, RubbishPenalty = 80, Curve = [new RejectionPoint(0, 0.125, 0.25f), new RejectionPoint(0.5, 0, 0.99f)] },
        History = [new EpochResult(1, 0.0005, 3.25, 0.5, 0.25), new EpochResult(2, 0.0002, 1.125, 0.125, null)],
    };

    [Test]
    public void Load_WhatSaveWrote_IsTheSameNetwork()
    {
        using TemporaryFolder folder = new();
        Network saved = Network.LeNet5(seed: 3, RbfCodes.DigitsAndBlank);
        saved.Metadata = Metadata;
        saved.Save(folder.PathOf("model.safetensors"));
        Network loaded = Network.Load(folder.PathOf("model.safetensors"));

        Assert.That(folder.FileNames, Is.EqualTo(new[] { "model.safetensors" }));
        Assert.That(loaded.ToString(), Is.EqualTo(saved.ToString()));
        Assert.That(loaded.Parameters.SequenceEqual(saved.Parameters));
        Assert.That(loaded.Codes!.Symbols, Is.EqualTo("0123456789 "));
        Assert.That(loaded.Codes.Values.SequenceEqual(saved.Codes!.Values));
        Assert.That(((SparseConv)loaded.Layers[2]).Table.ToString(), Is.EqualTo(ConnectionTable.TableI.ToString()));
        Assert.That(loaded.Metadata with { History = [] }, Is.EqualTo(Metadata with { History = [] }));
        Assert.That(loaded.Metadata.History, Is.EqualTo(Metadata.History));
    }

    [Test]
    public void Save_LeNet5_NamesTensorsAsTheReferenceDoes()
    {
        SafetensorsFile file = SafetensorsFile.Read(Bytes(Network.LeNet5()), "model");
        Assert.That(file.Names, Is.EqualTo(new[]
        {
            "c1.weight", "c1.bias", "s2.weight", "s2.bias", "c3.weight", "c3.bias", "s4.weight", "s4.bias",
            "c5.weight", "c5.bias", "f6.weight", "f6.bias", "output.codes",
        }));
        foreach (string name in file.Names)
            Assert.That(file.ShapeOf(name), Is.EqualTo(Reference.Values.ShapeOf(name)), name);
    }

    [Test]
    public void Save_SameNetworkTwice_GivesTheSameBytes()
    {
        byte[] first = Bytes(Small()).ToArray();
        Assert.That(Bytes(Small()).ToArray(), Is.EqualTo(first));
    }

    [Test]
    public void Load_OtherNetworks_ComeBack()
    {
        Network network = new(
            new Shape(2, 9, 11), 1,
            new Conv("A", 2, 3, 2, Activation.Identity), new TrainableSubsample("B", 3, block: 3), new SparseConv("C", ConnectionTable.Parse("X.\nXX\n.X"), 2),
            new RbfOutput("D", new RbfCodes("ab", [1, 2, -1, 0.5f])));
        Network loaded = Network.Load(Bytes(network));
        Assert.That(loaded.ToString(), Is.EqualTo(network.ToString()));
        Assert.That(((Conv)loaded.Layers[0]).Activation, Is.SameAs(Activation.Identity));
        Assert.That(loaded.Parameters.SequenceEqual(network.Parameters));
    }

    [Test]
    public void Load_EveryTruncation_IsRefused()
    {
        byte[] whole = Bytes(Small()).ToArray();
        for (int length = 0; length < whole.Length; length++)
            Assert.That(() => Network.Load(new MemoryStream(whole, 0, length)), Throws.InstanceOf<InvalidDataException>(), $"{length} bytes");
    }

    [Test]
    public void Load_AnyByteChanged_IsRefusedOrStillANetwork()
    {
        byte[] whole = Bytes(Small()).ToArray();
        for (int i = 0; i < whole.Length; i++)
        {
            foreach (byte change in new byte[] { 0x01, 0x10, 0x80 })
            {
                byte[] damaged = [.. whole];
                damaged[i] ^= change;
                try
                {
                    Network.Load(new MemoryStream(damaged)).CreateWorkspace();
                }
                catch (InvalidDataException)
                {
                }
            }
        }
    }

    [TestCase("{\"input\":[1,4,4],\"layers\":[]}", "at least one layer")]
    [TestCase("{\"input\":[1,4],\"layers\":[]}", "2 sides")]
    [TestCase("{\"input\":[1,0,4],\"layers\":[]}", "1@0x4")]
    [TestCase("{\"input\":[1,2000000000,2000000000],\"layers\":[]}", "1@2000000000x2000000000")]
    [TestCase("{\"input\":[1,99999999999,4],\"layers\":[]}", "layers")]
    [TestCase("{\"input\":[1,4,4]}", "layers is missing")]
    [TestCase("[]", "layers")]
    [TestCase("", "layers")]
    [TestCase("{\"input\":[1,4,4],\"layers\":[{\"type\":\"MaxPool\",\"name\":\"S2\"}]}", "S2 is a MaxPool")]
    [TestCase("{\"input\":[1,4,4],\"layers\":[{\"type\":\"Conv\",\"name\":\"C1\",\"inputs\":1,\"outputs\":2000000000,\"kernel\":1,\"activation\":\"identity\"}]}", "c1.weight")]
    [TestCase("{\"input\":[1,4,4],\"layers\":[{\"type\":\"Conv\",\"name\":\"F\",\"inputs\":3,\"outputs\":2,\"kernel\":0,\"activation\":\"identity\"}]}", "kernel of layer F is below 1")]
    [TestCase("{\"input\":[1,4,4],\"layers\":[{\"type\":\"Conv\",\"name\":\"E\",\"inputs\":1,\"outputs\":2147483647,\"kernel\":0,\"activation\":\"identity\"}]}", "kernel of layer E is below 1")]
    [TestCase("{\"input\":[3,4,4],\"layers\":[{\"type\":\"FullyConnected\",\"name\":\"F\",\"inputs\":3,\"outputs\":2,\"activation\":\"cubic\"}]}", "cubic")]
    [TestCase("{\"input\":[3,4,4],\"layers\":[{\"type\":\"FullyConnected\",\"name\":null,\"inputs\":3,\"outputs\":2,\"activation\":\"identity\"}]}", "name is null")]
    [TestCase("{\"input\":[2,4,4],\"layers\":[{\"type\":\"FullyConnected\",\"name\":\"F\",\"inputs\":3,\"outputs\":2,\"activation\":\"identity\"}]}", "F connects 3 maps but is given 2@4x4")]
    public void Load_StrangeLayers_AreRefusedByNameInLittleMemory(string layers, string fault)
    {
        using MemoryStream file = new();
        SafetensorsFile.Write(
            file,
            new Dictionary<string, string> { ["format"] = "lenet5 model 1", ["layers"] = layers, ["training"] = "{}" },
            [new("f.weight", [2, 3], new float[6]), new("f.bias", [2], new float[2]), new("e.weight", [int.MaxValue, 1, 0, 0], default)]);
        file.Position = 0;
        InvalidDataException? thrown = null;
        long bytes = Allocation.By(() => thrown = Assert.Throws<InvalidDataException>(() => Network.Load(file)));
        Assert.That(thrown!.Message, Does.StartWith("The model stream").And.Contain(fault));
        Assert.That(bytes, Is.LessThan(1 << 20));
    }

    [Test]
    public void Save_DamagedNetwork_IsRefused()
    {
        Network network = Network.LeNet5(seed: 1);
        network.EditParameters()[17] = float.NaN;
        foreach (Action<Stream> save in new Action<Stream>[] { network.Save, stream => OnnxModel.Save(network, stream) })
        {
            using MemoryStream stream = new();
            Assert.That(() => save(stream), Throws.InvalidOperationException.With.Message.Contains("parameter 17 is NaN"));
            Assert.That(stream.Length, Is.Zero);
        }
    }

    [TestCase("{\"history\":[{\"epoch\":1}]}")]
    [TestCase("{\"history\":[{\"epoch\":1,\"learning_rate\":1,\"loss\":1e999,\"training_error_rate\":0}]}")]
    [TestCase("{\"rubbish_penalty\":-1e999}")]
    [TestCase("{\"training_seed\":-1}")]
    [TestCase("{\"recipe\":5}")]
    [TestCase("{\"calibration\":{\"temperature\":0,\"rubbish_penalty\":20}}")]
    [TestCase("{\"calibration\":{\"temperature\":1e999,\"rubbish_penalty\":20}}")]
    [TestCase("{\"calibration\":{\"temperature\":1,\"rubbish_penalty\":-1e999}}")]
    [TestCase("{\"calibration\":{\"temperature\":1}}")]
    [TestCase("{\"calibration\":{\"rubbish_penalty\":20}}")]
    [TestCase("{\"calibration\":5}")]
    [TestCase("{\"strip_calibration\":5}")]
    [TestCase("{\"strip_calibration\":{\"rubbish_penalty\":20,\"curve\":[]}}")]
    [TestCase("{\"strip_calibration\":{\"temperature\":1,\"curve\":[]}}")]
    [TestCase("{\"strip_calibration\":{\"temperature\":1,\"rubbish_penalty\":20}}")]
    [TestCase("{\"strip_calibration\":{\"temperature\":-1,\"rubbish_penalty\":20,\"curve\":[]}}")]
    [TestCase("{\"strip_calibration\":{\"temperature\":1,\"rubbish_penalty\":20,\"curve\":5}}")]
    [TestCase("{\"strip_calibration\":{\"temperature\":1,\"rubbish_penalty\":20,\"curve\":[5]}}")]
    [TestCase("{\"strip_calibration\":{\"temperature\":1,\"rubbish_penalty\":20,\"curve\":[[0,0]]}}")]
    [TestCase("{\"strip_calibration\":{\"temperature\":1,\"rubbish_penalty\":20,\"curve\":[[0,0,\"x\"]]}}")]
    [TestCase("{\"strip_calibration\":{\"temperature\":1,\"rubbish_penalty\":20,\"curve\":[[0,0,1e99]]}}")]
    [TestCase("nonsense")]
    public void Load_StrangeTraining_IsRefused(string training)
    {
        using MemoryStream file = new();
        SafetensorsFile.Write(
            file,
            new Dictionary<string, string>
            {
                ["format"] = "lenet5 model 1",
                ["layers"] = "{\"input\":[3,4,4],\"layers\":[{\"type\":\"FullyConnected\",\"name\":\"F\",\"inputs\":3,\"outputs\":2,\"activation\":\"identity\"}]}",
                ["training"] = training,
            },
            [new("f.weight", [2, 3], new float[6]), new("f.bias", [2], new float[2])]);
        file.Position = 0;
        Assert.That(() => Network.Load(file), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("\"training\""));
    }

    [Test]
    public void Load_NoModel_SaysWhatItIs()
    {
        using FileStream stream = File.OpenRead(Reference.PathOf("lenet5-autograd.safetensors"));
        Assert.That(() => Network.Load(stream), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("not a \"lenet5 model 1\""));
    }

    [Test]
    public void Load_ParameterThatIsNoNumber_IsRefused()
    {
        Network network = Small();
        network.EditParameters()[3] = 12345.678f;
        byte[] bytes = Bytes(network).ToArray();
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf(BitConverter.GetBytes(12345.678f))), float.NaN);
        Assert.That(() => Network.Load(new MemoryStream(bytes)), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("parameter 3 is NaN"));
    }

    [Test]
    public void RestoreParameters_OtherNetwork_IsRefusedAndChangesNothing()
    {
        Network network = Network.LeNet5(seed: 1);
        ImmutableArray<float> before = [.. network.Parameters];
        Assert.That(() => network.RestoreParameters(Bytes(Small())), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("has no tensor c1.weight"));
        Assert.That(network.Parameters.SequenceEqual(before.AsSpan()));
    }

    [Test]
    public void RestoreParameters_SameLayers_BringsParametersAndMetadata()
    {
        Network saved = Small(seed: 2);
        saved.Metadata = Metadata;
        Network network = Small(seed: 1);
        network.RestoreParameters(Bytes(saved));
        Assert.That(network.Parameters.SequenceEqual(saved.Parameters));
        Assert.That(network.Metadata.History, Is.EqualTo(Metadata.History));
    }

    [Test]
    public void RestoreParameters_SparseLayerAsACompleteOne_TakesTheWeightsOfTheLinks()
    {
        Network elsewhere = Network.LeNet5(seed: 2);
        Network network = Network.LeNet5(seed: 1);
        network.RestoreParameters(WithCompleteC3(elsewhere, _ => { }));
        Assert.That(network.Parameters.SequenceEqual(elsewhere.Parameters));
    }

    [Test]
    public void RestoreParameters_CompleteLayerWithWeightsBesideTheTable_IsRefusedAndChangesNothing()
    {
        Network network = Network.LeNet5(seed: 1);
        ImmutableArray<float> before = [.. network.Parameters];
        // Table I does not link S2's map 3 to C3's map 0.
        MemoryStream file = WithCompleteC3(Network.LeNet5(seed: 2), weights => weights[(3 * 25) + 24] = 0.5f);
        Assert.That(() => network.RestoreParameters(file), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("input map 3 of C3 to its output map 0"));
        Assert.That(network.Parameters.SequenceEqual(before.AsSpan()));
    }

    /// <summary>The tensors as a program writes them that has no table of connections.</summary>
    private static MemoryStream WithCompleteC3(Network network, Action<float[]> edit)
    {
        List<NamedTensor> tensors = [];
        foreach (Layer layer in network.Layers)
        {
            int start = 0;
            foreach (ParameterTensor tensor in layer.Tensors)
            {
                float[] values = network.ParametersOf(layer).Slice(start, tensor.Length).ToArray();
                start += tensor.Length;
                bool complete = layer is SparseConv && tensor.Name == "weight";
                if (complete)
                    edit(values = CompleteKernels.FromLinks((SparseConv)layer, values));
                tensors.Add(new NamedTensor(ModelFile.NameOf(layer, tensor.Name), complete ? [16, 6, 5, 5] : tensor.Dimensions, values));
            }
        }
        MemoryStream stream = new();
        SafetensorsFile.Write(stream, [], tensors);
        stream.Position = 0;
        return stream;
    }

    private static Network Small(ulong seed = 1) => new(
        new Shape(1, 4, 4), seed,
        new TrainableSubsample("S", 1), new Conv("C", 1, 2, 2), new RbfOutput("Output", new RbfCodes("01", [1, -1, -1, 1])));

    private static MemoryStream Bytes(Network network)
    {
        MemoryStream stream = new();
        network.Save(stream);
        stream.Position = 0;
        return stream;
    }
}
