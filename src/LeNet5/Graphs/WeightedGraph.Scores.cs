using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5.Graphs;

public sealed partial class WeightedGraph
{
    private double[] scores = [];
    private double[] sums = [];
    private int[] marks = [];
    private int[] bestPath = [];

    /// <summary>Finds the best path (Viterbi): v_n = min over the arcs i into n of (c_i + v of where i starts).</summary>
    /// <remarks>Of equal paths into a node, the one through the arc added first is kept; of equal ends, the smaller node. Equation 10 of the paper.</remarks>
    /// <param name="path">The numbers of its arcs, from start to end. Empty where the start is the best end, or where there is no path. Lent until the next call of a
    /// member of this graph.</param>
    /// <returns>Its penalty; positive infinity where there is no path.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Viterbi(out ReadOnlySpan<int> path)
    {
        Span<double> best = Reuse(ref scores, NodeCount);
        Span<int> arrivals = Reuse(ref marks, NodeCount);
        best.Fill(double.PositiveInfinity);
        best[0] = 0;
        ReadOnlySpan<Arc> all = Arcs;
        for (int i = 0; i < all.Length; i++)
        {
            // Arcs into a node come before those out of it: what is read here is final.
            double penalty = best[all[i].From] + all[i].Penalty;
            if (penalty < best[all[i].To])
            {
                best[all[i].To] = penalty;
                arrivals[all[i].To] = i;
            }
        }

        int end = 0;
        double smallest = double.PositiveInfinity;
        for (int node = 0; node < best.Length; node++)
        {
            if (best[node] + endPenalties[node] < smallest)
            {
                smallest = best[node] + endPenalties[node];
                end = node;
            }
        }
        path = Backtrack(arrivals, end);
        return smallest;
    }

    /// <summary>Adds up all paths (forward score): F = -log of the sum of e^-(penalty of the path).</summary>
    /// <remarks>
    /// f_n = logadd over the arcs i into n of (c_i + f of where i starts), with the smallest term taken out of each sum. dF/dc_i is the posterior of arc i: the share of all paths
    /// that take it. The same bits on every machine. Equations 13 to 16 of the paper.
    /// </remarks>
    /// <param name="gradient">Where not empty, <paramref name="scale"/> times dF/dc_i is added for each arc i.</param>
    /// <param name="scale">What the derivatives are multiplied by, a finite number. Default: 1.</param>
    /// <returns>F; positive infinity where there is no path, and then nothing is added.</returns>
    /// <exception cref="ArgumentException">There is not one derivative for each arc.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not a finite number.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Forward(Span<double> gradient = default, double scale = 1)
    {
        if (!double.IsFinite(scale))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "Derivatives are multiplied by a finite number.");
        if (!gradient.IsEmpty)
            CheckGradient(gradient);
        Span<double> smallest = Reuse(ref scores, NodeCount);
        Span<double> sum = Reuse(ref sums, NodeCount);
        smallest.Fill(double.PositiveInfinity);
        sum.Clear();
        (smallest[0], sum[0]) = (0, 1);
        int complete = 0;
        foreach (ref readonly Arc arc in Arcs)
        {
            // Once arcs leave a node, none enters it or a smaller one any more.
            for (; complete <= arc.From; complete++)
                smallest[complete] -= LogOf(sum[complete]);
            Accumulate(smallest[arc.From] + arc.Penalty, ref smallest[arc.To], ref sum[arc.To]);
        }
        for (; complete < smallest.Length; complete++)
            smallest[complete] -= LogOf(sum[complete]);

        double least = double.PositiveInfinity, all = 0;
        for (int node = 0; node < smallest.Length; node++)
            Accumulate(smallest[node] + endPenalties[node], ref least, ref all);
        double score = least - Elementary.Log(all);
        if (!gradient.IsEmpty && score < double.PositiveInfinity)
            AddPosteriors(smallest, score, gradient, scale);
        return score;
    }

    /// <summary>Into most nodes leads one arc: then the sum is its smallest term, and nothing is to be calculated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double LogOf(double sum) => sum == 1 ? 0 : Elementary.Log(sum);

    /// <summary>Adds e^-penalty to a sum that is kept as e^-smallest x sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(double penalty, ref double smallest, ref double sum)
    {
        if (penalty < smallest)
        {
            sum = sum == 0 ? 1 : (sum * Elementary.Exp(penalty - smallest)) + 1;
            smallest = penalty;
        }
        else if (penalty < double.PositiveInfinity)
        {
            sum += Elementary.Exp(smallest - penalty);
        }
    }

    /// <summary>dF/df_n = sum over the arcs i out of n of dF/dc_i, and dF/dc_i = dF/df of where i leads x e^(f of there - (c_i + f_n)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPosteriors(ReadOnlySpan<double> forward, double score, Span<double> gradient, double scale)
    {
        Span<double> derivatives = sums.AsSpan(0, NodeCount);
        for (int node = 0; node < derivatives.Length; node++)
            derivatives[node] = Share(score, forward[node] + endPenalties[node]);
        for (int i = ArcCount - 1; i >= 0; i--)
        {
            ref readonly Arc arc = ref arcs[i];
            if (derivatives[arc.To] == 0)
                continue;
            double posterior = derivatives[arc.To] * Share(forward[arc.To], forward[arc.From] + arc.Penalty);
            derivatives[arc.From] += posterior;
            gradient[i] += scale * posterior;
        }
    }

    /// <summary>The part that a term has in a sum. No path leads to where a sum is infinite.</summary>
    private static double Share(double sum, double term) => double.IsPositiveInfinity(term) ? 0 : Elementary.Exp(sum - term);

    private ReadOnlySpan<int> Backtrack(ReadOnlySpan<int> arrivals, int end)
    {
        int length = 0;
        for (int node = end; node > 0; node = arcs[arrivals[node]].From)
            length++;
        Span<int> path = Reuse(ref bestPath, length);
        for (int node = end; node > 0; node = arcs[arrivals[node]].From)
            path[--length] = arrivals[node];
        return path;
    }
}
