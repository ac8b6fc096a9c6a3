using LeNet5.Graphs;
using LeNet5.Imaging;

namespace LeNet5.Strips;

/// <summary>Reads every window of a strip by itself, 4 pixels apart (figure 22): what <see cref="SweepRecognizer"/> does in one pass.</summary>
internal sealed class WindowRecognizer : StripRecognizer
{
    private readonly Network network;
    private readonly StripCalibration calibration;
    private readonly ColumnGraph columns = new();
    private readonly Workspace workspace;
    private readonly StripField field = new();
    private byte[] window = [];
    private float[] penalties = [];

    public WindowRecognizer(Network network, StripCalibration calibration)
    {
        this.network = network;
        this.calibration = calibration;
        workspace = network.CreateWorkspace();
        Characters = CharacterModel.For(network);
    }

    public override WeightedGraph Graph => columns.Graph;

    public override bool IsDamaged => columns.IsDamaged;

    public override Transducer Characters { get; }

    public override void Recognize(NormalizedStrip strip)
    {
        (int size, int step) = (network.InputShape.Width, network.Window.Step);
        field.Load(strip.Picture);
        int classes = network.OutputShape.Maps, count = ((field.Width - size) / step) + 1;
        if (penalties.Length < classes * count)
            penalties = new float[classes * count];
        if (window.Length == 0)
            window = new byte[size * field.Height];
        for (int column = 0; column < count; column++)
        {
            for (int y = 0; y < field.Height; y++)
                field.Pixels.Slice((y * field.Width) + (column * step), size).CopyTo(window.AsSpan(y * size));
            workspace.LoadPixels(window, field.Height, size);
            network.Forward(workspace);
            for (int i = 0; i < classes; i++)
                penalties[(i * count) + column] = workspace.Output.Values[i];
        }
        columns.Build(penalties, classes, count, calibration.RubbishPenalty, calibration.Temperature, ColumnGraph.Beam);
    }

    public override StripExplanation Explain(StripReading reading, ReadOnlySpan<int> path) => columns.Explain(network, reading, path);

    public override (double First, double Behind) ColumnsOf(int arc) => ColumnGraph.ColumnsOf(network, Graph.Arcs[arc].From);
}
