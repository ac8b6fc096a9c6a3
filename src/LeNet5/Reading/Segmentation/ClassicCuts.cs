using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>Finds cuts where the paper's reader does: at minima of the vertical projection and of the distance of the contours (section V), and by lines that hit and deflect (section X).</summary>
/// <remarks>
/// Both profiles are of places between columns, as cuts are: a place has what the columns on its left and on its right have together.
/// Each cut stands for itself: they may cross, and several may be nearly the same. One that severs nothing is a gap and not taken. One thread's memory.
/// </remarks>
internal sealed class ClassicCuts
{
    private readonly List<(int Cost, CutSource Source, int Place)> cuts = [];
    private int[] projection = [];
    private int[] distances = [];
    private int[] path = [];
    private Plane strip;
    private int faint;

    /// <summary>What was found, the cheapest first: how much ink a cut severs, in 255ths of a pixel, where it comes from, and where it begins.</summary>
    public ReadOnlySpan<(int Cost, CutSource Source, int Place)> Found => CollectionsMarshal.AsSpan(cuts);

    /// <summary>Finds the cuts of a strip, which must not change as long as they are traced.</summary>
    /// <param name="strip">Ink is 255, ground 0.</param>
    /// <param name="faint">What is fainter is no ink.</param>
    /// <param name="dearest">What severs more is not taken, in 255ths of a pixel.</param>
    public void Find(Plane strip, int faint, int dearest)
    {
        (this.strip, this.faint) = (strip, faint);
        if (path.Length != strip.Height)
            path = new int[strip.Height];
        cuts.Clear();
        Measure();
        AddMinima(CutSource.Projection, projection, dearest);
        AddMinima(CutSource.ContourDistance, distances, dearest);
        AddDrops(CutSource.DropFromTop, dearest);
        AddDrops(CutSource.DropFromBottom, dearest);
        cuts.Sort();
    }

    /// <summary>Writes where a cut stands in each row.</summary>
    public void Trace(CutSource source, int place, Span<int> path)
    {
        if (source is CutSource.DropFromTop or CutSource.DropFromBottom)
            HitAndDeflect.Drop(strip, faint, source == CutSource.DropFromBottom, place, path);
        else
            path.Fill(place);
    }

    /// <summary>How much ink the columns beside each place have, and how far apart their highest and their lowest ink are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure()
    {
        int places = strip.Width + 1;
        if (projection.Length < places)
            (projection, distances) = (new int[places], new int[places]);
        projection.AsSpan(0, places).Clear();
        distances.AsSpan(0, places).Clear();
        for (int x = 0; x < strip.Width; x++)
        {
            int ink = 0, top = strip.Height, bottom = 0;
            for (int y = 0; y < strip.Height; y++)
            {
                int value = strip.Values[(y * strip.Width) + x];
                if (value < faint)
                    continue;
                ink += value;
                (top, bottom) = (Math.Min(top, y), y + 1);
            }
            int distance = Math.Max(0, bottom - top);
            projection[x] += ink;
            projection[x + 1] += ink;
            distances[x] += distance;
            distances[x + 1] += distance;
        }
    }

    /// <summary>Takes places with less than their neighbours; of equal ones side by side the middle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMinima(CutSource source, int[] profile, int dearest)
    {
        int end;
        for (int x = 1; x < strip.Width; x = end)
        {
            end = x + 1;
            while (end < strip.Width && profile[end] == profile[x])
                end++;
            if (profile[x] >= profile[x - 1] || profile[x] >= profile[end])
                continue;
            int place = (x + end - 1) / 2;
            Trace(source, place, path);
            Add(source, place, CostOf(path), dearest);
        }
    }

    /// <summary>Drops a line at each place, and takes the cheapest of those that have merged; of equal ones the first.</summary>
    private void AddDrops(CutSource source, int dearest)
    {
        int last = source == CutSource.DropFromBottom ? 0 : strip.Height - 1;
        (int end, int cheapest, int start) = (-1, 0, 0);
        for (int place = 1; place < strip.Width; place++)
        {
            Trace(source, place, path);
            int cost = CostOf(path);
            if (path[last] == end && cost >= cheapest)
                continue;
            if (path[last] != end)
                Add(source, start, cheapest, dearest);
            (end, cheapest, start) = (path[last], cost, place);
        }
        Add(source, start, cheapest, dearest);
    }

    private void Add(CutSource source, int place, int cost, int dearest)
    {
        if (cost > 0 && cost <= dearest)
            cuts.Add((cost, source, place));
    }

    /// <summary>What is severed, the paler of two pixels, in the rows and between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CostOf(ReadOnlySpan<int> path)
    {
        int cost = 0;
        for (int y = 0; y < path.Length; y++)
        {
            ReadOnlySpan<byte> row = strip.Row(y);
            int place = path[y];
            if (place > 0 && place < row.Length)
                cost += Math.Min(row[place - 1], row[place]);
            if (y == 0 || path[y - 1] == place)
                continue;
            ReadOnlySpan<byte> above = strip.Row(y - 1);
            for (int x = Math.Min(path[y - 1], place); x < Math.Max(path[y - 1], place); x++)
                cost += Math.Min(above[x], row[x]);
        }
        return cost;
    }
}
