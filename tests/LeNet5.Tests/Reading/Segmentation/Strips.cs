using LeNet5.Data;
using LeNet5.Imaging;

namespace LeNet5.Tests.Reading.Segmentation;

/// <summary>Strips to cut: 32 rows, white ink on black.</summary>
internal static class Strips
{
    /// <summary>Strips of MNIST's digits, with 8 columns more of ground at both ends.</summary>
    public static IEnumerable<(Plane Strip, LabeledStrip Source)> Of(StripStyle style, int count, ulong seed = 1)
    {
        StripGenerator generator = new(Mnist.Train.Slice(50000, 10000), style, seed);
        for (int i = 0; i < count; i++)
        {
            LabeledStrip source = generator.Draw(i);
            Plane ink = new Plane(source.Picture.Pixels.ToArray(), source.Picture.Width, source.Picture.Height).Inverse();
            Plane strip = new(ink.Width + 16, ink.Height);
            for (int y = 0; y < ink.Height; y++)
                ink.Row(y).CopyTo(strip.Row(y)[8..]);
            yield return (strip, source);
        }
    }

    /// <summary>A strip with filled rectangles.</summary>
    public static Plane With(int width, params ReadOnlySpan<PixelBox> boxes)
    {
        Plane strip = new(width, 32);
        foreach (PixelBox box in boxes)
        {
            for (int y = box.Top; y < box.Bottom; y++)
                strip.Row(y).Slice(box.Left, box.Width).Fill(255);
        }
        return strip;
    }
}
