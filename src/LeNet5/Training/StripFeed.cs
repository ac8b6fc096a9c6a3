using LeNet5.Data;
using LeNet5.Graphs;
using LeNet5.Imaging;

namespace LeNet5.Training;

/// <summary>Strips of characters with what they say, drawn and normalized ahead of the steps on another thread.</summary>
internal abstract class StripFeed : SampleFeed
{
    private const int StripsPerChunk = 64;

    /// <summary>So many strips are drawn for a place until one can be used.</summary>
    private const int MostDraws = 1000;

    private readonly ulong seed;
    private readonly StripGenerator[] generators;
    private readonly StripSample[][] chunks;
    private readonly Prefetch prefetch;
    private int epoch;

    /// <param name="digits">What strips are composed of.</param>
    /// <param name="training">How.</param>
    /// <param name="seed">The same seed gives the same strips.</param>
    protected StripFeed(LabeledImages digits, StripTraining training, ulong seed)
    {
        Training = training;
        this.seed = seed;
        generators = [.. training.Styles.Select(style => new StripGenerator(digits, style, seed))];
        chunks = [new StripSample[StripsPerChunk], new StripSample[StripsPerChunk]];
        prefetch = new Prefetch(training.Count, StripsPerChunk, Prepare);
    }

    /// <inheritdoc/>
    public sealed override int Count => Training.Count;

    protected StripTraining Training { get; }

    public static StripFeed Create(LabeledImages digits, StripTraining training, Network network, ulong seed) => training.Method == StripMethod.Hos
        ? new SegmentFeed(digits, training, network, seed)
        : new SweepFeed(digits, training, network, seed);

    /// <inheritdoc/>
    public sealed override void BeginEpoch(int epoch)
    {
        prefetch.Wait();
        this.epoch = epoch;
    }

    /// <summary>Strips are drawn anew, so there is none that is plain; the trainer refuses second-order steps, which alone ask for one.</summary>
    public sealed override void PresentPlain(int place, Network network, Workspace workspace) => throw new InvalidOperationException("Strips are trained without second derivatives.");

    protected StripSample SampleAt(int place)
    {
        (int room, int index) = prefetch.Find(place);
        return chunks[room][index];
    }

    /// <summary>Whether the best path of a graph spells a string.</summary>
    protected static bool Spells(WeightedGraph interpretations, StripTarget target)
    {
        interpretations.Viterbi(out ReadOnlySpan<int> path);
        int count = 0;
        foreach (int arc in path)
        {
            int label = interpretations.Arcs[arc].Output;
            if (label == Arc.Nothing)
                continue;
            if (count == target.Labels.Length || target.Labels[count] != label)
                return false;
            count++;
        }
        return count == target.Labels.Length;
    }

    private void Prepare(int start, int count, int room)
    {
        for (int i = 0; i < count; i++)
            chunks[room][i] = Draw(start + i);
    }

    /// <summary>Draws the strip of a place. One that a normalizer finds nothing in, or makes wider than the field, is drawn again.</summary>
    private StripSample Draw(int place)
    {
        SeededRandom random = new(seed, (ulong)(FirstEpochStream + epoch), (ulong)place);
        StripGenerator generator = generators[place % generators.Length];
        for (int draw = 0; draw < MostDraws; draw++)
        {
            LabeledStrip drawn = generator.Draw(ref random, Training.Width);
            NormalizedStrip strip = StripNormalizer.Normalize(drawn.Picture);
            int room = Training.Width - strip.Picture.Width;
            if (room < 0 || strip.Rejection != Rejection.None)
                continue;
            int left = random.NextInt32(room + 1);
            return new StripSample(strip, left, new StripTarget(
                [.. drawn.Text.Select(digit => digit - '0')],
                [.. drawn.Boxes.Select(box => left + strip.Placement.ToStrip(box.Left + (box.Width / 2.0), box.Top + (box.Height / 2.0)).Column)]));
        }
        throw new ArgumentException($"None of {MostDraws} strips shows ink and fits a field of {Training.Width} columns. Make StripTraining.Width larger, or give digits with ink.");
    }
}

/// <summary>A strip to be learnt.</summary>
/// <param name="Strip">The strip.</param>
/// <param name="Left">Where in the field it begins.</param>
/// <param name="Target">What it says.</param>
internal sealed record StripSample(NormalizedStrip Strip, int Left, StripTarget Target);
