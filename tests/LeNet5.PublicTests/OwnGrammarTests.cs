using LeNet5.Graphs;

namespace LeNet5.PublicTests;

/// <summary>A grammar of a user's own, made of the parts that the library has, and what it makes of an unsure reading.</summary>
public class OwnGrammarTests
{
    private const int Blank = 10;

    /// <summary>Numbers of a shelf: a year of the nineties, then one or two groups of two digits, the last of them even.</summary>
    private static readonly Transducer Shelf = Grammar.Year(1990, 1999)
        .Then(Grammar.FixedLength(2).Repeat(0, 1))
        .Then(Grammar.FixedLength(1))
        .Then(Transducer.OneOf(0, 2, 4, 6, 8));

    [TestCase("199832", true)]
    [TestCase("19981932", true)]
    [TestCase("199831", false)]
    [TestCase("189832", false)]
    [TestCase("1998132", false)]
    public void Shelf_SomeNumbers_AcceptsThoseOfItsForm(string number, bool accepted) =>
        Assert.That(Shelf.Accepts(number), Is.EqualTo(accepted));

    [Test]
    public void BestStrings_UnsureReading_AreThoseThatTheGrammarAllows()
    {
        // What the network holds likely is 149833. With a 9 it would be a year, and with another last digit even.
        WeightedGraph recognition = Columns("11 99 99 88 3 4 ", (4, 3, -0.5), (4, 4, -0.5), (3, 14, -0.25), (8, 14, 1), (2, 14, 2));
        WeightedGraph interpretations = new(), allowed = new();
        recognition.Compose(CharacterModel(), interpretations);
        interpretations.Compose(Shelf, allowed);
        Assert.That(interpretations.BestStrings(1).Select(Spell), Is.EqualTo(new[] { "149833" }));
        Assert.That(allowed.BestStrings(3).Select(Spell), Is.EqualTo(new[] { "199834", "199838", "199832" }));
        Assert.That(allowed.BestStrings(3).Select(path => path.Penalty), Is.EqualTo(new double[] { 0, 1, 2 }));
        Assert.That(allowed.Viterbi(out ReadOnlySpan<int> path), Is.Zero);
        Assert.That(path.Length, Is.EqualTo(recognition.NodeCount - 1));
    }

    /// <summary>A digit is written when it begins; a blank, or another digit, ends it.</summary>
    private static Transducer CharacterModel() => new(
        from state in Enumerable.Range(0, 11)
        from label in Enumerable.Range(0, 11)
        let next = label == Blank ? 0 : label + 1
        select new Arc(state, next, label, label == Blank || next == state ? Arc.Nothing : label),
        Enumerable.Range(0, 11));

    private static WeightedGraph Columns(string likely, params (int Digit, int Column, double Penalty)[] others)
    {
        WeightedGraph graph = new();
        for (int column = 0; column < likely.Length; column++)
        {
            int next = graph.AddNode();
            for (int label = 0; label <= Blank; label++)
            {
                bool isLikely = label == (likely[column] == ' ' ? Blank : likely[column] - '0');
                double penalty = others.Where(other => other.Column == column && other.Digit == label).Select(other => other.Penalty).DefaultIfEmpty(isLikely ? 0 : 9).First();
                graph.AddArc(new Arc(column, next, label, label, penalty));
            }
        }
        graph.SetEnd(likely.Length);
        return graph;
    }

    private static string Spell(GraphPath path) => string.Concat(path.Labels);
}
