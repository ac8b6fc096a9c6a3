using LeNet5.Imaging;
using LeNet5.Kernels;

namespace LeNet5.Data;

/// <summary>Turns clean ink into a picture as a bad scanner or camera takes it.</summary>
internal sealed class Photograph(StripStyle style)
{
    /// <summary>Takes a picture.</summary>
    /// <param name="ink">0 for paper to 255 for full ink.</param>
    /// <param name="random">The same stream gives the same picture.</param>
    public GrayImage Take(Plane ink, ref SeededRandom random)
    {
        (int width, int height) = (ink.Width, ink.Height);
        float[] light = new float[ink.Values.Length];
        for (int i = 0; i < light.Length; i++)
            light[i] = ink.Values[i] / 255f;
        if (Draws(style.RuledShare, ref random))
            AddRule(light, width, height, ref random);
        Smooth(light, width, height, Upto(style.Blur, ref random));

        float strength = 1 - Upto(style.Faintness, ref random), loss = Upto(style.Gradient, ref random);
        bool lossAtLeft = random.NextInt32(2) == 0, inverted = Draws(style.InvertedShare, ref random);
        float noise = Upto(style.Noise, ref random) / 255;
        byte[] pixels = new byte[light.Length];
        for (int i = 0; i < light.Length; i++)
        {
            float across = (float)(i % width) / width;
            float brightness = 1 - (loss * (lossAtLeft ? 1 - across : across));
            float grey = (inverted ? 1 - strength + (strength * light[i]) : 1 - (strength * light[i])) * brightness;
            if (noise > 0)
                grey += noise * Normal(ref random);
            pixels[i] = (byte)Math.Clamp((255 * grey) + 0.5f, 0, 255);
        }
        int specks = (int)(Upto(style.SaltAndPepper, ref random) * pixels.Length);
        for (int i = 0; i < specks; i++)
            pixels[random.NextInt32(pixels.Length)] = random.NextInt32(2) == 0 ? byte.MinValue : byte.MaxValue;
        return GrayImage.Borrow(width, height, pixels);
    }

    private static bool Draws(double share, ref SeededRandom random) => share > 0 && random.NextDouble() < share;

    private static float Upto(double most, ref SeededRandom random) => most > 0 ? random.NextSingle(0, (float)most) : 0;

    /// <summary>A thin line beneath or through the digits, over the whole width, a little slanted and fainter than ink.</summary>
    private static void AddRule(float[] ink, int width, int height, ref SeededRandom random)
    {
        float middle = random.NextSingle(0.5f * height, height - 3), rise = random.NextSingle(-2, 2), blackness = random.NextSingle(0.4f, 0.9f), half = random.NextSingle(0.4f, 0.8f);
        for (int x = 0; x < width; x++)
        {
            float y0 = middle + (rise * (((float)x / width) - 0.5f));
            for (int y = (int)(y0 - 2); y <= Math.Min(height - 1, (int)(y0 + 2)); y++)
            {
                ref float value = ref ink[(y * width) + x];
                value = Math.Max(value, blackness * Math.Clamp(half + 0.5f - Math.Abs(y - y0), 0, 1));
            }
        }
    }

    /// <summary>Blurs rows, then columns.</summary>
    private static void Smooth(float[] light, int width, int height, float deviation)
    {
        if (deviation < 0.2f)
            return;
        int reach = (int)Math.Ceiling(3 * deviation);
        float[] weights = new float[(2 * reach) + 1];
        for (int k = -reach; k <= reach; k++)
            weights[k + reach] = (float)Elementary.Exp(-k * k / (2.0 * deviation * deviation));
        float sum = weights.Sum();
        for (int k = 0; k < weights.Length; k++)
            weights[k] /= sum;
        float[] line = new float[Math.Max(width, height)];
        for (int y = 0; y < height; y++)
            SmoothLine(light, y * width, 1, width, weights, line);
        for (int x = 0; x < width; x++)
            SmoothLine(light, x, width, height, weights, line);
    }

    private static void SmoothLine(float[] light, int start, int step, int length, float[] weights, float[] line)
    {
        int reach = weights.Length / 2;
        for (int i = 0; i < length; i++)
        {
            float sum = 0;
            for (int k = -reach; k <= reach; k++)
                sum += weights[k + reach] * light[start + (step * Math.Clamp(i + k, 0, length - 1))];
            line[i] = sum;
        }
        for (int i = 0; i < length; i++)
            light[start + (step * i)] = line[i];
    }

    /// <summary>Very nearly a normal deviate: the sum of uniform ones.</summary>
    private static float Normal(ref SeededRandom random)
    {
        const int count = 4;
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += random.NextDouble() - 0.5;
        return (float)(sum * Math.Sqrt(12.0 / count));
    }
}
