using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>How black the ink of a picture is, and from what blackness on a pixel counts as ink.</summary>
/// <param name="Noise">Standard deviation of the ground.</param>
/// <param name="Floor">What rises above this is no noise.</param>
/// <param name="Level">Blackness of the ink; 0 where there is none.</param>
internal readonly record struct InkLevel(double Noise, double Floor, int Level)
{
    /// <summary>Fainter ink than a twentieth of the light cannot be told from paper.</summary>
    private const int FaintestInk = 13;

    private const int SmallPicture = 32 * 32;
    private const double HighestFloor = 0.3;

    private const double NoiseMargin = 5;

    /// <summary>Of smoothed ink; the few spots of noise that are blacker are specks.</summary>
    private const double SmoothMargin = 4;

    private const double WeakShare = 0.35;

    /// <summary>Of what rises above noise, most is fainter than this share of it: its edges, ruled lines, shadows.</summary>
    private const double ShareBelow = 0.93;

    /// <summary>A stroke has a pixel at least as black as this.</summary>
    public int Strong => Math.Max((int)Math.Ceiling(Floor), Level / 2);

    /// <summary>And all its pixels are at least as black as this.</summary>
    public int Weak => Math.Max((int)Math.Ceiling(Floor), (int)(WeakShare * Level));

    /// <summary>Whether much of the ink is no blacker than noise may be.</summary>
    public bool IsDrowned => Noise > 0 && Floor > 0.5 * Level;

    /// <summary>Measures a picture of ink.</summary>
    /// <param name="ink">The ink.</param>
    /// <param name="picture">The picture that it was found in.</param>
    /// <param name="ground">The ground that was taken away.</param>
    public static InkLevel Of(Plane ink, Plane picture, Plane ground)
    {
        int[] counts = ink.Histogram();
        double noise = NoiseOf(picture) * byte.MaxValue / Math.Max(1, ValueAt(ground.Histogram(everyRow: 8), 0, 0.5));
        double floor = Math.Clamp(NoiseMargin * noise, FaintestInk, byte.MaxValue);
        // In a small picture cut tightly around a digit most neighbours differ by ink.
        if (ink.Values.Length < SmallPicture)
            floor = Math.Clamp(HighestFloor * counts.AsSpan().LastIndexOfAnyExcept(0), FaintestInk, floor);
        return new(noise, floor, ValueAt(counts, (int)Math.Ceiling(floor), ShareBelow));
    }

    /// <summary>The ink of a picture without noise.</summary>
    /// <param name="counts">How often each blackness occurs.</param>
    public static InkLevel OfClean(int[] counts) => new(0, FaintestInk, ValueAt(counts, FaintestInk, ShareBelow));

    /// <summary>The ink of a smoothed picture, whose noise is known.</summary>
    /// <param name="ink">The ink.</param>
    /// <param name="noise">Standard deviation of the ground, of 255.</param>
    public static InkLevel OfSmoothed(Plane ink, double noise)
    {
        int[] counts = ink.Histogram();
        double floor = Math.Clamp(ValueAt(counts, 0, 0.5) + (SmoothMargin * noise), FaintestInk, byte.MaxValue);
        return new(noise, floor, ValueAt(counts, (int)Math.Ceiling(floor), ShareBelow));
    }

    /// <summary>Many neighbours differ by noise alone: a quarter of the differences of two normal deviates is below 0.45 standard deviations.
    /// Where most are equal, there is none to speak of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double NoiseOf(Plane picture)
    {
        const double share = 0.25, deviations = 0.45;
        int[] differences = new int[256];
        // Some rows tell enough.
        int step = 1 + (picture.Height / 64);
        for (int y = 0; y < picture.Height; y += step)
        {
            ReadOnlySpan<byte> row = picture.Row(y);
            for (int x = 1; x < row.Length; x++)
                differences[Math.Abs(row[x] - row[x - 1])]++;
        }
        int difference = ValueAt(differences, 0, share);
        if (2L * differences[0] > SumOf(differences))
            return 0;
        // Differences are whole numbers: what share of those that are rounded to this one is needed. To 0 is rounded what is below a half.
        long before = SumOf(differences.AsSpan(0, difference)), total = SumOf(differences);
        double within = ((share * total) - before) / Math.Max(1, differences[difference]);
        return (difference == 0 ? within / 2 : difference - 0.5 + within) / deviations;
    }

    private static long SumOf(ReadOnlySpan<int> counts)
    {
        long sum = 0;
        foreach (int count in counts)
            sum += count;
        return sum;
    }

    /// <summary>The value that a share of those from <paramref name="first"/> on do not exceed; 0 where there are none.</summary>
    public static int ValueAt(int[] counts, int first, double share)
    {
        long wanted = (long)Math.Ceiling(share * SumOf(counts.AsSpan(first)));
        for (int value = first; value < counts.Length && wanted > 0; value++)
        {
            wanted -= counts[value];
            if (wanted <= 0)
                return value;
        }
        return 0;
    }
}
