namespace LeNet5.Imaging;

/// <summary>A rectangle of whole pixels of a picture.</summary>
/// <param name="Left">First column, from 0.</param>
/// <param name="Top">First row, from 0.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    /// <summary>The column behind the last.</summary>
    public int Right => Left + Width;

    /// <summary>The row behind the last.</summary>
    public int Bottom => Top + Height;

    /// <summary>Gives width, height, left and top, e.g. <c>20x28 at (3, 4)</c>.</summary>
    public override string ToString() => $"{Width}x{Height} at ({Left}, {Top})";

    /// <summary>The larger of width and height.</summary>
    internal int Side => Math.Max(Width, Height);

    /// <summary>The box with a margin, cut off at the edges of a picture.</summary>
    internal PixelBox Grow(int margin, int pictureWidth, int pictureHeight)
    {
        int left = Math.Max(0, Left - margin), top = Math.Max(0, Top - margin);
        return new(left, top, Math.Min(pictureWidth, Right + margin) - left, Math.Min(pictureHeight, Bottom + margin) - top);
    }

    /// <summary>The smallest box around both.</summary>
    internal PixelBox Union(PixelBox other)
    {
        int left = Math.Min(Left, other.Left), top = Math.Min(Top, other.Top);
        return new(left, top, Math.Max(Right, other.Right) - left, Math.Max(Bottom, other.Bottom) - top);
    }

    /// <summary>Pixels between the boxes, across or along, whichever is more; negative where they overlap.</summary>
    internal int GapTo(PixelBox other) => Math.Max(
        Math.Max(Left, other.Left) - Math.Min(Right, other.Right),
        Math.Max(Top, other.Top) - Math.Min(Bottom, other.Bottom));
}
