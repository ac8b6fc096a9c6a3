namespace LeNet5.Graphs;

/// <summary>A loss on strings: how far a graph of interpretations is from the wanted string.</summary>
/// <remarks>Keeps its memory from call to call. Not thread-safe. Section VI of the paper.</remarks>
public sealed class GraphLoss
{
    private readonly WeightedGraph constrained = new();
    private double[] constrainedGradient = [];
    private double[] interpretationGradient = [];

    /// <summary>Chooses a loss.</summary>
    /// <param name="form">Which of the four.</param>
    /// <param name="rivalry">What the score of all paths is multiplied by in the discriminative forms, 0 to 1. Default: 1, as in the paper: only differences of penalties matter then,
    /// and all of them may grow together. A little less also pulls those of wanted paths down.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such loss, or the rivalry is out of its range.</exception>
    public GraphLoss(GraphLossForm form, double rivalry = 1)
    {
        if (!(rivalry is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rivalry), rivalry, "The score of all paths is multiplied by 0 to 1.");
        if (!Enum.IsDefined(form))
            throw new ArgumentOutOfRangeException(nameof(form), form, $"The losses on strings are {string.Join(", ", Enum.GetNames<GraphLossForm>())}.");
        Form = form;
        Rivalry = rivalry;
    }

    /// <summary>Which of the four losses it is.</summary>
    public GraphLossForm Form { get; }

    /// <summary>What the score of all paths is multiplied by in the discriminative forms.</summary>
    public double Rivalry { get; }

    /// <summary>Computes E and its derivatives by the penalties of the recognition graph.</summary>
    /// <param name="interpretations">The recognition graph composed with a character model. What it writes are strings.</param>
    /// <param name="wanted">Accepts the wanted string, or any of the wanted strings.</param>
    /// <param name="gradient">Where not empty, dE/d(penalty) is added for each arc of the recognition graph: +1, 0 or -1 for the forms with Viterbi.</param>
    /// <returns>E; positive infinity where no path spells the wanted string, and then nothing is added.</returns>
    /// <exception cref="ArgumentException">The graph was composed from one with more arcs than there are places in <paramref name="gradient"/>, or its composition with the wanted strings is too large.</exception>
    public double Evaluate(WeightedGraph interpretations, Transducer wanted, Span<double> gradient = default)
    {
        ArgumentNullException.ThrowIfNull(interpretations);
        ArgumentNullException.ThrowIfNull(wanted);
        interpretations.Compose(wanted, constrained);
        Span<double> byConstrained = WeightedGraph.Zeros(ref constrainedGradient, constrained.ArcCount);
        Span<double> byInterpretation = WeightedGraph.Zeros(ref interpretationGradient, interpretations.ArcCount);
        double loss = Score(constrained, byConstrained, 1);
        if (double.IsPositiveInfinity(loss))
            return loss;
        constrained.Propagate(byConstrained, byInterpretation);
        if (Form is GraphLossForm.DiscriminativeViterbi or GraphLossForm.DiscriminativeForward)
            loss -= Rivalry * Score(interpretations, byInterpretation, -Rivalry);
        if (!gradient.IsEmpty)
            interpretations.Propagate(byInterpretation, gradient);
        return loss;
    }

    /// <summary>Names the loss.</summary>
    public override string ToString() => Form.ToString();

    private double Score(WeightedGraph graph, Span<double> gradient, double scale)
    {
        if (Form is GraphLossForm.Forward or GraphLossForm.DiscriminativeForward)
            return graph.Forward(gradient, scale);
        double penalty = graph.Viterbi(out ReadOnlySpan<int> path);
        foreach (int arc in path)
            gradient[arc] += scale;
        return penalty;
    }
}
