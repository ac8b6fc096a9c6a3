using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>Heuristic over-segmentation (section V): cuts a line of digits into pieces, and has the network read every run of pieces that may be a digit.</summary>
/// <remarks>One thread's memory: it takes no more once it has met as long a strip. The same strip gives the same bits at every vector width.
/// The weights were found on strings of held-out training digits, by the discriminative forward loss (equation 17).</remarks>
internal sealed class StripSegmenter
{
    /// <summary>A digit is made of so many pieces at most, no farther apart than so many pixels.</summary>
    private const int MostPieces = 8, WidestGap = 3;

    /// <summary>A digit is at least so high, and at most so wide, in pixels.</summary>
    private const int LeastHeight = 7, MostWidth = 26;

    /// <summary>What is fainter is no ink.</summary>
    private const int Faint = DigitNormalizer.Faint;

    private const int Side = DigitNormalizer.FieldSide;

    private readonly PictureBatch batch;
    private readonly CutFinder finder = new();
    private readonly DigitFitter fitter = new();
    private byte[] cutOut = [];

    /// <summary>Prepares for a network.</summary>
    /// <param name="network">A network for pictures of 28x28, with one output position.</param>
    public StripSegmenter(Network network)
    {
        batch = new PictureBatch(network, Side, Side);
        Graph = new SegmentationGraph(network.OutputShape.Maps);
    }

    /// <summary>What was found last.</summary>
    public SegmentationGraph Graph { get; }

    /// <summary>Cuts a strip and reads its segments.</summary>
    /// <param name="strip">Ink 255 and ground 0; digits about 20 pixels high, in about the middle of the rows.</param>
    /// <returns><see cref="Graph"/>, which the next call overwrites.</returns>
    public SegmentationGraph Read(Plane strip)
    {
        Graph.Clear();
        finder.Find(strip, Faint, Graph.Cuts);
        MeasurePieces(strip);
        AddSegments();
        foreach (Segment segment in Graph.Segments)
        {
            if (segment.Picture >= 0)
                fitter.Fit(CutOut(strip, segment), Graph.EditPicture(segment.Picture));
        }
        ReadPictures();
        return Graph;
    }

    private void MeasurePieces(Plane strip)
    {
        for (int cut = 1; cut < Graph.Cuts.Count; cut++)
        {
            if (Measure(strip, Graph.Cuts[cut - 1], Graph.Cuts[cut]) is { } piece)
                Graph.Pieces.Add(piece);
        }
    }

    private static Piece? Measure(Plane strip, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        (int first, int behind, int top, int bottom, int ink) = (strip.Width, 0, strip.Height, 0, 0);
        for (int y = 0; y < strip.Height; y++)
        {
            ReadOnlySpan<byte> row = strip.Row(y)[left[y]..right[y]];
            int start = row.IndexOfAnyInRange((byte)Faint, byte.MaxValue);
            if (start < 0)
                continue;
            int end = row.LastIndexOfAnyInRange((byte)Faint, byte.MaxValue) + 1;
            (first, behind) = (Math.Min(first, left[y] + start), Math.Max(behind, left[y] + end));
            (top, bottom) = (Math.Min(top, y), y + 1);
            foreach (byte value in row[start..end])
                ink += value;
        }
        return bottom == 0 ? null : new Piece(new PixelBox(first, top, behind - first, bottom - top), ink);
    }

    private void AddSegments()
    {
        for (int first = 0; first < Graph.Pieces.Count; first++)
        {
            PixelBox box = Graph.Pieces[first].Box;
            Graph.Segments.Add(new Segment(first, first + 1, box, SpeckPenalty(first), Picture: -1));
            for (int last = first; last < Math.Min(Graph.Pieces.Count, first + MostPieces); last++)
            {
                PixelBox next = Graph.Pieces[last].Box;
                if (next.Left - box.Right > WidestGap)
                    break;
                box = box.Union(next);
                if (box.Width > MostWidth)
                    break;
                if (box.Height >= LeastHeight)
                    Graph.Segments.Add(new Segment(first, last + 1, box, DigitPenalty(first, last + 1, box), Graph.AddPicture()));
            }
        }
    }

    /// <summary>What it costs to take a piece for a speck: much where there is much ink.</summary>
    private double SpeckPenalty(int piece) => 1.25 + (0.18 * Graph.Pieces[piece].Ink / 255) + CutPenalty(piece, piece + 1);

    /// <summary>What it costs to take ink of such a size for a digit. Negative where it is of the usual size: otherwise a reading with fewer digits would win too often.</summary>
    private double DigitPenalty(int firstCut, int lastCut, PixelBox box)
    {
        double wide = (box.Width - 14.5) / 8, high = Math.Max(0, box.Height - 20) / 4.0, low = Math.Clamp((19 - box.Height) / 4.0, 0, 1);
        return -2.5 + (1.1 * wide * wide) + (1.2 * high * high) + (2 * low) + CutPenalty(firstCut, lastCut);
    }

    /// <summary>What it costs to cut through ink. Each cut is paid for on its left and on its right.</summary>
    private double CutPenalty(int firstCut, int lastCut) => 0.28 * (Graph.Cuts.CostOf(firstCut) + Graph.Cuts.CostOf(lastCut)) / 255;

    /// <summary>The ink of a segment alone.</summary>
    private Plane CutOut(Plane strip, Segment segment)
    {
        PixelBox box = segment.Box;
        if (cutOut.Length < box.Width * box.Height)
            cutOut = new byte[box.Width * box.Height];
        Plane part = new(cutOut, box.Width, box.Height);
        ReadOnlySpan<int> left = Graph.Cuts[segment.FirstCut], right = Graph.Cuts[segment.LastCut];
        for (int y = 0; y < box.Height; y++)
        {
            int start = Math.Clamp(left[y + box.Top], box.Left, box.Right), end = Math.Clamp(right[y + box.Top], start, box.Right);
            Span<byte> row = part.Row(y);
            row.Clear();
            strip.Row(y + box.Top)[start..end].CopyTo(row[(start - box.Left)..]);
        }
        return part;
    }

    private void ReadPictures()
    {
        for (int first = 0; first < Graph.PictureCount; first += batch.Capacity)
        {
            int count = Math.Min(batch.Capacity, Graph.PictureCount - first);
            batch.Forward(Graph.Pictures(first, count));
            for (int i = 0; i < count; i++)
                Graph.SetPenalties(first + i, batch.Penalties(i));
        }
    }
}
