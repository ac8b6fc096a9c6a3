using System.Runtime.CompilerServices;

namespace LeNet5.Graphs;

/// <summary>An acyclic graph whose arcs carry labels and penalties: each path from the start to an end is an interpretation, and its penalty is the sum of
/// those of its arcs and of its end.</summary>
/// <remarks>
/// Nodes are numbered so that every arc leads to a larger number; node 0 is the start. The graph is a buffer to be filled again and again: once it has grown to its
/// size, neither filling nor composing nor scoring it takes memory. Not thread-safe. Section VIII of the paper.
/// </remarks>
public sealed partial class WeightedGraph
{
    /// <summary>Beyond this on either side a penalty is refused: the sum of many could not be told from infinity.</summary>
    private const double MostPenalty = 1e100;

    private Arc[] arcs = new Arc[64];
    private int[] sources = new int[64];
    private double[] endPenalties = new double[16];
    private int sourceCount;

    /// <summary>Makes a graph that consists of its start.</summary>
    public WeightedGraph() => Clear();

    /// <summary>Number of nodes, at least 1.</summary>
    public int NodeCount { get; private set; }

    /// <summary>Number of arcs.</summary>
    public int ArcCount { get; private set; }

    /// <summary>So many arcs it has memory for.</summary>
    internal int ArcCapacity => arcs.Length;

    /// <summary>The arcs, by ascending <see cref="Arc.From"/>. Lent until the graph is changed.</summary>
    public ReadOnlySpan<Arc> Arcs => arcs.AsSpan(0, ArcCount);

    /// <summary>For each arc the number of the arc that it was made from, in the graph that this one was composed from; -1 where there is none. Lent until the
    /// graph is changed.</summary>
    public ReadOnlySpan<int> Sources => sources.AsSpan(0, ArcCount);

    /// <summary>For each node the penalty of ending there; positive infinity where no path can end. Lent until the graph is changed.</summary>
    public ReadOnlySpan<double> EndPenalties => endPenalties.AsSpan(0, NodeCount);

    /// <summary>Removes everything but the start, which is no end.</summary>
    public void Clear()
    {
        NodeCount = 0;
        ArcCount = 0;
        sourceCount = 0;
        hasLengths = false;
        AddNode();
    }

    /// <summary>Adds a node, which is no end.</summary>
    /// <returns>Its number: one more than that of the last.</returns>
    public int AddNode()
    {
        hasLengths = false;
        return AppendNode(double.PositiveInfinity);
    }

    /// <summary>Adds an arc.</summary>
    /// <param name="arc">It leads from a node to one of a larger number, and does not leave a smaller node than the arc before it.</param>
    /// <param name="source">The number of the arc that it was made from, in whatever graph <see cref="Propagate"/> shall carry gradients to; -1 for none.</param>
    /// <returns>Its number: the arcs are counted from 0.</returns>
    /// <exception cref="ArgumentException">The nodes are missing or out of order, a label is below -1, or the penalty is neither positive infinity nor from -1e100 to 1e100.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddArc(Arc arc, int source = -1)
    {
        if ((uint)arc.From >= (uint)arc.To || (uint)arc.To >= (uint)NodeCount || (ArcCount > 0 && arc.From < arcs[ArcCount - 1].From) || arc.Input < Arc.Nothing || arc.Output < Arc.Nothing)
            throw Misplaced(arc);
        // -1 is the least, and becomes 0.
        if ((uint)(source + 1) > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(source), source, null);
        CheckPenalty(arc.Penalty, "an arc", nameof(arc));
        sourceCount = Math.Max(sourceCount, source + 1);
        hasLengths = false;
        return Append(arc, source);
    }

    /// <summary>Lets paths end at a node.</summary>
    /// <param name="node">0 to <see cref="NodeCount"/> - 1.</param>
    /// <param name="penalty">What the end adds to the penalty of a path; positive infinity for no end. Default: 0.</param>
    /// <exception cref="ArgumentException">The node is missing, or the penalty is neither positive infinity nor from -1e100 to 1e100.</exception>
    public void SetEnd(int node, double penalty = 0)
    {
        if ((uint)node >= (uint)NodeCount)
            throw new ArgumentOutOfRangeException(nameof(node), node, $"The graph has nodes 0 to {NodeCount - 1}.");
        CheckPenalty(penalty, "an end", nameof(penalty));
        endPenalties[node] = penalty;
        hasLengths = false;
    }

    /// <summary>Carries a gradient back to the graph that this one was composed from.</summary>
    /// <param name="gradient">For each arc the derivative by its penalty.</param>
    /// <param name="sourceGradient">For each arc of the other graph; the derivatives of the arcs made from it are added.</param>
    /// <exception cref="ArgumentException">There is not one derivative for each arc, or an arc was made from one that has no place in <paramref name="sourceGradient"/>.</exception>
    public void Propagate(ReadOnlySpan<double> gradient, Span<double> sourceGradient)
    {
        CheckGradient(gradient);
        if (sourceGradient.Length < sourceCount)
            throw new ArgumentException($"The graph was composed from one of {sourceCount} arcs or more, but there is room for the derivatives of {sourceGradient.Length}.", nameof(sourceGradient));
        for (int i = 0; i < gradient.Length; i++)
        {
            if (sources[i] >= 0)
                sourceGradient[sources[i]] += gradient[i];
        }
    }

    /// <summary>The graph in the language of Graphviz: <c>input:output/penalty</c> along the arcs, ends in double circles.</summary>
    public string ToDot() => Dot.Draw(Arcs, EndPenalties);

    /// <summary>Counts nodes and arcs.</summary>
    public override string ToString() => $"{NodeCount} nodes, {ArcCount} arcs";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CheckPenalty(double penalty, string what, string parameter, double most = MostPenalty)
    {
        if (!(penalty >= -most) || (penalty > most && penalty < double.PositiveInfinity))
            throw new ArgumentException(Invalid(penalty, what, most), parameter);
    }

    // What is wrong is told in methods of its own, since the memory for messages would be cleared at each call.
    private static string Invalid(double penalty, string what, double most) =>
        FormattableString.Invariant($"The penalty of {what} is a number from -{most} to {most}, or positive infinity for what nobody can take, but not {penalty}.");

    private ArgumentException Misplaced(Arc arc) => new(
        (uint)arc.From >= (uint)arc.To || (uint)arc.To >= (uint)NodeCount
            ? $"An arc leads from a node to one of a larger number, of 0 to {NodeCount - 1} so far, but this one from {arc.From} to {arc.To}. Add nodes before arcs, in the order of the paths."
        : arc.Input < Arc.Nothing || arc.Output < Arc.Nothing
            ? $"Labels count from 0, and -1 is the empty label, but the arc has {arc.Input} and {arc.Output}."
        : $"Arcs are added by ascending start, but one from node {arc.From} follows one from node {arcs[ArcCount - 1].From}. Add all arcs of a node before those of the next.",
        nameof(arc));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AppendNode(double endPenalty)
    {
        int number = NodeCount;
        if (number == endPenalties.Length)
            GrowNodes();
        endPenalties[number] = endPenalty;
        NodeCount = number + 1;
        return number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append(Arc arc, int source)
    {
        int number = ArcCount;
        if (number == arcs.Length)
            GrowArcs();
        arcs[number] = arc;
        sources[number] = source;
        ArcCount = number + 1;
        return number;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowNodes() => Array.Resize(ref endPenalties, 2 * endPenalties.Length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowArcs()
    {
        Array.Resize(ref arcs, 2 * arcs.Length);
        Array.Resize(ref sources, arcs.Length);
    }

    private void CheckGradient(ReadOnlySpan<double> gradient)
    {
        if (gradient.Length != ArcCount)
            throw new ArgumentException($"The graph has {ArcCount} arcs, but there are {gradient.Length} derivatives. Give one for each arc.", nameof(gradient));
    }

    /// <summary>Memory that a calculation uses again and again, all zero.</summary>
    internal static Span<double> Zeros(ref double[] memory, int length)
    {
        Span<double> zeros = Reuse(ref memory, length);
        zeros.Clear();
        return zeros;
    }

    /// <summary>Memory that a calculation uses again and again; what it holds is left from the last one.</summary>
    private static Span<T> Reuse<T>(ref T[] memory, int length)
    {
        if (memory.Length < length)
            memory = new T[Math.Max(length, 2 * memory.Length)];
        return memory.AsSpan(0, length);
    }
}
