using System.Globalization;
using LeNet5.Imaging;
using LeNet5.Segmentation;
using LeNet5.Strips;
using static System.FormattableString;

namespace LeNet5.Tests.Docs;

/// <summary>Draws a strip with its cuts, and beneath it the segmentation graph: an arc for each segment, and on its right what the network gets to read.</summary>
internal sealed class SegmentationDrawing
{
    private const double Left = 20, Top = 40, Pixel = 8, RowHeight = 34;

    private readonly GrayImage strip;
    private readonly SegmentationGraph graph;
    private readonly HashSet<Segment> taken = [];
    private readonly SvgDrawing drawing;

    public SegmentationDrawing(Network network, NormalizedStrip normalized)
    {
        strip = normalized.Picture;
        graph = new StripSegmenter(network).Read(new Plane(strip.Pixels.ToArray(), strip.Width, strip.Height));
        SegmentRecognizer recognizer = new(network, StripCalibration.Default);
        recognizer.Recognize(normalized);
        recognizer.Graph.Viterbi(out ReadOnlySpan<int> path);
        foreach (int arc in path)
            taken.Add(recognizer.SegmentOf(arc));
        drawing = new SvgDrawing("A strip of two digits that touch, its cuts, and its segmentation graph", Left + (strip.Width * Pixel) + 320, Top + (strip.Height * Pixel) + 40 + (graph.Segments.Count * RowHeight));
    }

    public SvgDrawing Draw()
    {
        DrawPicture(strip.Pixels, strip.Width, Left, Top, Pixel);
        for (int cut = 0; cut < graph.Cuts.Count; cut++)
        {
            double[] columns = [.. graph.Cuts[cut].ToArray().Select(column => Left + (column * Pixel))];
            drawing.Line(columns.SelectMany((x, row) => new[] { (x, Top + (row * Pixel)), (x, Top + ((row + 1) * Pixel)) }), SvgDrawing.Orange, 1.5);
            drawing.Text(columns[0], Top - 8, cut.ToString(CultureInfo.InvariantCulture), SvgDrawing.Orange, bold: true);
        }
        drawing.Text(Left + (strip.Width * Pixel) + 20, Top + (strip.Height * Pixel) + 20, "penalty of the class + of the segment", anchor: "start");
        int row = 0;
        foreach (Segment segment in graph.Segments.OrderBy(segment => segment.LastCut - segment.FirstCut))
            DrawSegment(segment, Top + (strip.Height * Pixel) + 52 + (row++ * RowHeight));
        return drawing;
    }

    private void DrawSegment(Segment segment, double y)
    {
        bool isTaken = taken.Contains(segment);
        string colour = isTaken ? SvgDrawing.Orange : SvgDrawing.Blue;
        (double x1, double x2) = (PlaceOf(segment.FirstCut), PlaceOf(segment.LastCut));
        ReadOnlySpan<float> penalties = graph.PenaltiesOf(segment);
        int label = Penalties.Smallest(penalties);
        drawing.Circle(x1, y, 3, colour, colour);
        drawing.Arrow((x1, y), ((x1 + x2) / 2, y), (x2, y), colour, isTaken ? 2.5 : 1, dashed: label < 0);
        double right = Left + (strip.Width * Pixel) + 20;
        if (label >= 0)
            DrawPicture(graph.PictureOf(segment), DigitNormalizer.FieldSide, right, y - 14, 1);
        drawing.Text(right + 44, y + 4, label < 0 ? Invariant($"passed over: {segment.Penalty:0.0}") : Invariant($"a {label}: {penalties[label]:0.0} {segment.Penalty:+ 0.0;- 0.0} = {segment.Penalty + penalties[label]:0.0}"), colour, isTaken, "start");

        double PlaceOf(int cut) => Left + (graph.Cuts[cut].ToArray().Average() * Pixel);
    }

    /// <summary>Ink dark on light, pixels that are alike beside each other in one piece.</summary>
    private void DrawPicture(ReadOnlySpan<byte> pixels, int width, double left, double top, double pixel)
    {
        for (int start = 0, end; start < pixels.Length; start = end)
        {
            int value = pixels[start] / 16;
            for (end = start + 1; end % width != 0 && pixels[end] / 16 == value;)
                end++;
            int shade = 255 - (17 * value);
            drawing.Rectangle(left + (start % width * pixel), top + (start / width * pixel), (end - start) * pixel, pixel, $"#{shade:x2}{shade:x2}{shade:x2}");
        }
    }
}
