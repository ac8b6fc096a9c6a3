using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace LeNet5.Training;

/// <summary>Deforms pictures of one size at random, as a <see cref="Distortion"/> says.</summary>
/// <remarks>Keeps the memory for one picture, so each thread needs its own. A call allocates nothing.</remarks>
public sealed class Distorter
{
    private readonly Distortion distortion;
    private readonly int height;
    private readonly int width;

    // The picture lies in a border of background, from which comes what lies outside: a row and a column before it, two behind.
    private readonly int pitch;
    private readonly float[] ink;
    private readonly float[] extremes;
    private readonly float[] extremesOfRows;

    private readonly float[] x;
    private readonly float[] y;
    private readonly float[] places;
    private readonly SmoothField? shiftX;
    private readonly SmoothField? shiftY;

    /// <summary>Prepares for pictures of one size.</summary>
    /// <param name="distortion">What is done to them.</param>
    /// <param name="height">Rows of a picture, at least 1.</param>
    /// <param name="width">Columns of a picture, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Distorter(Distortion distortion, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(distortion);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        this.distortion = distortion;
        this.height = height;
        this.width = width;
        pitch = checked(width + 3);
        ink = new float[checked((height + 3) * pitch)];
        extremes = new float[ink.Length];
        extremesOfRows = new float[ink.Length];
        x = new float[width];
        y = new float[width];
        places = [.. Enumerable.Range(0, width).Select(column => column - ((width - 1) / 2f))];
        if (distortion.Elasticity > 0)
        {
            shiftX = new SmoothField(height, width, distortion.Elasticity, distortion.ElasticSmoothing);
            shiftY = new SmoothField(height, width, distortion.Elasticity, distortion.ElasticSmoothing);
        }
    }

    /// <summary>Deforms one picture.</summary>
    /// <param name="source">Its pixels, row by row: 0 for background to 255 for full ink.</param>
    /// <param name="target">Overwritten by the deformed picture.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <exception cref="ArgumentException">One of the pictures has another size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<byte> source, Span<byte> target, ref SeededRandom random)
    {
        if (source.Length != height * width || target.Length != source.Length)
            throw new ArgumentException($"Pictures of {height}x{width} have {height * width} pixels, but one of {source.Length} and room for {target.Length} were given.");
        Load(source);
        if (distortion.Thickness > 0)
            ChangeThickness(Draw(distortion.Thickness, ref random));
        Warp(target, ref random);
        if (distortion.Noise > 0)
            AddNoise(target, ref random);
    }

    private static float Draw(double amplitude, ref SeededRandom random) => random.NextSingle((float)-amplitude, (float)amplitude);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(ReadOnlySpan<byte> source)
    {
        for (int row = 0; row < height; row++)
        {
            ReadOnlySpan<byte> pixels = source.Slice(row * width, width);
            Span<float> values = RowOf(ink, row);
            for (int column = 0; column < pixels.Length; column++)
                values[column] = pixels[column];
        }
    }

    private Span<float> RowOf(float[] picture, int row) => picture.AsSpan(((row + 1) * pitch) + 1, width);

    /// <summary>Moves every pixel a share of its way to the largest (or smallest) of the 3x3 pixels around it.</summary>
    private void ChangeThickness(float share)
    {
        FindExtremes(ink, extremesOfRows, distance: 1, largest: share > 0);
        FindExtremes(extremesOfRows, extremes, pitch, largest: share > 0);
        for (int row = 0; row < height; row++)
        {
            Span<float> values = RowOf(ink, row);
            TensorPrimitives.Lerp(values, RowOf(extremes, row), Math.Abs(share), values);
        }
    }

    /// <summary>The largest or smallest of each value and of those some places before and behind it.</summary>
    private static void FindExtremes(ReadOnlySpan<float> values, Span<float> extremes, int distance, bool largest)
    {
        ReadOnlySpan<float> before = values[..^(2 * distance)];
        ReadOnlySpan<float> behind = values[(2 * distance)..];
        Span<float> target = extremes[distance..^distance];
        values = values[distance..^distance];
        if (largest)
        {
            TensorPrimitives.Max(before, values, target);
            TensorPrimitives.Max(target, behind, target);
        }
        else
        {
            TensorPrimitives.Min(before, values, target);
            TensorPrimitives.Min(target, behind, target);
        }
    }

    /// <summary>Takes every pixel from where the inverse of the deformation finds it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Warp(Span<byte> target, ref SeededRandom random)
    {
        float middleX = ((width - 1) / 2f) + Draw(distortion.Translation, ref random);
        float middleY = ((height - 1) / 2f) + Draw(distortion.Translation, ref random);
        float scale = 1 + Draw(distortion.Scale, ref random);
        float squeeze = 1 + Draw(distortion.Squeeze, ref random);
        float shear = Draw(distortion.Shear, ref random);
        (float sine, float cosine) = DrawRotation(ref random);
        shiftX?.Draw(ref random);
        shiftY?.Draw(ref random);

        // Scaled and squeezed, then sheared, then turned.
        float perColumn = 1 / (scale * squeeze);
        float perRow = squeeze / scale;
        for (int row = 0; row < height; row++)
        {
            float v = (row - ((height - 1) / 2f)) * perRow;
            float u = shear * v;
            TensorPrimitives.Multiply(places, cosine * perColumn, x);
            TensorPrimitives.Add(x, middleX + (cosine * u) - (sine * v), x);
            TensorPrimitives.Multiply(places, sine * perColumn, y);
            TensorPrimitives.Add(y, middleY + (sine * u) + (cosine * v), y);
            shiftX?.AddRow(row, x);
            shiftY?.AddRow(row, y);
            Sample(target.Slice(row * width, width));
        }
    }

    /// <summary>Sine and cosine of a random angle from the tangent t of half of it, (2t, 1 - t^2) / (1 + t^2): made of operations that all machines do alike.</summary>
    private (float Sine, float Cosine) DrawRotation(ref SeededRandom random)
    {
        double half = distortion.Rotation * (Math.PI / 360);
        double square = half * half;
        double limit = half * (1 + (square * ((1.0 / 3) + (square * ((2.0 / 15) + (square * ((17.0 / 315) + (square * (62.0 / 2835)))))))));
        double t = limit * ((2 * random.NextDouble()) - 1);
        return ((float)(2 * t / (1 + (t * t))), (float)((1 - (t * t)) / (1 + (t * t))));
    }

    /// <summary>Bilinear interpolation at the places x, y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(Span<byte> target)
    {
        for (int column = 0; column < target.Length; column++)
        {
            // Counted from the border's corner. Whatever lies farther out is taken from the border.
            float u = Math.Clamp(x[column] + 1, 0, width + 1);
            float v = Math.Clamp(y[column] + 1, 0, height + 1);
            (int left, int top) = ((int)u, (int)v);
            int corner = (top * pitch) + left;
            float upper = ink[corner] + ((u - left) * (ink[corner + 1] - ink[corner]));
            float lower = ink[corner + pitch] + ((u - left) * (ink[corner + pitch + 1] - ink[corner + pitch]));
            target[column] = (byte)(upper + ((v - top) * (lower - upper)) + 0.5f);
        }
    }

    private void AddNoise(Span<byte> target, ref SeededRandom random)
    {
        int count = (int)((distortion.Noise * target.Length) + random.NextDouble());
        for (int i = 0; i < count; i++)
            target[random.NextInt32(target.Length)] = random.NextInt32(2) == 0 ? byte.MinValue : byte.MaxValue;
    }

    /// <summary>A smooth random field: cubic B-splines with random heights on a coarse grid.</summary>
    /// <remarks>Such a spline has the standard deviation of 1/sqrt(3) of the grid's spacing, so the field is one of white noise smoothed by
    /// very nearly a Gaussian, at a hundredth of the cost.</remarks>
    private sealed class SmoothField
    {
        // The mean of the sum of the squares of the four splines over a point.
        private const double MeanSquare = 151.0 / 315;

        private readonly float amplitude;
        private readonly int across;
        private readonly float[] heights;
        private readonly float[] sums;
        private readonly float[] splinesOfRows;
        private readonly float[] splinesOfColumns;
        private readonly int rows;
        private readonly int columns;

        public SmoothField(int rows, int columns, double deviation, double smoothing)
        {
            this.rows = rows;
            this.columns = columns;
            double spacing = smoothing * Math.Sqrt(3);
            amplitude = (float)(deviation * Math.Sqrt(3) / MeanSquare);
            splinesOfRows = Splines(rows, spacing);
            splinesOfColumns = Splines(columns, spacing);
            across = splinesOfColumns.Length / columns;
            heights = new float[splinesOfRows.Length / rows * across];
            sums = new float[across];
        }

        public void Draw(ref SeededRandom random)
        {
            foreach (ref float height in heights.AsSpan())
                height = random.NextSingle(-amplitude, amplitude);
        }

        /// <summary>Adds a row of the field.</summary>
        public void AddRow(int row, Span<float> target)
        {
            sums.AsSpan().Clear();
            for (int down = 0; down * rows < splinesOfRows.Length; down++)
            {
                float spline = splinesOfRows[(down * rows) + row];
                if (spline != 0)
                    TensorPrimitives.MultiplyAdd(heights.AsSpan(down * across, across), spline, sums, sums);
            }
            for (int i = 0; i < across; i++)
                TensorPrimitives.MultiplyAdd(splinesOfColumns.AsSpan(i * columns, columns), sums[i], target, target);
        }

        /// <summary>The height of each spline at each place, spline by spline.</summary>
        private static float[] Splines(int places, double spacing)
        {
            int count = (int)((places - 1) / spacing) + 4;
            float[] splines = new float[count * places];
            for (int place = 0; place < places; place++)
            {
                int first = (int)(place / spacing);
                double f = (place / spacing) - first;
                double g = 1 - f;
                splines[(first * places) + place] = (float)(g * g * g / 6);
                splines[((first + 1) * places) + place] = (float)((4 - (6 * f * f) + (3 * f * f * f)) / 6);
                splines[((first + 2) * places) + place] = (float)((4 - (6 * g * g) + (3 * g * g * g)) / 6);
                splines[((first + 3) * places) + place] = (float)(f * f * f / 6);
            }
            return splines;
        }
    }
}
