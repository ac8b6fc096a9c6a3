using System.Collections.Immutable;
using System.Numerics.Tensors;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Segmentation;

namespace LeNet5.Strips;

/// <summary>Heuristic over-segmentation: an arc of the recognition graph for every segment and class, from cut to cut (section V).</summary>
internal sealed class SegmentRecognizer : StripRecognizer
{
    /// <summary>A class whose share of a segment would be smaller than e^-beam of the best one's gets no arc. Segments are few, so the beam is wide.</summary>
    private const double Beam = 18;

    private readonly StripCalibration calibration;
    private readonly StripSegmenter segmenter;
    private readonly List<Segment> segmentOfArc = [];
    private readonly int skipped;
    private bool isDamaged;

    public SegmentRecognizer(Network network, StripCalibration calibration)
    {
        this.calibration = calibration;
        segmenter = new StripSegmenter(network);
        skipped = network.OutputShape.Maps;
        Characters = new Transducer([new Arc(0, 0, skipped, Arc.Nothing, 0), .. Enumerable.Range(0, skipped).Select(label => new Arc(0, 0, label, label, 0))], 0);
    }

    public override WeightedGraph Graph { get; } = new();

    public override bool IsDamaged => isDamaged;

    /// <summary>Every segment is a character, or passed over.</summary>
    public override Transducer Characters { get; }

    /// <summary>What a penalty of the network is multiplied by on its way into the graph.</summary>
    public double PenaltyScale => 1 / (SegmentationGraph.Temperature * calibration.Temperature);

    /// <summary>The segment that an arc takes.</summary>
    public Segment SegmentOf(int arc) => segmentOfArc[arc];

    /// <summary>Loads the picture of the segment that an arc takes, unless that is passed over.</summary>
    public bool TryLoad(int arc, Workspace workspace)
    {
        ReadOnlySpan<byte> picture = segmenter.Graph.PictureOf(segmentOfArc[arc]);
        if (picture.IsEmpty)
            return false;
        workspace.LoadPixels(picture, DigitNormalizer.FieldSide, DigitNormalizer.FieldSide);
        return true;
    }

    public override void Recognize(NormalizedStrip strip)
    {
        SegmentationGraph found = segmenter.Read(new Plane(strip.Picture.Pixels.ToArray(), strip.Picture.Width, strip.Picture.Height));
        Graph.Clear();
        segmentOfArc.Clear();
        isDamaged = false;
        for (int cut = 1; cut < found.Cuts.Count; cut++)
            Graph.AddNode();
        foreach (Segment segment in found.Segments)
        {
            ReadOnlySpan<float> penalties = found.PenaltiesOf(segment);
            if (penalties.IsEmpty)
                Add(segment, skipped, segment.Penalty);
            float smallest = float.PositiveInfinity;
            foreach (float penalty in penalties)
                smallest = Math.Min(smallest, penalty);
            isDamaged |= !(smallest > float.NegativeInfinity);
            for (int label = 0; label < penalties.Length; label++)
            {
                if (penalties[label] - smallest <= Beam * calibration.Temperature)
                    Add(segment, label, segment.Penalty + penalties[label]);
            }
        }
        Graph.SetEnd(found.Cuts.Count - 1);

        void Add(Segment segment, int label, double penalty)
        {
            Graph.AddArc(new Arc(segment.FirstCut, segment.LastCut, label, label, penalty / calibration.Temperature));
            segmentOfArc.Add(segment);
        }
    }

    public override StripExplanation Explain(StripReading reading, ReadOnlySpan<int> path)
    {
        Dictionary<Segment, int> taken = [];
        foreach (int arc in path)
        {
            if (Graph.Arcs[arc].Input != skipped)
                taken.Add(segmentOfArc[arc], Graph.Arcs[arc].Input);
        }
        CutPaths cuts = segmenter.Graph.Cuts;
        return new StripExplanation
        {
            Reading = reading,
            ClassCount = skipped,
            Cuts = [.. Enumerable.Range(0, cuts.Count).Select(cut => ImmutableArray.Create(cuts[cut]))],
            Segments = [.. segmenter.Graph.Segments.Select(segment => Describe(segment, taken.TryGetValue(segment, out int label) ? label : null))],
        };
    }

    public override PixelBox? BoxOf(int arc) => segmentOfArc[arc].Box;

    public override (double First, double Behind) ColumnsOf(int arc) => (segmentOfArc[arc].Box.Left, segmentOfArc[arc].Box.Right);

    private StripSegment Describe(Segment segment, int? label)
    {
        SegmentationGraph graph = segmenter.Graph;
        float[] penalties = graph.PenaltiesOf(segment).ToArray();
        TensorPrimitives.Multiply(penalties, SegmentationGraph.Temperature, penalties);
        ReadOnlySpan<byte> picture = graph.PictureOf(segment);
        return new StripSegment
        {
            FirstCut = segment.FirstCut,
            LastCut = segment.LastCut,
            Box = segment.Box,
            Penalty = segment.Penalty,
            Penalties = [.. penalties],
            Picture = picture.IsEmpty ? null : new GrayImage(DigitNormalizer.FieldSide, DigitNormalizer.FieldSide, picture),
            Label = label,
        };
    }
}
