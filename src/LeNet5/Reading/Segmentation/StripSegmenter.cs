using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>Heuristic over-segmentation (section V): cuts a line of digits into pieces, and has the network read every run of pieces that may be a digit.</summary>
/// <remarks>One thread's memory: it takes none any more once it has met a strip as long. The same strip gives the same bits, on every machine.</remarks>
internal sealed class StripSegmenter
{
    /// <summary>A digit is made of so many pieces at most.</summary>
    private const int MostPieces = 4;

    /// <summary>What is fainter does not count as part of a digit's box.</summary>
    private const int Faint = DigitNormalizer.Faint;

    /// <summary>Digits are about 20 pixels high; what is smaller or wider than this is none.</summary>
    private const int LeastHeight = 7, MostWidth = 34;

    /// <summary>Pieces of one digit are not farther apart than this many pixels.</summary>
    private const int WidestGap = 5;

    private const int PicturesPerPass = 16;
    private const int Side = DigitNormalizer.FieldSide;

    private readonly PictureBatch batch;
    private readonly CutFinder finder = new();
    private readonly DigitFitter fitter = new();
    private readonly byte[] fields = new byte[PicturesPerPass * Side * Side];
    private byte[] cutOut = [];

    /// <summary>Prepares for a network.</summary>
    /// <param name="network">A network for pictures of 28x28, with one output position.</param>
    public StripSegmenter(Network network)
    {
        batch = new PictureBatch(network, Side, Side);
        Graph.ClassCount = network.OutputShape.Maps;
    }

    /// <summary>What was found last.</summary>
    public SegmentationGraph Graph { get; } = new();

    /// <summary>Cuts a strip and reads its segments.</summary>
    /// <param name="strip">32 rows, ink 255 and ground 0, digits about 20 pixels high.</param>
    /// <returns><see cref="Graph"/>; overwritten by the next call.</returns>
    public SegmentationGraph Read(Plane strip)
    {
        finder.Find(strip, Graph.Cuts);
        FindPieces(strip);
        FindSegments();
        ReadSegments(strip);
        return Graph;
    }

    private void FindPieces(Plane strip)
    {
        Graph.Pieces.Clear();
        for (int cut = 0; cut + 1 < Graph.Cuts.Count; cut++)
            Graph.Pieces.Add(Measure(strip, Graph.Cuts[cut], Graph.Cuts[cut + 1]));
    }

    private static Piece Measure(Plane strip, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
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
        return ink == 0 ? default : new Piece(new PixelBox(first, top, behind - first, bottom - top), ink);
    }

    private void FindSegments()
    {
        Graph.Segments.Clear();
        Graph.PictureCount = 0;
        if (Graph.Pieces is [{ Ink: 0 }])
            return;
        for (int first = 0; first < Graph.Pieces.Count; first++)
        {
            Piece piece = Graph.Pieces[first];
            Graph.Segments.Add(new Segment(first, first + 1, piece.Box, SpeckPenalty(piece), -1));
            PixelBox box = piece.Box;
            for (int last = first; last < Math.Min(Graph.Pieces.Count, first + MostPieces); last++)
            {
                PixelBox next = Graph.Pieces[last].Box;
                if (last > first && next.Left - box.Right > WidestGap)
                    break;
                box = last > first ? box.Union(next) : box;
                if (box.Width > MostWidth)
                    break;
                if (box.Height >= LeastHeight)
                    Graph.Segments.Add(new Segment(first, last + 1, box, SegmentPenalty(first, last, box), Graph.PictureCount++));
            }
        }
    }

    private static double SpeckPenalty(Piece piece) => piece.Ink / 2550.0;

    private double SegmentPenalty(int first, int last, PixelBox box) => 0.05 * (Graph.Cuts.InkOf(first) + Graph.Cuts.InkOf(last + 1)) / 255;

    private void ReadSegments(Plane strip)
    {
        Span<float> penalties = Graph.MakePenalties();
        int taken = 0, done = 0;
        foreach (Segment segment in Graph.Segments)
        {
            if (segment.Picture < 0)
                continue;
            fitter.Fit(CutOut(strip, segment), fields.AsSpan(taken++ * Side * Side, Side * Side));
            if (taken == batch.Capacity || done + taken == Graph.PictureCount)
            {
                batch.Forward(fields.AsSpan(0, taken * Side * Side));
                for (int i = 0; i < taken; i++)
                    batch.Penalties(i).CopyTo(penalties.Slice((done + i) * Graph.ClassCount, Graph.ClassCount));
                done += taken;
                taken = 0;
            }
        }
    }

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
}
