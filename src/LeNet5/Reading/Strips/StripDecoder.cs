using System.Collections.Immutable;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Kernels;

namespace LeNet5.Strips;

/// <summary>Finds the best string in a recognition graph, and how sure it is.</summary>
/// <remarks>One thread's memory.</remarks>
/// <param name="recognizer">Makes the graph.</param>
/// <param name="maxArcCount">So many arcs each composition may have.</param>
internal sealed class StripDecoder(StripRecognizer recognizer, int maxArcCount = WeightedGraph.DefaultMaxArcCount) : IStripDecoder
{
    /// <summary>A string with half of the share is the likeliest. Where the best path's has less, the likeliest of so many is taken: all paths of a string count.</summary>
    private const float SureShare = 0.5f;
    private const int Contenders = 5;

    /// <summary>But of so small a share there are very many strings, and the reading is rejected whichever is taken.</summary>
    private const float HopelessShare = 1e-3f;

    /// <summary>A digit's ink is looked for so many columns beyond those that it was seen in, at most.</summary>
    private const double Reach = 12;

    private readonly WeightedGraph interpretations = new();
    private readonly WeightedGraph allowed = new();
    private readonly WeightedGraph spelled = new();
    private WeightedGraph graph = new();
    private double all;
    private int width;
    private Transducer? limits;
    private double[] byArc = [];
    private double[] byInterpretation = [];
    private double[] byAllowed = [];

    public int ArcCapacity => interpretations.ArcCapacity + allowed.ArcCapacity + spelled.ArcCapacity;

    /// <summary>The share that the strings of the grammar have in all strings, whatever the grammar itself says against them; 1 without a grammar.</summary>
    public double GrammarShare { get; private set; }

    public StripReading Read(NormalizedStrip strip, StripOptions options)
    {
        Rejection reason = Prepare(strip, options.Grammar);
        if (GrammarShare < options.LeastGrammarShare)
            reason = Rejection.NotInGrammar;
        (ImmutableArray<int> labels, float confidence) = Likeliest();
        if (labels.IsEmpty)
            return new StripReading("", 0, reason == Rejection.None ? Rejection.Blank : reason, [], [], strip);
        StripAlternative best = new(TextOf(labels.AsSpan()), confidence);
        ImmutableArray<StripDigit> digits = DigitsOfSpelled(strip);
        ImmutableArray<StripAlternative> alternatives = options.Alternatives == 1 ? [best] : [best, .. OthersThan(best, options.Alternatives - 1)];
        return new StripReading(best.Text, best.Confidence, reason, digits, alternatives, strip);
    }

    public StripExplanation Explain(NormalizedStrip strip, StripOptions options) => ExplainPrepared(Read(strip, options));

    /// <summary>Tells what was seen in the strip that was prepared last.</summary>
    /// <param name="reading">What was read.</param>
    public StripExplanation ExplainPrepared(StripReading reading)
    {
        Likeliest();
        spelled.Viterbi(out ReadOnlySpan<int> path);
        int[] arcs = new int[path.Length];
        for (int i = 0; i < arcs.Length; i++)
            arcs[i] = SourceOf(spelled.Sources[path[i]]);
        return recognizer.Explain(reading, arcs);
    }

    /// <summary>Makes the graph of all strings that a strip may show.</summary>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    /// <returns>Why it shows none.</returns>
    public Rejection Prepare(NormalizedStrip strip, Transducer? grammar)
    {
        (width, limits) = (strip.Picture.Width, grammar);
        recognizer.Recognize(strip);
        if (recognizer.IsDamaged)
            throw Penalties.Damaged();
        Compose(recognizer.Graph, recognizer.Characters, interpretations);
        graph = interpretations;
        if (grammar is not null)
        {
            Compose(interpretations, grammar, allowed);
            graph = allowed;
        }
        all = graph.Forward(WeightedGraph.Zeros(ref byAllowed, graph.ArcCount));
        GrammarShare = grammar is null ? 1 : 0;
        if (double.IsPositiveInfinity(all))
            return grammar is null ? Rejection.NotADigit : Rejection.NotInGrammar;
        ReadOnlySpan<double> posteriors = byAllowed;
        if (grammar is not null)
        {
            GrammarShare = Elementary.Exp(interpretations.Forward() - ScoreOf(grammar));
            allowed.Propagate(byAllowed.AsSpan(0, allowed.ArcCount), WeightedGraph.Zeros(ref byInterpretation, interpretations.ArcCount));
            posteriors = byInterpretation;
        }
        interpretations.Propagate(posteriors[..interpretations.ArcCount], WeightedGraph.Zeros(ref byArc, recognizer.Graph.ArcCount));
        return Rejection.None;
    }

    private void Compose(WeightedGraph written, Transducer read, WeightedGraph result)
    {
        if (written.TryCompose(read, result, maxArcCount))
            return;
        throw new ArgumentException(limits is null
            ? $"The line is {width} columns long, and so unclear that more than {maxArcCount} arcs are needed to weigh its strings. Cut the picture into parts and read each."
            : $"The line is {width} columns long and the grammar has {limits.StateCount} states: more than {maxArcCount} arcs are needed to weigh the strings. Cut the picture into parts and read each, or give a grammar of fewer states.");
    }

    /// <summary>The forward score of all paths that a grammar allows, without its penalties.</summary>
    private double ScoreOf(Transducer grammar)
    {
        if (grammar.Free == grammar)
            return all;
        Compose(interpretations, grammar.Free, spelled);
        return spelled.Forward();
    }

    /// <summary>The strings of the best paths, the empty one among them.</summary>
    public IEnumerable<ImmutableArray<int>> BestStrings(int count) => graph.BestStrings(count).Select(path => path.Labels);

    /// <summary>-log of the share that the paths which spell a string have in all paths; infinite where there are none.</summary>
    /// <param name="text">Accepts the string alone.</param>
    public double PenaltyOf(Transducer text)
    {
        Compose(graph, text, spelled);
        // Where no path spells anything, the difference of two infinities would be no number.
        return double.IsPositiveInfinity(all) ? all : spelled.Forward() - all;
    }

    public static string TextOf(ReadOnlySpan<int> labels)
    {
        Span<char> text = labels.Length <= 256 ? stackalloc char[labels.Length] : new char[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            text[i] = (char)('0' + labels[i]);
        return new string(text);
    }

    /// <summary>The strings of the other best paths, the likeliest first: all paths of a string count, and not its best one alone.</summary>
    private IEnumerable<StripAlternative> OthersThan(StripAlternative best, int count) => BestStrings(count + 1)
        .Where(labels => !labels.IsEmpty)
        .Select(labels => new StripAlternative(TextOf(labels.AsSpan()), ConfidenceOf(labels.AsSpan())))
        .Where(alternative => alternative.Text != best.Text)
        .OrderByDescending(alternative => alternative.Confidence)
        .Take(count);

    private float ConfidenceOf(ReadOnlySpan<int> labels) => (float)Math.Min(1, Elementary.Exp(-PenaltyOf(Transducer.Sequence(labels))));

    /// <summary>The likeliest string and its share; its paths are those spelled.</summary>
    private (ImmutableArray<int> Labels, float Confidence) Likeliest()
    {
        ImmutableArray<int> labels = BestLabels();
        float confidence = ConfidenceOf(labels.AsSpan());
        if (confidence is >= SureShare or < HopelessShare)
            return (labels, confidence);
        labels = BestStrings(Contenders).MinBy(contender => PenaltyOf(Transducer.Sequence(contender.AsSpan())));
        return (labels, ConfidenceOf(labels.AsSpan()));
    }

    private ImmutableArray<int> BestLabels()
    {
        graph.Viterbi(out ReadOnlySpan<int> path);
        ImmutableArray<int>.Builder labels = ImmutableArray.CreateBuilder<int>();
        foreach (int arc in path)
        {
            if (graph.Arcs[arc].Output != Arc.Nothing)
                labels.Add(graph.Arcs[arc].Output);
        }
        return labels.ToImmutable();
    }

    /// <summary>Where the digits of a string are, on the best path that spells it.</summary>
    /// <param name="text">Accepts the string alone.</param>
    /// <param name="strip">The strip.</param>
    public ImmutableArray<StripDigit> DigitsOf(Transducer text, NormalizedStrip strip)
    {
        Compose(graph, text, spelled);
        return DigitsOfSpelled(strip);
    }

    private ImmutableArray<StripDigit> DigitsOfSpelled(NormalizedStrip strip)
    {
        spelled.Viterbi(out ReadOnlySpan<int> path);
        List<(int Label, int FirstArc, int LastArc, double First, double Behind)> seen = [];
        int within = -1;
        foreach (int arc in path)
        {
            int source = SourceOf(spelled.Sources[arc]), read = spelled.Arcs[arc].Input;
            (double first, double behind) = recognizer.ColumnsOf(source);
            if (spelled.Arcs[arc].Output != Arc.Nothing)
            {
                within = read;
                seen.Add((spelled.Arcs[arc].Output, source, source, first, behind));
            }
            else if (read == within)
                seen[^1] = seen[^1] with { LastArc = source, Behind = behind };
            else
                within = -1;
        }
        ImmutableArray<StripDigit>.Builder digits = ImmutableArray.CreateBuilder<StripDigit>(seen.Count);
        int longest = LongestArc();
        for (int i = 0; i < seen.Count; i++)
        {
            double middle = Middle(i), left = i == 0 ? 0 : (Middle(i - 1) + middle) / 2, right = i == seen.Count - 1 ? strip.Picture.Width : (middle + Middle(i + 1)) / 2;
            PixelBox box = recognizer.BoxOf(seen[i].FirstArc) ?? BoxAround(strip.Picture, middle, left, right);
            double position = strip.Placement.ToPicture(middle, 0).X;
            digits.Add(new StripDigit(seen[i].Label, position, strip.BoxInPicture(box), Confidence(seen[i].FirstArc, seen[i].LastArc, longest)));
        }
        return digits.MoveToImmutable();

        double Middle(int i) => (seen[i].First + seen[i].Behind) / 2;
    }

    /// <summary>The box around the ink about the middle of a digit, where it has no cuts.</summary>
    private static PixelBox BoxAround(GrayImage picture, double middle, double left, double right)
    {
        (left, right) = (Math.Max(left, middle - Reach), Math.Min(right, middle + Reach));
        PixelBox columns = new((int)left, 0, Math.Max(1, (int)Math.Ceiling(right) - (int)left), picture.Height);
        return Plane.TightBox(picture.Pixels, picture.Width, columns, DigitNormalizer.Faint) ?? columns;
    }

    /// <summary>How likely a class is where it is likeliest, between the first and the last of its arcs: the posteriors of all arcs of that class there together.</summary>
    /// <param name="firstArc">The first of its arcs.</param>
    /// <param name="lastArc">The last.</param>
    /// <param name="longest">So many nodes on, at most, an arc leads.</param>
    private float Confidence(int firstArc, int lastArc, int longest)
    {
        ReadOnlySpan<Arc> arcs = recognizer.Graph.Arcs;
        int label = arcs[firstArc].Input, start = firstArc;
        while (start > 0 && arcs[start - 1].From + longest > arcs[firstArc].From)
            start--;
        double largest = 0;
        for (int node = arcs[firstArc].From; node < arcs[lastArc].To; node++)
        {
            double sum = 0;
            for (int i = start; i < arcs.Length && arcs[i].From <= node; i++)
                sum += arcs[i].Input == label && arcs[i].To > node ? byArc[i] : 0;
            largest = Math.Max(largest, sum);
        }
        return (float)Math.Min(1, largest);
    }

    private int LongestArc()
    {
        int longest = 1;
        foreach (Arc arc in recognizer.Graph.Arcs)
            longest = Math.Max(longest, arc.To - arc.From);
        return longest;
    }

    /// <summary>The arc of the recognition graph that an arc of the graph comes from.</summary>
    private int SourceOf(int arc) => interpretations.Sources[graph == interpretations ? arc : graph.Sources[arc]];
}
