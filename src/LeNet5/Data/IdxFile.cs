using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using LeNet5.Storage;

namespace LeNet5.Data;

/// <summary>Reads IDX files, the format of MNIST: a magic number, big-endian sizes, unsigned bytes.</summary>
/// <remarks>
/// Plain or packed with gzip (one member), which is told by the content and not by the file's name.
/// At most <see cref="Array.MaxLength"/> values. The header is checked before memory is taken, and a file that is cut short,
/// damaged or too long is refused. Thread-safe.
/// </remarks>
public static class IdxFile
{
    private const int MaxRank = 3;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, plain or packed with gzip, whatever its name.</param>
    /// <returns>Dimensions and values.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a whole IDX file of unsigned bytes in one to three dimensions.</exception>
    public static IdxArray Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file, Path.GetFileName(path));
    }

    /// <summary>Reads a stream from its position to its end and leaves it open.</summary>
    /// <param name="stream">What to read.</param>
    /// <returns>Dimensions and values.</returns>
    /// <remarks>Gzip is recognised where the stream can seek; wrap another one in a <see cref="GZipStream"/>.</remarks>
    /// <exception cref="InvalidDataException">The stream is not a whole IDX file of unsigned bytes in one to three dimensions.</exception>
    public static IdxArray Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, "The stream");
    }

    internal static IdxArray Read(Stream stream, string name)
    {
        byte[] start = stream.ReadUpTo(4);
        if (start is not [0x1f, 0x8b, ..])
            return Parse(start, stream.ReadUpTo, name);

        if (!stream.CanSeek)
            throw new InvalidDataException($"{name} is packed with gzip and cannot seek back to be unpacked. Wrap it in a GZipStream.");
        stream.Seek(-start.Length, SeekOrigin.Current);
        using var gzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        uint unpacked = 0;
        IdxArray array = Parse(Unpack(4), Unpack, name);

        // GZipStream takes a file that is cut within its checksum for a whole one: the unpacked length must stand at the very end.
        stream.Seek(-4, SeekOrigin.End);
        return BinaryPrimitives.ReadUInt32LittleEndian(stream.ReadUpTo(4)) == unpacked
            ? array
            : throw new InvalidDataException($"{name} does not end as a gzip file of {unpacked} bytes ends. Fetch it again.");

        byte[] Unpack(int length)
        {
            try
            {
                byte[] bytes = gzip.ReadUpTo(length);
                unpacked += (uint)bytes.Length;
                return bytes;
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"{name} is a damaged gzip file. Fetch it again.", e);
            }
        }
    }

    /// <summary>Reads what follows the magic number; <paramref name="readUpTo"/> returns fewer bytes than asked only at the end.</summary>
    private static IdxArray Parse(byte[] magic, Func<int, byte[]> readUpTo, string name)
    {
        if (magic is not [0, 0, byte type, byte rank])
            throw new InvalidDataException(
                $"{name} starts with {Hex(magic)}, an IDX file with 00 00. Give an IDX file, plain or packed with gzip.");
        if (type != 0x08)
            throw new InvalidDataException($"{name} holds values of IDX type 0x{type:x2}; unsigned bytes, 0x08, are read. Convert it.");
        if (rank is 0 or > MaxRank)
            throw new InvalidDataException($"{name} announces {rank} dimensions; 1 to {MaxRank} are read. Reshape it.");

        byte[] header = readUpTo(4 * rank);
        if (header.Length != 4 * rank)
            throw new InvalidDataException($"{name} ends after {header.Length} of {4 * rank} bytes of its sizes. Fetch it again.");

        long length = 1;
        var sizes = new uint[rank];
        for (int i = 0; i < rank; i++)
        {
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * i));
            length *= sizes[i];   // a 31-bit number times a 32-bit one: no overflow
            if (length == 0 || length > Array.MaxLength)
                throw new InvalidDataException(
                    $"{name} announces {sizes[i]} as size {i + 1} of {rank}; a file must hold 1 to {Array.MaxLength} values in all. "
                    + "Fetch it again, or split it.");
        }

        byte[] values = readUpTo((int)length);
        if (values.Length != length)
            throw new InvalidDataException(
                $"{name} announces {Describe(sizes)} but holds {values.Length / (length / sizes[0])}. It was cut short: fetch it again.");
        if (readUpTo(1).Length != 0)
            throw new InvalidDataException($"{name} announces {Describe(sizes)} but holds more. Fetch it again.");
        return new IdxArray([.. sizes.Select(size => (int)size)], values);
    }

    private static string Describe(uint[] sizes) => sizes.Length switch
    {
        1 => $"{sizes[0]} values",
        2 => $"{sizes[0]} rows of {sizes[1]}",
        _ => $"{sizes[0]} images of {sizes[1]}x{sizes[2]}",
    };

    private static string Hex(byte[] bytes) =>
        bytes.Length == 0 ? "nothing" : string.Join(' ', bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
