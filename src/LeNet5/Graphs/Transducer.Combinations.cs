namespace LeNet5.Graphs;

/// <content>Larger transducers out of smaller ones.</content>
public sealed partial class Transducer
{
    /// <summary>An acceptor of one string alone.</summary>
    /// <param name="labels">The string; none for the empty string.</param>
    /// <exception cref="ArgumentException">A label is negative or too large, or there are 1,000,000 or more.</exception>
    public static Transducer Sequence(params ReadOnlySpan<int> labels)
    {
        CheckSize(labels.Length + 1L, labels.Length);
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
    public static Transducer OneOf(params IEnumerable<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new Transducer(labels.Select(label => new Arc(0, 1, label, label)), [1]);
    }

    /// <summary>Reads a string of this transducer and then one of another.</summary>
    /// <param name="next">What reads the rest.</param>
    /// <exception cref="ArgumentException">The result would have more than 1,000,000 states or 20,000,000 arcs.</exception>
    public Transducer Then(Transducer next)
    {
        ArgumentNullException.ThrowIfNull(next);
        CheckSize((long)StateCount + next.CountWithoutStart(), (long)arcs.Length + ((long)EndStates.Count() * next.ArcsFrom(0).Length) + next.arcs.Length);
        IEnumerable<Arc> bridges = EndStates.SelectMany(end => next.Beginnings(from: end, offset: StateCount, ends[end]));
        return new Transducer(
            [.. ends.Select(penalty => penalty + next.ends[0]), .. next.ends],
            [.. arcs, .. bridges, .. next.Shifted(StateCount)]);
    }

    /// <summary>Reads a string of this transducer or one of another.</summary>
    /// <remarks>A string of both can be read in two ways, which count twice in <see cref="WeightedGraph.Forward"/>; <see cref="Minimize"/> makes them one. The empty
    /// string is read in one way, the cheaper.</remarks>
    /// <param name="other">The alternative.</param>
    /// <exception cref="ArgumentException">The result would have more than 1,000,000 states or 20,000,000 arcs.</exception>
    public Transducer Or(Transducer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        CheckSize(1L + CountWithoutStart() + other.CountWithoutStart(), (long)arcs.Length + other.arcs.Length);
        int offset = 1 + StateCount;
        return new Transducer(
            [Math.Min(ends[0], other.ends[0]), .. ends, .. other.ends],
            [.. Beginnings(from: 0, offset: 1), .. other.Beginnings(from: 0, offset), .. Shifted(1), .. other.Shifted(offset)]);
    }

    /// <summary>Reads a string of this transducer, or the empty string, at no penalty.</summary>
    /// <exception cref="ArgumentException">The result would have more than 1,000,000 states or 20,000,000 arcs.</exception>
    public Transducer Optional() => Or(Sequence());

    /// <summary>Reads a string of this transducer several times over.</summary>
    /// <param name="min">How often at least, from 0.</param>
    /// <param name="max">How often at most, not below <paramref name="min"/>; <see langword="null"/> for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers are negative or out of order.</exception>
    /// <exception cref="ArgumentException">The result would have more than 1,000,000 states or 20,000,000 arcs.</exception>
    public Transducer Repeat(int min, int? max = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(min);
        if (max < min)
            throw new ArgumentOutOfRangeException(nameof(max), max, $"What is read at least {min} times cannot be read at most {max} times.");
        if (arcs.Length == 0)
        {
            int times = ends[0] < 0 ? max ?? min : min;
            return new Transducer([times == 0 ? 0 : times * ends[0]], []);
        }

        // The last copy of any number is followed by itself. A start that is no copy's is needed only where there may be none.
        long copies = max ?? min + 1L;
        int start = min == 0 ? 1 : 0;
        long bridges = ends[0] < double.PositiveInfinity ? copies * (copies + 1) / 2 : copies;
        CheckSize((start == 1 ? 1 : StateCount - CountWithoutStart()) + (copies * CountWithoutStart()), ((double)copies * arcs.Length) + ((double)bridges * EndStates.Count() * ArcsFrom(0).Length));
        return Copies((int)copies, start, min, endless: max is null);
    }

    /// <summary>Copies in a row, made from the last to the first: what begins the rest is then known.</summary>
    private Transducer Copies(int count, int start, int min, bool endless)
    {
        int[] endStates = [.. EndStates];
        double[] endPenalties = new double[start + (count * StateCount)];
        Array.Fill(endPenalties, double.PositiveInfinity);
        List<Arc> copied = [];
        Arc[] beginnings = endless ? [.. Beginnings(from: 0, endPenalties.Length - StateCount)] : [];
        double end = 0;
        for (int copy = count - 1; copy >= 0; copy--)
        {
            int offset = start + (copy * StateCount);
            copied.AddRange(Shifted(offset));
            foreach (int state in endStates)
            {
                endPenalties[offset + state] = ends[state] + end;
                copied.AddRange(Bridges(offset + state, ends[state]));
            }
            if (endless && copy == count - 1)
                continue;
            beginnings = [.. Beginnings(from: 0, offset), .. ends[0] < double.PositiveInfinity ? Bridges(0, ends[0]) : []];
            end = copy < min ? ends[0] + end : Math.Min(ends[0] + end, 0);
        }
        if (start == 1)
        {
            copied.AddRange(beginnings);
            endPenalties[0] = end;
        }
        return new Transducer(endPenalties, [.. copied]);

        IEnumerable<Arc> Bridges(int from, double penalty) => beginnings.Select(arc => arc with { From = from, Penalty = penalty + arc.Penalty });
    }

    /// <summary>Accepts the strings that two acceptors accept, at the sum of their penalties.</summary>
    /// <param name="other">The other acceptor.</param>
    /// <exception cref="InvalidOperationException">This is no acceptor.</exception>
    /// <exception cref="ArgumentException">The other is no acceptor, or the result would have more than 1,000,000 states or 20,000,000 arcs.</exception>
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
    /// <exception cref="ArgumentException">The result would have more than 1,000,000 states or 20,000,000 arcs; states from which no end can be reached count too.</exception>
    public Transducer Compose(Transducer next)
    {
        ArgumentNullException.ThrowIfNull(next);
        Dictionary<(int, int), int> numbers = new() { [(0, 0)] = 0 };
        List<(int First, int Second)> pairs = [(0, 0)];
        List<Arc> composed = [];
        for (int from = 0; from < pairs.Count; from++)
        {
            CheckSize(pairs.Count, composed.Count);
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

    /// <summary>States that are left where arcs into the start become arcs past it: the start too, if arcs of its own lead back to it.</summary>
    private int CountWithoutStart() => Array.Exists(arcs, arc => arc.To == 0) ? StateCount : StateCount - 1;

    private IEnumerable<Arc> Shifted(int offset) => arcs.Select(arc => arc with { From = arc.From + offset, To = arc.To + offset });

    /// <summary>The arcs out of the start, let out of another state instead: what stands for an arc without labels to the start.</summary>
    private IEnumerable<Arc> Beginnings(int from, int offset, double penalty = 0) =>
        ArcsFrom(0).ToArray().Select(arc => arc with { From = from, To = arc.To + offset, Penalty = penalty + arc.Penalty });
}
