using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Training;

/// <summary>Deforms pictures of one size at random, as a <see cref="Distortion"/> says.</summary>
/// <remarks>Not thread-safe: it keeps the memory for one picture, so each thread needs its own. A call allocates nothing.</remarks>
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

    // How far the pixels of a row are displaced, beside the affine part.
    private readonly float[] shiftX;
    private readonly float[] shiftY;
    private readonly SmoothField? fieldX;
    private readonly SmoothField? fieldY;

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
        shiftX = new float[width + Vector128<float>.Count];
        shiftY = new float[width + Vector128<float>.Count];
        if (distortion.Elasticity > 0)
        {
            fieldX = new SmoothField(height, width, distortion.Elasticity, distortion.ElasticSmoothing);
            fieldY = new SmoothField(height, width, distortion.Elasticity, distortion.ElasticSmoothing);
        }
    }

    /// <summary>Adds deformed variants to a set, drawn once and for all, as the paper did with nine of each digit (section III-B).</summary>
    /// <param name="images">The set, which comes first and as it is.</param>
    /// <param name="distortion">How variants are deformed.</param>
    /// <param name="copies">Variants of each image, at least 1. They follow set by set: first one of each image, then another.</param>
    /// <param name="seed">The same seed gives the same variants.</param>
    /// <returns>(1 + <paramref name="copies"/>) times as many images, with the labels of those that they were made from.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of copies is below 1, or so large that one array cannot hold all pixels.</exception>
    /// <remarks>Fresh ones in each epoch (<see cref="TrainingRecipe.Distortion"/>) give a lower error and take no memory.</remarks>
    public static LabeledImages AddVariants(LabeledImages images, Distortion distortion, int copies, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        if ((copies + 1L) * images.AllPixels.Length > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(copies), copies, $"There is room for at most {(Array.MaxLength / images.AllPixels.Length) - 1} copies of {images}. Let TrainingRecipe.Distortion draw fresh ones in each epoch, which takes no memory.");
        Distorter distorter = new(distortion, images.Height, images.Width);
        int length = images.Height * images.Width;
        byte[] pixels = new byte[(copies + 1) * images.AllPixels.Length];
        byte[] labels = new byte[(copies + 1) * images.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            Span<byte> picture = pixels.AsSpan(i * length, length);
            int image = i % images.Count;
            labels[i] = (byte)images.Label(image);
            if (i == image)
                images.Pixels(image).CopyTo(picture);
            else
            {
                SeededRandom random = new(seed, 3, (ulong)i);
                distorter.Apply(images.Pixels(image), picture, ref random);
            }
        }
        return new LabeledImages(images.Height, images.Width, pixels, labels);
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
            ref readonly byte pixels = ref source[row * width];
            ref float values = ref ink[((row + 1) * pitch) + 1];
            for (nint column = 0; column < width; column++)
                Unsafe.Add(ref values, column) = Unsafe.Add(ref Unsafe.AsRef(in pixels), column);
        }
    }

    /// <summary>Moves every pixel a share of its way to the largest (or smallest) of the 3x3 pixels around it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ChangeThickness(float share)
    {
        FindExtremes(ink, extremesOfRows, distance: 1, share > 0);
        FindExtremes(extremesOfRows, extremes, pitch, share > 0);
        for (int row = 1; row <= height; row++)
        {
            for (int i = (row * pitch) + 1; i <= (row * pitch) + width; i++)
                ink[i] += Math.Abs(share) * (extremes[i] - ink[i]);
        }
    }

    /// <summary>The largest or smallest of each value and of those some places before and behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindExtremes(ReadOnlySpan<float> values, Span<float> extremes, int distance, bool largest)
    {
        ref float v = ref MemoryMarshal.GetReference(values);
        ref float e = ref MemoryMarshal.GetReference(extremes);
        int end = values.Length - distance;
        int i = distance;
        for (; i + Vector128<float>.Count <= end; i += Vector128<float>.Count)
        {
            Vector128<float> a = Vector128.LoadUnsafe(ref v, (nuint)(i - distance)), b = Vector128.LoadUnsafe(ref v, (nuint)i), c = Vector128.LoadUnsafe(ref v, (nuint)(i + distance));
            Vector128<float> extreme = largest ? Vector128.MaxNative(Vector128.MaxNative(a, b), c) : Vector128.MinNative(Vector128.MinNative(a, b), c);
            extreme.StoreUnsafe(ref e, (nuint)i);
        }
        for (; i < end; i++)
        {
            (float a, float b, float c) = (values[i - distance], values[i], values[i + distance]);
            extremes[i] = largest ? Math.Max(Math.Max(a, b), c) : Math.Min(Math.Min(a, b), c);
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
        fieldX?.Draw(ref random);
        fieldY?.Draw(ref random);

        // Scaled and squeezed, then sheared, then turned.
        float perColumn = 1 / (scale * squeeze);
        float perRow = squeeze / scale;
        for (int row = 0; row < height; row++)
        {
            float v = (row - ((height - 1) / 2f)) * perRow;
            float u = (shear * v) - (perColumn * ((width - 1) / 2f));
            fieldX?.WriteRow(row, shiftX);
            fieldY?.WriteRow(row, shiftY);
            Sample(
                middleX + (cosine * u) - (sine * v), cosine * perColumn,
                middleY + (sine * u) + (cosine * v), sine * perColumn,
                target.Slice(row * width, width));
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

    /// <summary>Bilinear interpolation along a line from (x, y), with the displacements of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(float x, float stepX, float y, float stepY, Span<byte> target)
    {
        ref float picture = ref MemoryMarshal.GetArrayDataReference(ink);
        Vector128<float> right = Vector128.Create((float)(width + 1)), bottom = Vector128.Create((float)(height + 1));
        Vector128<int> four = Vector128<int>.Indices;
        for (int column = 0; column < target.Length; column += Vector128<float>.Count)
        {
            // Four pixels at a time, counted from the border's corner. Whatever lies farther out is taken from the border, so every read is inside.
            Vector128<float> places = Vector128.ConvertToSingle(Vector128.Create(column) + four);
            Vector128<float> u = Vector128.Create(x + 1) + (places * stepX) + Vector128.LoadUnsafe(ref shiftX[column]);
            Vector128<float> v = Vector128.Create(y + 1) + (places * stepY) + Vector128.LoadUnsafe(ref shiftY[column]);
            u = Vector128.MinNative(Vector128.MaxNative(u, Vector128<float>.Zero), right);
            v = Vector128.MinNative(Vector128.MaxNative(v, Vector128<float>.Zero), bottom);
            Vector128<int> left = Vector128.ConvertToInt32Native(u), top = Vector128.ConvertToInt32Native(v);
            u -= Vector128.ConvertToSingle(left);
            v -= Vector128.ConvertToSingle(top);

            Vector128<int> corners = (top * pitch) + left;
            ref float p0 = ref Unsafe.Add(ref picture, corners.ToScalar());
            ref float p1 = ref Unsafe.Add(ref picture, corners.GetElement(1));
            ref float p2 = ref Unsafe.Add(ref picture, corners.GetElement(2));
            ref float p3 = ref Unsafe.Add(ref picture, corners.GetElement(3));
            Vector128<float> above = Between(Vector128.Create(p0, p1, p2, p3), Corners(ref p0, ref p1, ref p2, ref p3, 1), u);
            Vector128<float> below = Between(Corners(ref p0, ref p1, ref p2, ref p3, pitch), Corners(ref p0, ref p1, ref p2, ref p3, pitch + 1), u);
            Vector128<int> pixels = Vector128.ConvertToInt32Native(Between(above, below, v) + Vector128.Create(0.5f));
            Vector128<byte> bytes = Vector128.Narrow(Vector128.Narrow(pixels, pixels), Vector128<short>.Zero).AsByte();
            if (column + Vector128<float>.Count <= target.Length)
                Unsafe.WriteUnaligned(ref target[column], bytes.AsUInt32().ToScalar());
            else
            {
                for (int i = 0; column + i < target.Length; i++)
                    target[column + i] = bytes.GetElement(i);
            }
        }

        static Vector128<float> Corners(ref float p0, ref float p1, ref float p2, ref float p3, int offset) =>
            Vector128.Create(Unsafe.Add(ref p0, offset), Unsafe.Add(ref p1, offset), Unsafe.Add(ref p2, offset), Unsafe.Add(ref p3, offset));

        static Vector128<float> Between(Vector128<float> from, Vector128<float> to, Vector128<float> share) => from + (share * (to - from));
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
        private readonly double spacing;
        private readonly int pitch;
        private readonly int rows;
        private readonly int columns;

        public SmoothField(int rows, int columns, double deviation, double smoothing)
        {
            this.rows = rows;
            this.columns = columns;
            spacing = smoothing * Math.Sqrt(3);
            amplitude = (float)(deviation * Math.Sqrt(3) / MeanSquare);
            splinesOfRows = Splines(rows, spacing);
            splinesOfColumns = Splines(columns, spacing);
            across = splinesOfColumns.Length / columns;
            pitch = (across + 3) & ~3;
            sums = new float[pitch];
            heights = new float[splinesOfRows.Length / rows * pitch];
        }

        public void Draw(ref SeededRandom random)
        {
            foreach (ref float height in heights.AsSpan())
                height = random.NextSingle(-amplitude, amplitude);
        }

        /// <summary>Writes a row of the field, and up to three values more.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void WriteRow(int row, Span<float> target)
        {
            // Four splines reach a row.
            int first = (int)(row / spacing);
            for (int i = 0; i < across; i += Vector128<float>.Count)
            {
                Vector128<float> sum = Vector128<float>.Zero;
                for (int k = first; k < first + 4; k++)
                    sum += Vector128.LoadUnsafe(ref heights[(k * pitch) + i]) * splinesOfRows[(k * rows) + row];
                sum.StoreUnsafe(ref sums[i]);
            }
            ref float splines = ref MemoryMarshal.GetArrayDataReference(splinesOfColumns);
            for (int column = 0; column < columns; column += Vector128<float>.Count)
            {
                Vector128<float> values = Vector128<float>.Zero;
                for (int i = 0; i < across; i++)
                    values += Vector128.LoadUnsafe(ref splines, (nuint)((i * columns) + column)) * sums[i];
                values.StoreUnsafe(ref target[column]);
            }
        }

        /// <summary>The height of each spline at each place, spline by spline.</summary>
        private static float[] Splines(int places, double spacing)
        {
            int count = (int)((places - 1) / spacing) + 4;
            float[] splines = new float[(count * places) + Vector128<float>.Count];
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
