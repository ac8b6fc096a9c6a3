using System.IO.Compression;

namespace LeNet5.Fuzz;

/// <summary>IDX arrays packed with gzip; edited before they are packed, in the wrapping, or in both.</summary>
internal sealed class GzipFormat() : IdxFormat("idx.gz")
{
    private static readonly byte[][] Packed = [.. Plain.Select(bytes => Pack(bytes, CompressionLevel.Optimal)), .. Plain.Select(bytes => Pack(bytes, CompressionLevel.NoCompression))];

    public override byte[][] Seeds => Packed;

    protected override byte[] EditParts(byte[] bytes, byte[] other, int edits, Dice dice)
    {
        byte[] idx = dice.Of(Plain);
        for (int i = dice.Below(2); i < edits; i++)
            idx = dice.OneIn(4) ? Edits.OfBytes(idx, idx, dice) : EditHeader(idx, dice);
        if (dice.OneIn(20))
            idx = [.. idx, .. new byte[dice.Below(1_000_000)]];
        byte[] gzip = Pack(idx, dice.Of(CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal));
        if (gzip.Length < 18)
            return gzip;   // of nothing, GZipStream makes nothing
        return dice.Below(8) switch
        {
            0 => [.. gzip, .. other],
            1 => [.. gzip, .. dice.Bytes(1 + dice.Below(12))],
            2 => [.. gzip[..^8], .. Edits.OfBytes(gzip[^8..], other, dice)],
            3 => [.. Edits.OfBytes(gzip[..10], other, dice), .. gzip[10..]],
            4 => gzip[..^dice.Below(12)],
            _ => gzip,
        };
    }

    private static byte[] Pack(byte[] bytes, CompressionLevel level)
    {
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, level))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
