namespace LeNet5.Segmentation;

/// <summary>Cuts from the top to the bottom of a strip, left to right, none crossing another. A buffer that is used again and again.</summary>
/// <remarks>A cut has a column for every row: what stands before that column lies left of the cut. So every pixel lies between exactly two neighbouring cuts.</remarks>
internal sealed class CutPaths
{
    private readonly List<int> inks = [];
    private int[] columns = [];
    private int height;

    /// <summary>Number of cuts.</summary>
    public int Count => inks.Count;

    /// <summary>The columns of one cut, row by row.</summary>
    public Span<int> this[int cut] => columns.AsSpan(cut * height, height);

    /// <summary>How much ink a cut severs, in 255ths of a pixel.</summary>
    public int InkOf(int cut) => inks[cut];

    /// <summary>Begins anew, for strips of so many rows.</summary>
    public void Reset(int rows)
    {
        inks.Clear();
        height = rows;
    }

    /// <summary>Adds a cut on the right of all others.</summary>
    /// <returns>Its columns, to be filled in.</returns>
    public Span<int> Add(int ink)
    {
        inks.Add(ink);
        if (columns.Length < inks.Count * height)
            Array.Resize(ref columns, 2 * inks.Count * height);
        return this[^1];
    }

    /// <summary>Takes the rightmost cut away.</summary>
    public void RemoveLast() => inks.RemoveAt(inks.Count - 1);
}
