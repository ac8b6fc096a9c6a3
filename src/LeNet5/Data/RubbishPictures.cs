namespace LeNet5.Data;

/// <summary>Pictures that are no character, for a network to learn to reject: pieces of characters at the edge of the field, several small characters,
/// characters mirrored along the diagonal, crossing strokes like those of letters, and noise.</summary>
/// <remarks>Safe for any number of threads. The paper speaks of such pictures in section II-C and gives none: these are our choice.</remarks>
public static class RubbishPictures
{
    private const int KindCount = 5;

    /// <summary>Draws a picture with some ink; which kind of rubbish, is drawn too.</summary>
    /// <param name="characters">Where pieces come from; also gives the size of the picture.</param>
    /// <param name="picture">Overwritten; as many pixels as a character has.</param>
    /// <param name="random">The same stream gives the same picture.</param>
    /// <exception cref="ArgumentException">There are no characters, or the picture has another size.</exception>
    public static void Draw(LabeledImages characters, Span<byte> picture, ref SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(characters);
        if (characters.Count == 0)
            throw new ArgumentException("There are no characters to make rubbish of.", nameof(characters));
        (int height, int width) = (characters.Height, characters.Width);
        if (picture.Length != height * width)
            throw new ArgumentException($"The characters have {height}x{width} = {height * width} pixels, but there is room for {picture.Length}.", nameof(picture));

        // A piece of a thin character may be empty, which would be a blank, and some characters do not change when mirrored.
        do
            DrawAnyKind(characters, picture, ref random);
        while (!picture.ContainsAnyExcept((byte)0));
    }

    private static void DrawAnyKind(LabeledImages characters, Span<byte> picture, ref SeededRandom random)
    {
        (int height, int width) = (characters.Height, characters.Width);
        picture.Clear();
        ReadOnlySpan<byte> character = characters.Pixels(random.NextInt32(characters.Count));
        switch (random.NextInt32(KindCount))
        {
            case 0:
                DrawPiece(character, height, width, picture, ref random);
                break;
            case 1:
                int count = 2 + random.NextInt32(2);
                for (int i = 0; i < count; i++)
                    DrawHalfSize(characters.Pixels(random.NextInt32(characters.Count)), height, width, picture, ref random);
                break;
            case 2:
                DrawMirrored(character, height, width, picture);
                break;
            case 3:
                int strokes = 3 + random.NextInt32(3);
                for (int i = 0; i < strokes; i++)
                    DrawStroke(height, width, picture, ref random);
                break;
            default:
                DrawNoise(picture, ref random);
                break;
        }
    }

    /// <summary>A character shifted until half of it and more has left the field.</summary>
    private static void DrawPiece(ReadOnlySpan<byte> character, int height, int width, Span<byte> picture, ref SeededRandom random)
    {
        bool sideways = random.NextInt32(2) == 0;
        int side = sideways ? width : height;
        int far = (side / 2) + random.NextInt32(Math.Max(1, side / 7));
        int along = random.NextInt32(5) - 2;
        if (random.NextInt32(2) == 0)
            far = -far;
        (int down, int right) = sideways ? (along, far) : (far, along);
        for (int y = Math.Max(0, down); y < Math.Min(height, height + down); y++)
        {
            for (int x = Math.Max(0, right); x < Math.Min(width, width + right); x++)
                picture[(y * width) + x] = character[((y - down) * width) + x - right];
        }
    }

    /// <summary>A character of half its size, anywhere in the field.</summary>
    private static void DrawHalfSize(ReadOnlySpan<byte> character, int height, int width, Span<byte> picture, ref SeededRandom random)
    {
        int top = random.NextInt32(height - (height / 2) + 1);
        int left = random.NextInt32(width - (width / 2) + 1);
        for (int y = 0; y < height / 2; y++)
        {
            for (int x = 0; x < width / 2; x++)
            {
                int corner = (2 * y * width) + (2 * x);
                int sum = character[corner] + character[corner + 1] + character[corner + width] + character[corner + width + 1];
                ref byte pixel = ref picture[((top + y) * width) + left + x];
                pixel = (byte)Math.Max(pixel, Math.Min(255, sum * 3 / 8));
            }
        }
    }

    /// <summary>Rows become columns. Nothing, where that covers more than half of the character's ink, as of a 0.</summary>
    private static void DrawMirrored(ReadOnlySpan<byte> character, int height, int width, Span<byte> picture)
    {
        int side = Math.Min(height, width);
        (int ink, int common) = (0, 0);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                (byte pixel, byte mirrored) = (character[(y * width) + x], character[(x * width) + y]);
                picture[(y * width) + x] = mirrored;
                ink += pixel;
                common += Math.Min(pixel, mirrored);
            }
        }
        if (2 * common > ink)
            picture.Clear();
    }

    /// <summary>A curve of second degree through random points of the middle of the field, drawn with a round pen.</summary>
    private static void DrawStroke(int height, int width, Span<byte> picture, ref SeededRandom random)
    {
        const int points = 24;
        float radius = random.NextSingle(0.8f, 1.6f);
        float x0 = Across(width, ref random), y0 = Across(height, ref random);
        float x1 = Across(width, ref random), y1 = Across(height, ref random);
        float x2 = Across(width, ref random), y2 = Across(height, ref random);
        for (int i = 0; i <= points; i++)
        {
            float t = (float)i / points;
            float a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
            Stamp((a * x0) + (b * x1) + (c * x2), (a * y0) + (b * y1) + (c * y2), radius, height, width, picture);
        }

        static float Across(int side, ref SeededRandom random) => side * random.NextSingle(0.15f, 0.85f);
    }

    /// <summary>A dot whose edge fades over a pixel.</summary>
    private static void Stamp(float centerX, float centerY, float radius, int height, int width, Span<byte> picture)
    {
        int reach = (int)radius + 1;
        for (int y = Math.Max(0, (int)centerY - reach); y <= Math.Min(height - 1, (int)centerY + reach); y++)
        {
            for (int x = Math.Max(0, (int)centerX - reach); x <= Math.Min(width - 1, (int)centerX + reach); x++)
            {
                float dx = x - centerX, dy = y - centerY;
                float ink = Math.Clamp(radius + 0.5f - MathF.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                ref byte pixel = ref picture[(y * width) + x];
                pixel = (byte)Math.Max(pixel, (int)(255 * ink));
            }
        }
    }

    /// <summary>Greys everywhere, or ink at some share of the pixels.</summary>
    private static void DrawNoise(Span<byte> picture, ref SeededRandom random)
    {
        bool grey = random.NextInt32(2) == 0;
        float share = random.NextSingle(0.02f, 0.6f);
        foreach (ref byte pixel in picture)
            pixel = (byte)(grey ? random.NextInt32(256) : random.NextDouble() < share ? 255 : 0);
    }
}
