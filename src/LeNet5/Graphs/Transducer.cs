using System.Runtime.CompilerServices;

namespace LeNet5.Graphs;

/// <summary>A finite-state transducer: it reads a string of labels, writes another, and adds a penalty. One that writes what it reads is an acceptor: a grammar.</summary>
/// <remarks>
/// State 0 is the start. Unlike a <see cref="WeightedGraph"/> it may have cycles, and every arc reads a label. States that no accepted string passes through are left out, and those that remain
/// keep their order. Larger transducers are made of smaller ones: <see cref="Then"/>, <see cref="Or"/>, <see cref="Repeat"/>, <see cref="And"/> and so on.
/// Immutable and therefore thread-safe. Section VIII of the paper.
/// </remarks>
public sealed partial class Transducer
{
    private const int LargestLabel = 65_535;
    private const int MostStates = 1_000_000;
    private const int MostArcs = 20_000_000;

    /// <summary>Larger sums of penalties would swallow the differences between strings.</summary>
    private const double MostPenalty = 1e9;

    private readonly Arc[] arcs;
    private readonly double[] ends;
    private readonly int[] firstOf;
    private Transducer? free;

    /// <summary>Makes a transducer of arcs.</summary>
    /// <param name="arcs">The arcs, in any order; their states count from 0, the start.</param>
    /// <param name="ends">The states in which a string may end, at no penalty.</param>
    /// <exception cref="ArgumentException">A state or an input is negative, an output is below -1, or a penalty is neither positive infinity nor from -1e9 to 1e9.</exception>
    public Transducer(IEnumerable<Arc> arcs, params IEnumerable<int> ends)
        : this(arcs, ends?.Select(state => (state, 0.0))!)
    {
    }

    /// <summary>Makes a transducer of arcs, with a penalty for each end.</summary>
    /// <param name="arcs">The arcs, in any order; their states count from 0, the start.</param>
    /// <param name="ends">The states in which a string may end, and what the end adds to the penalty.</param>
    /// <exception cref="ArgumentException">A state or an input is negative, an output is below -1, a penalty is neither positive infinity nor from -1e9 to 1e9, or one end has two penalties.</exception>
    public Transducer(IEnumerable<Arc> arcs, IEnumerable<(int State, double Penalty)> ends)
        : this(arcs?.ToArray()!, ends?.ToArray()!)
    {
    }

    private Transducer(Arc[] arcs, (int State, double Penalty)[] ends)
        : this(EndPenaltiesOf(arcs, ends), arcs)
    {
    }

    /// <summary>Checks, leaves out what is useless, and puts the arcs in order.</summary>
    private Transducer(double[] endPenalties, Arc[] arcs)
        : this(Trim(Checked(arcs), Checked(endPenalties)))
    {
    }

    /// <summary>Takes arcs that are in order, of states that are all of use.</summary>
    private Transducer((Arc[] Arcs, double[] Ends) trimmed)
    {
        (arcs, ends) = trimmed;
        firstOf = new int[ends.Length + 1];
        foreach (Arc arc in arcs)
        {
            LabelCount = Math.Max(LabelCount, arc.Input + 1);
            firstOf[arc.From + 1]++;
        }
        for (int i = 1; i < firstOf.Length; i++)
            firstOf[i] += firstOf[i - 1];
        lengths = FindLengths();
    }

    /// <summary>Number of states, at least 1.</summary>
    public int StateCount => ends.Length;

    /// <summary>The arcs, by the state that they leave and then by the label that they read.</summary>
    public ReadOnlySpan<Arc> Arcs => arcs;

    /// <summary>For each state the penalty of ending there; positive infinity where no string can end.</summary>
    public ReadOnlySpan<double> EndPenalties => ends;

    /// <summary>Whether there is no string at all that it reads to the end.</summary>
    public bool IsEmpty => arcs.Length == 0 && double.IsPositiveInfinity(ends[0]);

    /// <summary>Whether each arc writes the label that it reads.</summary>
    public bool IsAcceptor => Array.TrueForAll(arcs, arc => arc.Input == arc.Output);

    /// <summary>One more than the largest label that it reads.</summary>
    internal int LabelCount { get; }

    /// <summary>The same without penalties: itself where it has none.</summary>
    internal Transducer Free => free ??= Array.TrueForAll(arcs, arc => arc.Penalty == 0) && EndStates.All(state => ends[state] == 0)
        ? this
        : new Transducer(Array.ConvertAll(ends, penalty => double.IsPositiveInfinity(penalty) ? penalty : 0), Array.ConvertAll(arcs, arc => arc with { Penalty = 0 }));

    /// <summary>Whether it reads a string to the end.</summary>
    /// <param name="labels">The string.</param>
    public bool Accepts(params ReadOnlySpan<int> labels)
    {
        HashSet<int> states = [0];
        foreach (int label in labels)
            states = [.. states.SelectMany(state => Matches(state, label)).Select(arc => arc.To)];
        return states.Any(state => ends[state] < double.PositiveInfinity);
    }

    /// <summary>The transducer in the language of Graphviz: <c>input:output/penalty</c> along the arcs, ends in double circles.</summary>
    public string ToDot() => Dot.Draw(arcs, ends);

    /// <summary>Counts states and arcs.</summary>
    public override string ToString() => $"{StateCount} states, {arcs.Length} arcs";

    /// <summary>The arcs from a state, by the label that they read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<Arc> ArcsFrom(int state) => new(arcs, firstOf[state], firstOf[state + 1] - firstOf[state]);

    private IEnumerable<Arc> Matches(int state, int label) =>
        new ArraySegment<Arc>(arcs, firstOf[state], firstOf[state + 1] - firstOf[state]).Where(arc => arc.Input == label);

    private static Arc[] Checked(Arc[] arcs)
    {
        foreach (Arc arc in arcs)
        {
            if (arc.From < 0 || arc.To < 0)
                throw Misfit(arc, "has no place: states count from 0.");
            if (arc.Input < 0)
                throw Misfit(arc, $"reads {arc.Input}. Every arc of a transducer reads a label from 0; let it write Arc.Nothing instead, or make the two states one.");
            if (arc.Input > LargestLabel)
                throw Misfit(arc, $"reads {arc.Input}. Labels are at most {LargestLabel}: number them from 0 on, without gaps.");
            if (arc.Output < Arc.Nothing)
                throw Misfit(arc, $"writes {arc.Output}. Labels count from 0, and -1 is the empty label.");
            WeightedGraph.CheckPenalty(arc.Penalty, "an arc", nameof(arcs), MostPenalty);
        }
        return arcs;

        static ArgumentException Misfit(Arc arc, string fault) => new($"The arc from state {arc.From} to {arc.To} {fault}", nameof(arcs));
    }

    private static double[] Checked(double[] endPenalties)
    {
        foreach (double penalty in endPenalties)
            WeightedGraph.CheckPenalty(penalty, "an end", "ends", MostPenalty);
        return endPenalties;
    }

    /// <summary>Refuses what would be too large, before there is memory for it.</summary>
    private static void CheckSize(long stateCount, double arcCount)
    {
        if (stateCount > MostStates || arcCount > MostArcs)
            throw new ArgumentException($"A transducer has at most {MostStates} states and {MostArcs} arcs, but this one needs {stateCount} and {arcCount:F0} or more. Combine smaller ones, or repeat them less often.");
    }

    private static double[] EndPenaltiesOf(Arc[] arcs, (int State, double Penalty)[] ends)
    {
        ArgumentNullException.ThrowIfNull(arcs);
        ArgumentNullException.ThrowIfNull(ends);
        int last = arcs.Select(arc => Math.Max(arc.From, arc.To)).Concat(ends.Select(end => end.State)).Append(0).Max();
        if (last >= MostStates)
            throw new ArgumentException($"A transducer has at most {MostStates} states, but one of these is {last}. Number them from 0 on, without gaps.", nameof(arcs));
        double[] penalties = new double[last + 1];
        Array.Fill(penalties, double.PositiveInfinity);
        foreach ((int state, double penalty) in ends)
        {
            if (state < 0)
                throw new ArgumentException($"States count from 0, but {state} is to be an end.", nameof(ends));
            if (penalties[state] < double.PositiveInfinity && !penalties[state].Equals(penalty))
                throw new ArgumentException(FormattableString.Invariant($"State {state} is to be an end at a penalty of {penalties[state]} and at one of {penalty}. Give each end once."), nameof(ends));
            penalties[state] = penalty;
        }
        return penalties;
    }

    /// <summary>Keeps the start, and the states on a way from it to an end; numbers them anew.</summary>
    private static (Arc[] Arcs, double[] Ends) Trim(Arc[] arcs, double[] endPenalties)
    {
        Arc[] usable = [.. arcs.Where(arc => arc.Penalty < double.PositiveInfinity)];
        bool[] fromStart = Reach(endPenalties.Length, [0], usable.ToLookup(arc => arc.From, arc => arc.To));
        bool[] toEnd = Reach(endPenalties.Length, Enumerable.Range(0, endPenalties.Length).Where(state => endPenalties[state] < double.PositiveInfinity), usable.ToLookup(arc => arc.To, arc => arc.From));
        int[] kept = [.. Enumerable.Range(0, endPenalties.Length).Where(state => state == 0 || (fromStart[state] && toEnd[state]))];
        int[] numbers = new int[endPenalties.Length];
        Array.Fill(numbers, -1);
        for (int i = 0; i < kept.Length; i++)
            numbers[kept[i]] = i;
        return (
            [.. usable.Where(arc => numbers[arc.From] >= 0 && numbers[arc.To] >= 0 && toEnd[arc.To])
                .Select(arc => arc with { From = numbers[arc.From], To = numbers[arc.To] }).OrderBy(arc => arc.From).ThenBy(arc => arc.Input)],
            [.. kept.Select(state => endPenalties[state])]);
    }

    private static bool[] Reach(int count, IEnumerable<int> first, ILookup<int, int> neighbours)
    {
        bool[] reached = new bool[count];
        Stack<int> open = new(first);
        while (open.TryPop(out int state))
        {
            if (reached[state])
                continue;
            reached[state] = true;
            foreach (int neighbour in neighbours[state])
                open.Push(neighbour);
        }
        return reached;
    }
}
