using System.Collections.Immutable;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Kernels;

namespace LeNet5.Strips;

/// <summary>Finds the best string in a recognition graph, and how sure it is.</summary>
/// <remarks>One thread's memory.</remarks>
internal sealed class StripDecoder(StripRecognizer recognizer)
{
    /// <summary>Where strings of the grammar have a smaller share than this of all strings, the picture shows none of them.</summary>
    private const double LeastGrammarShare = 1e-7;

    /// <summary>A digit's ink is looked for so many columns beyond those that it was seen in, at most.</summary>
    private const double Reach = 12;

    private readonly WeightedGraph interpretations = new();
    private readonly WeightedGraph allowed = new();
    private readonly WeightedGraph spelled = new();
    private readonly List<int> path = [];
    private double[] byArc = [];
    private double[] byInterpretation = [];
    private double[] byAllowed = [];

    public StripReading Read(NormalizedStrip strip, StripOptions options)
    {
        recognizer.Recognize(strip);
        recognizer.Graph.Compose(recognizer.Characters, interpretations);
        WeightedGraph graph = interpretations;
        if (options.Grammar is { } grammar)
        {
            interpretations.Compose(grammar, allowed);
            graph = allowed;
        }
        double best = graph.Viterbi(out ReadOnlySpan<int> arcs);
        path.Clear();
        if (double.IsPositiveInfinity(best))
            return new StripReading("", 0, options.Grammar is null ? Rejection.NotADigit : Rejection.NotInGrammar, [], [], strip);
        foreach (int arc in arcs)
            path.Add(arc);
        double all = graph.Forward(Zeros(ref byAllowed, graph.ArcCount));
        Rejection reason = Rejection.None;
        if (options.Grammar is not null)
        {
            if (Elementary.Exp(interpretations.Forward() - all) < LeastGrammarShare)
                reason = Rejection.NotInGrammar;
            allowed.Propagate(byAllowed.AsSpan(0, allowed.ArcCount), Zeros(ref byInterpretation, interpretations.ArcCount));
        }
        ReadOnlySpan<double> posteriors = options.Grammar is null ? byAllowed : byInterpretation;
        interpretations.Propagate(posteriors[..interpretations.ArcCount], Zeros(ref byArc, recognizer.Graph.ArcCount));

        int[] labels = LabelsOf(graph);
        if (labels.Length == 0)
            return new StripReading("", 0, reason == Rejection.None ? Rejection.Blank : reason, [], [], strip);
        string text = TextOf(labels);
        float confidence = Posterior(graph, labels, all);
        ImmutableArray<StripAlternative> alternatives = [new StripAlternative(text, confidence)];
        if (options.Alternatives > 1)
            alternatives = Alternatives(graph, options.Alternatives, all);
        return new StripReading(text, confidence, reason, DigitsOf(graph, strip), alternatives, strip);
    }

    /// <summary>Reads a strip and tells what was seen.</summary>
    public StripExplanation Explain(NormalizedStrip strip, StripOptions options)
    {
        StripReading reading = Read(strip, options);
        WeightedGraph graph = options.Grammar is null ? interpretations : allowed;
        int[] arcs = [.. path.Select(arc => SourceOf(graph, arc))];
        return recognizer.Explain(reading, arcs);
    }

    /// <summary>The share that the paths which spell a string have in all paths.</summary>
    private float Posterior(WeightedGraph graph, ReadOnlySpan<int> labels, double all)
    {
        graph.Compose(Transducer.Sequence(labels), spelled);
        return (float)Math.Min(1, Elementary.Exp(all - spelled.Forward()));
    }

    /// <summary>The strings of the best paths, the likeliest first.</summary>
    private ImmutableArray<StripAlternative> Alternatives(WeightedGraph graph, int count, double all) =>
        [.. graph.BestStrings(count).Where(candidate => !candidate.Labels.IsEmpty).Select(candidate => new StripAlternative(TextOf(candidate.Labels.AsSpan()), Posterior(graph, candidate.Labels.AsSpan(), all)))];

    private int[] LabelsOf(WeightedGraph graph)
    {
        List<int> labels = [];
        foreach (int arc in path)
        {
            if (graph.Arcs[arc].Output != Arc.Nothing)
                labels.Add(graph.Arcs[arc].Output);
        }
        return [.. labels];
    }

    private static string TextOf(ReadOnlySpan<int> labels)
    {
        Span<char> text = labels.Length <= 256 ? stackalloc char[labels.Length] : new char[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            text[i] = (char)('0' + labels[i]);
        return new string(text);
    }

    private ImmutableArray<StripDigit> DigitsOf(WeightedGraph graph, NormalizedStrip strip)
    {
        List<(int Label, int FirstArc, int LastArc, double First, double Behind)> seen = [];
        int within = -1;
        foreach (int arc in path)
        {
            int source = SourceOf(graph, arc), read = graph.Arcs[arc].Input;
            (double first, double behind) = recognizer.ColumnsOf(source);
            if (graph.Arcs[arc].Output != Arc.Nothing)
            {
                within = read;
                seen.Add((graph.Arcs[arc].Output, source, source, first, behind));
            }
            else if (read == within)
                seen[^1] = seen[^1] with { LastArc = source, Behind = behind };
            else
                within = -1;
        }
        ImmutableArray<StripDigit>.Builder digits = ImmutableArray.CreateBuilder<StripDigit>(seen.Count);
        Plane picture = new(strip.Picture.Pixels.ToArray(), strip.Picture.Width, strip.Picture.Height);
        for (int i = 0; i < seen.Count; i++)
        {
            double middle = Middle(i);
            double left = Math.Max(i == 0 ? 0 : (Middle(i - 1) + middle) / 2, middle - Reach), right = Math.Min(i == seen.Count - 1 ? strip.Picture.Width : (middle + Middle(i + 1)) / 2, middle + Reach);
            PixelBox columns = new((int)left, 0, Math.Max(1, (int)Math.Ceiling(right) - (int)left), strip.Picture.Height);
            if (Plane.Crop(picture.Values, picture.Width, columns).TightBox(DigitNormalizer.Faint) is { } tight)
                columns = tight with { Left = tight.Left + columns.Left };
            double position = strip.Placement.ToPicture(middle, 0).X;
            digits.Add(new StripDigit(seen[i].Label, position, strip.BoxInPicture(columns), Confidence(seen[i].FirstArc, seen[i].LastArc)));
        }
        return digits.MoveToImmutable();

        double Middle(int i) => (seen[i].First + seen[i].Behind) / 2;
    }

    /// <summary>How likely a class is where it is likeliest, between the first and the last of its arcs: the posteriors of all arcs of that class there together.</summary>
    private float Confidence(int firstArc, int lastArc)
    {
        ReadOnlySpan<Arc> arcs = recognizer.Graph.Arcs;
        int label = arcs[firstArc].Input;
        double largest = 0;
        for (int node = arcs[firstArc].From; node < arcs[lastArc].To; node++)
        {
            double sum = 0;
            for (int i = 0; i < arcs.Length && arcs[i].From <= node; i++)
                sum += arcs[i].Input == label && arcs[i].To > node ? byArc[i] : 0;
            largest = Math.Max(largest, sum);
        }
        return (float)Math.Min(1, largest);
    }

    private int SourceOf(WeightedGraph graph, int arc) => graph == interpretations ? graph.Sources[arc] : interpretations.Sources[graph.Sources[arc]];

    private static Span<double> Zeros(ref double[] memory, int length)
    {
        if (memory.Length < length)
            memory = new double[Math.Max(length, 2 * memory.Length)];
        memory.AsSpan(0, length).Clear();
        return memory.AsSpan(0, length);
    }
}
