using System.Buffers;
using System.Text;

namespace LeNet5.Storage;

/// <summary>A message in the wire format of Protocol Buffers, written field by field.</summary>
/// <remarks>A field begins with its number and its kind. Two kinds are enough for ONNX: an integer, seven bits a byte; or a length and so many bytes, in which
/// texts, data and messages within the message lie.</remarks>
internal sealed class ProtobufWriter
{
    private const int IntegerKind = 0;
    private const int BytesKind = 2;

    private readonly ArrayBufferWriter<byte> written = new();

    public ReadOnlySpan<byte> Written => written.WrittenSpan;

    public void Write(int field, long value)
    {
        WriteStart(field, IntegerKind);
        WriteInteger((ulong)value);
    }

    public void Write(int field, string value) => Write(field, Encoding.UTF8.GetBytes(value));

    public void Write(int field, ProtobufWriter message) => Write(field, message.Written);

    public void Write(int field, ReadOnlySpan<byte> value)
    {
        WriteStart(field, BytesKind);
        WriteInteger((ulong)value.Length);
        written.Write(value);
    }

    private void WriteStart(int field, int kind) => WriteInteger(((ulong)field << 3) | (uint)kind);

    /// <summary>Lowest bits first; all bytes but the last have their top bit set.</summary>
    private void WriteInteger(ulong value)
    {
        while (value > 0x7f)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }
        WriteByte((byte)value);
    }

    private void WriteByte(byte value)
    {
        written.GetSpan(1)[0] = value;
        written.Advance(1);
    }
}
