namespace LeNet5.Graphs;

/// <content>The smallest acceptor of the same strings.</content>
public sealed partial class Transducer
{
    /// <summary>Makes the smallest acceptor of the same strings that reads each in one way only.</summary>
    /// <remarks>
    /// Sets of states become states, then those that accept the same rest are made one. There may be very many such sets: some acceptors of n states
    /// have 2^n.
    /// </remarks>
    /// <exception cref="InvalidOperationException">This is no acceptor, or it has penalties.</exception>
    public Transducer Minimize()
    {
        if (!IsAcceptor || Array.Exists(arcs, arc => arc.Penalty != 0) || EndStates.Any(end => ends[end] != 0))
            throw new InvalidOperationException("Only an acceptor without penalties can be minimized: two ways to read a string may differ in what they write or cost. Minimize the parts that have neither.");
        (int[] table, bool[] accepting) = Determinize();
        return Merge(table, accepting);
    }

    /// <summary>For each set of states that can be reached and each label the set it leads to, -1 for none; and whether a set contains an end.</summary>
    private (int[] Table, bool[] Accepting) Determinize()
    {
        Dictionary<string, int> numbers = new() { ["0"] = 0 };
        List<int[]> sets = [[0]];
        List<int> table = [];
        for (int i = 0; i < sets.Count; i++)
        {
            for (int label = 0; label < LabelCount; label++)
            {
                SortedSet<int> next = [];
                foreach (int state in sets[i])
                {
                    foreach (Arc arc in Matches(state, label))
                        next.Add(arc.To);
                }
                string key = string.Join(' ', next);
                if (next.Count > 0 && numbers.TryAdd(key, sets.Count))
                    sets.Add([.. next]);
                table.Add(next.Count > 0 ? numbers[key] : -1);
            }
        }
        return ([.. table], [.. sets.Select(set => Array.Exists(set, state => ends[state] == 0))]);
    }

    /// <summary>Parts the states of a table into ends and others, then by the parts that they lead to, until no part falls apart any more.</summary>
    private Transducer Merge(int[] table, bool[] accepting)
    {
        int[] parts = Array.ConvertAll(accepting, accepts => accepts == accepting[0] ? 0 : 1);
        for (int count = 0; count < parts.Max() + 1;)
        {
            count = parts.Max() + 1;
            Dictionary<string, int> numbers = [];
            int[] finer = new int[parts.Length];
            for (int state = 0; state < parts.Length; state++)
            {
                string key = $"{parts[state]}: {string.Join(' ', Row(state).Select(to => to < 0 ? -1 : parts[to]))}";
                numbers.TryAdd(key, numbers.Count);
                finer[state] = numbers[key];
            }
            parts = finer;
        }

        double[] endPenalties = new double[parts.Max() + 1];
        HashSet<Arc> merged = [];
        for (int state = 0; state < parts.Length; state++)
        {
            endPenalties[parts[state]] = accepting[state] ? 0 : double.PositiveInfinity;
            foreach ((int label, int to) in Row(state).Index().Where(entry => entry.Item >= 0))
                merged.Add(new Arc(parts[state], parts[to], label, label));
        }
        return new Transducer(endPenalties, [.. merged]);

        ArraySegment<int> Row(int state) => new(table, state * LabelCount, LabelCount);
    }
}
