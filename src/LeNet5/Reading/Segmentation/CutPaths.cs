namespace LeNet5.Segmentation;

/// <summary>Cuts from the top to the bottom of a strip, from left to right, none crossing another; the first and the last are the strip's edges. A buffer that is used again and again.</summary>
/// <remarks>A cut has a column for every row: what stands before that column lies left of the cut. So every pixel lies between exactly two neighbouring cuts.</remarks>
internal sealed class CutPaths
{
    private readonly List<(int Index, int Cost, int Sum)> cuts = [];
    private int[] columns = [];
    private int height;

    /// <summary>Number of cuts, at least 2.</summary>
    public int Count => cuts.Count;

    /// <summary>The columns of a cut, row by row.</summary>
    public ReadOnlySpan<int> this[int cut] => columns.AsSpan(cuts[cut].Index * height, height);

    /// <summary>How much ink a cut severs, in 255ths of a pixel, with what it pays for winding; 0 for a straight gap.</summary>
    public int CostOf(int cut) => cuts[cut].Cost;

    /// <summary>Begins anew with the two edges of a strip.</summary>
    public void Reset(int width, int rows)
    {
        cuts.Clear();
        height = rows;
        AddEdge(0);
        AddEdge(width);
    }

    /// <summary>The cut that a path belongs in front of, never the first.</summary>
    public int PlaceOf(ReadOnlySpan<int> path)
    {
        int sum = SumOf(path), first = 1, last = Count - 1;
        while (first < last)
        {
            int middle = (first + last) / 2;
            if (cuts[middle].Sum < sum)
                first = middle + 1;
            else
                last = middle;
        }
        return first;
    }

    /// <summary>Puts a path in front of a cut; it crosses neither that nor the one before.</summary>
    public void Insert(int cut, ReadOnlySpan<int> path, int cost)
    {
        int index = Count;
        if (columns.Length < (index + 1) * height)
            Array.Resize(ref columns, 2 * (index + 1) * height);
        path.CopyTo(columns.AsSpan(index * height, height));
        cuts.Insert(cut, (index, cost, SumOf(path)));
    }

    private void AddEdge(int column)
    {
        Span<int> edge = stackalloc int[height];
        edge.Fill(column);
        Insert(Count, edge, cost: 0);
    }

    private static int SumOf(ReadOnlySpan<int> path)
    {
        int sum = 0;
        foreach (int column in path)
            sum += column;
        return sum;
    }
}
