namespace LeNet5.Tests.Pictures;

/// <summary>What a picture is taken of and with.</summary>
internal enum Taken
{
    /// <summary>A drawing on a screen: even ground, either polarity.</summary>
    Screen,

    /// <summary>A scan: paper, a little noise.</summary>
    Scan,

    /// <summary>Paper with a shadow and a slope of light.</summary>
    Shadow,

    /// <summary>Ruled or squared paper.</summary>
    Ruled,

    /// <summary>A phone: noise, blur, a slope of light, a warm or dim room, turned by some degrees.</summary>
    Phone,
}

/// <summary>A picture of a digit, or of none.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Label">The digit; <see langword="null"/> for none.</param>
/// <param name="Taken">How it was taken.</param>
/// <param name="What">What is on it.</param>
internal sealed record TestPicture(GrayImage Image, int? Label, Taken Taken, string What);

/// <summary>Draws pictures as people take them: strokes of pens and digits of MNIST's test set, on screens and papers, scanned and photographed.</summary>
internal static class PictureMaker
{
    private const int Side = 28;

    /// <summary>A digit by a pen.</summary>
    public static TestPicture PenDigit(int label, Taken taken, ulong seed)
    {
        SeededRandom random = new(seed, 1, (ulong)label);
        string[] ways = PenStrokes.Digits[label];
        return Draw(ways[random.NextInt32(ways.Length)], label, taken, $"pen {label}", ref random);
    }

    /// <summary>A digit of MNIST's test set, enlarged.</summary>
    public static TestPicture MnistDigit(int index, Taken taken, ulong seed)
    {
        SeededRandom random = new(seed, 2, (ulong)index);
        Canvas canvas = NewCanvas(ref random);
        float scale = random.NextSingle(0.45f, 0.9f) * Math.Min(canvas.Width, canvas.Height) / 20;
        Place(canvas, 20 * scale, 20 * scale, ref random, out float left, out float top);
        canvas.Stamp(Mnist.Test.Pixels(index), Side, left - (4 * scale), top - (4 * scale), scale);
        return Take(canvas, Mnist.Test.Label(index), taken, $"mnist {index}", ref random);
    }

    /// <summary>A letter, or a thing that is no character.</summary>
    public static TestPicture Drawing(string drawing, string what, Taken taken, ulong seed)
    {
        SeededRandom random = new(seed, 3, (ulong)drawing.Length);
        return Draw(drawing, null, taken, what, ref random);
    }

    /// <summary>Several digits side by side.</summary>
    public static TestPicture Several(int count, Taken taken, ulong seed)
    {
        SeededRandom random = new(seed, 4, (ulong)count);
        Canvas canvas = new(80 + (count * Between(60, 120, ref random)), Between(100, 200, ref random));
        float scale = Math.Min(0.8f * canvas.Height / 9, 0.9f * canvas.Width / count / 8);
        float radius = scale * random.NextSingle(0.3f, 0.6f);
        for (int i = 0; i < count; i++)
        {
            string[] ways = PenStrokes.Digits[random.NextInt32(10)];
            float left = ((i + 0.5f) * canvas.Width / count) - (4 * scale);
            canvas.Draw(Move(PenStrokes.Draw(ways[random.NextInt32(ways.Length)], 0.25f, ref random), scale, left, (canvas.Height / 2f) - (5 * scale), 0, 0), radius);
        }
        return Take(canvas, null, taken, $"{count} digits", ref random);
    }

    /// <summary>Paper with nothing on it.</summary>
    public static TestPicture Blank(Taken taken, ulong seed)
    {
        SeededRandom random = new(seed, 5, 0);
        return Take(NewCanvas(ref random), null, taken, "blank", ref random);
    }

    /// <summary>Every pixel at random.</summary>
    public static TestPicture Noise(ulong seed)
    {
        SeededRandom random = new(seed, 6, 0);
        byte[] pixels = new byte[Between(28, 200, ref random) * 100];
        bool binary = random.NextInt32(2) == 0;
        foreach (ref byte pixel in pixels.AsSpan())
            pixel = (byte)(binary ? 255 * random.NextInt32(2) : random.NextInt32(256));
        return new TestPicture(new GrayImage(100, pixels.Length / 100, pixels), null, Taken.Screen, "noise");
    }

    private static TestPicture Draw(string drawing, int? label, Taken taken, string what, ref SeededRandom random)
    {
        Canvas canvas = NewCanvas(ref random);
        float height = random.NextSingle(0.35f, 0.85f) * Math.Min(canvas.Width, canvas.Height), scale = height / 8;
        float slant = random.NextSingle(-0.25f, 0.25f), turn = random.NextSingle(-0.12f, 0.12f);
        Place(canvas, 6 * scale, 8 * scale, ref random, out float left, out float top);
        float radius = height * random.NextSingle(0.02f, 0.08f);
        canvas.Draw(Move(PenStrokes.Draw(drawing, 0.25f, ref random), scale, left - scale, top - scale, slant, turn), Math.Max(0.7f, radius));
        return Take(canvas, label, taken, what, ref random);
    }

    private static int Between(int first, int limit, ref SeededRandom random) => first + random.NextInt32(limit - first);

    private static Canvas NewCanvas(ref SeededRandom random) => new(Between(60, 300, ref random), Between(60, 300, ref random));

    private static void Place(Canvas canvas, float width, float height, ref SeededRandom random, out float left, out float top)
    {
        left = ((canvas.Width - width) / 2) + (random.NextSingle(-0.35f, 0.35f) * Math.Max(0, canvas.Width - width));
        top = ((canvas.Height - height) / 2) + (random.NextSingle(-0.35f, 0.35f) * Math.Max(0, canvas.Height - height));
    }

    private static List<List<(float X, float Y)>> Move(List<List<(float X, float Y)>> strokes, float scale, float left, float top, float slant, float turn) =>
        [.. strokes.Select(stroke => stroke.Select(point =>
        {
            (float x, float y) = (point.X - 4 - (slant * (point.Y - 5)), point.Y - 5);
            return (left + (scale * (4 + x - (turn * y))), top + (scale * (5 + y + (turn * x))));
        }).ToList())];

    /// <summary>Puts ink on paper and takes a picture.</summary>
    private static TestPicture Take(Canvas canvas, int? label, Taken taken, string what, ref SeededRandom random)
    {
        (int width, int height) = (canvas.Width, canvas.Height);
        bool light = taken == Taken.Screen && random.NextInt32(2) == 0;
        float paper = taken == Taken.Screen ? 255 : random.NextSingle(taken == Taken.Phone ? 130 : 200, 250);
        float darkness = taken == Taken.Screen ? random.NextSingle(0.5f, 1) : random.NextSingle(0.5f, 0.9f);
        float[] ink = (float[])canvas.Ink.Clone();
        if (taken == Taken.Ruled)
            DrawRules(ink, width, height, ref random);
        float slopeX = 0, slopeY = 0;
        if (taken is Taken.Shadow or Taken.Phone)
            (slopeX, slopeY) = (random.NextSingle(-0.25f, 0.25f), random.NextSingle(-0.25f, 0.25f));
        float shadowAngle = random.NextSingle(0, MathF.PI), shadowPlace = random.NextSingle(-0.3f, 0.3f), shadowDepth = taken == Taken.Shadow ? random.NextSingle(0.2f, 0.55f) : 0;
        float softness = random.NextSingle(0.01f, 0.2f), noise = taken switch { Taken.Screen => 0, Taken.Scan or Taken.Ruled => 2, Taken.Shadow => 4, _ => random.NextSingle(4, 10) };
        float[] light255 = new float[ink.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float u = ((x + 0.5f) / width) - 0.5f, v = ((y + 0.5f) / height) - 0.5f;
                float behind = ((u * MathF.Cos(shadowAngle)) + (v * MathF.Sin(shadowAngle)) - shadowPlace) / softness;
                float shade = (1 + (slopeX * u) + (slopeY * v)) * (1 - (shadowDepth * Math.Clamp(behind + 0.5f, 0, 1)));
                light255[(y * width) + x] = paper * shade * (1 - (darkness * ink[(y * width) + x]));
            }
        }
        if (taken == Taken.Phone)
            Blur(light255, width, height, Between(1, 3, ref random));
        byte[] pixels = new byte[light255.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            float grain = noise * (random.NextSingle(-1, 1) + random.NextSingle(-1, 1) + random.NextSingle(-1, 1));
            float value = Math.Clamp(light255[i] + grain, 0, 255);
            pixels[i] = (byte)(light ? 255 - value : value);
        }
        return new TestPicture(new GrayImage(width, height, pixels), label, taken, what);
    }

    private static void DrawRules(float[] ink, int width, int height, ref SeededRandom random)
    {
        float spacing = random.NextSingle(0.2f, 0.5f) * Math.Min(width, height), thickness = Math.Max(1, random.NextSingle(0.004f, 0.012f) * height);
        float depth = random.NextSingle(0.2f, 0.6f), slope = random.NextSingle(-0.04f, 0.04f), first = random.NextSingle(0, spacing);
        bool squared = random.NextInt32(3) == 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float down = Mod(y - first - (slope * x)), across = squared ? Mod(x - first + (slope * y)) : spacing;
                if (down < thickness || across < thickness)
                    ink[(y * width) + x] = Math.Max(ink[(y * width) + x], depth);
            }
        }

        float Mod(float value) => value - (MathF.Floor(value / spacing) * spacing);
    }

    private static void Blur(float[] values, int width, int height, int times)
    {
        for (int k = 0; k < times; k++)
        {
            float[] before = (float[])values.Clone();
            for (int y = 1; y < height - 1; y++)
            {
                for (int x = 1; x < width - 1; x++)
                {
                    float sum = 0;
                    for (int dy = -1; dy <= 1; dy++)
                        sum += before[((y + dy) * width) + x - 1] + before[((y + dy) * width) + x] + before[((y + dy) * width) + x + 1];
                    values[(y * width) + x] = sum / 9;
                }
            }
        }
    }
}
