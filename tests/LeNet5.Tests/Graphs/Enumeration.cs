using LeNet5.Graphs;

namespace LeNet5.Tests.Graphs;

/// <summary>A path found by trying them all.</summary>
internal sealed record PlainPath(double Penalty, int[] Arcs, string Inputs, string Outputs);

/// <summary>Graphs and transducers at random, and all that they contain by plain enumeration: the oracle of this folder.</summary>
internal static class Enumeration
{
    /// <summary>All paths of a graph; those of infinite penalty where they are asked for.</summary>
    public static List<PlainPath> PathsOf(WeightedGraph graph)
    {
        List<PlainPath> paths = [];
        Arc[] arcs = graph.Arcs.ToArray();
        double[] ends = graph.EndPenalties.ToArray();
        Extend(0, 0, []);
        return paths;

        void Extend(int node, double penalty, List<int> path)
        {
            if (penalty + ends[node] < double.PositiveInfinity)
                paths.Add(new PlainPath(penalty + ends[node], [.. path], Spell(path.Select(i => arcs[i].Input)), Spell(path.Select(i => arcs[i].Output))));
            for (int i = 0; i < arcs.Length; i++)
            {
                if (arcs[i].From != node)
                    continue;
                path.Add(i);
                Extend(arcs[i].To, penalty + arcs[i].Penalty, path);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    /// <summary>All ways in which a transducer reads a string.</summary>
    public static List<PlainPath> ReadingsOf(Transducer transducer, string inputs)
    {
        List<PlainPath> paths = [];
        Arc[] arcs = transducer.Arcs.ToArray();
        double[] ends = transducer.EndPenalties.ToArray();
        Extend(0, 0, []);
        return paths;

        void Extend(int state, double penalty, List<int> path)
        {
            if (path.Count == inputs.Length)
            {
                if (penalty + ends[state] < double.PositiveInfinity)
                    paths.Add(new PlainPath(penalty + ends[state], [.. path], inputs, Spell(path.Select(i => arcs[i].Output))));
                return;
            }
            for (int i = 0; i < arcs.Length; i++)
            {
                if (arcs[i].From != state || arcs[i].Input != inputs[path.Count] - 'a')
                    continue;
                path.Add(i);
                Extend(arcs[i].To, penalty + arcs[i].Penalty, path);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    /// <summary>All strings of up to a length.</summary>
    public static IEnumerable<string> Strings(int labels, int longest) => longest == 0 ? [""] :
        Strings(labels, longest - 1).SelectMany(text => text.Length < longest - 1 ? [text] : Enumerable.Range(-1, labels + 1).Select(label => text + Spell([label])));

    /// <summary>What the strings and penalties of paths are, whatever their order. Penalties are made of eighths, so that their sums are exact.</summary>
    public static string[] Summary(IEnumerable<PlainPath> paths) => [.. paths.Select(path => $"{path.Inputs}>{path.Outputs} {path.Penalty}").Order(StringComparer.Ordinal)];

    /// <summary>One letter a label; nothing for <see cref="Arc.Nothing"/>.</summary>
    public static string Spell(IEnumerable<int> labels) => string.Concat(labels.Where(label => label != Arc.Nothing).Select(label => (char)('a' + label)));

    /// <summary>A graph of up to 6 nodes, sometimes without a path, whose penalties are multiples of an eighth and now and then infinite.</summary>
    public static WeightedGraph RandomGraph(ref SeededRandom random, int labels = 3)
    {
        WeightedGraph graph = new();
        int nodes = 1 + random.NextInt32(6);
        while (graph.NodeCount < nodes)
            graph.AddNode();
        for (int from = 0; from < nodes - 1; from++)
        {
            for (int arcs = random.NextInt32(5); arcs > 0; arcs--)
                graph.AddArc(new Arc(from, from + 1 + random.NextInt32(nodes - 1 - from), random.NextInt32(labels + 1) - 1, random.NextInt32(labels + 1) - 1, RandomPenalty(ref random)));
        }
        for (int ends = 1 + random.NextInt32(2); ends > 0; ends--)
            graph.SetEnd(random.NextInt32(nodes), RandomPenalty(ref random));
        return graph;
    }

    /// <summary>A transducer of up to 4 states, with cycles.</summary>
    public static Transducer RandomTransducer(ref SeededRandom random, int labels = 3, bool acceptor = false)
    {
        int states = 1 + random.NextInt32(4);
        List<Arc> arcs = [];
        for (int i = random.NextInt32(9); i > 0; i--)
        {
            int input = random.NextInt32(labels);
            arcs.Add(new Arc(random.NextInt32(states), random.NextInt32(states), input, acceptor ? input : random.NextInt32(labels + 1) - 1, RandomPenalty(ref random)));
        }
        Dictionary<int, double> ends = [];
        for (int i = 1 + random.NextInt32(2); i > 0; i--)
            ends[random.NextInt32(states)] = RandomPenalty(ref random);
        return new Transducer(arcs, ends.Select(end => (end.Key, end.Value)));
    }

    private static double RandomPenalty(ref SeededRandom random) => random.NextInt32(12) == 0 ? double.PositiveInfinity : (random.NextInt32(33) - 8) / 8.0;
}
