using LeNet5.Data;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Strips;

namespace LeNet5.Training;

/// <summary>Strips of characters with what they say, drawn and normalized ahead of the steps on another thread.</summary>
internal sealed class StripFeed : SampleFeed
{
    private const int StripsPerChunk = 64;

    private readonly StripTraining training;
    private readonly ulong seed;
    private readonly StripGenerator[] generators;
    private readonly Chunk[] chunks;
    private readonly Prefetch prefetch;
    private readonly ColumnGraph columns = new();
    private readonly WeightedGraph interpretations = new();
    private readonly Transducer characters;
    private int epoch;

    /// <param name="digits">What strips are composed of.</param>
    /// <param name="training">How.</param>
    /// <param name="blank">The class of the blank.</param>
    /// <param name="seed">The same seed gives the same strips.</param>
    public StripFeed(LabeledImages digits, StripTraining training, int blank, ulong seed)
    {
        this.training = training;
        this.seed = seed;
        generators = [.. training.Styles.Select(style => new StripGenerator(digits, style, seed))];
        characters = CharacterModel.Create(blank, [blank]);
        int length = StripNormalizer.FieldHeight * training.Width;
        chunks = [new Chunk(length), new Chunk(length)];
        prefetch = new Prefetch(training.Count, StripsPerChunk, Prepare);
    }

    /// <inheritdoc/>
    public override int Count => training.Count;

    /// <inheritdoc/>
    public override Shape? Input => new Shape(1, StripNormalizer.FieldHeight, training.Width);

    /// <inheritdoc/>
    public override void BeginEpoch(int epoch)
    {
        prefetch.Wait();
        this.epoch = epoch;
    }

    /// <inheritdoc/>
    public override Presentation Present(int place, Network network, Workspace workspace)
    {
        (int room, int index) = prefetch.Find(place);
        StripTarget target = chunks[room].Targets[index];
        workspace.LoadPixels(chunks[room].PixelsOf(index), StripNormalizer.FieldHeight, training.Width);
        network.Forward(workspace);
        FeatureMaps output = workspace.Output;
        columns.Build(output.Values, output.Shape.Maps, output.Shape.Width);
        columns.Graph.Compose(characters, interpretations);
        return new Presentation(training.Loss.Evaluate(output, target), !Spells(target));
    }

    /// <summary>Strips are drawn anew, so there is none that is plain; the trainer refuses second-order steps, which alone ask for one.</summary>
    public override void PresentPlain(int place, Network network, Workspace workspace) => throw new NotSupportedException("Strips are trained without second derivatives.");

    /// <summary>Whether the best path spells a string.</summary>
    private bool Spells(StripTarget target)
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
            chunks[room].Targets[i] = Draw(start + i, chunks[room].PixelsOf(i));
    }

    /// <summary>Draws the strip of a place. One that a normalizer finds nothing in, or makes wider than the field, is drawn again.</summary>
    private StripTarget Draw(int place, Span<byte> field)
    {
        SeededRandom random = new(seed, (ulong)(FirstEpochStream + epoch), (ulong)place);
        StripGenerator generator = generators[place % generators.Length];
        while (true)
        {
            LabeledStrip strip = generator.Draw(ref random, training.Width);
            NormalizedStrip normalized = StripNormalizer.Normalize(strip.Picture);
            int room = training.Width - normalized.Picture.Width;
            if (room < 0 || normalized.Rejection != Rejection.None)
                continue;
            int left = random.NextInt32(room + 1);
            field.Clear();
            for (int y = 0; y < normalized.Picture.Height; y++)
                normalized.Picture.Row(y).CopyTo(field[((y * training.Width) + left)..]);
            return new StripTarget(
                [.. strip.Text.Select(digit => digit - '0')],
                [.. strip.Boxes.Select(box => left + normalized.Placement.ToStrip(box.Left + (box.Width / 2.0), box.Top + (box.Height / 2.0)).Column)]);
        }
    }

    private sealed class Chunk(int length)
    {
        private readonly byte[] pixels = new byte[StripsPerChunk * length];

        public StripTarget[] Targets { get; } = new StripTarget[StripsPerChunk];

        public Span<byte> PixelsOf(int index) => pixels.AsSpan(index * length, length);
    }
}
