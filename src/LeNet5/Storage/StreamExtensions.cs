namespace LeNet5.Storage;

/// <summary>Reading of announced lengths that need not be true.</summary>
internal static class StreamExtensions
{
    private const int FirstStep = 1 << 20;

    /// <summary>Reads <paramref name="length"/> bytes, or fewer where the stream ends before.</summary>
    /// <remarks>
    /// Memory is taken as bytes arrive, so that a false length in a short file costs next to nothing:
    /// at once what a seekable stream is sure to hold, otherwise 1 MB and then twice as much each time.
    /// </remarks>
    public static byte[] ReadUpTo(this Stream stream, int length)
    {
        bool sure = stream.CanSeek && stream.Length - stream.Position >= length;
        byte[] bytes = new byte[sure ? length : Math.Min(length, FirstStep)];
        int filled = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        while (filled == bytes.Length && filled < length)
        {
            Array.Resize(ref bytes, (int)Math.Min(length, 2L * filled));
            filled += stream.ReadAtLeast(bytes.AsSpan(filled), bytes.Length - filled, throwOnEndOfStream: false);
        }

        Array.Resize(ref bytes, filled);
        return bytes;
    }
}
