using System.Collections.Immutable;

namespace LeNet5.Graphs;

public sealed partial class WeightedGraph
{
    private readonly PathSearch search = new();

    /// <summary>Finds the best paths, exactly.</summary>
    /// <remarks>However many paths are equal, the search extends only beginnings of the paths found. Of equals, which come first is fixed.</remarks>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>By ascending penalty; fewer where there are fewer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public ImmutableArray<GraphPath> BestPaths(int count) => Search(count, distinct: false);

    /// <summary>Finds the best strings, exactly: the strings that paths write, each with the best path that writes it.</summary>
    /// <remarks>
    /// Although a string may be written by very many paths, the search extends no more partial paths than the graph has nodes for each different beginning of the strings found.
    /// Of equals, which come first is fixed.
    /// </remarks>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>By ascending penalty, no string twice; fewer where there are fewer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public ImmutableArray<GraphPath> BestStrings(int count) => Search(count, distinct: true);

    private ImmutableArray<GraphPath> Search(int count, bool distinct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return search.Run(this, count, distinct);
    }
}
