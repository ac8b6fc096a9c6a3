using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LeNet5;

/// <summary>How well labeled images were read, and the penalties that say so.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed class EvaluationResult
{
    private readonly float[] penalties;

    /// <summary>Takes the penalties over; nobody else may have them.</summary>
    internal EvaluationResult(LabeledImages images, float[] penalties)
    {
        this.penalties = penalties;
        int classCount = penalties.Length / images.Count;
        int[] labels = new int[images.Count];
        int[] answers = new int[images.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            labels[i] = images.Label(i);
            answers[i] = Penalties.Smallest(penalties.AsSpan(i * classCount, classCount));
        }
        Labels = ImmutableCollectionsMarshal.AsImmutableArray(labels);
        Answers = ImmutableCollectionsMarshal.AsImmutableArray(answers);
        Confusion = new ConfusionMatrix(images, answers, classCount);
        Errors = [.. Enumerable.Range(0, answers.Length).Where(i => answers[i] != labels[i])];
    }

    /// <summary>Compares penalties from elsewhere, such as averages over several networks, with the labels of images.</summary>
    /// <param name="images">The images; at least one.</param>
    /// <param name="penalties">Image after image the penalty of each class. Copied.</param>
    /// <exception cref="ArgumentException">There are no images, not the same number of penalties for each, or labels without a penalty.</exception>
    public static EvaluationResult FromPenalties(LabeledImages images, ReadOnlySpan<float> penalties)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0)
            throw new ArgumentException("There are no images.", nameof(images));
        (int classCount, int rest) = Math.DivRem(penalties.Length, images.Count);
        if (rest != 0 || classCount < images.ClassCount)
            throw new ArgumentException($"{penalties.Length} penalties are given for {images.Count} images with labels up to {images.ClassCount - 1}. Give the same number for each image, at least {images.ClassCount}.", nameof(penalties));
        return new EvaluationResult(images, penalties.ToArray());
    }

    /// <summary>Number of images.</summary>
    public int Count => Answers.Length;

    /// <summary>What each image is.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>The class read from each image: the one of the smallest penalty; -1 where no penalty was a number.</summary>
    public ImmutableArray<int> Answers { get; }

    /// <summary>Indices of the images that were misread, in ascending order.</summary>
    public ImmutableArray<int> Errors { get; }

    /// <summary>Share of the images that were misread, 0 to 1.</summary>
    public double ErrorRate => (double)Errors.Length / Count;

    /// <summary>How often each class was read as each.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>The penalty of each class for one image.</summary>
    /// <param name="image">Index of the image, 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<float> PenaltiesOf(int image)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(image);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(image, Count);
        return penalties.AsSpan(image * Confusion.ClassCount, Confusion.ClassCount);
    }

    /// <summary>How far posteriors are from the truth: the mean over the images of |accuracy - mean posterior| of the bin that an image is in.</summary>
    /// <remarks>
    /// Bins divide 0 to 1 into parts of equal width; bin m of M holds the images whose answer has a posterior above (m - 1)/M and up to m/M.
    /// 0 where of the answers with a posterior of 90 % nine in ten are right, and so on. Guo, Pleiss, Sun, Weinberger:
    /// On Calibration of Modern Neural Networks, 2017, equation 3.
    /// </remarks>
    /// <param name="calibration">How penalties become posteriors.</param>
    /// <param name="binCount">Number of bins, 1 to 1,000,000. Default: 15, as there.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of bins is out of its range.</exception>
    public double ExpectedCalibrationError(Calibration calibration, int binCount = 15)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(binCount, 1_000_000);

        // Count and mean both divide by the number of images in the bin, so the weighted difference of a bin is that of its sums.
        double[] excess = new double[binCount];
        for (int i = 0; i < Count; i++)
        {
            float posterior = ReadingOf(i, calibration).Posterior;
            int bin = Math.Clamp((int)Math.Ceiling((double)posterior * binCount) - 1, 0, binCount - 1);
            excess[bin] += (Answers[i] == Labels[i] ? 1 : 0) - posterior;
        }
        return excess.Sum(Math.Abs) / Count;
    }

    /// <summary>What a reader with this calibration makes of an image; all 0 where no penalty was a number.</summary>
    internal DigitReading ReadingOf(int image, Calibration calibration) => Answers[image] < 0 ? default : calibration.Judge(PenaltiesOf(image));

    /// <summary>Gives errors, count and error rate.</summary>
    public override string ToString() => FormattableString.Invariant($"{Errors.Length} errors in {Count} images ({100 * ErrorRate:0.00} %)");
}
