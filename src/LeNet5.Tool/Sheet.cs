namespace LeNet5.Tool;

/// <summary>A white sheet to draw pictures and captions on.</summary>
internal sealed class Sheet
{
    /// <summary>Height of a line of text.</summary>
    public const int TextHeight = 12;

    /// <summary>From one character of text to the next.</summary>
    public const int TextStep = 8;

    private static readonly int GlyphWidth = RbfCodes.PrintableAscii.Width;

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

    /// <summary>Draws a picture, scaled to a size: a pixel of the sheet shows the mean of those beneath it, so that no thin line is lost.</summary>
    public void Draw(GrayImage picture, int left, int top, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            (int firstRow, int endRow) = Beneath(y, height, picture.Height);
            for (int x = 0; x < width; x++)
            {
                (int first, int end) = Beneath(x, width, picture.Width);
                int sum = 0;
                for (int row = firstRow; row < endRow; row++)
                {
                    foreach (byte pixel in picture.Row(row)[first..end])
                        sum += pixel;
                }
                pixels[((top + y) * Width) + left + x] = (byte)(sum / ((endRow - firstRow) * (end - first)));
            }
        }

        static (int First, int End) Beneath(int place, int side, int pictureSide)
        {
            int first = (int)((long)place * pictureSide / side);
            return (first, Math.Max(first + 1, (int)((place + 1L) * pictureSide / side)));
        }
    }

    /// <summary>Fills a rectangle with a grey.</summary>
    public void Fill(int left, int top, int width, int height, byte grey)
    {
        for (int y = top; y < top + height; y++)
            pixels.AsSpan((y * Width) + left, width).Fill(grey);
    }

    /// <summary>Draws a dark line around a rectangle and a light one around that, to be seen on any ground. What lies beyond the sheet is left out.</summary>
    public void Frame(int left, int top, int width, int height, int thickness = 1)
    {
        Outline(left - 1, top - 1, width + 2, height + 2, 1, byte.MaxValue);
        Outline(left, top, width, height, thickness, 0);
        Outline(left + thickness, top + thickness, width - (2 * thickness), height - (2 * thickness), 1, byte.MaxValue);
    }

    /// <summary>Writes with the bitmaps that the network's outputs are compared with (figure 3); a question mark for a character that has none.</summary>
    public void Write(string text, int left, int top, int scale = 1)
    {
        RbfCodes glyphs = RbfCodes.PrintableAscii;
        for (int k = 0; k < text.Length; k++)
        {
            int index = glyphs.Symbols.IndexOf(text[k], StringComparison.Ordinal);
            ReadOnlySpan<float> glyph = glyphs[index >= 0 ? index : glyphs.Symbols.IndexOf('?', StringComparison.Ordinal)];
            for (int i = 0; i < glyph.Length; i++)
            {
                if (glyph[i] > 0)
                    Fill(left + (scale * ((k * TextStep) + (i % GlyphWidth))), top + (scale * (i / GlyphWidth)), scale, scale, 0);
            }
        }
    }

    private void Outline(int left, int top, int width, int height, int thickness, byte grey)
    {
        FillWithin(left, top, width, thickness, grey);
        FillWithin(left, top + height - thickness, width, thickness, grey);
        FillWithin(left, top, thickness, height, grey);
        FillWithin(left + width - thickness, top, thickness, height, grey);
    }

    private void FillWithin(int left, int top, int width, int height, byte grey)
    {
        (int right, int bottom) = (Math.Min(left + width, Width), Math.Min(top + height, Height));
        (left, top) = (Math.Max(left, 0), Math.Max(top, 0));
        if (left < right && top < bottom)
            Fill(left, top, right - left, bottom - top, grey);
    }
}
