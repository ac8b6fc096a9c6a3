using LeNet5.Data;

namespace LeNet5.Training;

/// <summary>Single characters, each with its label, prepared ahead of the steps on another thread.</summary>
/// <remarks>
/// What a sample looks like depends on the epoch and its place only, so the thread has no influence on the result.
/// </remarks>
internal sealed class DigitFeed : SampleFeed
{
    private const int SamplesPerChunk = 512;

    private readonly LabeledImages[] sets;
    private readonly int[] order;
    private readonly int length;
    private readonly Chunk[] chunks;
    private readonly byte[] plain;
    private readonly Distorter? distorter;
    private readonly ulong seed;
    private readonly Loss<int> loss;
    private readonly Prefetch prefetch;
    private int epoch;

    /// <param name="sets">Image sets of one size. Rubbish is made of the first.</param>
    /// <param name="order">Indices into the sets one after another, in the order of presentation; those beyond stand for rubbish.</param>
    /// <param name="recipe">Tells how each picture is deformed, anew in every epoch, and the seed of that and of the rubbish.</param>
    public DigitFeed(LabeledImages[] sets, int[] order, TrainingRecipe recipe)
    {
        seed = recipe.Seed;
        loss = recipe.Loss;
        distorter = recipe.Distortion is null ? null : new Distorter(recipe.Distortion, sets[0].Height, sets[0].Width);
        this.sets = sets;
        this.order = order;
        length = sets[0].Height * sets[0].Width;
        plain = new byte[length];
        int size = Math.Min(SamplesPerChunk, order.Length);
        chunks = [new Chunk(size, length), new Chunk(size, length)];
        prefetch = new Prefetch(order.Length, SamplesPerChunk, Prepare);
    }

    /// <inheritdoc/>
    public override int Count => order.Length;

    /// <inheritdoc/>
    public override void BeginEpoch(int epoch)
    {
        prefetch.Wait();
        this.epoch = epoch;
    }

    /// <inheritdoc/>
    public override Presentation Present(int place, Network network, Workspace workspace)
    {
        int label = Load(place, workspace);
        network.Forward(workspace);
        bool isMisread = IsMisread(workspace.Output.Values, label);
        return new Presentation(loss.Evaluate(workspace.Output, label), isMisread);
    }

    /// <inheritdoc/>
    public override void PresentPlain(int place, Network network, Workspace workspace)
    {
        int label = LoadPlain(place, workspace);
        network.Forward(workspace);
        loss.Evaluate(workspace.Output, label);
    }

    /// <summary>Loads sample after sample into a workspace, in ascending order from 0 in each epoch.</summary>
    /// <param name="place">Place in the order of presentation.</param>
    /// <param name="workspace">Its input is overwritten.</param>
    /// <returns>The label.</returns>
    public int Load(int place, Workspace workspace)
    {
        (int room, int index) = prefetch.Find(place);
        Chunk chunk = chunks[room];
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

    /// <summary>Rubbish is misread where some class is likelier than "no character at all".</summary>
    private bool IsMisread(ReadOnlySpan<float> penalties, int label)
    {
        int answer = Penalties.Smallest(penalties);
        return label == LabelTarget.Rubbish ? answer >= 0 && penalties[answer] < loss.RubbishPenalty : answer != label;
    }

    private void Prepare(int start, int count, int room)
    {
        Chunk chunk = chunks[room];
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
