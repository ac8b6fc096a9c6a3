using System.Runtime.CompilerServices;
using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>Brings small pictures of ink into the form of MNIST: fitted into 20x20 pixels, their centre of mass in the middle of 28x28.</summary>
/// <remarks>Does the same as <see cref="DigitNormalizer.Fit"/> and <see cref="DigitNormalizer.Center"/>, but for pictures of about that size and without taking memory. One thread's memory.</remarks>
internal sealed class DigitFitter
{
    private const int Side = DigitNormalizer.DigitSide;
    private const int Field = DigitNormalizer.FieldSide;

    private readonly Dictionary<(int From, int To), Shares> known = [];
    private readonly float[] fitted = new float[Side * Side];
    private float[] narrowed = [];

    /// <summary>Fits a picture.</summary>
    /// <param name="ink">The picture, tightly cut.</param>
    /// <param name="field">28x28 pixels, overwritten.</param>
    public void Fit(Plane ink, Span<byte> field)
    {
        int longer = ink.Side;
        int width = Math.Max(1, (int)Math.Round((double)Side * ink.Width / longer)), height = Math.Max(1, (int)Math.Round((double)Side * ink.Height / longer));
        if (narrowed.Length < ink.Height * width)
            narrowed = new float[ink.Height * width];
        SharesOf(ink.Width, width).Narrow(ink, narrowed);
        SharesOf(ink.Height, height).Flatten(narrowed, width, fitted);
        Center(width, height, field);
    }

    /// <summary>Puts the fitted picture into the field, by whole pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Center(int width, int height, Span<byte> field)
    {
        field.Clear();
        float mass = 0, massX = 0, massY = 0;
        for (int y = 0; y < height; y++)
        {
            float inRow = 0;
            for (int x = 0; x < width; x++)
            {
                float value = fitted[(y * width) + x];
                inRow += value;
                massX += value * x;
            }
            mass += inRow;
            massY += inRow * y;
        }
        if (mass == 0)
            return;
        int left = (int)Math.Round((Field / 2) - (massX / mass)), top = (int)Math.Round((Field / 2) - (massY / mass));
        int from = Math.Max(0, -left), to = Math.Min(width, Field - left);
        for (int y = Math.Max(0, -top); y < Math.Min(height, Field - top); y++)
        {
            Span<byte> row = field.Slice(((y + top) * Field) + left + from, to - from);
            for (int x = 0; x < row.Length; x++)
                row[x] = (byte)(fitted[(y * width) + from + x] + 0.5f);
        }
    }

    private Shares SharesOf(int from, int to)
    {
        if (!known.TryGetValue((from, to), out Shares? shares))
            known.Add((from, to), shares = new Shares(from, to));
        return shares;
    }

    /// <summary>The share that each pixel of a line has in each pixel of a longer or shorter line: the mean of the area that it covers. A line that is made longer is
    /// interpolated between the middles of its pixels first.</summary>
    private sealed class Shares
    {
        /// <summary>Interpolation is measured at so many points of a pixel.</summary>
        private const int Points = 8;

        private readonly int[] starts;
        private readonly float[] weights;
        private readonly int taps;

        public Shares(int from, int to)
        {
            double step = (double)from / to;
            // Interpolation looks half a pixel farther on both sides.
            taps = Math.Min(from, (int)Math.Ceiling(step) + (step < 1 ? 3 : 1));
            starts = new int[to];
            weights = new float[to * taps];
            for (int i = 0; i < to; i++)
            {
                starts[i] = Math.Clamp((int)Math.Floor(i * step) - (step < 1 ? 1 : 0), 0, from - taps);
                if (step < 1)
                    Interpolate(i, step, from);
                else
                    Cover(i, step);
            }
        }

        /// <summary>Makes rows narrower or wider.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Narrow(Plane ink, Span<float> result)
        {
            for (int y = 0; y < ink.Height; y++)
            {
                ReadOnlySpan<byte> row = ink.Row(y);
                for (int i = 0; i < starts.Length; i++)
                {
                    ReadOnlySpan<byte> covered = row.Slice(starts[i], taps);
                    ReadOnlySpan<float> shares = weights.AsSpan(i * taps, taps);
                    float sum = 0;
                    for (int k = 0; k < covered.Length; k++)
                        sum += shares[k] * covered[k];
                    result[(y * starts.Length) + i] = sum;
                }
            }
        }

        /// <summary>Makes columns shorter or longer.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Flatten(ReadOnlySpan<float> rows, int width, Span<float> result)
        {
            for (int i = 0; i < starts.Length; i++)
            {
                Span<float> target = result.Slice(i * width, width);
                target.Clear();
                for (int k = 0; k < taps; k++)
                {
                    float share = weights[(i * taps) + k];
                    if (share == 0)
                        continue;
                    ReadOnlySpan<float> row = rows.Slice((starts[i] + k) * width, width);
                    for (int x = 0; x < target.Length; x++)
                        target[x] += share * row[x];
                }
            }
        }

        private void Cover(int i, double step)
        {
            for (int k = 0; k < taps; k++)
            {
                int pixel = starts[i] + k;
                weights[(i * taps) + k] = (float)(Math.Max(0, Math.Min(pixel + 1, (i + 1) * step) - Math.Max(pixel, i * step)) / step);
            }
        }

        private void Interpolate(int i, double step, int from)
        {
            for (int point = 0; point < Points; point++)
            {
                double position = ((i + ((point + 0.5) / Points)) * step) - 0.5;
                int before = (int)Math.Floor(position);
                float behind = (float)(position - before);
                weights[(i * taps) + Math.Clamp(before, 0, from - 1) - starts[i]] += (1 - behind) / Points;
                weights[(i * taps) + Math.Clamp(before + 1, 0, from - 1) - starts[i]] += behind / Points;
            }
        }
    }
}
