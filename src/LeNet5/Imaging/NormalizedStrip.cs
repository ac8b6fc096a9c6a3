using System.Collections.Immutable;

namespace LeNet5.Imaging;

/// <summary>A line of digits cut out of a picture and brought into the form that a swept network reads, with a report of what was done.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed class NormalizedStrip
{
    /// <param name="picture">The line.</param>
    /// <param name="placement">Where it lies in the picture given.</param>
    /// <param name="pictureSize">How large that picture is.</param>
    internal NormalizedStrip(GrayImage picture, LinePlacement placement, (int Width, int Height) pictureSize)
    {
        Picture = picture;
        Placement = placement;
        PictureSize = pictureSize;
    }

    /// <summary>The line: 32 rows, light ink on black, digits about 20 rows high about the middle row, 12 columns of ground on either side. Black and 32 columns wide where nothing was found.</summary>
    public GrayImage Picture { get; }

    /// <summary><see cref="LeNet5.Rejection.None"/> where a network should have a look, <see cref="LeNet5.Rejection.Blank"/> where there is no ink.</summary>
    public Rejection Rejection { get; internal init; }

    /// <summary>Where the ink was found, in pixels of the picture given; <see langword="null"/> where there is none.</summary>
    public PixelBox? Box { get; internal init; }

    /// <summary>Whether the ink is darker than the ground.</summary>
    public bool DarkInk { get; internal init; }

    /// <summary>Blackness of the ink: the share of the light that it takes away, 0 to 1.</summary>
    public double Contrast { get; internal init; }

    /// <summary>Pixels of the result for one of the picture given.</summary>
    public double Scale { get; internal init; }

    /// <summary>By how many degrees the line fell from left to right, which was taken out; negative: it rose. 0 where none was sure to be there.</summary>
    public double Tilt { get; internal init; }

    /// <summary>By how many degrees strokes lean to the right on the average, as found; negative: to the left.</summary>
    public double Slant { get; internal init; }

    /// <summary>How many degrees of the slant were taken out; 0 where it is within what MNIST's digits have.</summary>
    public double SlantChange { get; internal init; }

    /// <summary>Width of the strokes in pixels of the result, as it was found. Nine of ten digits of MNIST are 1.8 to 3.9 wide.</summary>
    public double StrokeWidth { get; internal init; }

    /// <summary>By how many pixels of the result the strokes were made wider; negative: thinner.</summary>
    public double StrokeChange { get; internal init; }

    /// <summary>Number of ruled lines that were removed.</summary>
    public int RuleCount { get; internal init; }

    /// <summary>Number of specks and other pieces of ink that were left out.</summary>
    public int SpeckCount { get; internal init; }

    /// <summary>What makes the reading less certain, each a sentence for a person.</summary>
    public ImmutableArray<string> Warnings { get; internal init; } = [];

    /// <summary>The picture at each stage, if they were asked for.</summary>
    public ImmutableArray<NormalizerStage> Stages { get; internal init; } = [];

    /// <summary>Where the strip lies in the picture given.</summary>
    internal LinePlacement Placement { get; }

    /// <summary>How large the picture given is.</summary>
    internal (int Width, int Height) PictureSize { get; }

    /// <summary>Takes a line that is in this form already, e.g. by a normalizer of one's own; boxes of readings are those of this picture.</summary>
    /// <param name="picture">Light ink on black, 32 rows, digits about 20 rows high about the middle row, some 12 columns of ground on either side; 1 to
    /// <see cref="StripNormalizer.MaxWidth"/> columns. Less than 32 are filled up with ground on the right.</param>
    /// <exception cref="ArgumentException">The picture has another height, or too many columns.</exception>
    public static NormalizedStrip Of(GrayImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Height != StripNormalizer.FieldHeight || picture.Width > StripNormalizer.MaxWidth)
            throw new ArgumentException($"A normalized line has {StripNormalizer.FieldHeight} rows and up to {StripNormalizer.MaxWidth} columns, but this one {picture.Height} rows and {picture.Width} columns. Let StripNormalizer bring it into that form.", nameof(picture));
        LinePlacement placement = new(X: 0, Y: StripNormalizer.FieldHeight / 2.0, Scale: 1, Tilt: 0, Slant: 0);
        return new NormalizedStrip(picture.Width >= StripNormalizer.FieldHeight ? picture : Widened(picture), placement, (picture.Width, picture.Height)) { Scale = 1 };
    }

    /// <summary>The box of the picture given that holds a box of the strip: moved, scaled, slanted and tilted back.</summary>
    /// <param name="box">Columns and rows of <see cref="Picture"/>; it may reach beyond its edges.</param>
    /// <returns>The smallest box around it, cut off at the edges of the picture given, at least one pixel wide and high.</returns>
    public PixelBox BoxInPicture(PixelBox box)
    {
        const double middle = StripNormalizer.FieldHeight / 2.0;
        (double left, double right, double top, double bottom) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
        foreach ((double column, double row) in (ReadOnlySpan<(double, double)>)[(box.Left, box.Top), (box.Right, box.Top), (box.Left, box.Bottom), (box.Right, box.Bottom)])
        {
            (double x, double y) = Placement.ToPicture(column, row - middle);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
        }
        (int firstColumn, int columns) = Whole(left, right, PictureSize.Width);
        (int firstRow, int rows) = Whole(top, bottom, PictureSize.Height);
        return new PixelBox(firstColumn, firstRow, columns, rows);

        // A hair's breadth of a pixel is rounding, and no pixel of its own.
        static (int First, int Count) Whole(double first, double end, int count)
        {
            const double hair = 1e-6;
            int start = (int)Math.Clamp(Math.Floor(first + hair), 0, count - 1);
            return (start, (int)Math.Clamp(Math.Ceiling(end - hair), start + 1, count) - start);
        }
    }

    private static GrayImage Widened(GrayImage picture)
    {
        Plane field = new(StripNormalizer.FieldHeight, StripNormalizer.FieldHeight);
        for (int y = 0; y < field.Height; y++)
            picture.Row(y).CopyTo(field.Row(y));
        return field.ToImage();
    }
}
