using LeNet5.Storage;

namespace LeNet5.Imaging;

/// <summary>The content of a PNG file's IDAT chunks, one after the other as they arrive. Ends at the chunk that follows the last.</summary>
internal sealed class PngPackedPixels : Stream
{
    /// <summary>Deflate shrinks 1032 times at best: 258 bytes in 2 bits.</summary>
    private const int LargestRatio = 1032;

    private readonly PngChunks chunks;
    private readonly string name;
    private readonly long inflatedLength;
    private long packedLength;
    private ReadOnlyMemory<byte> ahead;

    /// <summary>Starts at the present chunk, which is the first IDAT, and reads as much as pixels of that length take at least.</summary>
    /// <exception cref="InvalidDataException">There is less: the header is false, and no memory must be taken by it.</exception>
    public PngPackedPixels(PngChunks chunks, long inflatedLength, string name)
    {
        this.chunks = chunks;
        this.inflatedLength = inflatedLength;
        this.name = name;
        CountChunk();
        int least = (int)(inflatedLength / LargestRatio) + 1;
        byte[] start = this.ReadUpTo(least);
        if (start.Length < least)
            throw PngChunks.Damaged(name, $"announces {inflatedLength} bytes, more than its {start.Length} packed bytes can hold");
        ahead = start;
    }

    /// <summary>True while a call reads, and for good if it fails: tells faults of the file from those that inflating finds.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Whether more was asked for than there is.</summary>
    public bool HasEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (ahead.Length > 0)
        {
            int fitting = Math.Min(ahead.Length, buffer.Length);
            ahead.Span[..fitting].CopyTo(buffer);
            ahead = ahead[fitting..];
            return fitting;
        }

        IsReading = true;
        while (chunks.Type == "IDAT" && chunks.Left == 0)
        {
            chunks.MoveNext();
            CountChunk();
        }

        HasEnded = chunks.Type != "IDAT";
        int count = HasEnded ? 0 : chunks.Read(buffer);
        IsReading = false;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void CountChunk()
    {
        if (chunks.Type == "IDAT")
            packedLength += chunks.Length;

        // Deflate never needs that much more than what it packs.
        if (packedLength > 2 * inflatedLength + 65536)
            throw PngChunks.Damaged(name, $"packs {inflatedLength} bytes into more than twice as many");
    }
}
