using System.Buffers.Binary;
using System.Text;

namespace LeNet5.Imaging;

/// <summary>Goes through the chunks of a PNG file, section 5.3 of the specification, and verifies the checksum of each.</summary>
internal sealed class PngChunks(Stream stream, string name)
{
    private uint crc;

    /// <summary>The present chunk.</summary>
    public string Type { get; private set; } = "";

    /// <summary>The length of its data.</summary>
    public int Length { get; private set; }

    /// <summary>As much of it is still to be read.</summary>
    public int Left { get; private set; }

    /// <summary>The chunk before it.</summary>
    public string Previous { get; private set; } = "";

    public static InvalidDataException Damaged(string name, string fault) => new($"{name} is a damaged PNG: it {fault}. Save it anew.");

    /// <summary>Goes on to the next chunk, past what is left of the present one.</summary>
    public void MoveNext()
    {
        // In small pieces, since the length may be false.
        Span<byte> piece = stackalloc byte[1024];
        while (Read(piece) > 0)
        {
        }

        Span<byte> start = piece[..8];
        Fill(start, "the start of a chunk");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(start);
        Previous = Type;
        Type = Encoding.Latin1.GetString(start[4..]);
        if (length > int.MaxValue || !Type.All(char.IsAsciiLetter))
            throw Damaged(name, $"has bytes {Convert.ToHexStringLower(start)} where a chunk should start");
        Length = Left = (int)length;
        crc = Crc32.Update(uint.MaxValue, start[4..]);
        if (Left == 0)
            VerifyChecksum();
    }

    /// <summary>Reads some of the present chunk's data, 0 bytes at its end; what comes last is verified before it is given out.</summary>
    public int Read(Span<byte> destination)
    {
        destination = destination[..Math.Min(Left, destination.Length)];
        if (destination.Length == 0)
            return 0;
        int count = stream.Read(destination);
        if (count == 0)
            throw CutShort(Type);
        crc = Crc32.Update(crc, destination[..count]);
        Left -= count;
        if (Left == 0)
            VerifyChecksum();
        return count;
    }

    /// <summary>The present chunk's data, for a chunk that may be this long.</summary>
    public byte[] ReadAll()
    {
        byte[] data = new byte[Length];
        for (int filled = 0; filled < data.Length;)
            filled += Read(data.AsSpan(filled));
        return data;
    }

    private void VerifyChecksum()
    {
        Span<byte> stored = stackalloc byte[4];
        Fill(stored, Type);
        if (BinaryPrimitives.ReadUInt32BigEndian(stored) != ~crc)
            throw Damaged(name, $"has a chunk {Type} whose checksum does not match its content");
    }

    private void Fill(Span<byte> destination, string where)
    {
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw CutShort(where);
    }

    private InvalidDataException CutShort(string where) => new($"{name} ends within {where}. It was cut short: fetch it again.");
}
