using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>The segmentation graph of a strip: nodes are cuts, arcs are segments, each with the penalty of every class (section V). A buffer that is used again and again.</summary>
/// <param name="classCount">Number of classes of the network.</param>
internal sealed class SegmentationGraph(int classCount)
{
    /// <summary>What the penalties of a network that was trained on single digits are divided by, so that they do not drown the segmenter's.</summary>
    public const float Temperature = 12;

    private const int PictureLength = DigitNormalizer.FieldSide * DigitNormalizer.FieldSide;

    private byte[] pictures = [];
    private float[] penalties = [];

    /// <summary>The nodes, left to right; the first and the last are the edges of the strip.</summary>
    public CutPaths Cuts { get; } = new();

    /// <summary>The ink between neighbouring cuts, left to right; empty where the strip is blank.</summary>
    public List<Piece> Pieces { get; } = [];

    /// <summary>The arcs by their first cut, those that pass a piece over before the others, then by their last: each begins where an earlier one ends, or at the first cut.
    /// From every cut there is one to the next, so that a path leads through; none where the strip is blank.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>Number of segments that were read.</summary>
    public int PictureCount { get; private set; }

    /// <summary>What it costs to take a segment for each of the classes, beside the segment's own penalty: the network's penalties, divided by <see cref="Temperature"/>.
    /// Empty for one that is passed over.</summary>
    public ReadOnlySpan<float> PenaltiesOf(Segment segment) => segment.Picture < 0 ? [] : penalties.AsSpan(segment.Picture * classCount, classCount);

    /// <summary>A segment in the form of MNIST, as the network reads it: 28x28 pixels. Empty for one that is passed over.</summary>
    public ReadOnlySpan<byte> PictureOf(Segment segment) => segment.Picture < 0 ? [] : Pictures(segment.Picture, 1);

    /// <summary>Pictures one after another.</summary>
    public ReadOnlySpan<byte> Pictures(int first, int count) => pictures.AsSpan(first * PictureLength, count * PictureLength);

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Pieces.Clear();
        Segments.Clear();
        PictureCount = 0;
    }

    /// <summary>Makes room for the picture of a segment.</summary>
    /// <returns>Its index.</returns>
    public int AddPicture()
    {
        if (penalties.Length < (PictureCount + 1) * classCount)
        {
            Array.Resize(ref penalties, 2 * (PictureCount + 1) * classCount);
            Array.Resize(ref pictures, 2 * (PictureCount + 1) * PictureLength);
        }
        return PictureCount++;
    }

    /// <summary>A picture, to be written.</summary>
    public Span<byte> EditPicture(int picture) => pictures.AsSpan(picture * PictureLength, PictureLength);

    /// <summary>Keeps what the network says about a picture.</summary>
    public void SetPenalties(int picture, ReadOnlySpan<float> read)
    {
        Span<float> own = penalties.AsSpan(picture * classCount, classCount);
        for (int i = 0; i < own.Length; i++)
            own[i] = read[i] / Temperature;
    }
}
