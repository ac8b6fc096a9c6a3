using System.Buffers.Binary;
using LeNet5.Data;

namespace LeNet5.Fuzz;

/// <summary>IDX arrays, as such, as images and as labels.</summary>
internal class IdxFormat(string name = "idx") : InputFormat(name)
{
    private static readonly byte[] Labels = Array([3], [1, 2, 0]);
    private static readonly byte[] Images = Array([3, 2, 4], new byte[24]);

    public override byte[][] Seeds => Plain;

    protected static byte[][] Plain { get; } = [Labels, Images, Array([5, 3], new byte[15]), Array([1], [9]), Array([2, 28, 28], new byte[2 * 784])];

    public override object Read(Stream stream)
    {
        LabeledImages? set = null;
        long start = stream.CanSeek ? stream.Position : 0;
        IdxArray array = IdxFile.Read(stream);
        if (!stream.CanSeek)
            return (array, set);

        // With a partner that fits or does not.
        stream.Position = start;
        bool labels = array.Dimensions.Length == 1;
        try
        {
            set = labels ? LabeledImages.Load(new MemoryStream(Images), stream) : LabeledImages.Load(stream, new MemoryStream(Labels));
        }
        catch (InvalidDataException)
        {
        }
        return (array, set);
    }

    public override void Use(object result)
    {
        (IdxArray array, LabeledImages? set) = ((IdxArray, LabeledImages?))result;
        Expect(array.Dimensions.Aggregate(1L, (product, size) => product * size) == array.Values.Length, $"{string.Join('x', array.Dimensions)} of {array.Values.Length} values");
        Expect(!array.Dimensions.Contains(0), "a size of 0");
        Expect(set is null || (set.Count == 3 && set.Pixels(2).Length == set.Height * set.Width && set.Label(2) < set.ClassCount), "a set that does not fit");
    }

    protected override byte[] EditParts(byte[] bytes, byte[] other, int edits, Dice dice)
    {
        for (int i = 0; i < edits; i++)
            bytes = EditHeader(bytes, dice);
        return bytes;
    }

    protected static byte[] EditHeader(byte[] old, Dice dice)
    {
        if (old.Length < 8)
            return dice.Bytes(dice.Below(20));
        byte[] bytes = [.. old];
        int rank = Math.Min(bytes[3], (bytes.Length - 4) / 4);
        switch (dice.Below(6))
        {
            case 0:
                bytes[dice.Below(3)] = dice.Of<byte>(0, 1, 8, 9, 0x0b, 0x0e, 0xff);
                return bytes;
            case 1:
                bytes[3] = (byte)dice.Below(6);
                return bytes;
            case 2 or 3:
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * dice.Below(rank)), (uint)dice.Number());
                return bytes;
            case 4:
                return [.. bytes, .. dice.Bytes(1 + dice.Below(30))];
            default:
                int[] sizes = [.. Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => 1 + dice.Below(6))];
                return Array(sizes, dice.Bytes(sizes.Aggregate(1, (product, size) => product * size)));
        }
    }

    private static byte[] Array(int[] sizes, byte[] values)
    {
        byte[] header = new byte[4 + 4 * sizes.Length];
        (header[2], header[3]) = (8, (byte)sizes.Length);
        for (int i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        return [.. header, .. values];
    }
}
