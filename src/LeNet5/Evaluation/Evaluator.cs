namespace LeNet5;

/// <summary>Measures how well a network reads labeled images.</summary>
public static class Evaluator
{
    private const int ImagesPerBatch = 64;

    /// <summary>Reads every image and compares the class of the smallest penalty with the label.</summary>
    /// <param name="network">The network. Nobody may change its parameters meanwhile.</param>
    /// <param name="images">The images. They fit the network's input field.</param>
    /// <param name="threads">Number of threads, at least 1; <see langword="null"/> for one a processor. The result is the same for any number.</param>
    /// <param name="progress">Told the number of images read so far, now and then and in ascending order; calls come from several threads, one at a time.</param>
    /// <param name="token">Ends the evaluation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The images or labels do not fit the network, or there are none.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static EvaluationResult Run(Network network, LabeledImages images, int? threads = null, IProgress<int>? progress = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        CheckFits(network, images, nameof(images));

        int[] answers = new int[images.Count];
        int batches = (images.Count + ImagesPerBatch - 1) / ImagesPerBatch;
        int done = 0;
        Lock reporting = new();
        Parallel.For(
            0, batches,
            new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = token },
            () => new PictureBatch(network, images.Height, images.Width),
            (batch, _, pictures) =>
            {
                int end = Math.Min(images.Count, (batch + 1) * ImagesPerBatch);
                for (int first = batch * ImagesPerBatch; first < end; first += pictures.Capacity)
                {
                    int count = Math.Min(pictures.Capacity, end - first);
                    pictures.Forward(images.Pixels(first, count));
                    for (int i = 0; i < count; i++)
                        answers[first + i] = Penalties.Smallest(pictures.Penalties(i));
                }
                if (progress is not null)
                {
                    lock (reporting)
                        progress.Report(done += end - (batch * ImagesPerBatch));
                }
                return pictures;
            },
            _ => { });
        return new EvaluationResult(images, answers, network.OutputShape.Maps);
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
