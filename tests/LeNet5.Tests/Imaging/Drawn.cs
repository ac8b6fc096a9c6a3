using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

/// <summary>Working pictures to test with: noise, lines, digits by a pen.</summary>
internal static class Drawn
{
    /// <summary>Pixels at random, each ink with a probability, and of any blackness then.</summary>
    public static Plane Noise(int width, int height, int seed, double density = 1)
    {
        SeededRandom random = new((ulong)seed);
        Plane noise = new(width, height);
        foreach (ref byte value in noise.Values.AsSpan())
            value = random.NextDouble() < density ? (byte)random.NextInt32(256) : (byte)0;
        return noise;
    }

    /// <summary>A picture whose pixels follow from their column and row.</summary>
    public static Plane Of(int width, int height, Func<int, int, double> value)
    {
        Plane picture = new(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                picture.Row(y)[x] = (byte)Math.Round(Math.Clamp(value(x, y), 0, 255));
        }
        return picture;
    }

    /// <summary>A picture of characters: # is 255, a figure n is 25 n, all else 0.</summary>
    public static Plane Of(params string[] rows) =>
        Of(rows[0].Length, rows.Length, (x, y) => rows[y][x] is '#' ? 255 : char.IsAsciiDigit(rows[y][x]) ? 25 * (rows[y][x] - '0') : 0);

    /// <summary>Draws a digit without a trembling hand: its path's columns and rows 0 to 9 begin at a place and are so many pixels apart.</summary>
    public static void Draw(this Canvas canvas, string path, float left, float top, float scale, float radius)
    {
        SeededRandom random = new(1);
        canvas.Draw(PenStrokes.Draw(path, jitter: 0, ref random).Select(stroke => stroke.Select(point => (left + (scale * point.X), top + (scale * point.Y))).ToList()), radius);
    }

    /// <summary>Draws a straight line.</summary>
    public static void DrawLine(this Canvas canvas, float x1, float y1, float x2, float y2, float radius) =>
        canvas.Draw([[(x1, y1), (x2, y2)]], radius);

    /// <summary>A digit in the middle of a sheet, a share of the sheet high.</summary>
    public static Canvas Digit(string path, int width, int height, double share, double radius)
    {
        Canvas canvas = new(width, height);
        float scale = (float)(share * Math.Min(width, height) / 8);
        canvas.Draw(path, (width / 2f) - (4 * scale), (height / 2f) - (5 * scale), scale, (float)radius);
        return canvas;
    }

    /// <summary>The ink alone: black ink is 255.</summary>
    public static Plane Ink(this Canvas canvas, double darkness = 1) => Of(canvas.Width, canvas.Height, (x, y) => 255 * darkness * canvas.Ink[(y * canvas.Width) + x]);

    /// <summary>Ink on paper.</summary>
    public static Plane On(this Canvas canvas, double paper, double darkness = 1) => canvas.On((_, _) => paper, darkness);

    /// <summary>Ink on paper that is lit unevenly.</summary>
    public static Plane On(this Canvas canvas, Func<int, int, double> paper, double darkness = 1) =>
        Of(canvas.Width, canvas.Height, (x, y) => paper(x, y) * (1 - (darkness * canvas.Ink[(y * canvas.Width) + x])));

    /// <summary>The picture with normal deviates added.</summary>
    public static Plane WithNoise(this Plane picture, double deviation, int seed)
    {
        SeededRandom random = new((ulong)seed);
        double[] noise = new double[picture.Values.Length];
        for (int i = 0; i < noise.Length; i++)
            noise[i] = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Of(picture.Width, picture.Height, (x, y) => picture.Row(y)[x] + noise[(y * picture.Width) + x]);
    }

    /// <summary>Left becomes right.</summary>
    public static Plane Mirror(this Plane picture) => Of(picture.Width, picture.Height, (x, y) => picture.Row(y)[picture.Width - 1 - x]);

    /// <summary>A larger picture with this one at a place.</summary>
    public static Plane Within(this Plane picture, int width, int height, int left, int top, byte around = 0)
    {
        Plane result = new(width, height);
        result.Values.AsSpan().Fill(around);
        for (int y = 0; y < picture.Height; y++)
            picture.Row(y).CopyTo(result.Row(top + y)[left..]);
        return result;
    }

    /// <summary>Every pixel becomes a square.</summary>
    public static Plane Enlarge(this Plane picture, int times) => Of(picture.Width * times, picture.Height * times, (x, y) => picture.Row(y / times)[x / times]);

    /// <summary>All paths of <see cref="PenStrokes.Digits"/> with their digits.</summary>
    public static IEnumerable<(int Digit, string Path)> Paths() => PenStrokes.Digits.SelectMany((ways, digit) => ways.Select(path => (digit, path)));
}
