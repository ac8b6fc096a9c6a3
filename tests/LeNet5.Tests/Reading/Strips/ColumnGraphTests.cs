using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Strips;

namespace LeNet5.Tests.Reading.Strips;

public class ColumnGraphTests
{
    private const int Classes = 3;
    private const int Columns = 2;

    /// <summary>Class by class: column 0 has 1, 4, 9, and column 1 has 6, 2, 3.</summary>
    private static readonly float[] Penalties = [1, 6, 4, 2, 9, 3];

    private readonly ColumnGraph columns = new();

    [Test]
    public void Build_EveryClass_HasAnArcInEveryColumn()
    {
        columns.Build(Penalties, Classes, Columns);
        Assert.That(columns.Graph.Arcs.ToArray(), Is.EqualTo(new Arc[] { new(0, 1, 0, 0, 1), new(0, 1, 1, 1, 4), new(0, 1, 2, 2, 9), new(1, 2, 0, 0, 6), new(1, 2, 1, 1, 2), new(1, 2, 2, 2, 3) }));
        Assert.That(columns.Graph.EndPenalties.ToArray(), Is.EqualTo(new[] { double.PositiveInfinity, double.PositiveInfinity, 0 }));
        Assert.That(Enumerable.Range(0, 6).Select(columns.PenaltyOf), Is.EqualTo(new[] { 0, 2, 4, 1, 3, 5 }));
    }

    [Test]
    public void Build_Rubbish_IsALabelBehindAllClassesInEveryColumn()
    {
        columns.Build(Penalties, Classes, Columns, rubbish: 5);
        Assert.That(columns.Graph.Arcs.ToArray().Where(arc => arc.Input == Classes), Is.EqualTo(new Arc[] { new(0, 1, 3, 3, 5), new(1, 2, 3, 3, 5) }));
        Assert.That(columns.PenaltyOf(3), Is.EqualTo(6), "behind the penalties of the classes");
        Assert.That(columns.PenaltyOf(7), Is.EqualTo(7));
    }

    [Test]
    public void Build_Temperature_DividesEveryPenalty()
    {
        columns.Build(Penalties, Classes, Columns, rubbish: 5, temperature: 2);
        Assert.That(columns.Graph.Arcs.ToArray().Select(arc => arc.Penalty), Is.EqualTo(new[] { 0.5, 2, 4.5, 2.5, 3, 1, 1.5, 2.5 }));
    }

    /// <summary>The beam is one of divided penalties: with T = 2 it reaches twice as far.</summary>
    [TestCase(3, 1, new[] { 0, 1, 1, 2 })]
    [TestCase(2.9, 1, new[] { 0, 1, 2 })]
    [TestCase(0, 1, new[] { 0, 1 })]
    [TestCase(2, 2, new[] { 0, 1, 0, 1, 2 })]
    public void Build_Beam_LeavesOutWhatIsFarFromTheBest(double beam, double temperature, int[] expected)
    {
        columns.Build(Penalties, Classes, Columns, temperature: temperature, beam: beam);
        Assert.That(columns.Graph.Arcs.ToArray().Select(arc => arc.Input), Is.EqualTo(expected));
    }

    [Test]
    public void Build_RubbishBetterThanEveryClass_IsWhatTheBeamIsMeasuredFrom()
    {
        columns.Build(Penalties, Classes, Columns, rubbish: 0, beam: 1.5);
        Assert.That(columns.Graph.Arcs.ToArray().Select(arc => arc.Input), Is.EqualTo(new[] { 0, 3, 3 }));
    }

    [Test]
    public void Build_InfinitePenalty_GetsNoArc()
    {
        columns.Build([1, 6, float.PositiveInfinity, 2, 9, 3], Classes, Columns);
        Assert.That(columns.Graph.Arcs.ToArray().Select(arc => arc.Input), Is.EqualTo(new[] { 0, 2, 0, 1, 2 }));
    }

    /// <summary>A network that gives what is no number is damaged, and nothing that it says in that column is worth reading: no path leads through it.</summary>
    [Test]
    public void Build_NotANumber_ClosesItsColumn([Values(5, double.PositiveInfinity)] double rubbish)
    {
        columns.Build([1, 6, float.NaN, 2, 9, 3], Classes, Columns, rubbish);
        Assert.That(columns.Graph.Arcs.ToArray().Select(arc => arc.From), Is.All.EqualTo(1));
        Assert.That(columns.Graph.Viterbi(out _), Is.EqualTo(double.PositiveInfinity));
        Assert.That(columns.IsDamaged);
        columns.Build([1, 6, float.NegativeInfinity, 2, 9, 3], Classes, Columns, rubbish);
        Assert.That(columns.IsDamaged);
        columns.Build([1, 6, 4, 2, 9, float.PositiveInfinity], Classes, Columns, rubbish);
        Assert.That(columns.IsDamaged, Is.False);
    }

    [Test]
    public void Build_AgainForAnotherStrip_ForgetsTheFirstAndTakesNoMemory()
    {
        columns.Build(Penalties, Classes, Columns, rubbish: 5);
        columns.Build([7, 8], classes: 2, columns: 1);
        Assert.That(columns.Graph.Arcs.ToArray(), Is.EqualTo(new Arc[] { new(0, 1, 0, 0, 7), new(0, 1, 1, 1, 8) }));
        Assert.That(columns.Graph.NodeCount, Is.EqualTo(2));
        Assert.That(Allocation.By(() => columns.Build(Penalties, Classes, Columns)), Is.Zero);
    }

    [Test]
    public void Explain_Path_TellsWhatEachColumnSees()
    {
        Network network = new(new Shape(1, 32, 32), 1, new TrainableSubsample("S", 1, block: 32), new RbfOutput("Output", new RbfCodes("01 ", [0, 1, 2])));
        StripReading reading = new("1", 1, Rejection.None, [], [], NormalizedStrip.Of(new GrayImage(1, 32, new byte[32])));
        columns.Build(Penalties, Classes, Columns, rubbish: 5);
        StripExplanation explanation = columns.Explain(network, reading, [1, 6]);
        Assert.That(explanation.Path, Is.EqualTo(new int?[] { 1, null }), "a blank is no character");
        Assert.That(columns.Explain(network, reading, [3, 4]).Path, Is.EqualTo(new int?[] { null, 0 }), "nor is rubbish");
        Assert.That((explanation.ClassCount, explanation.ColumnCount, explanation.FirstMiddle, explanation.Step), Is.EqualTo((3, 2, 16.0, 32)));
        Assert.That(explanation.Penalties, Is.EqualTo(Penalties));
        Assert.That(ColumnGraph.ColumnsOf(network, 1), Is.EqualTo((32.0, 64.0)));
    }
}
