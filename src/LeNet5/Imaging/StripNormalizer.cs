using System.Collections.Immutable;
using System.Globalization;

namespace LeNet5.Imaging;

/// <summary>Cuts a line of digits out of any picture and brings it into the form that a swept LeNet-5 reads.</summary>
/// <remarks>
/// Dark ink on light ground or light ink on dark, of any size and place, tilted by up to about 10 degrees, with shadows, noise, ruled lines and specks. The result has the
/// scale of MNIST: digits 20 rows high in the middle of 32, light on black. Ink that is of the right size already is moved by whole pixels only; otherwise it is
/// interpolated once. docs/images.md shows each stage.
/// Thread-safe.
/// </remarks>
public static class StripNormalizer
{
    /// <summary>Rows of the result.</summary>
    public const int FieldHeight = 32;

    /// <summary>Columns of ground on the left and on the right of the ink.</summary>
    public const int Margin = 12;

    /// <summary>Columns that the result has at most.</summary>
    public const int MaxWidth = 16384;

    internal const int DigitHeight = 20;

    /// <summary>Digits whose height differs by no more than this share are left as they are.</summary>
    private const double NearHeight = 0.12;

    /// <summary>Digits of less height cannot be told apart.</summary>
    private const double SmallestDigit = 5;

    /// <summary>The first look is at a copy whose shorter side is at most this.</summary>
    private const int WorkingSide = 512;

    /// <summary>And that has about as many pixels at most.</summary>
    private const long WorkingPixels = 1 << 20;

    /// <summary>Digits are looked at in about this height, if the picture has it.</summary>
    private const int WorkingHeight = 48;

    /// <summary>A picture higher than this many digits, or digits higher than this many times the working height, want a closer look.</summary>
    private const double CloserRows = 4, CloserHeight = 2;

    /// <summary>Around a line that is looked at again, in heights of digits.</summary>
    private const double CloserMargin = 0.75;

    /// <summary>MNIST's own digits are slanted by as much; only what is beyond is taken out: the tangent of 12 degrees.</summary>
    private const double UsualSlant = 0.2126;

    /// <summary>A single digit may be slanted by so much more, by its shape and by chance, several by less on the average.</summary>
    private const double StraySlant = 0.18;

    /// <summary>Strokes are brought between these widths where they are clearly beyond them.</summary>
    private const double ThinStroke = DigitNormalizer.ThinStroke, ThickStroke = 3.9;

    private const double SmallestStrokeChange = 0.3;

    /// <summary>Normalizes the line of digits of a picture.</summary>
    /// <param name="picture">A picture of one line of digits, of any size.</param>
    /// <param name="keepStages">Whether to keep the picture at each stage. Default: no, which takes less memory.</param>
    /// <returns>The line, 32 rows high, where it was found, and what was done; or why there is none.</returns>
    /// <exception cref="ArgumentException">The line would be more than 16,384 columns long.</exception>
    public static NormalizedStrip Normalize(GrayImage picture, bool keepStages = false)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ImmutableArray<NormalizerStage>.Builder? stages = keepStages ? ImmutableArray.CreateBuilder<NormalizerStage>() : null;
        PixelBox whole = new(0, 0, picture.Width, picture.Height);
        long block = Math.Max(1, (Math.Min(picture.Width, picture.Height) + WorkingSide - 1) / WorkingSide);
        while (((picture.Width + block - 1) / block) * ((picture.Height + block - 1) / block) > WorkingPixels)
            block++;
        LineLook look = LineLook.At(picture, whole, (int)block, darkInk: null, stages);
        if (look.Line is { } found && CloserPart(look, found, picture) is { } closer)
        {
            ImmutableArray<NormalizerStage>.Builder? closerStages = keepStages ? ImmutableArray.CreateBuilder<NormalizerStage>() : null;
            LineLook again = LineLook.At(picture, closer.Part, closer.Block, look.DarkInk, closerStages);
            if (again.Line is not null)
                (look, stages) = (again, closerStages);
        }
        return look.Line is { } line && line.Height * look.Block >= SmallestDigit ? Place(picture, look, line, stages) : Blank(picture, look, stages);
    }

    /// <summary>The part of a picture to look at again, and in which blocks; <see langword="null"/> where the first look is as good.</summary>
    private static (PixelBox Part, int Block)? CloserPart(LineLook look, InkLine line, GrayImage picture)
    {
        double height = line.Height * look.Block;
        int block = Math.Max(1, (int)(height / WorkingHeight));
        bool isSeenWell = line.Height <= CloserHeight * WorkingHeight && (look.Block == 1 || line.Height >= 0.75 * WorkingHeight) && look.Part.Height <= CloserRows * height + FieldHeight;
        if (isSeenWell)
            return null;
        PixelBox part = look.InPicture(line.Box).Grow((int)Math.Ceiling(CloserMargin * height), picture.Width, picture.Height);
        return block == look.Block && part == look.Part ? null : (part, block);
    }

    private static NormalizedStrip Blank(GrayImage picture, LineLook look, ImmutableArray<NormalizerStage>.Builder? stages) => new(
        new GrayImage(FieldHeight, FieldHeight, new byte[FieldHeight * FieldHeight]),
        new LinePlacement(0, FieldHeight / 2, Scale: 1, Tilt: 0, Slant: 0),
        (picture.Width, picture.Height))
    {
        Rejection = Rejection.Blank,
        DarkInk = look.DarkInk,
        Contrast = look.Level.Level / 255.0,
        RuleCount = look.RuleCount,
        Stages = stages?.ToImmutable() ?? [],
    };

    private static NormalizedStrip Place(GrayImage picture, LineLook look, InkLine line, ImmutableArray<NormalizerStage>.Builder? stages)
    {
        int edge = 1 + (int)Math.Round(line.Height / DigitHeight);
        Plane ink = line.CutOut(look.Ink, look.Level, look.Level.Noise == 0 ? edge : edge - 1);
        stages?.Add(new NormalizerStage("line", ink.Inverse().ToImage()));

        double scale = Math.Abs(line.Height - DigitHeight) <= NearHeight * DigitHeight ? 1 : DigitHeight / line.Height;
        double slant = SlantToTakeOut(line);
        double strokeWidth = scale * Strokes.WidthOf(ink), change = Math.Clamp(strokeWidth, ThinStroke, ThickStroke) - strokeWidth;
        if (Math.Abs(change) < SmallestStrokeChange)
            change = 0;
        bool isMoved = scale == 1 && slant == 0 && line.Tilt == 0 && change == 0;
        LinePlacement placement = new(0, isMoved ? Math.Round(line.Middle) : line.Middle, scale, line.Tilt, slant);
        (double first, double end) = line.Reach(placement);
        (first, double width) = (Math.Floor(first) - Margin, Math.Ceiling(end) - Math.Floor(first) + (2 * Margin));
        if (width > MaxWidth)
            throw TooLong(look.InPicture(line.Box), line.Height * look.Block, width);
        (double x, double y) = placement.ToPicture(first, 0);
        placement = placement with { X = x, Y = y };
        Plane field = isMoved ? Shift(ink, (int)first, (int)placement.Y - (FieldHeight / 2), (int)width) : Draw(ink, placement, (int)width, strokeWidth, change);
        stages?.Add(new NormalizerStage("normalized", field.Inverse().ToImage()));
        PixelBox box = look.InPicture(line.Box);
        return new NormalizedStrip(GrayImage.Borrow(field.Width, field.Height, field.Values), placement.InWhole(look.Part, look.Block), (picture.Width, picture.Height))
        {
            Box = box,
            DarkInk = look.DarkInk,
            Contrast = look.Level.Level / 255.0,
            Scale = scale / look.Block,
            Tilt = Degrees(line.Tilt),
            Slant = Degrees(line.Slant),
            SlantChange = Degrees(line.Slant) - Degrees(line.Slant - slant),
            StrokeWidth = strokeWidth,
            StrokeChange = change,
            RuleCount = look.RuleCount,
            SpeckCount = line.SpeckCount,
            Warnings = Warn(box, line.Height * look.Block, look.Level.Level / 255.0, line.TouchesEdge),
            Stages = stages?.ToImmutable() ?? [],
        };
    }

    private static ArgumentException TooLong(PixelBox box, double height, double width) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"A normalized line has up to {MaxWidth} columns, but this one, {box.Width} pixels wide with digits {height:F0} high, would have {width:F0}. Cut the picture into parts and normalize each."));

    private static double SlantToTakeOut(InkLine line) =>
        Math.Abs(line.Slant) <= UsualSlant + (StraySlant / Math.Sqrt(Math.Max(1, line.DigitCount))) ? 0 : line.Slant - Math.Clamp(line.Slant, -UsualSlant, UsualSlant);

    private static double Degrees(double slope) => Math.Atan(slope) * 180 / Math.PI;

    /// <summary>Moves ink by whole pixels, so that nothing blurs.</summary>
    private static Plane Shift(Plane ink, int left, int top, int width)
    {
        Plane field = new(width, FieldHeight);
        int from = Math.Max(0, left), to = Math.Min(ink.Width, left + width);
        for (int y = Math.Max(0, top); y < Math.Min(ink.Height, top + FieldHeight); y++)
            ink.Row(y)[from..to].CopyTo(field.Row(y - top)[(from - left)..]);
        return field;
    }

    /// <summary>Draws ink where it belongs, each pixel the mean of finer ones, in which strokes are made wider or thinner.</summary>
    private static Plane Draw(Plane ink, LinePlacement placement, int width, double strokeWidth, double change)
    {
        int finer = DigitNormalizer.Finer;
        Plane fine = Resampling.Draw(ink, placement, width, FieldHeight, finer);
        if (change != 0)
            fine = Strokes.Widen(fine, (float)(change * finer / 2));
        return Resampling.BlockMeans(fine.Values, fine.Width, fine.Height, finer);
    }

    private static ImmutableArray<string> Warn(PixelBox box, double height, double contrast, bool touchesEdge)
    {
        List<string> warnings = [];
        if (touchesEdge)
            Add($"The ink touches the edge of the picture: a part of a digit may be cut off.");
        if (height < 12)
            Add($"The digits are only {height:F0} pixels high; 20 and more are better.");
        if (contrast < 0.15)
            Add($"The ink takes only {contrast:P0} of the light.");
        if (box.Height > 2 * box.Width)
            Add($"The ink is {box.Width} pixels wide and {box.Height} high: it may be no line of digits.");
        return [.. warnings];

        void Add(FormattableString text) => warnings.Add(text.ToString(CultureInfo.InvariantCulture));
    }
}
