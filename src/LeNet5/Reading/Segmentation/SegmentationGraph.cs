namespace LeNet5.Segmentation;

/// <summary>The segmentation graph of a strip: nodes are cuts, arcs are segments, each with the penalty of every class. Used again and again; one thread's.</summary>
internal sealed class SegmentationGraph
{
    private float[] penalties = [];

    /// <summary>The nodes, left to right; the first and the last are the edges of the strip.</summary>
    public CutPaths Cuts { get; } = new();

    /// <summary>The ink between neighbouring cuts.</summary>
    public List<Piece> Pieces { get; } = [];

    /// <summary>The arcs by their first cut, then by their last. From every cut there is one to the next, so that a path leads through; none where the strip is blank.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>Number of pictures that were read.</summary>
    public int PictureCount { get; set; }

    /// <summary>Number of classes of the network.</summary>
    public int ClassCount { get; set; }

    /// <summary>What it costs to take a segment for each of the classes, to be added to the segment's own penalty; empty for one that is passed over.</summary>
    public ReadOnlySpan<float> PenaltiesOf(Segment segment) => segment.Picture < 0 ? [] : penalties.AsSpan(segment.Picture * ClassCount, ClassCount);

    /// <summary>The penalties of all pictures, to be filled in.</summary>
    public Span<float> MakePenalties()
    {
        if (penalties.Length < PictureCount * ClassCount)
            penalties = new float[2 * PictureCount * ClassCount];
        return penalties.AsSpan(0, PictureCount * ClassCount);
    }
}
