namespace LeNet5.Tool;

/// <summary>A picture of the images that a network misread, as in figure 8 of the paper: beneath each what it is and what it was taken for.</summary>
internal static class Gallery
{
    /// <summary>The most images that are shown: the first of them.</summary>
    public const int MaxCount = 500;

    private const int Columns = 12;
    private const int Scale = 2;
    private const int Gap = 6;
    private const int GlyphWidth = 7;
    private const int GlyphHeight = 12;

    /// <summary>Draws the errors of an evaluation, dark on light.</summary>
    /// <param name="images">What was evaluated.</param>
    /// <param name="evaluation">Its result, with at least one error.</param>
    /// <param name="symbols">What the classes stand for; digits where it ends.</param>
    public static GrayImage Draw(LabeledImages images, EvaluationResult evaluation, string symbols)
    {
        int count = Math.Min(MaxCount, evaluation.Errors.Length);
        int cellWidth = Math.Max(images.Width * Scale, 4 * (GlyphWidth + 1)) + Gap;
        int cellHeight = (images.Height * Scale) + GlyphHeight + (2 * Gap);
        int width = (Math.Min(count, Columns) * cellWidth) + Gap;
        int height = ((count + Columns - 1) / Columns * cellHeight) + Gap;
        byte[] pixels = new byte[width * height];
        Array.Fill(pixels, byte.MaxValue);
        for (int i = 0; i < count; i++)
        {
            int index = evaluation.Errors[i];
            int corner = (((i / Columns * cellHeight) + Gap) * width) + (i % Columns * cellWidth) + Gap;
            DrawImage(images.Pixels(index), images.Width, pixels, width, corner);
            string caption = $"{SymbolOf(images.Label(index))}->{SymbolOf(evaluation.Answers[index])}";
            DrawText(caption, pixels, width, corner + (((images.Height * Scale) + Gap) * width));
        }
        return new GrayImage(width, height, pixels);

        char SymbolOf(int label) => label < 0 ? '?' : label < symbols.Length ? (symbols[label] == ' ' ? '_' : symbols[label]) : (char)('0' + (label % 10));
    }

    private static void DrawImage(ReadOnlySpan<byte> image, int imageWidth, byte[] pixels, int width, int corner)
    {
        for (int i = 0; i < image.Length * Scale * Scale; i++)
        {
            (int y, int x) = Math.DivRem(i, imageWidth * Scale);
            pixels[corner + (y * width) + x] = (byte)(byte.MaxValue - image[(y / Scale * imageWidth) + (x / Scale)]);
        }
    }

    /// <summary>Writes with the bitmaps that the network's outputs are compared with (figure 3).</summary>
    private static void DrawText(string text, byte[] pixels, int width, int corner)
    {
        RbfCodes glyphs = RbfCodes.PrintableAscii.Of(new string([.. text.Distinct()]));
        for (int k = 0; k < text.Length; k++)
        {
            ReadOnlySpan<float> glyph = glyphs[glyphs.Symbols.IndexOf(text[k], StringComparison.Ordinal)];
            for (int i = 0; i < glyph.Length; i++)
            {
                if (glyph[i] > 0)
                    pixels[corner + (i / GlyphWidth * width) + (k * (GlyphWidth + 1)) + (i % GlyphWidth)] = 0;
            }
        }
    }
}
