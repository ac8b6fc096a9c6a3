using LeNet5.Graphs;
using LeNet5.Imaging;

namespace LeNet5.Strips;

/// <summary>Outputs of a swept network that come piece by piece.</summary>
internal sealed class StreamRecognizer(Network network, StripCalibration calibration) : StripRecognizer
{
    private readonly int classes = network.OutputShape.Maps;
    private readonly ColumnGraph columns = new();

    // Column by column, since their number grows.
    private readonly List<float> penalties = [];

    /// <summary>Number of output columns so far.</summary>
    public int ColumnCount => penalties.Count / classes;

    public override WeightedGraph Graph => columns.Graph;

    public override bool IsDamaged => columns.IsDamaged;

    public override Transducer Characters { get; } = CharacterModel.For(network);

    /// <summary>Takes the first columns of an output.</summary>
    public void Add(FeatureMaps output, int count)
    {
        for (int column = 0; column < count; column++)
        {
            for (int i = 0; i < classes; i++)
                penalties.Add(output.Values[(i * output.Shape.Width) + column]);
        }
    }

    /// <summary>Forgets all but the first columns.</summary>
    public void Keep(int count) => penalties.RemoveRange(count * classes, penalties.Count - (count * classes));

    /// <summary>The outputs are there already.</summary>
    public override void Recognize(NormalizedStrip strip)
    {
        int count = ColumnCount;
        float[] byClass = new float[penalties.Count];
        for (int i = 0; i < byClass.Length; i++)
            byClass[((i % classes) * count) + (i / classes)] = penalties[i];
        columns.Build(byClass, classes, count, calibration.RubbishPenalty, calibration.Temperature, ColumnGraph.Beam);
    }

    public override (double First, double Behind) ColumnsOf(int arc) => ColumnGraph.ColumnsOf(network, Graph.Arcs[arc].From);

    public override StripExplanation Explain(StripReading reading, ReadOnlySpan<int> path) => columns.Explain(network, reading, path);
}
