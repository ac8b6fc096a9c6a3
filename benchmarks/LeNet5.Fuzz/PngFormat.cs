using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LeNet5.Fuzz;

/// <summary>PNG of every colour type, depth and interlacing; edits of chunks get right checksums.</summary>
internal sealed class PngFormat() : PictureFormat("png")
{
    private static readonly (int Colour, int Depth)[] Kinds =
        [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16)];

    private static readonly string[] Types = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "tEXt", "eXIf", "ABCD", "abcd", "a1bc"];

    public override byte[][] Seeds { get; } = [.. Enumerable.Range(0, 60).Select(i => Join(Picture(Kinds[i % Kinds.Length], new Dice(0, 0, (ulong)i))))];

    /// <summary>Eight pixels may stand in a byte.</summary>
    public override long Expansion => 8 * base.Expansion;

    protected override byte[] EditParts(byte[] bytes, byte[] other, int edits, Dice dice)
    {
        List<Chunk> chunks = dice.OneIn(4) ? Picture(dice.Of(Kinds), dice) : Split(bytes);
        for (int i = 0; i < edits; i++)
            EditChunks(chunks, other, dice);
        return Join(chunks);
    }

    private static void EditChunks(List<Chunk> chunks, byte[] other, Dice dice)
    {
        if (chunks.Count == 0)
            chunks.Add(new Chunk(dice.Of(Types), dice.Bytes(dice.Below(20))));
        // Rarely the first, without which nothing else is looked at.
        int at = dice.OneIn(8) ? 0 : dice.Below(chunks.Count - 1) + (chunks.Count > 1 ? 1 : 0);
        Chunk chunk = chunks[at];
        switch (dice.Below(12))
        {
            case 0 or 1 or 2:
                int header = chunks.FindIndex(c => c.Type == "IHDR" && c.Body.Length == 13);
                if (header >= 0)
                    chunks[header] = chunks[header] with { Body = EditHeader(chunks[header].Body, dice) };
                break;
            case 3 or 4:
                EditInflated(chunks, dice);
                break;
            case 5:
                chunks[at] = chunk with { Body = Edits.OfBytes(chunk.Body, other, dice) };
                break;
            case 6:
                int middle = dice.Below(chunk.Body.Length);
                chunks[at] = chunk with { Body = chunk.Body[..middle] };
                chunks.Insert(at + 1, chunk with { Body = chunk.Body[middle..] });
                break;
            case 7:
                chunks.RemoveAt(at);
                break;
            case 8:
                chunks.Insert(at + dice.Below(chunks.Count - at + 1), chunk);
                break;
            case 9:
                chunks.Insert(at, new Chunk(dice.Of(Types), dice.Bytes(dice.Of(0, 1, 2, 3, 4, 6, 13, 255, 256, 257, 768, dice.Below(20)))));
                break;
            case 10:
                chunks.Insert(at, dice.Of<Chunk>([.. Split(other)]));
                break;
            default:
                chunks[at] = chunk with { Type = dice.Of(Types) };
                break;
        }
    }

    private static byte[] EditHeader(byte[] old, Dice dice)
    {
        byte[] header = [.. old];
        switch (dice.Below(6))
        {
            case 0 or 1:
                BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 * dice.Below(2)), (uint)dice.Number());
                break;
            case 2:
                header[8] = dice.Of<byte>(0, 1, 2, 3, 4, 8, 16, 32, 255);
                break;
            case 3:
                header[9] = (byte)dice.Below(8);
                break;
            case 4:
                (int colour, int depth) = dice.Of(Kinds);
                (header[8], header[9]) = ((byte)depth, (byte)colour);
                break;
            default:
                header[10 + dice.Below(3)] = dice.Of<byte>(0, 1, 2, 255);
                break;
        }
        return header;
    }

    /// <summary>Edits what the IDAT chunks pack, and packs it anew.</summary>
    private static void EditInflated(List<Chunk> chunks, Dice dice)
    {
        int at = chunks.FindIndex(c => c.Type == "IDAT");
        if (at < 0)
            return;
        byte[] rows;
        try
        {
            rows = Inflate([.. chunks.Where(c => c.Type == "IDAT").SelectMany(c => c.Body)]);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return;   // an edit before this one has spoiled it
        }
        chunks.RemoveAll(c => c.Type == "IDAT");
        byte[] edited = dice.OneIn(8) ? [.. rows, .. new byte[dice.Below(100_000)]] : Edits.OfBytes(rows, rows, dice);
        chunks.Insert(Math.Min(at, chunks.Count), new Chunk("IDAT", Deflate(edited, dice.Of(CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal))));
    }

    /// <summary>A whole picture of up to 12x12 pixels; any row is one, whatever its filter.</summary>
    private static List<Chunk> Picture((int Colour, int Depth) kind, Dice dice)
    {
        int width = 1 + dice.Below(12), height = 1 + dice.Below(12);
        bool interlaced = dice.OneIn(2);
        byte[] header = new byte[13];
        header[3] = (byte)width;
        header[7] = (byte)height;
        (header[8], header[9], header[12]) = ((byte)kind.Depth, (byte)kind.Colour, (byte)(interlaced ? 1 : 0));

        int samples = kind.Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        List<byte> rows = [];
        foreach ((int x, int y, int stepX, int stepY) in interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : new[] { (0, 0, 1, 1) })
        {
            int columns = (width - x + stepX - 1) / stepX;
            for (int row = y; row < height && columns > 0; row += stepY)
                rows.AddRange([(byte)dice.Below(5), .. dice.Bytes((columns * samples * kind.Depth + 7) / 8)]);
        }

        List<Chunk> chunks = [new("IHDR", header)];
        if (kind.Colour == 3)
            chunks.Add(new("PLTE", dice.Bytes(3 << kind.Depth)));
        if (dice.OneIn(2) && kind.Colour is 0 or 2 or 3)
            chunks.Add(new("tRNS", dice.Bytes(kind.Colour switch { 0 => 2, 2 => 6, _ => 1 << kind.Depth })));
        chunks.Add(new("IDAT", Deflate([.. rows], CompressionLevel.Optimal)));
        chunks.Add(new("IEND", []));
        return chunks;
    }

    private static List<Chunk> Split(byte[] png)
    {
        List<Chunk> chunks = [];
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add(new Chunk(Encoding.Latin1.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        return chunks;
    }

    private static byte[] Join(List<Chunk> chunks)
    {
        MemoryStream png = new();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n']);
        foreach ((string type, byte[] body) in chunks)
        {
            byte[] content = [.. Encoding.Latin1.GetBytes(type), .. body];
            byte[] number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
            png.Write(number);
            png.Write(content);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(content));
            png.Write(number);
        }
        return png.ToArray();
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ (0xedb88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }

    private static byte[] Deflate(byte[] bytes, CompressionLevel level)
    {
        MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, level))
            zlib.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Inflate(byte[] packed)
    {
        using ZLibStream zlib = new(new MemoryStream(packed), CompressionMode.Decompress);
        MemoryStream bytes = new();
        zlib.CopyTo(bytes);
        return bytes.ToArray();
    }

    private sealed record Chunk(string Type, byte[] Body);
}
