using System.Collections.Immutable;
using System.Globalization;

namespace LeNet5.Imaging;

/// <summary>Cuts the digit out of any picture and brings it into the form of MNIST.</summary>
/// <remarks>
/// Dark ink on light ground or light ink on dark, of any size and place, with shadows, noise, ruled lines and specks: the ground is estimated and taken away, rules
/// are removed, the connected pieces of ink found, and those of one character fitted into 20x20 pixels, with strokes about as wide as MNIST's, and put with their
/// centre of mass into the middle of 28x28, as the digits of MNIST were made. docs/images.md shows each stage.
/// Thread-safe.
/// </remarks>
public static class DigitNormalizer
{
    /// <summary>Side of the result.</summary>
    public const int FieldSide = 28;

    internal const int DigitSide = 20;

    /// <summary>Larger pictures are worked on in a smaller copy.</summary>
    private const int WorkingSide = 256;

    /// <summary>A smaller digit than this in a smaller copy is looked at again in the picture itself.</summary>
    private const int SmallestSide = 64;

    /// <summary>What is smaller is a speck.</summary>
    private const int SmallestDigit = 6;

    /// <summary>Margin around a digit that is looked at again, in sides of the digit.</summary>
    private const double Margin = 0.75;

    /// <summary>Strokes are brought between these widths, in pixels. Those of MNIST are 1.8 to 3.9 wide (nine digits of ten).</summary>
    internal const double ThinStroke = 1.6, ThickStroke = 3.2;

    /// <summary>Strokes are widened and thinned in pixels this much smaller than those of the result.</summary>
    internal const int Finer = 4;

    /// <summary>Fainter pixels than this are not seen as part of a digit's box.</summary>
    internal const int Faint = 40;

    /// <summary>Normalizes the digit of a picture.</summary>
    /// <param name="picture">A picture of one digit, of any size.</param>
    /// <param name="keepStages">Whether to keep the picture at each stage. Default: no, which takes less memory.</param>
    /// <returns>The digit, 28x28, where it was found, and what was done; or why there is none.</returns>
    public static NormalizedDigit Normalize(GrayImage picture, bool keepStages = false)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ImmutableArray<NormalizerStage>.Builder? stages = keepStages ? ImmutableArray.CreateBuilder<NormalizerStage>() : null;
        return Normalize(picture, new PixelBox(0, 0, picture.Width, picture.Height), wider: null, stages);
    }

    /// <param name="picture">The picture.</param>
    /// <param name="part">The part of it to work on.</param>
    /// <param name="wider">What a look at the whole picture found, if there was one.</param>
    /// <param name="stages">Where to keep the stages.</param>
    private static NormalizedDigit Normalize(GrayImage picture, PixelBox part, (bool DarkInk, Character Found)? wider, ImmutableArray<NormalizerStage>.Builder? stages)
    {
        int block = (part.Side + WorkingSide - 1) / WorkingSide;
        Plane working = Resampling.BlockMeans(picture, part, block);
        if (wider is null && Frame.Inside(working) is { } inside)
        {
            part = InPicture(inside);
            block = (part.Side + WorkingSide - 1) / WorkingSide;
            working = Resampling.BlockMeans(picture, part, block);
        }
        Keep("picture", working);
        (Plane ink, working, Plane ground, bool isDark) = Ground.Remove(working, wider?.DarkInk);
        Keep("ground", ground, inverse: !isDark);
        Keep("ink", ink, inverse: true);

        InkLevel level = InkLevel.Of(ink, working, ground);
        int rules = RuledLines.Remove(ink, level);
        if (rules > 0)
        {
            level = InkLevel.Of(ink, working, ground);
            Keep("without rules", ink, inverse: true);
        }
        if (level.Level == 0 || Character.Find(ink, level) is not { } found || found.Box.Side < SmallestDigit)
        {
            return new NormalizedDigit
            {
                Picture = new GrayImage(FieldSide, FieldSide, new byte[FieldSide * FieldSide]),
                Rejection = Rejection.Blank,
                DarkInk = isDark,
                Contrast = level.Level / 255.0,
                Threshold = level.Weak / 255.0,
                Noise = level.Noise / 255,
                RuleCount = rules,
                Stages = stages?.ToImmutable() ?? [],
            };
        }
        if (block > 1 && found.Box.Side < SmallestSide)
        {
            PixelBox inPicture = InPicture(found.Box);
            PixelBox closer = inPicture.Grow((int)(Margin * inPicture.Side), picture.Width, picture.Height);
            if (closer.Side <= part.Side / 2)
            {
                stages?.Clear();
                return Normalize(picture, closer, (isDark, Whole()), stages);
            }
        }

        (Plane digit, PixelBox box) = found.CutOut(ink, level, Faint);
        Keep("digit", digit, inverse: true);
        double scale = (double)DigitSide / box.Side;
        double strokeWidth = scale * Strokes.WidthOf(digit);
        double change = Math.Clamp(strokeWidth, ThinStroke, ThickStroke) - strokeWidth;
        Plane field = Center(Fit(digit, strokeWidth, change));
        Keep("normalized", field, inverse: true);
        Character whole = Whole();
        return new NormalizedDigit
        {
            Picture = field.ToImage(),
            Rejection = whole.Judge(),
            Box = InPicture(box),
            DarkInk = isDark,
            Contrast = level.Level / 255.0,
            Threshold = level.Weak / 255.0,
            Noise = level.Noise / 255,
            Scale = scale / block,
            StrokeWidth = strokeWidth,
            StrokeChange = change,
            RuleCount = rules,
            SpeckCount = found.SpeckCount,
            Warnings = Warn(InPicture(box), level.Level / 255.0, whole.OtherCount, found.TouchesEdge),
            Stages = stages?.ToImmutable() ?? [],
        };

        void Keep(string name, Plane plane, bool inverse = false) => stages?.Add(new NormalizerStage(name, (inverse ? plane.Inverse() : plane).ToImage()));

        // A closer look sees less beside the character than the one before.
        Character Whole() => wider is { Found: var seen } && seen.Judge() != Rejection.None ? seen : found;

        PixelBox InPicture(PixelBox box)
        {
            int left = part.Left + (box.Left * block), top = part.Top + (box.Top * block);
            return new(left, top, Math.Min(part.Right, left + (box.Width * block)) - left, Math.Min(part.Bottom, top + (box.Height * block)) - top);
        }
    }

    /// <summary>Fits a digit into 20x20 pixels with a margin, its strokes made wider or thinner.</summary>
    internal static Plane Fit(Plane digit, double strokeWidth, double change)
    {
        PixelBox whole = new(0, 0, digit.Width, digit.Height);
        if (Math.Abs(change) < 0.5 / Finer)
        {
            (int width, int height) = Inside(DigitSide);
            return Resampling.Fit(digit, whole, width, height);
        }

        // Wider strokes make the digit larger, too.
        float reach = (float)(change * Finer / 2);
        (int fineWidth, int fineHeight) = Inside((Finer * DigitSide) - (2 * (int)Math.Round(reach)));
        Plane fine = Resampling.Fit(digit, whole, fineWidth, fineHeight);
        if (strokeWidth * Finer < 1)
            Brighten(fine, 1 / (strokeWidth * Finer));
        int margin = Finer * ((FieldSide - DigitSide) / 2);
        Plane canvas = new(fineWidth + (2 * margin), fineHeight + (2 * margin));
        int shift = margin + (int)Math.Round(reach) % Finer;
        for (int y = 0; y < fineHeight; y++)
            fine.Row(y).CopyTo(canvas.Row(y + shift)[shift..]);
        Plane changed = Strokes.Widen(canvas, reach);
        return Resampling.BlockMeans(changed.Values, changed.Width, changed.Height, Finer);

        (int Width, int Height) Inside(int side) =>
            (Math.Max(1, (int)Math.Round((double)side * digit.Width / whole.Side)), Math.Max(1, (int)Math.Round((double)side * digit.Height / whole.Side)));
    }

    /// <summary>A line thinner than a pixel is grey; here it becomes as black as it was before.</summary>
    private static void Brighten(Plane picture, double factor)
    {
        foreach (ref byte value in picture.Values.AsSpan())
            value = (byte)Math.Min(255, value * factor);
    }

    /// <summary>Puts a digit with its centre of mass into the middle of the field, by whole pixels, so that nothing blurs.</summary>
    internal static Plane Center(Plane digit)
    {
        long mass = 0, massX = 0, massY = 0;
        for (int y = 0; y < digit.Height; y++)
        {
            ReadOnlySpan<byte> row = digit.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                mass += row[x];
                massX += row[x] * x;
                massY += row[x] * y;
            }
        }
        Plane field = new(FieldSide, FieldSide);
        if (mass == 0)
            return field;
        int left = (int)Math.Round((FieldSide / 2) - ((double)massX / mass)), top = (int)Math.Round((FieldSide / 2) - ((double)massY / mass));
        for (int y = Math.Max(0, -top); y < Math.Min(digit.Height, FieldSide - top); y++)
        {
            int from = Math.Max(0, -left), to = Math.Min(digit.Width, FieldSide - left);
            digit.Row(y)[from..to].CopyTo(field.Row(y + top)[(from + left)..]);
        }
        return field;
    }

    private static ImmutableArray<string> Warn(PixelBox box, double contrast, int otherCount, bool touchesEdge)
    {
        List<string> warnings = [];
        if (otherCount > 0)
            Add($"{otherCount + 1} characters of about the same size stand side by side; the digit was taken from the one with the most ink.");
        if (touchesEdge)
            Add($"The ink touches the edge of the picture: a part of the digit may be cut off.");
        if (box.Side < 12)
            Add($"The digit is only {box.Side} pixels high or wide; 20 and more are better.");
        if (contrast < 0.15)
            Add($"The ink takes only {contrast:P0} of the light.");
        if (box.Width > 1.5 * box.Height)
            Add($"The ink is {box.Width} pixels wide and {box.Height} high: more than one character, or none.");
        return [.. warnings];

        void Add(FormattableString text) => warnings.Add(text.ToString(CultureInfo.InvariantCulture));
    }
}
