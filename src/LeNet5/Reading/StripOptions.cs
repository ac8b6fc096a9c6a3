using LeNet5.Graphs;

namespace LeNet5;

/// <summary>What is known about a string before it is read, and what is asked for.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed record StripOptions
{
    /// <summary>Every string is possible, readings that are likelier wrong than right are rejected, and there are no alternatives.</summary>
    public static StripOptions Default { get; } = new();

    /// <summary>Which strings are possible, e.g. <see cref="Grammar.FixedLength"/>; <see langword="null"/> (default) for all. It reads the digits 0 to 9, and writes digits or <see cref="Arc.Nothing"/>.</summary>
    /// <exception cref="ArgumentException">It reads or writes something else.</exception>
    public Transducer? Grammar { get; init => field = value is null ? null : Checked(value); }

    /// <summary>The least share that the strings of the grammar have in all strings, 0 to 1, its penalties left out; where they have less, the picture shows none of them
    /// (<see cref="Rejection.NotInGrammar"/>). The larger, the more wrong check digits are found, and the fewer misread digits mended. Default: 0.01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double LeastGrammarShare
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share is from 0 to 1.");
    } = 0.01;

    /// <summary>Share of the accepted readings that may be wrong, above 0 to 1: less sure ones are rejected, by what was measured on held-out strings
    /// (<see cref="StripCalibration.Curve"/>). Default: <see langword="null"/>, what is likelier right than wrong is accepted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0, or larger than 1.</exception>
    public double? ErrorRate
    {
        get;
        init => field = value is null or (> 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "An error rate is above 0 and at most 1.");
    }

    /// <summary>How many of the likeliest strings are given. Default: 1, the reading itself. <see cref="StripMethod.Both"/> gives at most the 24 that it judges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1 or above 100.</exception>
    public int Alternatives
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 to 100 alternatives are given.");
    } = 1;

    private static Transducer Checked(Transducer grammar)
    {
        foreach (Arc arc in grammar.Arcs)
        {
            if (arc.Input > 9 || arc.Output > 9)
                throw new ArgumentException($"A grammar for strips reads and writes the digits 0 to 9, but this one has an arc that reads {arc.Input} and writes {arc.Output}. Number its labels by the digits.", nameof(grammar));
        }
        return grammar;
    }
}
