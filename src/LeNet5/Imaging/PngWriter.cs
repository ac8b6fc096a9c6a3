using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics.Tensors;

namespace LeNet5.Imaging;

/// <summary>Writes PNG of 8-bit grey.</summary>
internal static class PngWriter
{
    private const byte Up = 2;

    public static void Write(GrayImage image, Stream stream)
    {
        byte[] header = new byte[PngHeader.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;

        var deflated = new MemoryStream();
        using (var zlib = new ZLibStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] line = new byte[1 + image.Width];
            line[0] = Up;   // each byte less the one above: blank paper becomes zeros
            ReadOnlySpan<byte> above = new byte[image.Width];
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.Row(y);
                TensorPrimitives.Subtract(row, above, line.AsSpan(1));
                zlib.Write(line);
                above = row;
            }
        }

        stream.Write(PngReader.Signature);
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, deflated.GetBuffer().AsSpan(0, (int)deflated.Length));
        WriteChunk(stream, "IEND"u8, []);
    }

    public static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc32.Update(Crc32.Update(uint.MaxValue, type), body));
        stream.Write(number);
    }
}
