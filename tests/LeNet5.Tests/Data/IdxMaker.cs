using System.Buffers.Binary;
using System.IO.Compression;

namespace LeNet5.Tests.Data;

/// <summary>Makes IDX files, right and wrong.</summary>
internal static class IdxMaker
{
    public static byte[] Make(uint[] sizes, byte[] values)
    {
        byte[] header = new byte[4 + 4 * sizes.Length];
        header[2] = 8;
        header[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        return [.. header, .. values];
    }

    public static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }
}
