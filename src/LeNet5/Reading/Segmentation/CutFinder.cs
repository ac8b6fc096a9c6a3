using System.Runtime.CompilerServices;
using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>Finds candidate cuts of a line of digits, more than are needed (section V).</summary>
/// <remarks>
/// In every few rows, for each place, the cheapest path from the top to the bottom through that place; places where it is cheaper than at their neighbours are candidates.
/// Such a path follows the contours into the valleys above and below and cuts the thinnest ink between them. First come gaps, paths that sever no ink however they wind: white columns, or the way
/// between two digits whose boxes overlap. Then come cuts through ink. Of several that are nearly the same, the cheapest is taken.
/// Last come those of <see cref="ClassicCuts"/>: mostly they are there already, but where the ink is of even thickness no path is cheaper than its neighbours.
/// One thread's memory.
/// </remarks>
internal sealed class CutFinder
{
    /// <summary>The cost of moving aside by a pixel, in 255ths of a pixel of ink: a gap may wind, a cut through ink should be straight.</summary>
    private const int GapStep = 4, CutStep = 120;

    /// <summary>The highest cost of a gap and of a cut, in 255ths of a pixel.</summary>
    private const int DearestGap = 255, DearestCut = 10 * 255;

    /// <summary>The least ink on both sides of a gap and of a cut, in 255ths of a pixel: a dot, and a fifth of a digit.</summary>
    private const int LeastInkAtGap = 3 * 255, LeastInkAtCut = 16 * 255;

    /// <summary>The same where only the paper's reader would cut: a little more, since most of these cuts lie beside others.</summary>
    private const int LeastInkAtClassicCut = 20 * 255;

    /// <summary>Candidates are looked for in every so manieth row.</summary>
    private const int RowStep = 4;

    private readonly CutDescent fromTop = new(up: false);
    private readonly CutDescent fromBottom = new(up: true);
    private readonly List<(int Cost, int Row, int Place)> candidates = [];
    private readonly ClassicCuts classic = new();
    private int[] costs = [];
    private int[] inkBefore = [];
    private int[] path = [];

    /// <summary>Finds the cuts of a strip.</summary>
    /// <param name="strip">Ink is 255, ground 0.</param>
    /// <param name="faint">What is fainter is no ink.</param>
    /// <param name="cuts">Overwritten. Between any two there is ink, unless the strip has none.</param>
    public void Find(Plane strip, int faint, CutPaths cuts)
    {
        cuts.Reset(strip.Width, strip.Height);
        if (path.Length != strip.Height)
            path = new int[strip.Height];
        SumInk(strip, faint);

        AddCheapest(strip, GapStep, DearestGap, LeastInkAtGap, cuts);
        AddCheapest(strip, CutStep, DearestCut, LeastInkAtCut, cuts);
        AddClassic(strip, faint, cuts);
    }

    private void AddCheapest(Plane strip, int sideStep, int dearest, int leastInk, CutPaths cuts)
    {
        fromTop.Run(strip, sideStep);
        fromBottom.Run(strip, sideStep);
        candidates.Clear();
        for (int y = RowStep; y < strip.Height; y += RowStep)
            FindMinima(y, CostsThrough(strip, y), dearest);
        candidates.Sort();
        foreach ((int cost, int row, int place) in candidates)
        {
            fromTop.Trace(row, place, path);
            fromBottom.Trace(row, place, path);
            Offer(cost, leastInk, strip.Width + 1, cuts);
        }
    }

    private void AddClassic(Plane strip, int faint, CutPaths cuts)
    {
        classic.Find(strip, faint, DearestCut);
        foreach ((int cost, CutSource source, int place) in classic.Found)
        {
            classic.Trace(source, place, path);
            Offer(cost, LeastInkAtClassicCut, strip.Width + 1, cuts);
        }
    }

    /// <summary>Takes the path for a cut, unless there is too little ink between it and a neighbour.</summary>
    private void Offer(int cost, int leastInk, int places, CutPaths cuts)
    {
        int next = cuts.PlaceOf(path);
        if (FitBetween(cuts[next - 1], cuts[next], places) >= leastInk)
            cuts.Insert(next, path, cost);
    }

    /// <summary>How much ink each row has before each place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumInk(Plane strip, int faint)
    {
        int places = strip.Width + 1;
        if (inkBefore.Length < places * strip.Height)
            inkBefore = new int[places * strip.Height];
        for (int y = 0; y < strip.Height; y++)
        {
            ReadOnlySpan<byte> row = strip.Row(y);
            Span<int> before = inkBefore.AsSpan(y * places, places);
            int sum = before[0] = 0;
            for (int x = 0; x < row.Length; x++)
                before[x + 1] = sum += row[x] >= faint ? row[x] : 0;
        }
    }

    /// <summary>What the cheapest path through each place of a row costs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> CostsThrough(Plane strip, int y)
    {
        ReadOnlySpan<int> above = fromTop.CostsOf(y), below = fromBottom.CostsOf(y);
        ReadOnlySpan<byte> row = strip.Row(y);
        if (costs.Length < above.Length)
            costs = new int[above.Length];
        Span<int> through = costs.AsSpan(0, above.Length);
        // Both have paid for what is severed in this row.
        for (int x = 0; x < through.Length; x++)
            through[x] = above[x] + below[x] - (x > 0 && x < row.Length ? Math.Min(row[x - 1], row[x]) : 0);
        return through;
    }

    /// <summary>Takes places that are cheaper than their neighbours for candidates; of equal ones side by side the middle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindMinima(int row, ReadOnlySpan<int> costs, int dearest)
    {
        int end;
        for (int x = 1; x < costs.Length; x = end)
        {
            end = x + 1;
            while (end < costs.Length && costs[end] == costs[x])
                end++;
            if (end < costs.Length && costs[x] < costs[x - 1] && costs[x] < costs[end] && costs[x] <= dearest)
                candidates.Add((costs[x], row, (x + end - 1) / 2));
        }
    }

    /// <summary>Keeps a path from crossing its neighbours.</summary>
    /// <returns>The ink between it and the one or the other, whichever is less.</returns>
    private int FitBetween(ReadOnlySpan<int> left, ReadOnlySpan<int> right, int places)
    {
        int before = 0, behind = 0;
        for (int y = 0; y < path.Length; y++)
        {
            path[y] = Math.Clamp(path[y], left[y], right[y]);
            ReadOnlySpan<int> ink = inkBefore.AsSpan(y * places, places);
            before += ink[path[y]] - ink[left[y]];
            behind += ink[right[y]] - ink[path[y]];
        }
        return Math.Min(before, behind);
    }
}
