using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LeNet5.Graphs;

namespace LeNet5.Strips;

/// <summary>The recognition graph of a swept strip: from each column to the next an arc for each class, with its penalty.</summary>
/// <remarks>Keeps its memory from strip to strip. Not thread-safe.</remarks>
internal sealed class ColumnGraph
{
    /// <summary>In reading, a class whose share of a column would be smaller than e^-beam of the best one's gets no arc. On held-out strings one of 18 reads the same, with five times
    /// as many arcs of interpretations.</summary>
    public const double Beam = 10;

    private float[] penalties = [];

    /// <summary>A node before and behind each column. Arcs read and write classes.</summary>
    public WeightedGraph Graph { get; } = new();

    /// <summary>Whether a penalty is no number, or negative infinity. Its column has no arcs.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Where the penalty of an arc lies among the output values; those of rubbish lie behind them.</summary>
    public int PenaltyOf(int arc) => Graph.Sources[arc];

    /// <summary>Tells what was seen in each column, and what a path takes of it.</summary>
    /// <param name="network">The network whose columns these are.</param>
    /// <param name="reading">What was read.</param>
    /// <param name="path">The arcs of <see cref="Graph"/> that the best path takes.</param>
    public StripExplanation Explain(Network network, StripReading reading, ReadOnlySpan<int> path)
    {
        int characters = network.Codes?.Blank ?? network.OutputShape.Maps;
        ImmutableArray<int?>.Builder seen = ImmutableArray.CreateBuilder<int?>(path.Length);
        foreach (int arc in path)
            seen.Add(Graph.Arcs[arc].Input < characters ? Graph.Arcs[arc].Input : null);
        return new StripExplanation
        {
            Reading = reading,
            ClassCount = network.OutputShape.Maps,
            ColumnCount = Graph.NodeCount - 1,
            FirstMiddle = network.Window.Size / 2.0,
            Step = network.Window.Step,
            Penalties = [.. penalties.AsSpan(0, network.OutputShape.Maps * (Graph.NodeCount - 1))],
            Path = seen.MoveToImmutable(),
        };
    }

    /// <summary>The columns of a strip that an output column stands for.</summary>
    public static (double First, double Behind) ColumnsOf(Network network, int column)
    {
        double middle = (network.Window.Size / 2.0) + (column * network.Window.Step);
        return (middle - (network.Window.Step / 2.0), middle + (network.Window.Step / 2.0));
    }

    /// <summary>Builds the graph.</summary>
    /// <param name="output">Class by class, the penalty of each column.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="rubbish">The penalty of "no character at all" in every column, with the label behind the last class; infinite for no such arc.</param>
    /// <param name="temperature">What penalties are divided by.</param>
    /// <param name="beam">Classes whose penalty (divided) is larger than the column's least by more than this get no arc.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Build(ReadOnlySpan<float> output, int classes, int columns, double rubbish = double.PositiveInfinity, double temperature = 1, double beam = double.PositiveInfinity)
    {
        output = output[..(classes * columns)];
        if (penalties.Length < output.Length)
            penalties = new float[2 * output.Length];
        output.CopyTo(penalties);
        Graph.Clear();
        IsDamaged = false;
        for (int column = 0; column < columns; column++)
        {
            int next = Graph.AddNode();
            float smallest = float.PositiveInfinity;
            for (int i = column; i < output.Length; i += columns)
                smallest = Math.Min(smallest, output[i]);
            IsDamaged |= !(smallest > float.NegativeInfinity);
            double largest = Math.Min(smallest, rubbish) + (beam * temperature);
            for (int i = 0; i <= classes; i++)
            {
                int index = (i * columns) + column;
                double penalty = i < classes ? output[index] : rubbish;
                // What is no number leaves its column without arcs: neither is the largest penalty of the beam then.
                if (!(penalty <= largest) || double.IsInfinity(penalty))
                    continue;
                Graph.AddArc(new Arc(next - 1, next, i, i, penalty / temperature), index);
            }
        }
        Graph.SetEnd(columns);
    }
}
