using LeNet5.Graphs;
using LeNet5.Strips;

namespace LeNet5.Training;

/// <summary>Strips that are cut into segments, each of which the network reads: global training of heuristic over-segmentation (section VI).</summary>
/// <remarks>The loss of the string says for each segment and class whether its penalty should be smaller or larger; the network learns from all
/// segments that matter.</remarks>
internal sealed class SegmentFeed : StripFeed
{
    /// <summary>A segment whose derivatives are all smaller than this teaches nothing.</summary>
    private const double Least = 1e-3;

    /// <summary>A string that is so unlikely is cut wrongly, and not to be learnt.</summary>
    private const double Hopeless = 40;

    private readonly SegmentRecognizer recognizer;
    private readonly WeightedGraph interpretations = new();
    private readonly GraphLoss loss;
    private double[] byArc = [];

    public SegmentFeed(LabeledImages digits, StripTraining training, Network network, ulong seed)
        : base(digits, training, seed)
    {
        recognizer = new SegmentRecognizer(network, StripCalibration.Default);
        StringLoss chosen = (StringLoss)training.Loss;
        loss = new GraphLoss(chosen.Form, chosen.Rivalry);
    }

    /// <inheritdoc/>
    public override bool IsOnePass => false;

    /// <inheritdoc/>
    public override Presentation Present(int place, Network network, Workspace workspace)
    {
        StripSample sample = SampleAt(place);
        recognizer.Recognize(sample.Strip);
        recognizer.Graph.Compose(recognizer.Characters, interpretations);
        if (byArc.Length < recognizer.Graph.ArcCount)
            byArc = new double[2 * recognizer.Graph.ArcCount];
        Array.Clear(byArc);
        double value = loss.Evaluate(interpretations, sample.Target.Acceptor, byArc);
        if (value > Hopeless)
        {
            value = Hopeless;
            Array.Clear(byArc);
        }
        return new Presentation(value, !Spells(interpretations, sample.Target));
    }

    /// <inheritdoc/>
    public override void Backward(Network network, Workspace workspace, Span<float> gradient)
    {
        int arcs = recognizer.Graph.ArcCount;
        for (int first = 0; first < arcs;)
        {
            int behind = first + 1;
            while (behind < arcs && recognizer.SegmentOf(behind) == recognizer.SegmentOf(first))
                behind++;
            if (byArc.AsSpan(first..behind).ContainsAnyExceptInRange(-Least, Least) && recognizer.TryLoad(first, workspace))
            {
                network.Forward(workspace);
                workspace.Output.Gradient.Clear();
                for (int arc = first; arc < behind; arc++)
                    workspace.Output.Gradient[recognizer.Graph.Arcs[arc].Input] = (float)(byArc[arc] * recognizer.PenaltyScale);
                network.Backward(workspace, gradient);
            }
            first = behind;
        }
    }
}
