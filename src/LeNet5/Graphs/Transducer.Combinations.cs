namespace LeNet5.Graphs;

/// <content>Larger transducers out of smaller ones.</content>
public sealed partial class Transducer
{
    /// <summary>An acceptor of one string alone.</summary>
    /// <param name="labels">The string; none for the empty string.</param>
    /// <exception cref="ArgumentException">A label is negative or too large.</exception>
    public static Transducer Sequence(params ReadOnlySpan<int> labels)
    {
        Arc[] chain = new Arc[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            chain[i] = new Arc(i, i + 1, labels[i], labels[i]);
        double[] endPenalties = new double[labels.Length + 1];
        Array.Fill(endPenalties, double.PositiveInfinity);
        endPenalties[^1] = 0;
        return new Transducer((Checked(chain), endPenalties));
    }

    /// <summary>An acceptor of the strings of one label each.</summary>
    /// <param name="labels">The labels, each once.</param>
    public static Transducer OneOf(params IEnumerable<int> labels) => new(labels.Select(label => new Arc(0, 1, label, label)), [1]);

    /// <summary>Reads a string of this transducer and then one of another.</summary>
    /// <param name="next">What reads the rest.</param>
    public Transducer Then(Transducer next)
    {
        ArgumentNullException.ThrowIfNull(next);
        IEnumerable<Arc> bridges = EndStates.SelectMany(end => next.Beginnings(from: end, offset: StateCount, ends[end]));
        return new Transducer(
            [.. ends.Select(penalty => penalty + next.ends[0]), .. next.ends],
            [.. arcs, .. bridges, .. next.Shifted(StateCount)]);
    }

    /// <summary>Reads a string of this transducer or one of another.</summary>
    /// <remarks>A string of both can be read in two ways, which count twice in <see cref="WeightedGraph.Forward"/>; <see cref="Minimize"/> makes them one. The empty
    /// string is read in one way, the cheaper.</remarks>
    /// <param name="other">The alternative.</param>
    public Transducer Or(Transducer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int offset = 1 + StateCount;
        return new Transducer(
            [Math.Min(ends[0], other.ends[0]), .. ends, .. other.ends],
            [.. Beginnings(from: 0, offset: 1), .. other.Beginnings(from: 0, offset), .. Shifted(1), .. other.Shifted(offset)]);
    }

    /// <summary>Reads a string of this transducer, or the empty string, at no penalty.</summary>
    public Transducer Optional() => Or(Sequence());

    /// <summary>Reads a string of this transducer several times over.</summary>
    /// <param name="min">How often at least, from 0.</param>
    /// <param name="max">How often at most, not below <paramref name="min"/>; <see langword="null"/> for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers are negative or out of order.</exception>
    public Transducer Repeat(int min, int? max = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(min);
        if (max < min)
            throw new ArgumentOutOfRangeException(nameof(max), max, $"What is read at least {min} times cannot be read at most {max} times.");
        Transducer result = max is null ? AnyNumber() : Sequence();
        for (int i = min; i < max; i++)
            result = Then(result).Optional();
        for (int i = 0; i < min; i++)
            result = Then(result);
        return result;
    }

    /// <summary>Accepts the strings that two acceptors accept, at the sum of their penalties.</summary>
    /// <param name="other">The other acceptor.</param>
    /// <exception cref="InvalidOperationException">This is no acceptor.</exception>
    /// <exception cref="ArgumentException">The other is no acceptor.</exception>
    public Transducer And(Transducer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!IsAcceptor)
            throw new InvalidOperationException("Only acceptors have strings in common, but this transducer writes other labels than it reads. Use Compose to read what it writes.");
        if (!other.IsAcceptor)
            throw new ArgumentException("Only acceptors have strings in common, but this transducer writes other labels than it reads. Use Compose to read with it what the first writes.", nameof(other));
        return Compose(other);
    }

    /// <summary>Reads with another transducer what this one writes. States are pairs; where this one writes <see cref="Arc.Nothing"/>, the other stays where it is.</summary>
    /// <param name="next">What reads the labels that this transducer writes.</param>
    public Transducer Compose(Transducer next)
    {
        ArgumentNullException.ThrowIfNull(next);
        Dictionary<(int, int), int> numbers = new() { [(0, 0)] = 0 };
        List<(int First, int Second)> pairs = [(0, 0)];
        List<Arc> composed = [];
        for (int from = 0; from < pairs.Count; from++)
        {
            (int first, int second) = pairs[from];
            foreach (Arc arc in ArcsFrom(first))
            {
                // The second one stays by an arc from itself to itself, free and without labels.
                IEnumerable<Arc> matches = arc.Output == Arc.Nothing ? [new Arc(second, second, Arc.Nothing, Arc.Nothing)] : next.Matches(second, arc.Output);
                foreach (Arc match in matches)
                    composed.Add(new Arc(from, NumberOf(arc.To, match.To), arc.Input, match.Output, arc.Penalty + match.Penalty));
            }
        }
        return new Transducer([.. pairs.Select(pair => ends[pair.First] + next.ends[pair.Second])], [.. composed]);

        int NumberOf(int first, int second)
        {
            if (numbers.TryAdd((first, second), pairs.Count))
                pairs.Add((first, second));
            return numbers[(first, second)];
        }
    }

    private IEnumerable<int> EndStates => Enumerable.Range(0, StateCount).Where(state => ends[state] < double.PositiveInfinity);

    /// <summary>The strings of this transducer, one after the other, any number of them.</summary>
    private Transducer AnyNumber() => new(
        [0, .. ends],
        [.. Beginnings(from: 0, offset: 1), .. Shifted(1), .. EndStates.SelectMany(end => Beginnings(from: end + 1, offset: 1, ends[end]))]);

    private IEnumerable<Arc> Shifted(int offset) => arcs.Select(arc => arc with { From = arc.From + offset, To = arc.To + offset });

    /// <summary>The arcs out of the start, let out of another state instead: what stands for an arc without labels to the start.</summary>
    private IEnumerable<Arc> Beginnings(int from, int offset, double penalty = 0) =>
        ArcsFrom(0).ToArray().Select(arc => arc with { From = from, To = arc.To + offset, Penalty = penalty + arc.Penalty });
}
