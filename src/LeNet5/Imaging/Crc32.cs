using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>The checksum of PNG chunks, annex D of the specification.</summary>
internal static class Crc32
{
    private const int Step = 16;

    /// <summary>Tables of 256 one after the other: table k holds what a byte does to the checksum when k more bytes follow it.</summary>
    private static readonly uint[] Tables = CreateTables();

    /// <summary>Begin with all bits set, and invert what comes out of the last call.</summary>
    /// <remarks>Many bytes at once, each by its own table: byte by byte, every look-up would wait for the one before.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables;
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            // What does not depend on the checksum so far need not wait for it.
            uint later = Four(tables[(8 * 256)..], BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]))
                ^ Four(tables[(4 * 256)..], BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]))
                ^ Four(tables, BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
            crc = Four(tables[(12 * 256)..], BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc) ^ later;
        }

        foreach (byte b in bytes)
            crc = tables[(byte)(crc ^ b)] ^ crc >> 8;
        return crc;
    }

    /// <summary>What four bytes do, the first of which is the lowest, by the table of the last and the three after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Four(ReadOnlySpan<uint> tables, uint bytes) =>
        tables[3 * 256 + (byte)bytes] ^ tables[2 * 256 + (byte)(bytes >> 8)]
        ^ tables[256 + (byte)(bytes >> 16)] ^ tables[(int)(bytes >> 24)];

    private static uint[] CreateTables()
    {
        uint[] tables = new uint[Step * 256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? 0xedb88320 ^ c >> 1 : c >> 1;
            tables[n] = c;
        }

        for (int i = 256; i < tables.Length; i++)
            tables[i] = tables[(byte)tables[i - 256]] ^ tables[i - 256] >> 8;
        return tables;
    }
}
