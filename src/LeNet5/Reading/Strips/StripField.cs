namespace LeNet5.Strips;

/// <summary>What a network is swept over: a strip, and background on its right up to a multiple of 16 columns, so that few workspaces serve all strips.</summary>
/// <remarks>Keeps its memory from strip to strip.</remarks>
internal sealed class StripField
{
    private const int WidthStep = 16;

    private byte[] pixels = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Row by row.</summary>
    public ReadOnlySpan<byte> Pixels => pixels.AsSpan(0, Width * Height);

    public void Load(GrayImage strip)
    {
        (Width, Height) = ((strip.Width + WidthStep - 1) / WidthStep * WidthStep, strip.Height);
        if (pixels.Length < Width * Height)
            pixels = new byte[Width * Height];
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = pixels.AsSpan(y * Width, Width);
            strip.Row(y).CopyTo(row);
            row[strip.Width..].Clear();
        }
    }
}
