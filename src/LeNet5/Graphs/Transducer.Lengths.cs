namespace LeNet5.Graphs;

/// <content>How long strings are.</content>
public sealed partial class Transducer
{
    private readonly (int Least, int Most)[] lengths;

    /// <summary>For each state how many labels are read from there to an end, at least and at most; <see cref="int.MaxValue"/> for any number. Where there is no end, least is above most.</summary>
    internal ReadOnlySpan<(int Least, int Most)> Lengths => lengths;

    private (int Least, int Most)[] FindLengths()
    {
        (int Least, int Most)[] found = Array.ConvertAll(ends, penalty => penalty < double.PositiveInfinity ? (0, 0) : (int.MaxValue, -1));
        (int[] firstBefore, int[] before) = FindPredecessors();

        Queue<int> reached = new(EndStates);
        while (reached.TryDequeue(out int state))
        {
            foreach (int from in before.AsSpan(firstBefore[state]..firstBefore[state + 1]))
            {
                if (found[from].Least < int.MaxValue)
                    continue;
                found[from].Least = found[state].Least + 1;
                reached.Enqueue(from);
            }
        }

        // A state is settled when all that its arcs lead to are; one on a cycle, or before one, never is.
        int[] unsettled = new int[StateCount];
        for (int state = 0; state < unsettled.Length; state++)
            unsettled[state] = firstOf[state + 1] - firstOf[state];
        Queue<int> settled = new(Enumerable.Range(0, StateCount).Where(state => unsettled[state] == 0));
        while (settled.TryDequeue(out int state))
        {
            foreach (int from in before.AsSpan(firstBefore[state]..firstBefore[state + 1]))
            {
                found[from].Most = Math.Max(found[from].Most, found[state].Most + 1);
                if (--unsettled[from] == 0)
                    settled.Enqueue(from);
            }
        }
        for (int state = 0; state < found.Length; state++)
        {
            if (unsettled[state] > 0)
                found[state].Most = int.MaxValue;
        }
        return found;
    }

    /// <summary>For each arc the state that it leaves, by the state that it leads to.</summary>
    private (int[] First, int[] States) FindPredecessors()
    {
        int[] first = new int[StateCount + 2], states = new int[arcs.Length];
        foreach (Arc arc in arcs)
            first[arc.To + 2]++;
        for (int i = 2; i < first.Length; i++)
            first[i] += first[i - 1];
        foreach (Arc arc in arcs)
            states[first[arc.To + 1]++] = arc.From;
        return (first, states);
    }
}
