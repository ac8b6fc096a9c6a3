using LeNet5.Data;
using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

/// <summary>Lines of MNIST's digits as ink, and what happens to them on the way into a picture.</summary>
internal static class DigitLines
{
    /// <summary>A line of digits as they are in MNIST, light on black.</summary>
    public static Plane Ink(int index, int length, int jitter = 0)
    {
        StripStyle style = StripStyle.Clean with { MinLength = length, MaxLength = length, Jitter = jitter };
        LabeledStrip strip = new StripGenerator(Mnist.Test, style, seed: 11).Draw(index);
        return new Plane(strip.Picture.Pixels.ToArray(), strip.Picture.Width, strip.Picture.Height).Inverse();
    }

    /// <summary>Dark ink on paper whose light falls from the left edge to the right one.</summary>
    public static Plane OnPaper(this Plane ink, double paper = 235, double darkness = 1, double loss = 0) => Drawn.Of(
        ink.Width, ink.Height, (x, y) => paper * (1 - (loss * x / ink.Width)) * (1 - (darkness * ink.Row(y)[x] / 255)));

    /// <summary>Seen through a linear map, interpolated: where each place of the new picture comes from.</summary>
    public static Plane Map(this Plane ink, int width, int height, Func<double, double, (double X, double Y)> from)
    {
        return Drawn.Of(width, height, (x, y) =>
        {
            (double left, double top) = from(x + 0.5, y + 0.5);
            (left, top) = (left - 0.5, top - 0.5);
            int column = (int)Math.Floor(left), row = (int)Math.Floor(top);
            double across = left - column, down = top - row;
            return ((At(column, row) * (1 - across)) + (At(column + 1, row) * across)) * (1 - down) + (((At(column, row + 1) * (1 - across)) + (At(column + 1, row + 1) * across)) * down);
        });

        double At(int x, int y) => (uint)x < (uint)ink.Width && (uint)y < (uint)ink.Height ? ink.Row(y)[x] : 0;
    }

    public static Plane Enlarged(this Plane ink, double times) =>
        ink.Map((int)Math.Round(ink.Width * times), (int)Math.Round(ink.Height * times), (x, y) => (x / times, y / times));

    /// <summary>Turned about its middle, so that the line falls by so many degrees, with room around it.</summary>
    public static Plane Turned(this Plane ink, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        int width = (int)((ink.Width * cos) + (ink.Height * Math.Abs(sin))) + 4, height = (int)((ink.Height * cos) + (ink.Width * Math.Abs(sin))) + 4;
        return ink.Map(width, height, (x, y) =>
        {
            (x, y) = (x - (width / 2.0), y - (height / 2.0));
            return ((cos * x) + (sin * y) + (ink.Width / 2.0), (cos * y) - (sin * x) + (ink.Height / 2.0));
        });
    }

    /// <summary>Sheared, so that strokes lean to the right by so many degrees more.</summary>
    public static Plane Slanted(this Plane ink, double degrees)
    {
        double shear = Math.Tan(degrees * Math.PI / 180);
        int room = (int)Math.Ceiling(Math.Abs(shear) * ink.Height);
        return ink.Map(ink.Width + room, ink.Height, (x, y) => (x - (room / 2.0) + (shear * (y - (ink.Height / 2.0))), y));
    }

    /// <summary>Blurred by binomial coefficients of order 4, whose standard deviation is a pixel.</summary>
    public static Plane Blurred(this Plane picture) => Resampling.Smooth(Resampling.Smooth(picture));

    /// <summary>Mean absolute difference of two strips where they agree best, up to three columns and a row apart.</summary>
    public static double Difference(GrayImage a, GrayImage b)
    {
        double best = double.PositiveInfinity;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -3; dx <= 3; dx++)
                best = Math.Min(best, DifferenceAt(a, b, dx, dy));
        }
        return best;
    }

    private static double DifferenceAt(GrayImage a, GrayImage b, int dx, int dy)
    {
        double sum = 0;
        int width = Math.Max(a.Width, b.Width);
        for (int y = 0; y < a.Height; y++)
        {
            for (int x = 0; x < width; x++)
                sum += Math.Abs(At(a, x, y) - At(b, x + dx, y + dy));
        }
        return sum / (width * a.Height);

        static int At(GrayImage image, int x, int y) => (uint)x < (uint)image.Width && (uint)y < (uint)image.Height ? image.Row(y)[x] : 0;
    }
}
