using System.Text;

namespace LeNet5.Tests.Storage;

/// <summary>A message in the wire format of Protocol Buffers, read field by field: what is written must be found again by a reader that knows no writer.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, long Number, byte[]? Bytes)> fields = [];

    public ProtobufMessage(byte[] message)
    {
        int position = 0;
        while (position < message.Length)
        {
            long start = ReadInteger();
            int field = (int)(start >> 3);
            switch (start & 7)
            {
                case 0:
                    fields.Add((field, ReadInteger(), null));
                    break;
                case 2:
                    int length = checked((int)ReadInteger());
                    fields.Add((field, 0, message[position..(position + length)]));
                    position += length;
                    break;
                default:
                    throw new InvalidDataException($"Field {field} is of kind {start & 7}.");
            }
        }

        long ReadInteger()
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte next = message[position++];
                value |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80)
                    return (long)value;
            }
        }
    }

    public IEnumerable<int> Fields => fields.Select(number => number.Field);

    public long[] Numbers(int field) => [.. fields.Where(one => one.Field == field && one.Bytes is null).Select(one => one.Number)];

    public long Number(int field) => Numbers(field).Single();

    public byte[] Bytes(int field) => fields.Single(one => one.Field == field).Bytes!;

    public string[] Texts(int field) => [.. fields.Where(one => one.Field == field).Select(one => Encoding.UTF8.GetString(one.Bytes!))];

    public string Text(int field) => Texts(field).Single();

    public ProtobufMessage[] Messages(int field) => [.. fields.Where(one => one.Field == field).Select(one => new ProtobufMessage(one.Bytes!))];

    public ProtobufMessage Message(int field) => Messages(field).Single();
}
