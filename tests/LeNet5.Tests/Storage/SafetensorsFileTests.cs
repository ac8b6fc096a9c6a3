using System.Buffers.Binary;
using System.Text;
using LeNet5.Storage;

namespace LeNet5.Tests.Storage;

public class SafetensorsFileTests
{
    private static readonly float[] Six = [1, -2.5f, float.Epsilon, float.MaxValue, float.NaN, -0f];

    [Test]
    public void Read_WhatWriteWrote_GivesTheSameBits()
    {
        var metadata = new Dictionary<string, string> { ["seed"] = "1998", ["note"] = "quotes \" and é\n" };
        SafetensorsFile read = Load(Save(metadata, new("b", [2, 3], Six), new("a", [], new[] { 7f }), new("none", [4, 0], default)));

        Assert.That(read.Metadata, Is.EqualTo(metadata));
        Assert.That(read.Names, Is.EqualTo(new[] { "b", "a", "none" }));
        Assert.That(read.ShapeOf("b"), Is.EqualTo(new[] { 2, 3 }));
        Assert.That(read.ShapeOf("a"), Is.Empty);
        Assert.That(read.Singles("b").Select(BitConverter.SingleToInt32Bits), Is.EqualTo(Six.Select(BitConverter.SingleToInt32Bits)));
        Assert.That(read.Singles("a"), Is.EqualTo(new[] { 7f }));
        Assert.That(read.Singles("none"), Is.Empty);
        Assert.That(read.Contains("a") && !read.Contains("c"));
    }

    [Test]
    public void Write_AnyHeaderLength_StartsDataAt64AndKeepsTheOrder()
    {
        for (int length = 0; length < 64; length++)
        {
            byte[] file = Save(new() { ["x"] = new string('x', length) }, new("z", [1], new[] { 1f }), new("a", [1], new[] { 2f }));
            int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            Assert.That(start % 64, Is.Zero);
            Assert.That(file[start..], Is.EqualTo(new byte[] { 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40 }));
        }
    }

    [Test]
    public void Write_NameTwiceOrReservedOrShapeUnfilled_Throws()
    {
        var tensor = new NamedTensor("a", [1], new[] { 1f });
        Assert.That(() => Save([], tensor, tensor), Throws.ArgumentException);
        Assert.That(() => Save([], tensor with { Name = "__metadata__" }), Throws.ArgumentException);
        Assert.That(
            () => Save([], tensor with { Shape = [2] }),
            Throws.ArgumentException.With.Message.StartsWith("a has the shape [2] but 1 values."));
        Assert.That(
            () => Save(new() { ["x"] = new string('x', 16 << 20) }, tensor),
            Throws.ArgumentException.With.Message.Contains("metadata"));
    }

    [Test]
    public void Read_ReferenceFile_GivesWhatPyTorchWrote()
    {
        const string name = "lenet5-autograd.safetensors";
        using FileStream stream = File.OpenRead(Path.Combine(TestContext.CurrentContext.TestDirectory, "Reference", name));
        SafetensorsFile read = SafetensorsFile.Read(stream, name);

        Assert.That(read.Metadata["seed"], Is.EqualTo("1998"));
        Assert.That(read.ShapeOf("c1.weight"), Is.EqualTo(new[] { 6, 1, 5, 5 }));
        Assert.That(read.Singles("c1.weight"), Has.Length.EqualTo(150));
        Assert.That(read.Singles("act.output.distance"), Has.Length.EqualTo(80).And.All.Positive);
    }

    [Test]
    public void Singles_MissingOrOfAnotherType_NamesFileAndTensor()
    {
        SafetensorsFile read = Load(Make("""{"labels":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8));
        Assert.That(
            () => read.Singles("weights"),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("test.safetensors has no tensor weights; it has labels."));
        Assert.That(
            () => read.Singles("labels"),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("test.safetensors holds labels as I64, where F32 is expected."));
    }

    [Test]
    public void Read_OtherTypes_GivesIntegersAndPassesOverTheRest()
    {
        byte[] file = Make(
            """
            {"wide":{"dtype":"I64","shape":[2],"data_offsets":[3,19]},
             "half":{"dtype":"BF16","shape":[1],"data_offsets":[19,21]}, "nibbles":{"dtype":"F4","shape":[2],"data_offsets":[21,22]},
             "bytes":{"data_offsets":[0,3],"shape":[3],"dtype":"U8"}}
            """,
            22);
        new byte[] { 1, 2, 255 }.CopyTo(file, file.Length - 22);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(file.Length - 19), -5);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(file.Length - 11), long.MaxValue);
        SafetensorsFile read = Load(file);

        Assert.That(read.Bytes("bytes"), Is.EqualTo(new byte[] { 1, 2, 255 }));
        Assert.That(read.Int64s("wide"), Is.EqualTo(new[] { -5, long.MaxValue }));
        Assert.That(read.ShapeOf("half"), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Read_CutAtAnyByteOrTooLong_Throws()
    {
        byte[] file = Save([], new NamedTensor("a", [2, 3], Six));
        for (int length = 0; length < file.Length; length++)
            Assert.That(() => Load(file[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} of {file.Length} bytes");
        Assert.That(() => Load([.. file, 0]), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Read_AnyByteOfTheHeaderChanged_ThrowsNothingElseThanInvalidData()
    {
        byte[] file = Save(new() { ["k"] = "v" }, new NamedTensor("a", [2, 3], Six));
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file), refused = 0;
        for (int i = 0; i < 256 * header; i++)
        {
            byte[] changed = [.. file];
            changed[i / 256] = (byte)i;
            try
            {
                Load(changed);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(100 * header));
    }

    [TestCase("[]", 0, "no JSON object")]
    [TestCase("{", 0, "header of 1 bytes")]
    [TestCase("{ ", 0, "well-formed")]
    [TestCase("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "describes a twice")]
    [TestCase("""{"a":{"dtype":"U8","dtype":"U8","shape":[0]}}""", 0, "describes a by something other")]
    [TestCase("""{"__metadata__":{},"__metadata__":{}}""", 0, "__metadata__ twice")]
    [TestCase("""{"\ud800":1}""", 0, "well-formed")]
    [TestCase("""{"__metadata__":[]}""", 0, "no JSON object")]
    [TestCase("""{"__metadata__":{"k":1}}""", 0, "k is no string")]
    [TestCase("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "k twice")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "describes a by something other")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":0}}""", 4, "describes a by something other")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""", 4, "describes a by something other")]
    [TestCase("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown type F33")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "has -1 in")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "has 1.5 in")]
    [TestCase("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "has \"1\" in")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2],"data_offsets":[0,4]}}""", 4, "more than 2147483647")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "takes 64 bits")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "takes 32 bits")]
    [TestCase("""{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,1]}}""", 1, "takes 4 bits")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "a begin at 4")]
    [TestCase(
        """{"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""", 4, "begin at 2")]
    [TestCase(
        """{"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}}""", 6, "begin at 5")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "4 bytes of data but holds 3")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "4 bytes of data but holds more")]
    public void Read_WrongHeader_SaysWhatIsWrong(string header, int dataLength, string message) =>
        Assert.That(
            () => Load(Make(header, dataLength)),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("test.safetensors ").And.Message.Contains(message));

    [TestCase(0UL)]
    [TestCase(15UL << 20)]
    [TestCase(ulong.MaxValue)]
    public void Read_FalseHeaderLength_ThrowsInLittleMemory(ulong length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), .. "{}"u8];
        Assert.That(Allocation.By(() => Assert.That(() => Load(file), Throws.TypeOf<InvalidDataException>())), Is.LessThan(4_000_000));
    }

    [Test]
    public void Read_FalseDataLength_ThrowsInLittleMemory()
    {
        byte[] file = Make("""{"a":{"dtype":"U8","shape":[2000000000],"data_offsets":[0,2000000000]}}""", 9);
        Assert.That(Allocation.By(() => Assert.That(() => Load(file), Throws.TypeOf<InvalidDataException>())), Is.LessThan(4_000_000));
    }

    private static SafetensorsFile Load(byte[] file) => SafetensorsFile.Read(new MemoryStream(file), "test.safetensors");

    private static byte[] Save(Dictionary<string, string> metadata, params NamedTensor[] tensors)
    {
        var stream = new MemoryStream();
        SafetensorsFile.Write(stream, metadata, tensors);
        return stream.ToArray();
    }

    private static byte[] Make(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. new byte[dataLength]];
    }
}
