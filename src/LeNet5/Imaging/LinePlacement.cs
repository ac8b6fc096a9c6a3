namespace LeNet5.Imaging;

/// <summary>Where the pixels of a normalized line lie in a picture: moved, scaled, slanted and tilted.</summary>
/// <param name="X">Column of the picture, from the edge on, that the strip's origin comes from.</param>
/// <param name="Y">Row of the picture, from the edge on, that the strip's origin comes from.</param>
/// <param name="Scale">Pixels of the strip for one of the picture.</param>
/// <param name="Tilt">Rows of the picture that the line falls for each of its columns.</param>
/// <param name="Slant">Columns that strokes go to the left for each row that they go down, beyond what the strip leaves of it.</param>
/// <remarks>The strip's origin is its first column at its middle row.</remarks>
internal readonly record struct LinePlacement(double X, double Y, double Scale, double Tilt, double Slant)
{
    /// <summary>Whether columns of the strip are columns of the picture.</summary>
    public bool IsUpright => Tilt == 0 && Slant == 0;

    /// <summary>Length of a step of one column along the line.</summary>
    private double Step => Math.Sqrt(1 + (Tilt * Tilt));

    /// <summary>Steps in the picture, columns and rows, for one column of the strip.</summary>
    public (double X, double Y) Across => (1 / (Step * Scale), Tilt / (Step * Scale));

    /// <summary>Steps in the picture for one row of the strip, downwards.</summary>
    public (double X, double Y) Down => ((-Slant - Tilt) / (Step * Scale), (1 - (Slant * Tilt)) / (Step * Scale));

    /// <summary>The point of the picture that a point of the strip comes from.</summary>
    /// <param name="column">From the strip's left edge on.</param>
    /// <param name="row">From the strip's middle on, downwards.</param>
    public (double X, double Y) ToPicture(double column, double row) =>
        (X + (column * Across.X) + (row * Down.X), Y + (column * Across.Y) + (row * Down.Y));

    /// <summary>The point of the strip that a point of the picture goes to.</summary>
    public (double Column, double Row) ToStrip(double x, double y)
    {
        double along = ((x - X) + (Tilt * (y - Y))) * Scale / Step, across = ((y - Y) - (Tilt * (x - X))) * Scale / Step;
        return (along + (Slant * across), across);
    }

    /// <summary>The same for a picture of which this one is a part, its pixels blocks.</summary>
    public LinePlacement InWhole(PixelBox part, int block) =>
        this with { X = part.Left + (X * block), Y = part.Top + (Y * block), Scale = Scale / block };
}
