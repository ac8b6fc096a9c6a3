using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Strips;

namespace LeNet5.Training;

/// <summary>Strips that a network is swept over.</summary>
internal sealed class SweepFeed : StripFeed
{
    private readonly ColumnGraph columns = new();
    private readonly WeightedGraph interpretations = new();
    private readonly Transducer characters;
    private readonly byte[] field;

    public SweepFeed(LabeledImages digits, StripTraining training, Network network, ulong seed)
        : base(digits, training, seed)
    {
        characters = CharacterModel.For(network);
        field = new byte[StripNormalizer.FieldHeight * training.Width];
    }

    /// <inheritdoc/>
    public override Shape? Input => new Shape(1, StripNormalizer.FieldHeight, Training.Width);

    /// <inheritdoc/>
    public override Presentation Present(int place, Network network, Workspace workspace)
    {
        StripSample sample = SampleAt(place);
        Array.Clear(field);
        for (int y = 0; y < StripNormalizer.FieldHeight; y++)
            sample.Strip.Picture.Row(y).CopyTo(field.AsSpan((y * Training.Width) + sample.Left));
        workspace.LoadPixels(field, StripNormalizer.FieldHeight, Training.Width);
        network.Forward(workspace);
        FeatureMaps output = workspace.Output;
        columns.Build(output.Values, output.Shape.Maps, output.Shape.Width);
        columns.Graph.Compose(characters, interpretations);
        return new Presentation(Training.Loss.Evaluate(output, sample.Target), !Spells(interpretations, sample.Target));
    }
}
