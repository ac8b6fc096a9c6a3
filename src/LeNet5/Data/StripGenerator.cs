using LeNet5.Imaging;
using LeNet5.Training;

namespace LeNet5.Data;

/// <summary>Makes pictures of digit strings, 32 pixels high, from pictures of single digits.</summary>
/// <remarks>String by string the same for the same seed, on every machine. Not thread-safe: it keeps memory for one string at a time, so each thread needs a generator of its own.</remarks>
public sealed class StripGenerator
{
    /// <summary>Height of a strip, as of the network's input.</summary>
    public const int Height = 32;

    /// <summary>What is fainter does not count as part of a digit's box.</summary>
    private const int Faint = 40;

    /// <summary>Room around a digit for what its deformation moves outwards.</summary>
    private const int Margin = 6;

    private const int SmallestMargin = 4, LargestMargin = 12;

    // Streams of random numbers below belong to the training.
    private const ulong Stream = 5;

    private readonly LabeledImages digits;
    private readonly StripStyle style;
    private readonly ulong seed;
    private readonly Distorter distorter;
    private readonly Plane digit;
    private readonly Plane deformed;

    /// <summary>Prepares for strings of one style.</summary>
    /// <param name="digits">Where digits come from: at most 28 pixels high, labels 0 to 9.</param>
    /// <param name="style">What the strings look like.</param>
    /// <param name="seed">The same seed gives the same strings.</param>
    /// <exception cref="ArgumentException">There are no digits, or they are too high or have other labels; or the style has no possible length or gap.</exception>
    public StripGenerator(LabeledImages digits, StripStyle style, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(digits);
        ArgumentNullException.ThrowIfNull(style);
        if (digits.Count == 0 || digits.ClassCount > 10 || digits.Height > Height - 4)
            throw new ArgumentException($"Strings are made of digits up to {Height - 4} pixels high with labels 0 to 9, but these are {digits.Count} pictures {digits.Height} pixels high with {digits.ClassCount} classes.", nameof(digits));
        if (style.MaxLength < style.MinLength || style.MaxGap < style.MinGap)
            throw new ArgumentException($"Strings of {style.MinLength} to {style.MaxLength} digits with gaps of {style.MinGap} to {style.MaxGap} pixels cannot be made. Give the smaller number first.", nameof(style));
        this.digits = digits;
        this.style = style;
        this.seed = seed;
        digit = new Plane(digits.Width + (2 * Margin), digits.Height + (2 * Margin));
        deformed = new Plane(digit.Width, digit.Height);
        distorter = new Distorter(style.Digit, digit.Height, digit.Width);
    }

    /// <summary>Makes one string.</summary>
    /// <param name="index">Which, from 0. A string does not depend on those made before it.</param>
    /// <returns>The picture, 32 pixels high, and what it says.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public LabeledStrip Draw(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        SeededRandom random = new(seed, Stream, (ulong)index);
        return Draw(ref random);
    }

    /// <summary>Makes one string, as wide as it comes or up to a width: digits that do not fit are left out, but the first.</summary>
    internal LabeledStrip Draw(ref SeededRandom random, int widest = int.MaxValue)
    {
        int length = style.MinLength + random.NextInt32(style.MaxLength - style.MinLength + 1);
        int margin = AnyMargin(ref random), right = margin;
        List<(Plane Ink, PixelBox Place, int Label)> placed = [];
        while (placed.Count < length)
        {
            int index = random.NextInt32(digits.Count);
            Plane ink = DrawDigit(digits.Pixels(index), ref random);
            int left = right;
            if (placed.Count > 0)
            {
                int gap = style.MinGap + random.NextInt32(style.MaxGap - style.MinGap + 1);
                left += Math.Max(gap, -Math.Min(ink.Width, placed[^1].Place.Width) / 2);
            }
            if (placed.Count > 0 && left + ink.Width + margin > widest)
                break;
            int top = ((Height - ink.Height) / 2) + random.NextInt32((2 * style.Jitter) + 1) - style.Jitter;
            placed.Add((ink, new PixelBox(left, Math.Clamp(top, 0, Math.Max(0, Height - ink.Height)), ink.Width, Math.Min(ink.Height, Height)), digits.Label(index)));
            right = left + ink.Width;
        }

        Plane strip = new(Math.Min(widest, right + AnyMargin(ref random)), Height);
        foreach ((Plane ink, PixelBox place, _) in placed)
        {
            for (int y = 0; y < place.Height; y++)
                Bytes.TakeLarger(strip.Row(place.Top + y).Slice(place.Left, Math.Min(place.Width, strip.Width - place.Left)), ink.Row(y));
        }
        GrayImage picture = new Photograph(style).Take(strip, ref random);
        return new LabeledStrip(picture, string.Concat(placed.Select(digit => (char)('0' + digit.Label))), [.. placed.Select(digit => digit.Place)]);

        static int AnyMargin(ref SeededRandom random) => SmallestMargin + random.NextInt32(LargestMargin - SmallestMargin + 1);
    }

    /// <summary>A digit, deformed and tightly cut.</summary>
    private Plane DrawDigit(ReadOnlySpan<byte> pixels, ref SeededRandom random)
    {
        for (int y = 0; y < digits.Height; y++)
            pixels.Slice(y * digits.Width, digits.Width).CopyTo(digit.Row(y + Margin)[Margin..]);
        if (style.Digit == Distortion.None)
            digit.Values.CopyTo(deformed.Values, 0);
        else
            distorter.Apply(digit.Values, deformed.Values, ref random);
        return Plane.Crop(deformed.Values, deformed.Width, deformed.TightBox(Faint) ?? new PixelBox(0, 0, 1, 1));
    }
}
