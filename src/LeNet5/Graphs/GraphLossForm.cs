namespace LeNet5.Graphs;

/// <summary>What <see cref="GraphLoss"/> makes small: the four losses on strings of section VI of the paper.</summary>
/// <remarks>Constrained paths are those that spell the wanted string.</remarks>
public enum GraphLossForm
{
    /// <summary>The penalty of the best constrained path (equation 11).</summary>
    Viterbi,

    /// <summary>The penalty of the best constrained path less that of the best path of all (equation 12); 0 where the best path spells the wanted string.</summary>
    DiscriminativeViterbi,

    /// <summary>The forward score of the constrained paths (equations 13 and 14).</summary>
    Forward,

    /// <summary>The forward score of the constrained paths less that of all paths (equation 17): -log of the posterior of the wanted string.</summary>
    DiscriminativeForward,
}
