namespace LeNet5.Training;

/// <summary>The samples of a training in the order of their presentation, prepared ahead of the steps on another thread.</summary>
/// <remarks>
/// What a sample looks like depends on the epoch and its place only, so the thread has no influence on the result. Samples come in chunks, because a
/// hand-over costs as much as a step: one every 20 ms is not felt, one a step would take longer than the step.
/// </remarks>
internal sealed class SampleFeed
{
    private const int SamplesPerChunk = 512;

    // Streams of random numbers below are the order's, the curvature's and the blanks'.
    private const int FirstEpochStream = 16;

    private readonly LabeledImages[] sets;
    private readonly int[] order;
    private readonly int length;
    private readonly Chunk[] chunks;
    private readonly Distorter? distorter;
    private readonly ulong seed;
    private int epoch;
    private Task preparing = Task.CompletedTask;

    /// <param name="sets">Image sets of one size.</param>
    /// <param name="order">Indices into the sets one after another, in the order of presentation.</param>
    /// <param name="distortion">How each picture is deformed, anew in every epoch; <see langword="null"/> for not at all.</param>
    /// <param name="seed">Seed of the deformations.</param>
    public SampleFeed(LabeledImages[] sets, int[] order, Distortion? distortion = null, ulong seed = 0)
    {
        this.seed = seed;
        distorter = distortion is null ? null : new Distorter(distortion, sets[0].Height, sets[0].Width);
        this.sets = sets;
        this.order = order;
        length = sets[0].Height * sets[0].Width;
        int size = Math.Min(SamplesPerChunk, order.Length);
        chunks = [new Chunk(size, length), new Chunk(size, length)];
    }

    /// <summary>Number of samples in an epoch.</summary>
    public int Count => order.Length;

    /// <summary>Begins an epoch, counted from 1.</summary>
    public void BeginEpoch(int epoch)
    {
        preparing.GetAwaiter().GetResult();
        this.epoch = epoch;
    }

    /// <summary>Loads sample after sample into a workspace, in ascending order from 0 in each epoch.</summary>
    /// <param name="place">Place in the order of presentation.</param>
    /// <param name="workspace">Its input is overwritten.</param>
    /// <returns>The label.</returns>
    public int Load(int place, Workspace workspace)
    {
        int index = place % SamplesPerChunk;
        if (index == 0)
            Advance(place);
        Chunk chunk = chunks[place / SamplesPerChunk % 2];
        workspace.LoadPixels(chunk.Pixels.AsSpan(index * length, length), sets[0].Height, sets[0].Width);
        return chunk.Labels[index];
    }

    /// <summary>Loads any sample as it is in its set.</summary>
    public int LoadPlain(int place, Workspace workspace)
    {
        (LabeledImages set, int index) = Find(place);
        workspace.LoadPixels(set.Pixels(index), set.Height, set.Width);
        return set.Label(index);
    }

    /// <summary>Waits for the chunk that begins here, and has the next one prepared in the room of the last.</summary>
    private void Advance(int place)
    {
        preparing.GetAwaiter().GetResult();
        if (place == 0)
            Prepare(0);
        int next = place + SamplesPerChunk;
        if (next >= order.Length)
            return;
        if (Environment.ProcessorCount > 1)
            preparing = Task.Run(() => Prepare(next));
        else
            Prepare(next);
    }

    private void Prepare(int start)
    {
        Chunk chunk = chunks[start / SamplesPerChunk % 2];
        int count = Math.Min(SamplesPerChunk, order.Length - start);
        for (int i = 0; i < count; i++)
        {
            (LabeledImages set, int index) = Find(start + i);
            Span<byte> pixels = chunk.Pixels.AsSpan(i * length, length);
            if (distorter is null)
                set.Pixels(index).CopyTo(pixels);
            else
            {
                SeededRandom random = new(seed, (ulong)(FirstEpochStream + epoch), (ulong)(start + i));
                distorter.Apply(set.Pixels(index), pixels, ref random);
            }
            chunk.Labels[i] = set.Label(index);
        }
    }

    private (LabeledImages Set, int Index) Find(int place)
    {
        int index = order[place];
        int set = 0;
        for (; index >= sets[set].Count; set++)
            index -= sets[set].Count;
        return (sets[set], index);
    }

    private sealed class Chunk(int size, int length)
    {
        public byte[] Pixels { get; } = new byte[size * length];

        public int[] Labels { get; } = new int[size];
    }
}
