using System.Numerics;
using System.Runtime.CompilerServices;

namespace LeNet5.Graphs;

public sealed partial class WeightedGraph
{
    private ulong[] reached = [];
    private int[] numbers = [];

    /// <summary>Composes the graph with a transducer: the result has a path for each way in which the transducer reads the labels that a path of this graph writes.</summary>
    /// <remarks>
    /// Nodes of the result are pairs of a node and a state, by node and then by state. Where an arc writes <see cref="Arc.Nothing"/>, the state stays as it is; otherwise each arc
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
        int words = (states + 63) >> 6;
        Span<ulong> pairs = Reuse(ref reached, graph.NodeCount * words);
        Span<int> numberOf = Reuse(ref numbers, graph.NodeCount * states);
        ReadOnlySpan<Arc> graphArcs = graph.Arcs;
        pairs.Clear();
        pairs[0] = 1;
        NodeCount = 0;
        int first = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            int end = first;
            while (end < graphArcs.Length && graphArcs[end].From == node)
                end++;
            for (int word = 0; word < words; word++)
            {
                for (ulong left = pairs[(node * words) + word]; left != 0; left &= left - 1)
                {
                    int state = (word << 6) + BitOperations.TrailingZeroCount(left);
                    int number = AddNode();
                    numberOf[(node * states) + state] = number;
                    endPenalties[number] = graph.endPenalties[node] + transducer.EndPenalties[state];
                    for (int i = first; i < end; i++)
                        AddMatches(graphArcs[i], i, transducer, number, state, pairs, words);
                }
            }
            first = end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddMatches(in Arc arc, int source, Transducer transducer, int number, int state, Span<ulong> pairs, int words)
    {
        if (double.IsPositiveInfinity(arc.Penalty))
            return;
        if (arc.Output == Arc.Nothing)
        {
            pairs[(arc.To * words) + (state >> 6)] |= 1UL << state;
            Append(new Arc(number, (arc.To * transducer.StateCount) + state, arc.Input, Arc.Nothing, arc.Penalty), source);
            return;
        }
        foreach (ref readonly Arc match in transducer.Matches(state, arc.Output))
        {
            pairs[(arc.To * words) + (match.To >> 6)] |= 1UL << match.To;
            Append(new Arc(number, (arc.To * transducer.StateCount) + match.To, arc.Input, match.Output, arc.Penalty + match.Penalty), source);
        }
    }

    /// <summary>Keeps the nodes from which an end can be reached, and the start; numbers them anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RemoveDeadEnds()
    {
        Span<int> numberOf = numbers;
        Span<int> kept = Reuse(ref marks, NodeCount);
        for (int node = 0; node < kept.Length; node++)
            kept[node] = endPenalties[node] < double.PositiveInfinity ? 1 : 0;
        for (int i = ArcCount - 1; i >= 0; i--)
        {
            ref Arc arc = ref arcs[i];
            int to = numberOf[arc.To];
            arc = arc with { To = to };
            kept[arc.From] |= kept[to];
        }

        kept[0] = 1;
        int count = 0;
        for (int node = 0; node < kept.Length; node++)
        {
            endPenalties[count] = endPenalties[node];
            kept[node] = kept[node] == 0 ? -1 : count++;
        }
        NodeCount = count;
        if (count < kept.Length)
            RemoveArcsOfRemovedNodes(kept);
    }

    private void RemoveArcsOfRemovedNodes(ReadOnlySpan<int> kept)
    {
        int count = 0;
        for (int i = 0; i < ArcCount; i++)
        {
            int to = kept[arcs[i].To];
            if (to < 0)
                continue;
            arcs[count] = arcs[i] with { From = kept[arcs[i].From], To = to };
            sources[count++] = sources[i];
        }
        ArcCount = count;
    }
}
