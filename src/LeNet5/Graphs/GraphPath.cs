using System.Collections.Immutable;
using System.Globalization;

namespace LeNet5.Graphs;

/// <summary>A path of a <see cref="WeightedGraph"/> from the start to an end. Immutable and therefore thread-safe.</summary>
public sealed class GraphPath
{
    internal GraphPath(double penalty, ImmutableArray<int> arcs, ImmutableArray<int> labels) => (Penalty, Arcs, Labels) = (penalty, arcs, labels);

    /// <summary>The sum of the penalties of its arcs and of its end.</summary>
    public double Penalty { get; }

    /// <summary>The numbers of its arcs in the graph, from start to end.</summary>
    public ImmutableArray<int> Arcs { get; }

    /// <summary>The string that it writes: the outputs of its arcs without <see cref="Arc.Nothing"/>.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>The labels and the penalty.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', Labels)} ({Penalty:0.###})");
}
