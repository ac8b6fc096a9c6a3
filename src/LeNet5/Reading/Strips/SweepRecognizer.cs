using LeNet5.Graphs;
using LeNet5.Imaging;

namespace LeNet5.Strips;

/// <summary>A space displacement network: one pass of the network over the whole strip, a column of outputs every 4 pixels (section VII).</summary>
internal sealed class SweepRecognizer : StripRecognizer
{
    /// <summary>Workspaces of so many columns together are kept: a column takes some 1.5 kilobytes.</summary>
    private const int MostColumns = 32 * 512;

    private readonly Network network;
    private readonly StripCalibration calibration;
    private readonly ColumnGraph columns = new();
    private readonly Dictionary<int, Workspace> workspaces = [];
    private readonly StripField field = new();
    private int keptColumns;
    private Workspace? last;

    public SweepRecognizer(Network network, StripCalibration calibration)
    {
        this.network = network;
        this.calibration = calibration;
        Characters = CharacterModel.For(network);
    }

    public override WeightedGraph Graph => columns.Graph;

    public override bool IsDamaged => columns.IsDamaged;

    public override Transducer Characters { get; }

    public override void Recognize(NormalizedStrip strip)
    {
        last = Sweep(strip.Picture);
        FeatureMaps output = last.Output;
        columns.Build(output.Values, output.Shape.Maps, output.Shape.Width, calibration.RubbishPenalty, calibration.Temperature, ColumnGraph.Beam);
    }

    public override (double First, double Behind) ColumnsOf(int arc) => ColumnGraph.ColumnsOf(network, Graph.Arcs[arc].From);

    public override StripExplanation Explain(StripReading reading, ReadOnlySpan<int> path) =>
        columns.Explain(network, reading, path) with { Features = [.. last!.OutputOf(network.Layers[^2]).Values] };

    /// <summary>Runs the network over a strip, with background on its right.</summary>
    public Workspace Sweep(GrayImage strip)
    {
        field.Load(strip);
        Workspace workspace = WorkspaceFor(field.Width);
        workspace.LoadPixels(field.Pixels, field.Height, field.Width);
        network.Forward(workspace);
        return workspace;
    }

    private Workspace WorkspaceFor(int width)
    {
        if (workspaces.TryGetValue(width, out Workspace? workspace))
            return workspace;
        keptColumns += width;
        if (keptColumns > MostColumns)
        {
            workspaces.Clear();
            keptColumns = width;
        }
        return workspaces[width] = network.CreateWorkspace(Passes.Forward, network.InputShape with { Width = width });
    }
}
