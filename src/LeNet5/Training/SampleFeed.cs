using LeNet5.Data;

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
    private readonly byte[] plain;
    private readonly Distorter? distorter;
    private readonly ulong seed;
    private int epoch;
    private Task preparing = Task.CompletedTask;

    /// <param name="sets">Image sets of one size. Rubbish is made of the first.</param>
    /// <param name="order">Indices into the sets one after another, in the order of presentation; those beyond stand for rubbish.</param>
    /// <param name="recipe">Tells how each picture is deformed, anew in every epoch, and the seed of that and of the rubbish.</param>
    public SampleFeed(LabeledImages[] sets, int[] order, TrainingRecipe recipe)
    {
        seed = recipe.Seed;
        distorter = recipe.Distortion is null ? null : new Distorter(recipe.Distortion, sets[0].Height, sets[0].Width);
        this.sets = sets;
        this.order = order;
        length = sets[0].Height * sets[0].Width;
        plain = new byte[length];
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

    /// <summary>Loads any sample as it is in its set. Rubbish is in none, and drawn as in its presentation.</summary>
    public int LoadPlain(int place, Workspace workspace)
    {
        int label = Write(place, distorter: null, plain);
        workspace.LoadPixels(plain, sets[0].Height, sets[0].Width);
        return label;
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
            chunk.Labels[i] = Write(start + i, distorter, chunk.Pixels.AsSpan(i * length, length));
    }

    /// <summary>Writes the picture of a place, deformed where there is a distorter, and gives its label.</summary>
    private int Write(int place, Distorter? distorter, Span<byte> pixels)
    {
        SeededRandom random = new(seed, (ulong)(FirstEpochStream + epoch), (ulong)place);
        if (Find(place) is not var (set, index))
        {
            RubbishPictures.Draw(sets[0], pixels, ref random);
            return LabelTarget.Rubbish;
        }
        if (distorter is null)
            set.Pixels(index).CopyTo(pixels);
        else
            distorter.Apply(set.Pixels(index), pixels, ref random);
        return set.Label(index);
    }

    private (LabeledImages Set, int Index)? Find(int place)
    {
        int index = order[place];
        foreach (LabeledImages set in sets)
        {
            if (index < set.Count)
                return (set, index);
            index -= set.Count;
        }
        return null;
    }

    private sealed class Chunk(int size, int length)
    {
        public byte[] Pixels { get; } = new byte[size * length];

        public int[] Labels { get; } = new int[size];
    }
}
