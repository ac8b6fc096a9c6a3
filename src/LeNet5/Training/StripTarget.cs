using System.Collections.Immutable;
using LeNet5.Graphs;

namespace LeNet5.Training;

/// <summary>What the output on a strip should have been: a string, and where its digits are.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed class StripTarget
{
    /// <summary>Describes a string.</summary>
    /// <param name="labels">The classes of its characters, left to right.</param>
    /// <param name="centers">The middle of each character, in columns of the network's input; empty where nobody knows: <see cref="StringLoss"/> does without.</param>
    /// <exception cref="ArgumentException">There is not one middle for each character, or one is no finite number.</exception>
    public StripTarget(ReadOnlySpan<int> labels, ReadOnlySpan<double> centers = default)
    {
        if (!centers.IsEmpty && centers.Length != labels.Length)
            throw new ArgumentException($"There are {labels.Length} characters, but {centers.Length} middles. Give one for each, or none.", nameof(centers));
        foreach (double center in centers)
        {
            if (!double.IsFinite(center))
                throw new ArgumentException(FormattableString.Invariant($"The middle of a character is a finite number of columns, but not {center}."), nameof(centers));
        }
        Labels = [.. labels];
        Centers = [.. centers];
        Acceptor = Transducer.Sequence(labels);
    }

    /// <summary>The classes of the characters, left to right.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>The middle of each character, in columns of the network's input, or empty.</summary>
    public ImmutableArray<double> Centers { get; }

    /// <summary>Accepts this string alone.</summary>
    internal Transducer Acceptor { get; }
}
