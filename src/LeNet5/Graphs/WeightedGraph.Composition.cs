using System.Runtime.CompilerServices;

namespace LeNet5.Graphs;

public sealed partial class WeightedGraph
{
    /// <summary>So many arcs a composition has at most, unless more are allowed: together with its nodes and scores they take some 300 megabytes.</summary>
    public const int DefaultMaxArcCount = 4_000_000;

    private int[] lastArrivals = [];
    private (int Before, int To)[] arrivals = [];
    private int[] numberOf = [];
    private int[] reached = [];
    private int[] firstWriters = [];
    private int[] nextWriters = [];
    private (int Least, int Most)[] lengths = [];
    private bool hasLengths;

    /// <summary>Composes the graph with a transducer: the result has a path for each way in which the transducer reads the labels that a path of this graph writes.</summary>
    /// <remarks>
    /// Nodes of the result are pairs of a node and a state, by node and then by state; out of a pair, arcs come in the order of the transducer's after those that write nothing. Where an arc writes <see cref="Arc.Nothing"/>, the state stays as it is; otherwise each arc
    /// of the transducer that reads the label gives an arc that reads what the graph's reads, writes what the transducer's writes, and costs the sum of both. What no path
    /// from the start to an end takes is left out, arcs of infinite penalty too. <see cref="Sources"/> of the result are the arcs of this graph. Section VIII of the paper, figure 29.
    /// Time and memory go with the number of pairs that can be reached: at most nodes times states.
    /// </remarks>
    /// <param name="transducer">What reads the labels.</param>
    /// <param name="result">Overwritten by the composition; another graph than this. Left with its start alone where the composition is too large.</param>
    /// <param name="maxArcCount">So many arcs there may be on the way, those that turn out to lead to no end among them; not negative. Default: <see cref="DefaultMaxArcCount"/>.</param>
    /// <exception cref="ArgumentException">The result is this graph, or the composition has more arcs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of arcs is negative.</exception>
    public void Compose(Transducer transducer, WeightedGraph result, int maxArcCount = DefaultMaxArcCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxArcCount);
        if (!TryCompose(transducer, result, maxArcCount))
            throw new ArgumentException($"A graph of {this} and a transducer of {transducer} have a composition of more than {maxArcCount} arcs. Compose smaller ones, or allow more arcs.", nameof(transducer));
    }

    /// <summary>Composes the graph with a transducer, unless the result would have more arcs.</summary>
    internal bool TryCompose(Transducer transducer, WeightedGraph result, int maxArcCount)
    {
        ArgumentNullException.ThrowIfNull(transducer);
        ArgumentNullException.ThrowIfNull(result);
        if (ReferenceEquals(this, result))
            throw new ArgumentException("A graph cannot be overwritten by its own composition. Give another graph for the result.", nameof(result));
        result.Clear();
        result.sourceCount = ArcCount;
        if (result.TryAddReachable(this, transducer, maxArcCount))
        {
            result.RemoveDeadEnds();
            return true;
        }
        result.Clear();
        return false;
    }

    /// <summary>Adds every pair that can be reached, and its arcs. Until its node comes, a pair is no more than the arcs that lead to it: chained by node, with the state as their To.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryAddReachable(WeightedGraph graph, Transducer transducer, int maxArcCount)
    {
        Span<int> firstOf = Reuse(ref firstWriters, transducer.LabelCount + 1);
        Reuse(ref nextWriters, graph.ArcCount);
        firstOf.Fill(-1);
        Reuse(ref lastArrivals, graph.NodeCount).Fill(-1);
        Reuse(ref numberOf, transducer.StateCount).Fill(-1);
        Reuse(ref reached, transducer.StateCount);
        ReadOnlySpan<(int Least, int Most)> read = transducer.Lengths, written = read[0].Most == int.MaxValue ? [] : graph.FindLengths();
        NodeCount = 0;
        int first = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            int end = first;
            while (end < graph.ArcCount && graph.arcs[end].From == node)
                end++;
            if (node == 0 || lastArrivals[node] >= 0)
            {
                SortByLabel(graph.Arcs, first, end, firstOf);
                foreach (int state in AddPairs(node, graph.endPenalties[node], transducer.EndPenalties))
                {
                    AddMatches(graph.Arcs, firstOf, transducer, numberOf[state], state, written, read);
                    if (ArcCount > maxArcCount)
                        return false;
                }
                firstOf.Fill(-1);
            }
            first = end;
        }
        return true;
    }

    /// <summary>For each node, how many labels are written on the way from there to an end, at least and at most. Where there is no way, least is above most.</summary>
    /// <remarks>Kept until the graph is changed: of one graph there may be many compositions.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<(int Least, int Most)> FindLengths()
    {
        Span<(int Least, int Most)> found = Reuse(ref lengths, NodeCount);
        if (hasLengths)
            return found;
        for (int node = 0; node < found.Length; node++)
            found[node] = endPenalties[node] < double.PositiveInfinity ? (0, 0) : (int.MaxValue, -1);
        for (int i = ArcCount - 1; i >= 0; i--)
        {
            ref readonly Arc arc = ref arcs[i];
            (int least, int most) = found[arc.To];
            if (least > most || double.IsPositiveInfinity(arc.Penalty))
                continue;
            int written = arc.Output == Arc.Nothing ? 0 : 1;
            ref (int Least, int Most) length = ref found[arc.From];
            length = (Math.Min(length.Least, least + written), Math.Max(length.Most, most + written));
        }
        hasLengths = true;
        return found;
    }

    /// <summary>Numbers the pairs of a node that can be reached, by state, and completes the arcs that lead to them.</summary>
    /// <returns>Their states.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> AddPairs(int node, double endPenalty, ReadOnlySpan<double> stateEnds)
    {
        // Numbers below this are left from nodes before.
        int fresh = NodeCount, first = reached.Length - (node == 0 ? 1 : 0);
        Span<int> numbers = numberOf, states = reached;
        Span<(int Before, int To)> all = arrivals;
        states[^1] = 0;
        bool areOrdered = true;
        // Mostly the arcs came by ascending state.
        for (int i = lastArrivals[node], next = int.MaxValue; i >= 0; i = all[i].Before)
        {
            int state = all[i].To;
            if (numbers[state] >= fresh)
                continue;
            numbers[state] = fresh;
            states[--first] = state;
            areOrdered &= state < next;
            next = state;
        }
        states = states[first..];
        if (!areOrdered)
            states.Sort();
        foreach (int state in states)
            numbers[state] = AppendNode(endPenalty + stateEnds[state]);
        for (int i = lastArrivals[node]; i >= 0; i = all[i].Before)
            all[i].To = numbers[all[i].To];
        return states;
    }

    /// <summary>Chains the arcs of a node that write the same label. Those that write nothing have the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortByLabel(ReadOnlySpan<Arc> graphArcs, int first, int end, Span<int> firstOf)
    {
        int nothing = firstOf.Length - 1;
        for (int i = end - 1; i >= first; i--)
        {
            int place = graphArcs[i].Output == Arc.Nothing ? nothing : graphArcs[i].Output;
            if (place > nothing || (place == nothing && graphArcs[i].Output >= 0) || double.IsPositiveInfinity(graphArcs[i].Penalty))
                continue;
            nextWriters[i] = firstOf[place];
            firstOf[place] = i;
        }
    }

    /// <summary>Adds the arcs out of one pair, but to no pair of which the node's way to an end cannot write as many labels as the state's reads. Without lengths written, all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMatches(
        ReadOnlySpan<Arc> graphArcs, ReadOnlySpan<int> firstOf, Transducer transducer, int number, int state, ReadOnlySpan<(int Least, int Most)> written, ReadOnlySpan<(int Least, int Most)> read)
    {
        ReadOnlySpan<int> nextOf = nextWriters;
        for (int i = firstOf[^1]; i >= 0; i = nextOf[i])
        {
            ref readonly Arc arc = ref graphArcs[i];
            if (written.IsEmpty || Overlap(written[arc.To], read[state]))
                AddArrival(arc.To, new Arc(number, state, arc.Input, Arc.Nothing, arc.Penalty), i);
        }
        foreach (ref readonly Arc match in transducer.ArcsFrom(state))
        {
            for (int i = firstOf[match.Input]; i >= 0; i = nextOf[i])
            {
                ref readonly Arc arc = ref graphArcs[i];
                if (written.IsEmpty || Overlap(written[arc.To], read[match.To]))
                    AddArrival(arc.To, new Arc(number, match.To, arc.Input, match.Output, arc.Penalty + match.Penalty), i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Overlap((int Least, int Most) written, (int Least, int Most) read) => written.Least <= read.Most && read.Least <= written.Most;

    /// <summary>Adds an arc to a pair of a later node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddArrival(int node, Arc arc, int source)
    {
        int number = Append(arc, source);
        if (number >= arrivals.Length)
            Array.Resize(ref arrivals, arcs.Length);
        arrivals[number] = (lastArrivals[node], arc.To);
        lastArrivals[node] = number;
    }

    /// <summary>Keeps the nodes from which an end can be reached, and the start; numbers nodes anew, where arcs lead too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RemoveDeadEnds()
    {
        Span<Arc> all = arcs.AsSpan(0, ArcCount);
        ReadOnlySpan<(int Before, int To)> ends = arrivals;
        Span<int> kept = Reuse(ref marks, NodeCount);
        for (int node = 0; node < kept.Length; node++)
            kept[node] = endPenalties[node] < double.PositiveInfinity ? 1 : 0;
        for (int i = all.Length - 1; i >= 0; i--)
            kept[all[i].From] |= kept[ends[i].To];
        kept[0] = 1;
        NodeCount = 0;
        for (int node = 0; node < kept.Length; node++)
            kept[node] = kept[node] == 0 ? -1 : AppendNode(endPenalties[node]);
        Span<int> madeFrom = sources;
        int count = 0;
        for (int i = 0; i < all.Length; i++)
        {
            int to = kept[ends[i].To];
            if (to < 0)
                continue;
            all[count] = all[i] with { From = kept[all[i].From], To = to };
            madeFrom[count++] = madeFrom[i];
        }
        ArcCount = count;
    }
}
