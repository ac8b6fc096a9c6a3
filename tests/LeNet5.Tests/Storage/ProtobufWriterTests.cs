using LeNet5.Storage;

namespace LeNet5.Tests.Storage;

public class ProtobufWriterTests
{
    /// <summary>The examples of the format's own description.</summary>
    [Test]
    public void Write_ExamplesOfTheFormat_GiveTheirBytes()
    {
        ProtobufWriter number = new();
        number.Write(1, 150);
        Assert.That(Convert.ToHexString(number.Written), Is.EqualTo("089601"));

        ProtobufWriter text = new();
        text.Write(2, "testing");
        Assert.That(Convert.ToHexString(text.Written), Is.EqualTo("120774657374696E67"));

        ProtobufWriter message = new();
        message.Write(3, number);
        Assert.That(Convert.ToHexString(message.Written), Is.EqualTo("1A03089601"));
    }

    [Test]
    public void Write_AnyNumber_IsReadBack([Values(0, 1, 127, 128, 16_383, 16_384, int.MaxValue, long.MaxValue, -1, long.MinValue)] long value, [Values(1, 15, 16, 2047, 2048)] int field)
    {
        ProtobufWriter writer = new();
        writer.Write(field, value);
        Assert.That(new ProtobufMessage(writer.Written.ToArray()).Number(field), Is.EqualTo(value));
    }

    [Test]
    public void Write_LongBytesAndTexts_AreReadBack([Values(0, 1, 127, 128, 100_000)] int length)
    {
        ProtobufWriter writer = new();
        writer.Write(1, new byte[length]);
        writer.Write(2, new string('é', length));
        writer.Write(2, "then");
        ProtobufMessage read = new(writer.Written.ToArray());
        Assert.That(read.Bytes(1), Has.Length.EqualTo(length));
        Assert.That(read.Texts(2), Is.EqualTo(new[] { new string('é', length), "then" }));
    }
}
