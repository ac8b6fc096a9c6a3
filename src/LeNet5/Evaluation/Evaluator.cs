namespace LeNet5;

/// <summary>Measures how well a network reads labeled images.</summary>
/// <remarks>Thread-safe.</remarks>
public static class Evaluator
{
    /// <summary>Reads every image and compares the class of the smallest penalty with the label.</summary>
    /// <param name="network">The network. Nobody may change its parameters meanwhile.</param>
    /// <param name="images">The images. They fit the network's input field.</param>
    /// <param name="threads">Number of threads, at least 1; <see langword="null"/> for one a processor. The result is the same for any number.</param>
    /// <param name="progress">Told the number of images read so far, now and then and in ascending order; calls come from several threads, one at a time.</param>
    /// <param name="cancellationToken">Ends the evaluation with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The answer and the penalties of each image, and what follows from them.</returns>
    /// <exception cref="ArgumentException">The images or labels do not fit the network, or there are none.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static EvaluationResult Run(Network network, LabeledImages images, int? threads = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        CheckFits(network, images, nameof(images));

        int classCount = network.OutputShape.Maps;
        float[] penalties = new float[images.Count * classCount];
        int read = 0;
        Lock reporting = new();
        Pool<PictureBatch> batches = new(() => new PictureBatch(network, images.Height, images.Width));
        PictureBatch.ReadAll(batches, images.AllPixels, images.Count, threads, Keep, progress is null ? null : Report, cancellationToken);
        return new EvaluationResult(images, penalties);

        void Keep(int image, ReadOnlySpan<float> output) => output.CopyTo(penalties.AsSpan(image * classCount));

        void Report(int more)
        {
            lock (reporting)
                progress.Report(read += more);
        }
    }

    internal static void CheckFits(Network network, LabeledImages images, string name)
    {
        if (images.Count == 0)
            throw new ArgumentException("There are no images.", name);
        if (network.InputShape.Maps != 1 || images.Height > network.InputShape.Height || images.Width > network.InputShape.Width)
            throw new ArgumentException($"Images of {images.Height}x{images.Width} do not fit the network's input of {network.InputShape}. Scale them, or make a network with a larger input of one map.", name);
        if (network.OutputShape.Plane != 1)
            throw new ArgumentException($"The network's output is {network.OutputShape}; labels need an output of one position.", name);
        if (images.ClassCount > network.OutputShape.Maps)
            throw new ArgumentException($"The labels go up to {images.ClassCount - 1}, but the network has classes 0 to {network.OutputShape.Maps - 1}. Use a network with more outputs.", name);
    }
}
