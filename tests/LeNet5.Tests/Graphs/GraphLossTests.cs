using LeNet5.Graphs;

namespace LeNet5.Tests.Graphs;

public class GraphLossTests
{
    /// <summary>Against all paths of both graphs, and their derivatives against differences of the penalties.</summary>
    [Test]
    public void Evaluate_RandomGraphs_IsTheDifferenceOfScores([Values] GraphLossForm form)
    {
        GraphLoss loss = new(form);
        WeightedGraph interpretations = new();
        int spelled = 0;
        for (int seed = 0; seed < 1000; seed++)
        {
            SeededRandom random = new((ulong)seed);
            WeightedGraph graph = Enumeration.RandomGraph(ref random);
            Transducer model = Enumeration.RandomTransducer(ref random);
            graph.Compose(model, interpretations);
            List<PlainPath> all = Enumeration.PathsOf(interpretations);
            string wanted = all.Count > 0 ? all[random.NextInt32(all.Count)].Outputs : "ab";
            double[] gradient = new double[graph.ArcCount];
            double actual = loss.Evaluate(interpretations, Spelling(wanted), gradient);
            Assert.That(actual, Is.EqualTo(Plain(form, all, wanted)).Within(1e-12), $"seed {seed}");
            Assert.That(loss.Evaluate(interpretations, Spelling(wanted)), Is.EqualTo(actual), $"seed {seed}");
            if (all.Count > 0)
                AssertGradient(form, graph, model, wanted, gradient, seed);
            else
                Assert.That(gradient, Is.All.Zero, $"seed {seed}");
            spelled += all.Count > 0 ? 1 : 0;
        }
        Assert.That(spelled, Is.GreaterThan(200));
    }

    [Test]
    public void Evaluate_StringWithoutPath_IsInfiniteAndLeavesTheGradient([Values] GraphLossForm form)
    {
        WeightedGraph interpretations = new();
        WeightedGraphTests.Chain(columns: 3, classes: 11, penalty: 1).Compose(WeightedGraphTests.CharacterModel(), interpretations);
        double[] gradient = new double[33];
        Assert.That(new GraphLoss(form).Evaluate(interpretations, Transducer.Sequence(1, 2, 3, 4), gradient), Is.EqualTo(double.PositiveInfinity));
        Assert.That(gradient, Is.All.Zero);
    }

    [Test]
    public void Evaluate_BestPathSpellsTheString_HasNothingToLearn()
    {
        WeightedGraph graph = new(), interpretations = new();
        for (int column = 0; column < 3; column++)
        {
            graph.AddNode();
            for (int label = 0; label < 11; label++)
                graph.AddArc(new Arc(column, column + 1, label, label, label == (column == 1 ? 10 : 7) ? 0 : 1));
        }
        graph.SetEnd(3);
        graph.Compose(WeightedGraphTests.CharacterModel(), interpretations);
        double[] gradient = new double[33];
        Assert.That(new GraphLoss(GraphLossForm.DiscriminativeViterbi).Evaluate(interpretations, Transducer.Sequence(7, 7), gradient), Is.Zero);
        Assert.That(gradient, Is.All.Zero);
        Assert.That(new GraphLoss(GraphLossForm.DiscriminativeViterbi).Evaluate(interpretations, Transducer.Sequence(7, 1), gradient), Is.EqualTo(1));
        Assert.That(gradient.Index().Where(entry => entry.Item != 0), Is.EqualTo(new[] { (23, 1.0), (29, -1.0) }));
    }

    [Test]
    public void Evaluate_SecondRound_TakesNoMemory([Values] GraphLossForm form)
    {
        WeightedGraph interpretations = new();
        WeightedGraphTests.Chain(columns: 20, classes: 11, penalty: 1).Compose(WeightedGraphTests.CharacterModel(), interpretations);
        GraphLoss loss = new(form);
        Transducer wanted = Transducer.Sequence(1, 2, 3);
        double[] gradient = new double[220];
        loss.Evaluate(interpretations, wanted, gradient);
        Assert.That(Allocation.By(() => loss.Evaluate(interpretations, wanted, gradient)), Is.Zero);
    }

    [Test]
    public void Evaluate_GradientTooShort_IsRefused()
    {
        WeightedGraph interpretations = new();
        WeightedGraphTests.Chain(columns: 2, classes: 11, penalty: 1).Compose(WeightedGraphTests.CharacterModel(), interpretations);
        Assert.That(
            () => new GraphLoss(GraphLossForm.Viterbi).Evaluate(interpretations, Transducer.Sequence(1), new double[21]),
            Throws.ArgumentException.With.Message.Contains("room for the derivatives of 21"));
    }

    [Test]
    public void Evaluate_NothingWanted_IsRefusedByName() =>
        Assert.That(() => new GraphLoss(GraphLossForm.Viterbi).Evaluate(new WeightedGraph(), null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("wanted"));

    [Test]
    public void GraphLoss_NoSuchForm_ListsThem() =>
        Assert.That(() => new GraphLoss((GraphLossForm)9), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Viterbi, DiscriminativeViterbi"));

    private static Transducer Spelling(string letters) => Transducer.Sequence([.. letters.Select(letter => letter - 'a')]);

    private static double Plain(GraphLossForm form, List<PlainPath> all, string wanted)
    {
        bool adds = form is GraphLossForm.Forward or GraphLossForm.DiscriminativeForward;
        double constrained = Score(all.Where(path => path.Outputs == wanted));
        bool discriminative = form is GraphLossForm.DiscriminativeViterbi or GraphLossForm.DiscriminativeForward;
        return discriminative && constrained < double.PositiveInfinity ? constrained - Score(all) : constrained;

        double Score(IEnumerable<PlainPath> paths) => !paths.Any() ? double.PositiveInfinity
            : adds ? -Math.Log(paths.Sum(path => Math.Exp(-path.Penalty)))
            : paths.Min(path => path.Penalty);
    }

    private static void AssertGradient(GraphLossForm form, WeightedGraph graph, Transducer model, string wanted, double[] gradient, int seed)
    {
        const double Step = 1e-5;
        Arc[] arcs = graph.Arcs.ToArray();
        WeightedGraph moved = new(), interpretations = new();
        for (int i = 0; i < arcs.Length; i++)
        {
            if (double.IsInfinity(arcs[i].Penalty))
            {
                Assert.That(gradient[i], Is.Zero);
                continue;
            }
            double above = At(Step), here = At(0), below = At(-Step);
            // Where two paths are equally good, the derivative jumps; one of the two sides is right.
            double tolerance = form is GraphLossForm.Forward or GraphLossForm.DiscriminativeForward ? 1e-6 : Math.Abs(above + below - (2 * here)) / Step + 1e-6;
            Assert.That(gradient[i], Is.EqualTo((above - below) / (2 * Step)).Within(tolerance), $"seed {seed}, arc {i}");

            double At(double change)
            {
                Array.Copy(graph.Arcs.ToArray(), arcs, arcs.Length);
                arcs[i] = arcs[i] with { Penalty = arcs[i].Penalty + change };
                moved.Clear();
                while (moved.NodeCount < graph.NodeCount)
                    moved.AddNode();
                foreach (Arc arc in arcs)
                    moved.AddArc(arc);
                for (int node = 0; node < graph.NodeCount; node++)
                    moved.SetEnd(node, graph.EndPenalties[node]);
                moved.Compose(model, interpretations);
                return Plain(form, Enumeration.PathsOf(interpretations), wanted);
            }
        }
    }
}
