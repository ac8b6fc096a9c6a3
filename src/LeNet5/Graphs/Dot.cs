using System.Globalization;
using System.Text;

namespace LeNet5.Graphs;

/// <summary>Draws graphs in the language of Graphviz.</summary>
internal static class Dot
{
    public static string Draw(ReadOnlySpan<Arc> arcs, ReadOnlySpan<double> endPenalties)
    {
        StringBuilder text = new("digraph {\n    rankdir=LR\n    node [shape=circle]\n");
        for (int node = 0; node < endPenalties.Length; node++)
        {
            if (endPenalties[node] < double.PositiveInfinity)
                text.Append(CultureInfo.InvariantCulture, $"    {node} [shape=doublecircle label=\"{node}{Priced(endPenalties[node])}\"]\n");
        }
        foreach (Arc arc in arcs)
            text.Append(CultureInfo.InvariantCulture, $"    {arc.From} -> {arc.To} [label=\"{Named(arc)}{Priced(arc.Penalty)}\"]\n");
        return text.Append("}\n").ToString();
    }

    private static string Named(Arc arc) => arc.Input == arc.Output ? Named(arc.Input) : $"{Named(arc.Input)}:{Named(arc.Output)}";

    private static string Named(int label) => label == Arc.Nothing ? "-" : label.ToString(CultureInfo.InvariantCulture);

    private static string Priced(double penalty) => penalty == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"/{penalty:0.###}");
}
