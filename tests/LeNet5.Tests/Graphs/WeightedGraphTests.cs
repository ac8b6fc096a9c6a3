using LeNet5.Graphs;

namespace LeNet5.Tests.Graphs;

public class WeightedGraphTests
{
    private const int RandomCases = 3000;

    [Test]
    public void Compose_RandomGraphs_HasThePathsOfBoth()
    {
        WeightedGraph result = new();
        int nonEmpty = 0;
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            WeightedGraph graph = Enumeration.RandomGraph(ref random);
            Transducer transducer = Enumeration.RandomTransducer(ref random);
            graph.Compose(transducer, result);
            IEnumerable<PlainPath> expected =
                from path in Enumeration.PathsOf(graph)
                from reading in Enumeration.ReadingsOf(transducer, path.Outputs)
                select new PlainPath(path.Penalty + reading.Penalty, [], path.Inputs, reading.Outputs);
            List<PlainPath> actual = Enumeration.PathsOf(result);
            Assert.That(Enumeration.Summary(actual), Is.EqualTo(Enumeration.Summary(expected)), $"seed {seed}");
            AssertInOrderAndTrimmed(result, actual, seed);
            foreach ((Arc arc, int source) in result.Arcs.ToArray().Zip(result.Sources.ToArray()))
                Assert.That(graph.Arcs[source].Input, Is.EqualTo(arc.Input), $"seed {seed}");
            nonEmpty += actual.Count > 0 ? 1 : 0;
        }
        Assert.That(nonEmpty, Is.GreaterThan(RandomCases / 5));
    }

    [Test]
    public void Viterbi_RandomGraphs_FindsTheBestOfAllPaths()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            WeightedGraph graph = Enumeration.RandomGraph(ref random);
            double penalty = graph.Viterbi(out ReadOnlySpan<int> path);
            List<PlainPath> all = Enumeration.PathsOf(graph);
            Assert.That(penalty, Is.EqualTo(all.Select(other => other.Penalty).Append(double.PositiveInfinity).Min()), $"seed {seed}");
            int[] arcs = path.ToArray();
            if (all.Count > 0)
                Assert.That(all.Where(other => other.Penalty == penalty).Any(other => other.Arcs.SequenceEqual(arcs)), $"seed {seed}");
            else
                Assert.That(arcs, Is.Empty);
        }
    }

    /// <summary>The derivative by the penalty of an arc is the share of the paths through it.</summary>
    [Test]
    public void Forward_RandomGraphs_AddsUpAllPathsAndGivesPosteriors()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            WeightedGraph graph = Enumeration.RandomGraph(ref random);
            double[] gradient = new double[graph.ArcCount];
            Array.Fill(gradient, 7);
            double score = graph.Forward(gradient, scale: 2);
            List<PlainPath> all = Enumeration.PathsOf(graph);
            double sum = all.Sum(path => Math.Exp(-path.Penalty));
            Assert.That(score, all.Count == 0 ? Is.EqualTo(double.PositiveInfinity) : Is.EqualTo(-Math.Log(sum)).Within(1e-12), $"seed {seed}");
            Assert.That(graph.Forward(), Is.EqualTo(score), $"seed {seed}");
            for (int i = 0; i < gradient.Length; i++)
            {
                double posterior = all.Where(path => path.Arcs.Contains(i)).Sum(path => Math.Exp(-path.Penalty)) / Math.Max(sum, double.Epsilon);
                Assert.That(gradient[i], Is.EqualTo(7 + (2 * posterior)).Within(1e-12), $"seed {seed}, arc {i}");
            }
        }
    }

    [Test]
    public void Forward_PenaltiesBeyondTheRangeOfExponentials_StaysExact()
    {
        WeightedGraph graph = Chain(columns: 400, classes: 12, penalty: 1000);
        double[] gradient = new double[graph.ArcCount];
        Assert.That(graph.Forward(gradient), Is.EqualTo(400 * (1000 - Math.Log(12))).Within(1e-12).Percent);
        // A path of 400,000 leaves a tenth of a billionth to each of its 400 sums.
        Assert.That(gradient.Max(posterior => Math.Abs(posterior - (1.0 / 12))), Is.LessThan(1e-8));
    }

    [Test]
    public void Viterbi_EqualPaths_TakesTheArcsAddedFirst()
    {
        Assert.That(Chain(columns: 3, classes: 4, penalty: 1).Viterbi(out ReadOnlySpan<int> path), Is.EqualTo(3));
        Assert.That(path.ToArray(), Is.EqualTo(new[] { 0, 4, 8 }));
    }

    [Test]
    public void BestPaths_RandomGraphs_AreTheFirstOfAllPaths()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            WeightedGraph graph = Enumeration.RandomGraph(ref random);
            int count = 1 + random.NextInt32(12);
            GraphPath[] found = [.. graph.BestPaths(count)];
            List<PlainPath> all = Enumeration.PathsOf(graph);
            Assert.That(found.Select(path => path.Penalty), Is.EqualTo(all.Select(path => path.Penalty).Order().Take(count)), $"seed {seed}");
            Assert.That(found.Select(path => string.Join(' ', path.Arcs)), Is.Unique, $"seed {seed}");
            foreach (GraphPath path in found)
                Assert.That(all.Any(other => other.Arcs.SequenceEqual(path.Arcs) && other.Penalty == path.Penalty && other.Outputs == Enumeration.Spell(path.Labels)), $"seed {seed}");
        }
    }

    [Test]
    public void BestStrings_RandomGraphs_AreTheFirstOfAllStrings()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            WeightedGraph graph = Enumeration.RandomGraph(ref random, labels: 2);
            int count = 1 + random.NextInt32(8);
            GraphPath[] found = [.. graph.BestStrings(count)];
            List<PlainPath> all = Enumeration.PathsOf(graph);
            Dictionary<string, double> best = all.GroupBy(path => path.Outputs).ToDictionary(paths => paths.Key, paths => paths.Min(path => path.Penalty));
            Assert.That(found.Select(path => path.Penalty), Is.EqualTo(best.Values.Order().Take(count)), $"seed {seed}");
            Assert.That(found.Select(path => Enumeration.Spell(path.Labels)), Is.Unique, $"seed {seed}");
            foreach (GraphPath path in found)
            {
                Assert.That(path.Penalty, Is.EqualTo(best[Enumeration.Spell(path.Labels)]), $"seed {seed}");
                Assert.That(all.Any(other => other.Arcs.SequenceEqual(path.Arcs) && other.Penalty == path.Penalty), $"seed {seed}");
            }
        }
    }

    /// <summary>11^200 paths, all equal but for rounding: a search in the order of the penalties alone would not end.</summary>
    [TestCase(1)]
    [TestCase(0.1)]
    public void BestPathsAndStrings_VeryManyEqualPaths_AreFoundAtOnce(double penalty)
    {
        WeightedGraph graph = Chain(columns: 200, classes: 11, penalty), interpretations = new();
        Assert.That(graph.BestPaths(100).Select(path => path.Penalty), Is.All.EqualTo(200 * penalty).Within(1e-9));
        graph.Compose(CharacterModel(), interpretations);
        GraphPath[] strings = [.. interpretations.BestStrings(100)];
        Assert.That(strings.Select(path => string.Join(' ', path.Labels)).Distinct().Count(), Is.EqualTo(100));
        Assert.That(strings.Select(path => path.Penalty), Is.All.EqualTo(200 * penalty).Within(1e-9));
    }

    [Test]
    public void GraphPath_OfOneString_PrintsLabelsAndPenalty()
    {
        WeightedGraph graph = Chain(columns: 2, classes: 2, penalty: 0.5);
        Assert.That(graph.BestStrings(1)[0].ToString(), Is.EqualTo("0 0 (1)"));
        Assert.That(() => graph.BestPaths(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        graph.SetEnd(2, double.PositiveInfinity);
        Assert.That(graph.BestStrings(3), Is.Empty);
    }

    [Test]
    public void Scores_NothingButTheStart_DependOnWhetherItIsAnEnd()
    {
        WeightedGraph graph = new();
        Assert.That(graph.Viterbi(out _), Is.EqualTo(double.PositiveInfinity));
        Assert.That(graph.Forward(), Is.EqualTo(double.PositiveInfinity));
        graph.SetEnd(0, 2);
        Assert.That(graph.Viterbi(out ReadOnlySpan<int> path), Is.EqualTo(2));
        Assert.That(path.IsEmpty);
        Assert.That(graph.Forward(), Is.EqualTo(2));
    }

    [Test]
    public void Clear_UsedGraph_LeavesTheStart()
    {
        WeightedGraph graph = Chain(columns: 2, classes: 2, penalty: 0);
        graph.SetEnd(0);
        graph.Clear();
        Assert.That((graph.NodeCount, graph.ArcCount), Is.EqualTo((1, 0)));
        Assert.That(graph.EndPenalties[0], Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Propagate_ComposedGraph_AddsUpByTheArcsItWasMadeOf()
    {
        WeightedGraph graph = Chain(columns: 2, classes: 2, penalty: 0);
        WeightedGraph result = new();
        graph.Compose(new Transducer([new Arc(0, 0, 0, 0), new Arc(0, 0, 0, 1), new Arc(0, 0, 1, 1)], 0), result);
        double[] gradient = [1, 1, 1, 1];
        result.Propagate([1, 2, 4, 8, 16, 32], gradient);
        Assert.That(gradient, Is.EqualTo(new double[] { 4, 5, 25, 33 }));
    }

    [Test]
    public void GraphMembers_SecondRound_TakeNoMemory()
    {
        WeightedGraph graph = new(), result = new();
        Transducer transducer = CharacterModel();
        double[] gradient = [], byArc = [];
        Round();
        gradient = new double[graph.ArcCount];
        byArc = new double[result.ArcCount];
        Round();
        Assert.That(Allocation.By(Round), Is.Zero);

        void Round()
        {
            Fill(graph, columns: 30, classes: 11, penalty: 1);
            graph.Compose(transducer, result);
            result.Viterbi(out _);
            result.Forward(byArc);
            if (gradient.Length > 0)
                result.Propagate(byArc, gradient);
        }
    }

    /// <summary>Of a long string, a long graph reaches one state at each node: millions of pairs take no memory.</summary>
    [Test]
    public void Compose_FewPairsReached_TakesMemoryForThose()
    {
        const int length = 4000;
        Transducer transducer = Transducer.Sequence([.. Enumerable.Range(0, length).Select(i => i % 10)]);
        WeightedGraph graph = new(), result = new();
        for (int i = 0; i < length; i++)
        {
            int next = graph.AddNode();
            graph.AddArc(new Arc(i, next, i % 10, i % 10));
        }
        graph.SetEnd(length);
        Assert.That(Allocation.By(() => graph.Compose(transducer, result)), Is.LessThan(2_000_000));
        Assert.That((result.NodeCount, result.ArcCount), Is.EqualTo((length + 1, length)));
    }

    [Test]
    public void AddArc_PenaltyOrSourceBeyondAllSums_IsRefused()
    {
        WeightedGraph graph = new();
        int node = graph.AddNode();
        Assert.That(() => graph.AddArc(new Arc(0, node, 0, 0, -1e308)), Throws.ArgumentException.With.Message.Contains("-1E+100 to 1E+100"));
        Assert.That(() => graph.SetEnd(node, 1e308), Throws.ArgumentException.With.Message.Contains("-1E+100 to 1E+100"));
        foreach (int source in new[] { int.MaxValue, -2 })
            Assert.That(() => graph.AddArc(new Arc(0, node, 0, 0), source), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("source"));
    }

    /// <summary>Three columns of two classes: 2 + 4 + 4 arcs, of which none leads to an end.</summary>
    [Test]
    public void Compose_MoreArcsThanAllowed_IsRefusedAndLeavesTheStart()
    {
        WeightedGraph graph = Chain(columns: 3, classes: 2, penalty: 0), result = new();
        Transducer transducer = new([new Arc(0, 1, 0, 0), new Arc(0, 1, 1, 1), new Arc(1, 0, 0, 0), new Arc(1, 0, 1, 1)], 0);
        graph.Compose(transducer, result, maxArcCount: 6);
        Assert.That(result.ArcCount, Is.Zero);
        Assert.That(
            () => graph.Compose(transducer, result, maxArcCount: 5),
            Throws.ArgumentException.With.Message.Contains("4 nodes, 6 arcs").And.Message.Contains("2 states, 4 arcs").And.Message.Contains("more than 5 arcs"));
        Assert.That((result.NodeCount, result.ArcCount), Is.EqualTo((1, 0)));
        Assert.That(() => graph.Compose(transducer, result, maxArcCount: -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("maxArcCount"));
    }

    /// <summary>A string of 1000 fits 1000 columns in one way, though each column reaches every state so far.</summary>
    [Test]
    public void Compose_StringAsLongAsTheGraph_KeepsToPairsThatComeToAnEnd()
    {
        const int length = 1000;
        WeightedGraph graph = new(), result = new();
        for (int i = 0; i < length; i++)
        {
            int next = graph.AddNode();
            graph.AddArc(new Arc(i, next, 0, 0));
            graph.AddArc(new Arc(i, next, 1, Arc.Nothing));
        }
        graph.SetEnd(length);
        graph.Compose(Transducer.Sequence(new int[length]), result, maxArcCount: length);
        Assert.That((result.NodeCount, result.ArcCount), Is.EqualTo((length + 1, length)));
        graph.Compose(Transducer.Sequence(new int[length + 1]), result, maxArcCount: 0);
        Assert.That((result.NodeCount, result.ArcCount), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Compose_GraphThatWasChangedSince_HasItsNewPaths()
    {
        WeightedGraph graph = Chain(columns: 1, classes: 1, penalty: 0), result = new();
        Assert.That(CountOf(1), Is.EqualTo(1));
        graph.AddNode();
        graph.AddArc(new Arc(1, 2, 0, 0));
        Assert.That(CountOf(2), Is.Zero);
        graph.SetEnd(2);
        Assert.That((CountOf(1), CountOf(2)), Is.EqualTo((1, 2)));
        graph.SetEnd(1, double.PositiveInfinity);
        Assert.That((CountOf(1), CountOf(2)), Is.EqualTo((0, 2)));
        Chain(columns: 3, classes: 1, penalty: 0).Compose(Transducer.Sequence(0, 0, 0), graph);
        Assert.That((CountOf(2), CountOf(3)), Is.EqualTo((0, 3)));

        int CountOf(int length)
        {
            graph.Compose(Transducer.Sequence(new int[length]), result);
            return result.ArcCount;
        }
    }

    [Test]
    public void Compose_StatesReachedInAnyOrder_AreNumberedInTheirOwn()
    {
        WeightedGraph graph = new(), result = new();
        graph.AddNode();
        graph.AddNode();
        graph.AddArc(new Arc(0, 1, 0, 0));
        graph.AddArc(new Arc(0, 1, 1, 1));
        graph.AddArc(new Arc(1, 2, 0, 0));
        graph.SetEnd(2);
        graph.Compose(new Transducer([new Arc(0, 2, 0, 0), new Arc(0, 1, 1, 1), new Arc(1, 1, 0, 0), new Arc(2, 1, 0, 0), new Arc(2, 2, 0, 5)], 1, 2), result);
        Assert.That(result.Arcs.ToArray(), Is.EqualTo(new[] { new Arc(0, 2, 0, 0), new Arc(0, 1, 1, 1), new Arc(1, 3, 0, 0), new Arc(2, 3, 0, 0), new Arc(2, 4, 0, 5) }));
    }

    [TestCase(1, 1, 0, 0, 0, "leads from a node to one of a larger number")]
    [TestCase(-1, 1, 0, 0, 0, "leads from a node to one of a larger number")]
    [TestCase(0, 3, 0, 0, 0, "Add nodes before arcs")]
    [TestCase(0, 1, -2, 0, 0, "Labels count from 0")]
    [TestCase(0, 1, 0, -2, 0, "Labels count from 0")]
    [TestCase(0, 1, 0, 0, double.NaN, "penalty of an arc")]
    [TestCase(0, 1, 0, 0, double.NegativeInfinity, "penalty of an arc")]
    public void AddArc_Misfit_SaysWhatIsWrong(int from, int to, int input, int output, double penalty, string message)
    {
        WeightedGraph graph = new();
        graph.AddNode();
        graph.AddNode();
        Assert.That(() => graph.AddArc(new Arc(from, to, input, output, penalty)), Throws.ArgumentException.With.Message.Contains(message));
    }

    [Test]
    public void AddArc_FromAnEarlierNode_IsRefused()
    {
        WeightedGraph graph = new();
        graph.AddNode();
        graph.AddNode();
        graph.AddArc(new Arc(1, 2, 0, 0));
        Assert.That(() => graph.AddArc(new Arc(0, 1, 0, 0)), Throws.ArgumentException.With.Message.Contains("one from node 0 follows one from node 1"));
    }

    [Test]
    public void GraphMembers_Misuse_IsRefused()
    {
        WeightedGraph graph = Chain(columns: 1, classes: 2, penalty: 0);
        WeightedGraph result = new();
        graph.Compose(Transducer.OneOf(0, 1), result);
        Assert.That(() => graph.SetEnd(2), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("nodes 0 to 1"));
        Assert.That(() => graph.SetEnd(0, double.NaN), Throws.ArgumentException.With.Message.Contains("penalty of an end"));
        Assert.That(() => graph.Compose(Transducer.OneOf(0), graph), Throws.ArgumentException.With.Message.Contains("its own composition"));
        foreach (double scale in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            Assert.That(() => graph.Forward(new double[2], scale), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("scale"));
        Assert.That(() => graph.Forward(new double[1]), Throws.ArgumentException.With.Message.Contains("has 2 arcs, but there are 1 derivatives"));
        Assert.That(() => result.Propagate(new double[2], new double[1]), Throws.ArgumentException.With.Message.Contains("room for the derivatives of 1"));
        Assert.That(() => result.Propagate(new double[1], new double[2]), Throws.ArgumentException.With.Message.Contains("Give one for each arc"));
    }

    [Test]
    public void ToDot_SmallGraph_DrawsArcsAndEnds()
    {
        WeightedGraph graph = new();
        graph.AddNode();
        graph.AddArc(new Arc(0, 1, 5, 5, 0.25));
        graph.AddArc(new Arc(0, 1, 6, Arc.Nothing));
        graph.SetEnd(1, 1.5);
        Assert.That(graph.ToDot(), Is.EqualTo("""
            digraph {
                rankdir=LR
                node [shape=circle]
                1 [shape=doublecircle label="1/1.5"]
                0 -> 1 [label="5/0.25"]
                0 -> 1 [label="6:-"]
            }

            """.ReplaceLineEndings("\n")));
    }

    /// <summary>A column of arcs for each pair of neighbouring nodes, as a swept network gives.</summary>
    internal static WeightedGraph Chain(int columns, int classes, double penalty)
    {
        WeightedGraph graph = new();
        Fill(graph, columns, classes, penalty);
        return graph;
    }

    /// <summary>Blank is class 10; a digit is written when it is entered, and left by a blank.</summary>
    internal static Transducer CharacterModel() => new(
        [
            new Arc(0, 0, 10, Arc.Nothing),
            .. Enumerable.Range(0, 10).SelectMany(digit => new[] { new Arc(0, digit + 1, digit, digit), new Arc(digit + 1, digit + 1, digit, Arc.Nothing), new Arc(digit + 1, 0, 10, Arc.Nothing) }),
        ],
        Enumerable.Range(0, 11));

    private static void Fill(WeightedGraph graph, int columns, int classes, double penalty)
    {
        graph.Clear();
        for (int column = 0; column < columns; column++)
        {
            int next = graph.AddNode();
            for (int label = 0; label < classes; label++)
                graph.AddArc(new Arc(column, next, label, label, penalty));
        }
        graph.SetEnd(columns);
    }

    private static void AssertInOrderAndTrimmed(WeightedGraph graph, List<PlainPath> paths, int seed)
    {
        Arc[] arcs = graph.Arcs.ToArray();
        Assert.That(arcs.Select(arc => arc.From), Is.Ordered, $"seed {seed}");
        Assert.That(arcs, Is.All.Matches<Arc>(arc => arc.From < arc.To && arc.To < graph.NodeCount), $"seed {seed}");
        Assert.That(paths.SelectMany(path => path.Arcs).Distinct().Count(), Is.EqualTo(arcs.Length), $"seed {seed}: every arc is on a path");
        Assert.That(arcs.Select(arc => arc.To).Distinct().Count(), Is.EqualTo(graph.NodeCount - 1), $"seed {seed}: every node is reached");
    }
}
