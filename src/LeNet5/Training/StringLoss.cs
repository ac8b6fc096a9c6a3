using LeNet5.Graphs;
using LeNet5.Strips;

namespace LeNet5.Training;

/// <summary>A loss on whole strings, without a word about where a digit begins: the recognition graph of all columns, composed with the character model,
/// against the wanted string (equations 11, 12 and 17).</summary>
/// <remarks>
/// The default, discriminative forward training, makes the posterior of the wanted string large: E = -log of the share that the paths which spell it have in all paths.
/// The class of the blank is the last. Thread-safe. Section VI and VII of the paper.
/// </remarks>
public sealed class StringLoss : Loss<StripTarget>
{
    private readonly Pool<Memory> memories;

    /// <summary>Chooses the form of the loss.</summary>
    /// <param name="form">Which of the four. Default: discriminative forward.</param>
    /// <param name="rivalry">What the score of all paths is multiplied by in the discriminative forms, 0 to 1. Default: 1, as in the paper. With a little less the features before the output
    /// stay near the codes of their classes; with 1 they may drift away from all of them together.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form, or the rivalry is out of its range.</exception>
    public StringLoss(GraphLossForm form = GraphLossForm.DiscriminativeForward, double rivalry = 1)
    {
        Form = form;
        Rivalry = rivalry;
        memories = new Pool<Memory>(() => new Memory(form, rivalry));
        // Tells of a wrong form now and not in the training.
        memories.Return(memories.Rent());
    }

    /// <summary>Which of the four losses it is.</summary>
    public GraphLossForm Form { get; }

    /// <summary>What the score of all paths is multiplied by in the discriminative forms.</summary>
    public double Rivalry { get; }

    /// <inheritdoc/>
    /// <remarks>Where the strip has fewer columns than the string needs, the loss and its derivatives are 0.</remarks>
    public override double Evaluate(FeatureMaps output, StripTarget target)
    {
        StripOutput.Check(output, target);
        Memory memory = memories.Rent();
        double loss = memory.Evaluate(output, target);
        memories.Return(memory);
        if (!double.IsPositiveInfinity(loss))
            return loss;
        return output.Values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue) ? double.NaN : 0;
    }

    /// <summary>Names the loss.</summary>
    public override string ToString() => $"{Form} loss on strings{(Rivalry == 1 ? "" : FormattableString.Invariant($", all paths times {Rivalry}"))}";

    private sealed class Memory(GraphLossForm form, double rivalry)
    {
        private readonly ColumnGraph columns = new();
        private readonly WeightedGraph interpretations = new();
        private readonly GraphLoss loss = new(form, rivalry);
        private Transducer characters = Transducer.Sequence();
        private int classCount;
        private double[] gradient = [];

        public double Evaluate(FeatureMaps output, StripTarget target)
        {
            int blank = output.Shape.Maps - 1;
            if (classCount != output.Shape.Maps)
                (classCount, characters) = (output.Shape.Maps, CharacterModel.Create(blank, [blank]));
            columns.Build(output.Values, output.Shape.Maps, output.Shape.Width);
            columns.Graph.Compose(characters, interpretations);
            if (gradient.Length < columns.Graph.ArcCount)
                gradient = new double[columns.Graph.ArcCount];
            Span<double> byArc = gradient.AsSpan(0, columns.Graph.ArcCount);
            byArc.Clear();
            double result = loss.Evaluate(interpretations, target.Acceptor, byArc);
            output.Gradient.Clear();
            for (int i = 0; i < byArc.Length && !output.Gradient.IsEmpty; i++)
                output.Gradient[columns.PenaltyOf(i)] = (float)byArc[i];
            return result;
        }
    }
}
