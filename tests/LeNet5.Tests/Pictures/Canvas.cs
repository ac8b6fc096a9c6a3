namespace LeNet5.Tests.Pictures;

/// <summary>A sheet that a pen draws on: how much ink is where, 0 to 1.</summary>
internal sealed class Canvas(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public float[] Ink { get; } = new float[width * height];

    /// <summary>Draws strokes, each a list of points, with a round pen.</summary>
    public void Draw(IEnumerable<List<(float X, float Y)>> strokes, float radius)
    {
        foreach (List<(float X, float Y)> stroke in strokes)
        {
            for (int i = 1; i < stroke.Count; i++)
                DrawLine(stroke[i - 1], stroke[i], radius);
        }
    }

    /// <summary>Lays a grey picture over the sheet, enlarged, its corner at a place.</summary>
    public void Stamp(ReadOnlySpan<byte> pixels, int side, float left, float top, float scale)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float ink = Sample(pixels, side, (x + 0.5f - left) / scale, (y + 0.5f - top) / scale);
                ref float here = ref Ink[(y * width) + x];
                here = Math.Max(here, ink);
            }
        }
    }

    /// <summary>The value between the middles of four pixels, 0 outside.</summary>
    private static float Sample(ReadOnlySpan<byte> pixels, int side, float x, float y)
    {
        float column = x - 0.5f, row = y - 0.5f;
        int left = (int)MathF.Floor(column), top = (int)MathF.Floor(row);
        float across = column - left, down = row - top;
        float upper = (Value(pixels, left, top) * (1 - across)) + (Value(pixels, left + 1, top) * across);
        float lower = (Value(pixels, left, top + 1) * (1 - across)) + (Value(pixels, left + 1, top + 1) * across);
        return ((upper * (1 - down)) + (lower * down)) / 255;

        float Value(ReadOnlySpan<byte> values, int x, int y) => (uint)x < (uint)side && (uint)y < (uint)side ? values[(y * side) + x] : 0;
    }

    private void DrawLine((float X, float Y) from, (float X, float Y) to, float radius)
    {
        float reach = radius + 1;
        int left = Math.Max(0, (int)(Math.Min(from.X, to.X) - reach)), right = Math.Min(width - 1, (int)(Math.Max(from.X, to.X) + reach));
        int top = Math.Max(0, (int)(Math.Min(from.Y, to.Y) - reach)), bottom = Math.Min(height - 1, (int)(Math.Max(from.Y, to.Y) + reach));
        float dx = to.X - from.X, dy = to.Y - from.Y, length = (dx * dx) + (dy * dy);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float px = x + 0.5f - from.X, py = y + 0.5f - from.Y;
                float along = length > 0 ? Math.Clamp(((px * dx) + (py * dy)) / length, 0, 1) : 0;
                (float ex, float ey) = (px - (along * dx), py - (along * dy));
                ref float here = ref Ink[(y * width) + x];
                here = Math.Max(here, Math.Clamp(radius + 0.5f - MathF.Sqrt((ex * ex) + (ey * ey)), 0, 1));
            }
        }
    }
}
