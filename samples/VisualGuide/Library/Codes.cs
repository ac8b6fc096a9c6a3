using System.Runtime.InteropServices.JavaScript;
using LeNet5;

namespace VisualGuide;

/// <summary>The output codes of figure 3 of the paper: small pictures of the printable characters.</summary>
internal static partial class Codes
{
    private static readonly RbfCodes All = RbfCodes.PrintableAscii;

    /// <summary>The characters that have a code, space to tilde.</summary>
    [JSExport]
    internal static string Symbols() => All.Symbols;

    /// <summary>The codes one after another, each 12 rows of 7, +1 for ink and -1 for ground.</summary>
    [JSExport]
    internal static double[] Values()
    {
        double[] values = new double[All.Count * All.Length];
        for (int i = 0; i < All.Count; i++)
            All[i].ToDoubles().CopyTo(values, i * All.Length);
        return values;
    }

    /// <summary>Squared distances between all codes, row by row: what an RBF unit puts out for a network that hits another unit's code exactly.</summary>
    [JSExport]
    internal static double[] Distances()
    {
        double[] distances = new double[All.Count * All.Count];
        for (int i = 0; i < distances.Length; i++)
            distances[i] = Distance(All[i / All.Count], All[i % All.Count]);
        return distances;
    }

    /// <summary>Squared distances from features, 84 values of F6, to all codes: the output of a network of 95 units.</summary>
    [JSExport]
    internal static double[] DistancesFrom(double[] features)
    {
        float[] point = Array.ConvertAll(features, static value => (float)value);
        double[] distances = new double[All.Count];
        for (int i = 0; i < distances.Length; i++)
            distances[i] = Distance(point, All[i]);
        return distances;
    }

    private static double Distance(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        return sum;
    }
}
