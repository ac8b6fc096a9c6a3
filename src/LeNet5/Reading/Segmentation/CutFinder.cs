using System.Runtime.CompilerServices;
using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>Finds candidate cuts of a line of digits, more than are needed (section V).</summary>
/// <remarks>
/// For every column in the middle row, the path from the top to the bottom through it that severs the least ink; the columns where a path severs less than its neighbours'
/// are the cuts. Where a column is white, that is a gap; where a winding white path parts leaning digits, that path; where digits touch, a path that falls along
/// the contours into the valleys above and below and cuts the thinnest ink between: what profile minima, contour distances and lines that hit and deflect look for one by one.
/// One thread's memory.
/// </remarks>
internal sealed class CutFinder
{
    /// <summary>What a path pays for each column that it moves aside, in 255ths of a pixel of ink: straight paths are preferred where there is no ink.</summary>
    private const int SideStep = 4;

    /// <summary>A cut through more ink than this, in 255ths of a pixel, does not part two digits.</summary>
    private const int MostInk = 14 * 255;

    /// <summary>Two cuts with less ink than this between them, in 255ths of a pixel, are one.</summary>
    private const int LeastInkBetween = 5 * 255;

    private int[] fromTop = [];
    private int[] fromBottom = [];
    private int[] topSources = [];
    private int[] bottomSources = [];
    private int[] candidate = [];

    /// <summary>Finds the cuts of a strip, its left and right edge included.</summary>
    /// <param name="strip">Ink is 255, ground 0.</param>
    /// <param name="cuts">Overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(Plane strip, CutPaths cuts)
    {
        int places = strip.Width + 1, middle = strip.Height / 2;
        if (fromTop.Length < places * strip.Height)
        {
            fromTop = new int[places * strip.Height];
            fromBottom = new int[places * strip.Height];
            topSources = new int[places * strip.Height];
            bottomSources = new int[places * strip.Height];
        }
        Descend(strip, 0, middle, fromTop, topSources);
        Descend(strip, strip.Height - 1, middle, fromBottom, bottomSources);

        cuts.Reset(strip.Height);
        cuts.Add(0).Clear();
        Span<int> severed = fromTop.AsSpan(middle * places, places), below = fromBottom.AsSpan(middle * places, places);
        ReadOnlySpan<byte> row = strip.Row(middle);
        for (int x = 1; x < strip.Width; x++)
            severed[x] += below[x] - Math.Min(row[x - 1], row[x]);
        severed[0] += below[0];
        severed[^1] += below[^1];
        for (int x = 1; x < severed.Length;)
        {
            int end = x + 1;
            while (end < severed.Length && severed[end] == severed[x])
                end++;
            if (end < severed.Length && severed[x] < severed[x - 1] && severed[x] < severed[end] && severed[x] <= MostInk)
                Add(strip, (x + end - 1) / 2, severed[x], cuts);
            x = end;
        }
        AddEdge(strip, cuts);
    }

    /// <summary>Computes for every place in every row down to the middle, or up to it, the least ink that a path to it severs, and where it stood in the row before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Descend(Plane strip, int first, int last, int[] severed, int[] sources)
    {
        int step = first <= last ? 1 : -1, places = strip.Width + 1;
        for (int y = first; y != last + step; y += step)
        {
            ReadOnlySpan<byte> row = strip.Row(y);
            Span<int> cost = severed.AsSpan(y * places, places), source = sources.AsSpan(y * places, places);
            if (y == first)
            {
                cost.Clear();
                for (int x = 0; x < places; x++)
                    source[x] = x;
            }
            else
            {
                MoveAside(strip.Row(y - step), row, severed.AsSpan((y - step) * places, places), cost, source);
            }
            for (int x = 1; x < row.Length; x++)
                cost[x] += Math.Min(row[x - 1], row[x]);
        }
    }

    /// <summary>Between two rows a path may move aside, and severs the ink that joins them there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveAside(ReadOnlySpan<byte> before, ReadOnlySpan<byte> row, ReadOnlySpan<int> arrived, Span<int> cost, Span<int> source)
    {
        (cost[0], source[0]) = (arrived[0], 0);
        for (int x = 1; x < cost.Length; x++)
        {
            int moved = cost[x - 1] + SideStep + Math.Min(before[x - 1], row[x - 1]);
            bool moves = moved < arrived[x];
            cost[x] = moves ? moved : arrived[x];
            source[x] = moves ? source[x - 1] : x;
        }
        for (int x = cost.Length - 2; x >= 0; x--)
        {
            int moved = cost[x + 1] + SideStep + Math.Min(before[x], row[x]);
            if (moved < cost[x])
                (cost[x], source[x]) = (moved, source[x + 1]);
        }
    }

    /// <summary>Adds the cut through a place in the middle row, or puts it in the place of the last one, if that is nearly the same and severs more.</summary>
    private void Add(Plane strip, int place, int ink, CutPaths cuts)
    {
        if (candidate.Length < strip.Height)
            candidate = new int[strip.Height];
        Span<int> path = candidate.AsSpan(0, strip.Height);
        int places = strip.Width + 1, middle = strip.Height / 2;
        for (int y = middle, x = place; y >= 0; y--)
        {
            path[y] = x;
            x = topSources[(y * places) + x];
        }
        for (int y = middle, x = place; y < strip.Height; y++)
        {
            path[y] = x;
            x = bottomSources[(y * places) + x];
        }
        for (int y = 0; y < path.Length; y++)
            path[y] = Math.Max(path[y], cuts[^1][y]);
        while (InkBetween(strip, cuts[^1], path) < LeastInkBetween)
        {
            if (cuts.Count == 1 || cuts.InkOf(cuts.Count - 1) <= ink)
                return;
            cuts.RemoveLast();
        }
        path.CopyTo(cuts.Add(ink));
    }

    /// <summary>Adds the right edge; cuts with next to nothing behind them are not needed.</summary>
    private static void AddEdge(Plane strip, CutPaths cuts)
    {
        Span<int> edge = stackalloc int[strip.Height];
        edge.Fill(strip.Width);
        while (cuts.Count > 1 && InkBetween(strip, cuts[^1], edge) < LeastInkBetween)
            cuts.RemoveLast();
        edge.CopyTo(cuts.Add(0));
    }

    private static int InkBetween(Plane strip, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        int ink = 0;
        for (int y = 0; y < left.Length; y++)
        {
            foreach (byte value in strip.Row(y)[left[y]..right[y]])
                ink += value;
        }
        return ink;
    }
}
