namespace LeNet5.Graphs;

/// <summary>An arc of a <see cref="WeightedGraph"/> or a <see cref="Transducer"/>: whoever takes it reads a label, writes a label, and pays.</summary>
/// <param name="From">The node or state that it leaves, from 0.</param>
/// <param name="To">The node or state that it enters, from 0.</param>
/// <param name="Input">The label that is read, from 0: a class, as a rule. <see cref="Nothing"/> in graphs alone.</param>
/// <param name="Output">The label that is written, from 0, or <see cref="Nothing"/>.</param>
/// <param name="Penalty">What it costs: the smaller, the likelier. A number, or positive infinity for an arc that nobody can take. Default: 0.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct Arc(int From, int To, int Input, int Output, double Penalty = 0)
{
    /// <summary>The empty label, which no string contains: -1.</summary>
    public const int Nothing = -1;
}
