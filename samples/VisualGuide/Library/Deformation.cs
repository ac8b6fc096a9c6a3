using LeNet5;

namespace VisualGuide;

/// <summary>What the sliders of the page do to a digit: first to its strokes, then to its place, size and angle, at last to single pixels.</summary>
/// <param name="Right">Columns to the right.</param>
/// <param name="Down">Rows down.</param>
/// <param name="Size">Factor of both sides.</param>
/// <param name="Turn">Degrees, clockwise.</param>
/// <param name="Height">Factor of the height alone.</param>
/// <param name="Width">Factor of the width alone.</param>
/// <param name="Noise">Share of the pixels that are inverted, 0 to 1: salt and pepper as in figure 13 of the paper.</param>
/// <param name="Stroke">Pixels that strokes grow on each side; negative ones make them thinner.</param>
internal readonly record struct Deformation(double Right, double Down, double Size, double Turn, double Height, double Width, double Noise, double Stroke)
{
    /// <summary>Side of a digit of MNIST.</summary>
    public const int DigitSide = 28;

    /// <summary>Side of the sheet with the deformed digit: twice what the network sees, so that nothing falls off it.</summary>
    public const int SheetSide = 64;

    /// <summary>One random number for each pixel of the sheet, so that more noise is the same noise and some more.</summary>
    private static readonly double[] Chances = MakeChances();

    /// <summary>Takes the sliders in the order of the parameters.</summary>
    public static Deformation Of(double[] sliders) =>
        new(sliders[0], sliders[1], sliders[2], sliders[3], sliders[4], sliders[5], sliders[6], sliders[7]);

    /// <summary>Draws a digit onto a sheet.</summary>
    /// <param name="digit">28x28 pixels, 0 ground to 255 ink.</param>
    /// <param name="noise">Which noise: any number, such as the digit's index.</param>
    /// <returns>64x64 pixels, with the middle of the digit in theirs unless it was shifted.</returns>
    public byte[] Draw(byte[] digit, int noise)
    {
        byte[] sheet = Place(Thicken(digit));
        for (int i = 0; i < sheet.Length && Noise > 0; i++)
        {
            if (Chances[(i + (977 * noise)) % Chances.Length] < Noise)
                sheet[i] = (byte)(255 - sheet[i]);
        }
        return sheet;
    }

    /// <summary>Grows strokes by grey dilation, or thins them by erosion; parts of a pixel by mixing.</summary>
    private byte[] Thicken(byte[] digit)
    {
        for (double left = Math.Abs(Stroke); left > 0; left--)
        {
            byte[] changed = new byte[digit.Length];
            for (int i = 0; i < digit.Length; i++)
                changed[i] = (byte)Math.Round(digit[i] + (Math.Min(1, left) * (Extreme(digit, i, Stroke > 0) - digit[i])));
            digit = changed;
        }
        return digit;
    }

    /// <summary>The most or the least of a pixel and its four neighbours.</summary>
    private static byte Extreme(byte[] digit, int i, bool most)
    {
        int y = i / DigitSide, x = i % DigitSide;
        byte up = y > 0 ? digit[i - DigitSide] : (byte)0, down = y < DigitSide - 1 ? digit[i + DigitSide] : (byte)0;
        byte left = x > 0 ? digit[i - 1] : (byte)0, right = x < DigitSide - 1 ? digit[i + 1] : (byte)0;
        return most
            ? Math.Max(digit[i], Math.Max(Math.Max(up, down), Math.Max(left, right)))
            : Math.Min(digit[i], Math.Min(Math.Min(up, down), Math.Min(left, right)));
    }

    /// <summary>Looks up for each pixel of the sheet where in the digit it comes from.</summary>
    private byte[] Place(byte[] digit)
    {
        (double sine, double cosine) = Math.SinCos(Turn * Math.PI / 180);
        double columnX = cosine / (Size * Width), columnY = -sine / (Size * Height), rowX = sine / (Size * Width), rowY = cosine / (Size * Height);
        byte[] sheet = new byte[SheetSide * SheetSide];
        for (int row = 0; row < SheetSide; row++)
        {
            double down = row - ((SheetSide - 1) / 2.0) - Down;
            for (int column = 0; column < SheetSide; column++)
            {
                double right = column - ((SheetSide - 1) / 2.0) - Right;
                double x = (columnX * right) + (rowX * down) + ((DigitSide - 1) / 2.0), y = (columnY * right) + (rowY * down) + ((DigitSide - 1) / 2.0);
                if (x > -1 && y > -1 && x < DigitSide && y < DigitSide)
                    sheet[(row * SheetSide) + column] = Sample(digit, x, y);
            }
        }
        return sheet;
    }

    /// <summary>Bilinear interpolation, with ground around the digit.</summary>
    private static byte Sample(byte[] digit, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double right = x - left, bottom = y - top;
        double above = (At(left, top) * (1 - right)) + (At(left + 1, top) * right);
        double below = (At(left, top + 1) * (1 - right)) + (At(left + 1, top + 1) * right);
        return (byte)Math.Round((above * (1 - bottom)) + (below * bottom));

        int At(int x, int y) => (uint)x < DigitSide && (uint)y < DigitSide ? digit[(y * DigitSide) + x] : 0;
    }

    private static double[] MakeChances()
    {
        SeededRandom random = new(1998);
        double[] chances = new double[SheetSide * SheetSide];
        foreach (ref double chance in chances.AsSpan())
            chance = random.NextDouble();
        return chances;
    }
}
