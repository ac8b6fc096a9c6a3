namespace LeNet5.Tool;

/// <summary>A white sheet to draw pictures and captions on.</summary>
internal sealed class Sheet
{
    /// <summary>Height of a line of text.</summary>
    public const int TextHeight = 12;

    /// <summary>From one character of text to the next.</summary>
    public const int TextStep = 8;

    private const int GlyphWidth = 7;

    private readonly byte[] pixels;

    public Sheet(int width, int height)
    {
        (Width, Height) = (width, height);
        pixels = new byte[width * height];
        Array.Fill(pixels, byte.MaxValue);
    }

    public int Width { get; }

    public int Height { get; }

    public GrayImage ToImage() => new(Width, Height, pixels);

    /// <summary>Draws a picture, fitted into a rectangle: every pixel of the sheet shows the pixel beneath its middle.</summary>
    public void Draw(GrayImage picture, int left, int top, int width, int height)
    {
        double scale = Math.Min((double)width / picture.Width, (double)height / picture.Height);
        (width, height) = (Math.Max(1, (int)(scale * picture.Width)), Math.Max(1, (int)(scale * picture.Height)));
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = picture.Pixels.Slice(y * picture.Height / height * picture.Width, picture.Width);
            for (int x = 0; x < width; x++)
                pixels[((top + y) * Width) + left + x] = row[x * picture.Width / width];
        }
    }

    /// <summary>Fills a rectangle with a grey.</summary>
    public void Fill(int left, int top, int width, int height, byte grey)
    {
        for (int y = top; y < top + height; y++)
            pixels.AsSpan((y * Width) + left, width).Fill(grey);
    }

    /// <summary>Writes with the bitmaps that the network's outputs are compared with (figure 3).</summary>
    public void Write(string text, int left, int top)
    {
        RbfCodes glyphs = RbfCodes.PrintableAscii.Of(new string([.. text.Distinct()]));
        for (int k = 0; k < text.Length; k++)
        {
            ReadOnlySpan<float> glyph = glyphs[glyphs.Symbols.IndexOf(text[k], StringComparison.Ordinal)];
            for (int i = 0; i < glyph.Length; i++)
            {
                if (glyph[i] > 0)
                    pixels[((top + (i / GlyphWidth)) * Width) + left + (k * TextStep) + (i % GlyphWidth)] = 0;
            }
        }
    }
}
