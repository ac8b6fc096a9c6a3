namespace LeNet5.Tests.Imaging;

/// <summary>Cannot seek and gives few bytes at a time, as a connection may.</summary>
internal sealed class TricklingStream(byte[] content, int atATime) : Stream
{
    private int position;

    /// <summary>What a read at the end does; null: it gives no bytes.</summary>
    public Action? AtEnd { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, Math.Min(atATime, content.Length - position));
        if (count == 0)
            AtEnd?.Invoke();
        Array.Copy(content, position, buffer, offset, count);
        position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
