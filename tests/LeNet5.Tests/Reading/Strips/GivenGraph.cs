using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Strips;

namespace LeNet5.Tests.Reading.Strips;

/// <summary>A recognizer that sees the same in every strip: a row of places, each with the penalties of some labels. Every label is a character by itself, 10 is none.</summary>
internal sealed class GivenGraph : StripRecognizer
{
    public const int None = 10;

    public GivenGraph(params (int Label, double Penalty)[][] places)
    {
        for (int place = 0; place < places.Length; place++)
        {
            int next = Graph.AddNode();
            foreach ((int label, double penalty) in places[place])
                Graph.AddArc(new Arc(place, next, label, label, penalty));
        }
        Graph.SetEnd(places.Length);
    }

    public static NormalizedStrip Strip { get; } = NormalizedStrip.Of(new GrayImage(32, 32, new byte[32 * 32]));

    public override WeightedGraph Graph { get; } = new();

    public override bool IsDamaged => false;

    public override Transducer Characters { get; } = new([new Arc(0, 0, None, Arc.Nothing), .. Enumerable.Range(0, 10).Select(label => new Arc(0, 0, label, label))], 0);

    /// <summary>How often it was asked.</summary>
    public int LookCount { get; private set; }

    public override void Recognize(NormalizedStrip strip) => LookCount++;

    public override StripExplanation Explain(StripReading reading, ReadOnlySpan<int> path) =>
        new() { Reading = reading, ClassCount = 10, Path = [.. path.ToArray().Select(arc => Graph.Arcs[arc].Input is not None and int label ? label : (int?)null)] };

    public override (double First, double Behind) ColumnsOf(int arc) => (8 * Graph.Arcs[arc].From, 8 * Graph.Arcs[arc].To);
}
