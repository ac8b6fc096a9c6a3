using System.Runtime.CompilerServices;

namespace LeNet5.Graphs;

public sealed partial class WeightedGraph
{
    private bool[] reached = [];
    private int[] numbers = [];
    private int[] firstWriters = [];
    private int[] nextWriters = [];

    /// <summary>Composes the graph with a transducer: the result has a path for each way in which the transducer reads the labels that a path of this graph writes.</summary>
    /// <remarks>
    /// Nodes of the result are pairs of a node and a state, by node and then by state; out of a pair, arcs come in the order of the transducer's after those that write nothing. Where an arc writes <see cref="Arc.Nothing"/>, the state stays as it is; otherwise each arc
    /// of the transducer that reads the label gives an arc that reads what the graph's reads, writes what the transducer's writes, and costs the sum of both. What no path
    /// from the start to an end takes is left out, arcs of infinite penalty too. <see cref="Sources"/> of the result are the arcs of this graph. Section VIII of the paper, figure 29.
    /// </remarks>
    /// <param name="transducer">What reads the labels.</param>
    /// <param name="result">Overwritten by the composition; another graph than this.</param>
    /// <exception cref="ArgumentException">The result is this graph, or the pairs of nodes and states are too many for memory.</exception>
    public void Compose(Transducer transducer, WeightedGraph result)
    {
        ArgumentNullException.ThrowIfNull(transducer);
        ArgumentNullException.ThrowIfNull(result);
        if (ReferenceEquals(this, result))
            throw new ArgumentException("A graph cannot be overwritten by its own composition. Give another graph for the result.", nameof(result));
        if ((long)NodeCount * transducer.StateCount > Array.MaxLength)
            throw new ArgumentException($"{NodeCount} nodes and {transducer.StateCount} states make more pairs than an array holds. Minimize the transducer, or read a shorter graph.", nameof(transducer));
        result.Clear();
        result.sourceCount = ArcCount;
        result.AddReachable(this, transducer);
        result.RemoveDeadEnds();
    }

    /// <summary>Adds every pair that can be reached, and its arcs. They lead to pairs that have no number yet, so their To is node x states + state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddReachable(WeightedGraph graph, Transducer transducer)
    {
        int states = transducer.StateCount;
        Span<bool> pairs = Reuse(ref reached, graph.NodeCount * states);
        Span<int> numberOf = Reuse(ref numbers, graph.NodeCount * states);
        Span<int> firstOf = Reuse(ref firstWriters, transducer.LabelCount + 1);
        Reuse(ref nextWriters, graph.ArcCount);
        firstOf.Fill(-1);
        pairs.Clear();
        pairs[0] = true;
        NodeCount = 0;
        int first = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            int end = first;
            while (end < graph.ArcCount && graph.arcs[end].From == node)
                end++;
            SortByLabel(graph.Arcs, first, end, firstOf);
            for (int pair = node * states; pair < (node + 1) * states; pair++)
            {
                if (!pairs[pair])
                    continue;
                int state = pair - (node * states);
                numberOf[pair] = AppendNode(graph.endPenalties[node] + transducer.EndPenalties[state]);
                AddMatches(graph.Arcs, firstOf, transducer, numberOf[pair], state, pairs);
            }
            firstOf.Fill(-1);
            first = end;
        }
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

    /// <summary>Adds the arcs out of one pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMatches(ReadOnlySpan<Arc> graphArcs, ReadOnlySpan<int> firstOf, Transducer transducer, int number, int state, Span<bool> pairs)
    {
        int states = transducer.StateCount;
        ReadOnlySpan<int> nextOf = nextWriters;
        for (int i = firstOf[^1]; i >= 0; i = nextOf[i])
        {
            ref readonly Arc arc = ref graphArcs[i];
            int pair = (arc.To * states) + state;
            pairs[pair] = true;
            Append(new Arc(number, pair, arc.Input, Arc.Nothing, arc.Penalty), i);
        }
        foreach (ref readonly Arc match in transducer.ArcsFrom(state))
        {
            for (int i = firstOf[match.Input]; i >= 0; i = nextOf[i])
            {
                ref readonly Arc arc = ref graphArcs[i];
                int pair = (arc.To * states) + match.To;
                pairs[pair] = true;
                Append(new Arc(number, pair, arc.Input, match.Output, arc.Penalty + match.Penalty), i);
            }
        }
    }

    /// <summary>Keeps the nodes from which an end can be reached, and the start; numbers nodes anew, where arcs lead too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RemoveDeadEnds()
    {
        Span<Arc> all = arcs.AsSpan(0, ArcCount);
        ReadOnlySpan<int> numberOf = numbers;
        Span<int> kept = Reuse(ref marks, NodeCount);
        for (int node = 0; node < kept.Length; node++)
            kept[node] = endPenalties[node] < double.PositiveInfinity ? 1 : 0;
        for (int i = all.Length - 1; i >= 0; i--)
            kept[all[i].From] |= kept[numberOf[all[i].To]];
        kept[0] = 1;
        NodeCount = 0;
        for (int node = 0; node < kept.Length; node++)
            kept[node] = kept[node] == 0 ? -1 : AppendNode(endPenalties[node]);
        ArcCount = 0;
        for (int i = 0; i < all.Length; i++)
        {
            int to = kept[numberOf[all[i].To]];
            if (to >= 0)
                Append(all[i] with { From = kept[all[i].From], To = to }, sources[i]);
        }
    }
}
