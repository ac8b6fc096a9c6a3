using LeNet5.Graphs;
using LeNet5.Imaging;

namespace LeNet5.Strips;

/// <summary>Turns a normalized strip into a recognition graph: every path through it is a way to see the strip as a row of characters.</summary>
/// <remarks>One thread's memory.</remarks>
internal abstract class StripRecognizer
{
    /// <summary>The recognition graph of the last strip. Arcs read and write classes, or labels that stand for no character.</summary>
    public abstract WeightedGraph Graph { get; }

    /// <summary>Whether a penalty of the last strip is no number: then the network is damaged.</summary>
    public abstract bool IsDamaged { get; }

    /// <summary>Makes characters of what a path of the graph writes.</summary>
    public abstract Transducer Characters { get; }

    /// <summary>Reads a strip.</summary>
    public abstract void Recognize(NormalizedStrip strip);

    /// <summary>Tells what was seen in the last strip.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="path">The arcs of <see cref="Graph"/> that the best path takes.</param>
    public abstract StripExplanation Explain(StripReading reading, ReadOnlySpan<int> path);

    /// <summary>The columns of the strip that an arc looks at, for a character.</summary>
    public abstract (double First, double Behind) ColumnsOf(int arc);

    /// <summary>The box around the ink that an arc takes for a character; <see langword="null"/> where it does not know which ink is its own.</summary>
    public virtual PixelBox? BoxOf(int arc) => null;
}
