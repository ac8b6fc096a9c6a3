using System.Runtime.InteropServices;

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
    /// <exception cref="ArgumentException">There are more than 1,000,000 such sets.</exception>
    public Transducer Minimize()
    {
        if (!IsAcceptor || Free != this)
            throw new InvalidOperationException("Only an acceptor without penalties can be minimized: two ways to read a string may differ in what they write or cost. Minimize the parts that have neither.");
        (List<int[]> table, bool[] accepting) = Determinize();
        return Merge(table, accepting);
    }

    /// <summary>For each set of states that can be reached the set that each label leads to, -1 for none; and whether a set contains an end.</summary>
    private (List<int[]> Table, bool[] Accepting) Determinize()
    {
        string start = KeyOf([0]);
        Dictionary<string, int> numbers = new() { [start] = 0 };
        List<string> sets = [start];
        List<int[]> table = [];
        List<int>[] reached = [.. Enumerable.Range(0, LabelCount).Select(_ => new List<int>())];
        List<int> labels = [];
        for (int i = 0; i < sets.Count; i++)
        {
            CheckSize(sets.Count, 0);
            foreach (int state in StatesOf(sets[i]))
            {
                foreach (Arc arc in ArcsFrom(state))
                {
                    if (reached[arc.Input].Count == 0)
                        labels.Add(arc.Input);
                    reached[arc.Input].Add(arc.To);
                }
            }
            int[] row = new int[LabelCount];
            Array.Fill(row, -1);
            foreach (int label in labels)
            {
                string key = KeyOf(reached[label]);
                if (numbers.TryAdd(key, sets.Count))
                    sets.Add(key);
                row[label] = numbers[key];
                reached[label].Clear();
            }
            labels.Clear();
            table.Add(row);
        }
        return (table, [.. sets.Select(set => Array.Exists(StatesOf(set), state => ends[state] == 0))]);
    }

    /// <summary>A set of states as a text, two characters a state: small, and quickly found among a million.</summary>
    private static string KeyOf(List<int> states)
    {
        states.Sort();
        Span<int> sorted = CollectionsMarshal.AsSpan(states);
        int count = 0;
        foreach (int state in sorted)
        {
            if (count == 0 || state != sorted[count - 1])
                sorted[count++] = state;
        }
        return new string(MemoryMarshal.Cast<int, char>(sorted[..count]));
    }

    private static int[] StatesOf(string key) => MemoryMarshal.Cast<char, int>(key).ToArray();

    /// <summary>Parts the states of a table into ends and others, then by the parts that they lead to, until no part falls apart any more.</summary>
    private Transducer Merge(List<int[]> table, bool[] accepting)
    {
        int[] parts = Array.ConvertAll(accepting, accepts => accepts == accepting[0] ? 0 : 1);
        for (int count = 0; count <= parts.Max();)
        {
            count = parts.Max() + 1;
            int[] finer = parts;
            for (int label = 0; label < LabelCount; label++)
                finer = Refine(finer, state => table[state][label] < 0 ? -1 : parts[table[state][label]]);
            parts = finer;
        }

        double[] endPenalties = new double[parts.Max() + 1];
        HashSet<Arc> merged = [];
        for (int state = 0; state < parts.Length; state++)
        {
            endPenalties[parts[state]] = accepting[state] ? 0 : double.PositiveInfinity;
            foreach ((int label, int to) in table[state].Index().Where(entry => entry.Item >= 0))
                merged.Add(new Arc(parts[state], parts[to], label, label));
        }
        return new Transducer(endPenalties, [.. merged]);
    }

    /// <summary>Splits parts by another property of their states; numbers them as they come.</summary>
    private static int[] Refine(int[] parts, Func<int, int> property)
    {
        Dictionary<(int, int), int> numbers = [];
        int[] finer = new int[parts.Length];
        for (int state = 0; state < parts.Length; state++)
        {
            numbers.TryAdd((parts[state], property(state)), numbers.Count);
            finer[state] = numbers[(parts[state], property(state))];
        }
        return finer;
    }
}
