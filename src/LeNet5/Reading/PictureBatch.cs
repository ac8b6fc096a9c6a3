using System.Runtime.ExceptionServices;

namespace LeNet5;

/// <summary>One thread's memory for reading many pictures of one size: 16 a pass where all layers can, so that every lane of a vector works, or one by one.</summary>
/// <remarks>Gives the bits of reading them one by one.</remarks>
internal sealed class PictureBatch
{
    private const int PicturesPerPass = 16;
    private const int PicturesPerTask = 64;

    private readonly Network network;
    private readonly Workspace workspace;
    private readonly int height;
    private readonly int width;
    private readonly float[] penalties;

    public PictureBatch(Network network, int height, int width)
    {
        this.network = network;
        this.height = height;
        this.width = width;
        Capacity = network.TakesManyPictures ? PicturesPerPass : 1;
        workspace = network.CreateWorkspaceForMany(Capacity);
        penalties = new float[network.OutputShape.Maps];
    }

    /// <summary>Is told the penalties of one picture.</summary>
    public delegate void Listener(int picture, ReadOnlySpan<float> penalties);

    /// <summary>The most pictures that <see cref="Forward"/> takes.</summary>
    public int Capacity { get; }

    /// <summary>Reads pictures on several threads.</summary>
    /// <param name="batches">Lends each thread its memory.</param>
    /// <param name="pixels">Picture after picture.</param>
    /// <param name="count">Number of pictures.</param>
    /// <param name="threads">Number of threads, at least 1; <see langword="null"/> for one a processor.</param>
    /// <param name="listener">Told each picture once, from any thread.</param>
    /// <param name="done">Told now and then how many more pictures are done, from any thread.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    public static void ReadAll(
        Pool<PictureBatch> batches, ReadOnlyMemory<byte> pixels, int count, int? threads, Listener listener, Action<int>? done, CancellationToken cancellationToken)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, (count + PicturesPerTask - 1) / PicturesPerTask, options, batches.Rent, ReadTask, batches.Return);
        }
        catch (AggregateException failures)
        {
            // A caller shall see what reading one picture would have thrown.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        PictureBatch ReadTask(int task, ParallelLoopState state, PictureBatch batch)
        {
            int length = batch.height * batch.width;
            int end = Math.Min(count, (task + 1) * PicturesPerTask);
            for (int first = task * PicturesPerTask; first < end; first += batch.Capacity)
            {
                int taken = Math.Min(batch.Capacity, end - first);
                batch.Forward(pixels.Span.Slice(first * length, taken * length));
                for (int i = 0; i < taken; i++)
                    listener(first + i, batch.Penalties(i));
            }
            done?.Invoke(end - (task * PicturesPerTask));
            return batch;
        }
    }

    /// <summary>Reads pictures.</summary>
    /// <param name="pixels">Picture after picture, at least one.</param>
    public void Forward(ReadOnlySpan<byte> pixels)
    {
        if (Capacity == 1)
            workspace.LoadPixels(pixels, height, width);
        else
            workspace.LoadMany(pixels, height, width);
        network.Forward(workspace);
    }

    /// <summary>The penalties of one of the pictures; there until the next call.</summary>
    public ReadOnlySpan<float> Penalties(int picture)
    {
        workspace.CopyOutput(picture, penalties);
        return penalties;
    }
}
