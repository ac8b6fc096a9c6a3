using System.Collections.Immutable;

namespace LeNet5.Graphs;

/// <summary>Finds the best paths of a graph one after the other, from the start on, always extending what can be completed at the least penalty.</summary>
/// <remarks>
/// Partial paths are ordered by their excess: what their best completion costs more than the best path of all. It is the sum of the excesses of their arcs, c_i + completion of where
/// the arc leads - completion of where it starts, which are never negative, and exactly 0 along a best completion. As the newest of equals is extended first, the search runs
/// straight to an end, however many paths are equal.
/// </remarks>
internal sealed class PathSearch
{
    private readonly List<Step> steps = [];
    private readonly PriorityQueue<int, (double Excess, int Age)> open = new();
    private readonly HashSet<(int Node, int Text)> closed = [];
    private readonly Dictionary<(int Text, int Label), int> texts = [];
    private double[] completions = [];

    /// <summary>The last arc of a partial path, the step before it, the node it has come to (that after the last stands for the end), and the number of the string so far.</summary>
    private readonly record struct Step(int Node, int Arc, int Previous, int Text);

    /// <summary>Finds the best paths of all, by ascending penalty; or, where they shall be distinct, the best path of each string.</summary>
    /// <remarks>For distinct strings, partial paths that meet in a node with the same string so far are one: no more are extended than the graph has nodes, for each
    /// beginning of each string found.</remarks>
    public ImmutableArray<GraphPath> Run(WeightedGraph graph, int count, bool distinct)
    {
        steps.Clear();
        open.Clear();
        closed.Clear();
        texts.Clear();
        int[] firstArcs = FindCompletions(graph);
        List<GraphPath> found = [];
        if (completions[0] < double.PositiveInfinity)
            Push(new Step(0, Arc.Nothing, -1, 0), 0);
        while (found.Count < count && open.TryDequeue(out int number, out (double Excess, int Age) priority))
        {
            Step step = steps[number];
            if (distinct && !closed.Add((step.Node, step.Text)))
                continue;
            if (step.Node == graph.NodeCount)
                found.Add(PathTo(graph, step));
            else
                Extend(graph, firstArcs, number, priority.Excess, distinct);
        }
        // The sums along the paths may differ in the last bits from best completion and excess.
        return [.. found.OrderBy(path => path.Penalty)];
    }

    /// <summary>For each node the penalty of the best way to an end, and the number of its first arc.</summary>
    private int[] FindCompletions(WeightedGraph graph)
    {
        completions = graph.EndPenalties.ToArray();
        int[] firstArcs = new int[graph.NodeCount + 1];
        Array.Fill(firstArcs, graph.ArcCount);
        ReadOnlySpan<Arc> arcs = graph.Arcs;
        for (int i = arcs.Length - 1; i >= 0; i--)
        {
            completions[arcs[i].From] = Math.Min(completions[arcs[i].From], arcs[i].Penalty + completions[arcs[i].To]);
            firstArcs[arcs[i].From] = i;
        }
        for (int node = graph.NodeCount - 1; node >= 0; node--)
            firstArcs[node] = Math.Min(firstArcs[node], firstArcs[node + 1]);
        return firstArcs;
    }

    private void Extend(WeightedGraph graph, int[] firstArcs, int number, double excess, bool distinct)
    {
        Step step = steps[number];
        double completion = completions[step.Node];
        for (int i = firstArcs[step.Node + 1] - 1; i >= firstArcs[step.Node]; i--)
        {
            Arc arc = graph.Arcs[i];
            double penalty = arc.Penalty + completions[arc.To];
            if (penalty < double.PositiveInfinity)
                Push(new Step(arc.To, i, number, distinct ? Append(step.Text, arc.Output) : 0), excess + (penalty - completion));
        }
        if (graph.EndPenalties[step.Node] < double.PositiveInfinity)
            Push(new Step(graph.NodeCount, Arc.Nothing, number, step.Text), excess + (graph.EndPenalties[step.Node] - completion));
    }

    private void Push(Step step, double excess)
    {
        open.Enqueue(steps.Count, (excess, -steps.Count));
        steps.Add(step);
    }

    /// <summary>The number of a string that is one label longer.</summary>
    private int Append(int text, int label)
    {
        if (label == Arc.Nothing)
            return text;
        texts.TryAdd((text, label), texts.Count + 1);
        return texts[(text, label)];
    }

    private GraphPath PathTo(WeightedGraph graph, Step end)
    {
        List<int> path = [];
        int last = steps[end.Previous].Node;
        for (Step step = steps[end.Previous]; step.Previous >= 0; step = steps[step.Previous])
            path.Add(step.Arc);
        path.Reverse();
        double penalty = 0;
        List<int> labels = [];
        foreach (int arc in path)
        {
            penalty += graph.Arcs[arc].Penalty;
            if (graph.Arcs[arc].Output != Arc.Nothing)
                labels.Add(graph.Arcs[arc].Output);
        }
        return new GraphPath(penalty + graph.EndPenalties[last], [.. path], [.. labels]);
    }
}
