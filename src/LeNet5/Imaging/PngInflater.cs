using System.IO.Compression;

namespace LeNet5.Imaging;

/// <summary>Inflates the pixels of a PNG file as its IDAT chunks arrive.</summary>
internal sealed class PngInflater : IDisposable
{
    private readonly PngPackedPixels packed;
    private readonly ZLibStream zlib;
    private readonly string name;

    /// <summary>Starts at the present chunk, which is the first IDAT.</summary>
    /// <exception cref="InvalidDataException">The chunks hold too little to become that long.</exception>
    public PngInflater(PngChunks chunks, long inflatedLength, string name)
    {
        this.name = name;
        packed = new PngPackedPixels(chunks, inflatedLength, name);
        zlib = new ZLibStream(packed, CompressionMode.Decompress);
    }

    /// <summary>Fills the destination.</summary>
    public void Read(Span<byte> destination)
    {
        if (Inflate(destination) < destination.Length)
            throw PngChunks.Damaged(name, "packs fewer pixels than its header announces");
    }

    /// <summary>Makes sure that everything was read and is right, and goes on to the chunk after the last IDAT.</summary>
    public void Finish()
    {
        // One byte beyond also makes the stream verify its checksum, where it finds one.
        if (Inflate(new byte[1]) != 0)
            throw PngChunks.Damaged(name, "packs more pixels than its header announces");
        if (packed.HasEnded)
            throw PngChunks.Damaged(name, "packs its pixels without the checksum that ends them");

        // What may follow the packed pixels is of no use, but verified all the same.
        packed.CopyTo(Stream.Null, bufferSize: 4096);
    }

    public void Dispose() => zlib.Dispose();

    private int Inflate(Span<byte> destination)
    {
        try
        {
            return zlib.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (!packed.IsReading && e is (InvalidDataException or IOException))
        {
            // An IOException too is a fault of the data, since it does not come from reading: a preset dictionary causes it.
            throw new InvalidDataException($"{name} is a damaged PNG: its pixels do not inflate. Save it anew.", e);
        }
    }
}
