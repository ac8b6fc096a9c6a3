namespace LeNet5.Data;

/// <summary>Pictures that are no character, for a network to learn to reject: pieces of characters at the edge of the field, several small characters,
/// characters mirrored along the diagonal, letters, doodles, crossing strokes, and noise.</summary>
/// <remarks>Thread-safe. The paper speaks of such pictures in section II-C and gives none: these are our choice.</remarks>
public static class RubbishPictures
{
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
        // Letters and doodles are the hardest to tell from digits, and the most; noise is the easiest.
        switch (random.NextInt32(16))
        {
            case 0:
                DrawPiece(character, height, width, picture, ref random);
                break;
            case 1 or 2:
                int count = 2 + random.NextInt32(2);
                for (int i = 0; i < count; i++)
                    DrawHalfSize(characters.Pixels(random.NextInt32(characters.Count)), height, width, picture, ref random);
                break;
            case 3:
                DrawMirrored(character, height, width, picture);
                break;
            case 4 or 5:
                int strokes = 3 + random.NextInt32(3);
                for (int i = 0; i < strokes; i++)
                    DrawStroke(height, width, picture, ref random);
                break;
            case 6:
                DrawNoise(picture, ref random);
                break;
            case 7 or 8 or 9:
                DrawDoodle(height, width, picture, ref random);
                break;
            default:
                DrawLetter(height, width, picture, ref random);
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

    /// <summary>A letter or sign in a hand of its own: every point is a little astray.</summary>
    private static void DrawLetter(int height, int width, Span<byte> picture, ref SeededRandom random)
    {
        const float jitter = 0.35f;
        List<List<(float X, float Y)>> strokes = [];
        foreach (string text in StrokeLetters.AnyStrokes(ref random))
        {
            bool curved = text[0] == '~';
            ReadOnlySpan<char> pairs = text.AsSpan(curved ? 1 : 0);
            List<(float X, float Y)> points = [];
            for (int i = 0; i < pairs.Length; i += 2)
                points.Add((pairs[i] - '0' + random.NextSingle(-jitter, jitter), pairs[i + 1] - '0' + random.NextSingle(-jitter, jitter)));
            strokes.Add(curved ? Curve(points) : points);
        }
        DrawByHand(strokes, height, width, picture, ref random);
    }

    /// <summary>An outline with something on it, as of a face, a fish or a cup.</summary>
    private static void DrawDoodle(int height, int width, Span<byte> picture, ref SeededRandom random)
    {
        const int corners = 7;
        List<(float X, float Y)> outline = [];
        float start = random.NextSingle(0, 2 * MathF.PI);
        for (int i = 0; i <= corners; i++)
        {
            float angle = start + (2 * MathF.PI * i / corners), radius = random.NextSingle(2.5f, 4.5f);
            outline.Add((radius * MathF.Cos(angle), radius * MathF.Sin(angle)));
        }
        outline[^1] = outline[0];
        List<List<(float X, float Y)>> strokes = [random.NextInt32(2) == 0 ? outline : Curve(outline)];
        int details = 3 + random.NextInt32(4);
        for (int i = 0; i < details; i++)
        {
            (float x, float y) = (random.NextSingle(-4, 4), random.NextSingle(-4, 4));
            strokes.Add([(x, y), (x + random.NextSingle(-4, 4), y + random.NextSingle(-4, 4))]);
        }
        DrawByHand(strokes, height, width, picture, ref random);
    }

    /// <summary>Draws lines slanted, squeezed and turned, fitted into 20 of 28 pixels.</summary>
    private static void DrawByHand(List<List<(float X, float Y)>> strokes, int height, int width, Span<byte> picture, ref SeededRandom random)
    {
        float squeeze = random.NextSingle(0.75f, 1.25f), slant = random.NextSingle(-0.25f, 0.25f), turn = random.NextSingle(-0.2f, 0.2f);
        (float left, float right, float top, float bottom) = (float.MaxValue, float.MinValue, float.MaxValue, float.MinValue);
        foreach (List<(float X, float Y)> stroke in strokes)
        {
            for (int i = 0; i < stroke.Count; i++)
            {
                float x = (squeeze * stroke[i].X) - (slant * stroke[i].Y), y = stroke[i].Y;
                (x, y) = (x - (turn * y), y + (turn * x));
                stroke[i] = (x, y);
                (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            }
        }
        float radius = random.NextSingle(0.7f, 1.7f) * height / 28;
        float scale = ((20f / 28 * Math.Min(height, width)) - (2 * radius)) / Math.Max(right - left, bottom - top);
        float shiftX = random.NextSingle(-1.5f, 1.5f) + ((width - 1 - (scale * (left + right))) / 2), shiftY = random.NextSingle(-1.5f, 1.5f) + ((height - 1 - (scale * (top + bottom))) / 2);
        foreach (List<(float X, float Y)> stroke in strokes)
        {
            for (int i = 1; i < stroke.Count; i++)
            {
                (float fromX, float fromY) = ((scale * stroke[i - 1].X) + shiftX, (scale * stroke[i - 1].Y) + shiftY);
                (float toX, float toY) = ((scale * stroke[i].X) + shiftX, (scale * stroke[i].Y) + shiftY);
                // Dots half a pixel apart make a line.
                int dots = 1 + (int)(2 * MathF.Max(MathF.Abs(toX - fromX), MathF.Abs(toY - fromY)));
                for (int k = 0; k <= dots; k++)
                    Stamp(fromX + ((toX - fromX) * k / dots), fromY + ((toY - fromY) * k / dots), radius, height, width, picture);
            }
        }
    }

    /// <summary>A smooth curve through points (Catmull-Rom).</summary>
    private static List<(float X, float Y)> Curve(List<(float X, float Y)> points)
    {
        const int between = 6;
        List<(float X, float Y)> curve = [points[0]];
        for (int i = 1; i < points.Count; i++)
        {
            (float X, float Y) a = points[Math.Max(0, i - 2)], b = points[i - 1], c = points[i], d = points[Math.Min(points.Count - 1, i + 1)];
            for (int k = 1; k <= between; k++)
            {
                float t = (float)k / between;
                curve.Add((Through(a.X, b.X, c.X, d.X, t), Through(a.Y, b.Y, c.Y, d.Y, t)));
            }
        }
        return curve;
    }

    /// <summary>A curve through b and c that comes from a and goes on to d, at <paramref name="t"/> of the way from b to c.</summary>
    private static float Through(float a, float b, float c, float d, float t) =>
        0.5f * ((2 * b) + ((c - a) * t) + (((2 * a) - (5 * b) + (4 * c) - d) * t * t) + (((3 * b) - a - (3 * c) + d) * t * t * t));

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
