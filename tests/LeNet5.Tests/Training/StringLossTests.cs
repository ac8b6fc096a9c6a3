using LeNet5.Graphs;
using LeNet5.Tests.Oracle;
using LeNet5.Tests.Reading.Strips;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class StringLossTests
{
    /// <summary>Every string that fits, against the sum or the best over all rows of labels.</summary>
    [Test]
    public void Evaluate_SmallOutputs_AgreesWithThePlainEnumeration([Values] GraphLossForm form, [Values(3, 4, 5)] int columns, [Values(3, 4)] int classes)
    {
        StringLoss loss = new(form);
        SeededRandom random = new((ulong)((10 * columns) + classes));
        float[] penalties = RandomNetworks.Values(classes * columns, 4, ref random);
        double[] exact = PlainNetwork.ToDoubles(penalties);
        Row[] rows = RowsOf(classes, columns);
        foreach (int[] wanted in rows.Select(row => row.Spelled).DistinctBy(Spelled))
        {
            FeatureMaps output = Outputs.OfColumns(columns, penalties).Output;
            Assert.That(loss.Evaluate(output, new StripTarget(wanted)), Is.EqualTo(Plain(form, exact, rows, wanted)).Within(1e-10), string.Join(' ', wanted));
            Assert.That(loss.Evaluate(WithoutGradient(columns, penalties).Output, new StripTarget(wanted)), Is.EqualTo(Plain(form, exact, rows, wanted)).Within(1e-10));
            double[] gradient = PlainNetwork.ToDoubles(output.Gradient);
            Assert.That(gradient, Is.EqualTo(Differences(form, exact, rows, wanted)).Within(1e-6), string.Join(' ', wanted));
        }
    }

    /// <summary>What a column takes from one class, others get: the loss does not change when all its penalties rise, but for the forms that do not compare.</summary>
    [Test]
    public void Evaluate_DiscriminativeForms_GradientOfEachColumnAddsUpToZero([Values(GraphLossForm.DiscriminativeForward, GraphLossForm.DiscriminativeViterbi)] GraphLossForm form)
    {
        const int columns = 20, classes = 11;
        SeededRandom random = new(1);
        FeatureMaps output = Outputs.OfColumns(columns, RandomNetworks.Values(classes * columns, 10, ref random)).Output;
        Assert.That(new StringLoss(form).Evaluate(output, new StripTarget([1, 2, 3, 3])), Is.Positive);
        for (int column = 0; column < columns; column++)
        {
            double sum = 0;
            for (int i = 0; i < classes; i++)
                sum += output.Gradient[(i * columns) + column];
            Assert.That(sum, Is.Zero.Within(1e-5));
        }
    }

    /// <summary>Two equal characters need a column between them, so three columns hold two, but not three.</summary>
    [Test]
    public void Evaluate_StringTooLongForTheColumns_TeachesNothing([Values] GraphLossForm form)
    {
        FeatureMaps output = Outputs.OfColumns(3, 1, 2, 3, 4, 5, 6, 7, 8, 9).Output;
        Assert.That(new StringLoss(form).Evaluate(output, new StripTarget([1, 1])), Is.Not.Zero);
        output.Gradient.Fill(float.NaN);
        Assert.That(new StringLoss(form).Evaluate(output, new StripTarget([0, 1, 0])), Is.Zero);
        Assert.That(output.Gradient.ToArray(), Is.All.Zero);
    }

    /// <summary>Or a training whose network broke would go on without a word.</summary>
    [Test]
    public void Evaluate_OutputThatIsNoNumber_IsNoNumber([Values] GraphLossForm form, [Values(float.NaN, float.PositiveInfinity, float.NegativeInfinity)] float broken)
    {
        FeatureMaps output = Outputs.OfColumns(3, 1, broken, 3, 4, broken, 6, 7, broken, 9).Output;
        Assert.That(new StringLoss(form).Evaluate(output, new StripTarget([1])), Is.NaN);
        Assert.That(output.Gradient.ToArray(), Is.All.Zero);
    }

    [Test]
    public void Evaluate_EmptyString_IsAllBlank()
    {
        FeatureMaps output = Outputs.OfColumns(2, 5, 7, 1, 2).Output;
        Assert.That(new StringLoss(GraphLossForm.Viterbi).Evaluate(output, new StripTarget([])), Is.EqualTo(3));
        Assert.That(output.Gradient.ToArray(), Is.EqualTo(new[] { 0, 0, 1, 1 }));
    }

    [Test]
    public void Evaluate_OnceWarm_AllocatesNothing([Values] GraphLossForm form)
    {
        SeededRandom random = new(1);
        Workspace workspace = Outputs.OfColumns(40, RandomNetworks.Values(11 * 40, 20, ref random));
        StringLoss loss = new(form);
        StripTarget target = new([1, 2, 3, 4, 5, 5]);
        loss.Evaluate(workspace.Output, target);
        Assert.That(Allocation.By(() => loss.Evaluate(workspace.Output, target)), Is.Zero);
    }

    [Test]
    public void Evaluate_EightThreadsSharingALoss_GiveTheBitsOfOne()
    {
        const int count = 200;
        StringLoss loss = new();
        (double, string)[] expected = All();
        (double, string)[][] actual = new (double, string)[8][];
        Thread[] threads = [.. Enumerable.Range(0, actual.Length).Select(t => new Thread(() => actual[t] = All()))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(actual, Is.All.EqualTo(expected));

        (double, string)[] All() => [.. Enumerable.Range(0, count).Select(i =>
        {
            SeededRandom random = new((ulong)i);
            int columns = 3 + (i % 20), classes = 3 + (i % 5);
            FeatureMaps output = Outputs.OfColumns(columns, RandomNetworks.Values(classes * columns, 5, ref random)).Output;
            double value = loss.Evaluate(output, new StripTarget([0, 1]));
            return (value, string.Join(' ', output.Gradient.ToArray()));
        })];
    }

    [Test]
    public void Evaluate_LabelThatIsNoCharacter_NamesTheCharacters([Values] bool byColumns)
    {
        Loss<StripTarget> loss = byColumns ? new ColumnLoss() : new StringLoss();
        Assert.That(
            () => loss.Evaluate(Outputs.OfColumns(2, 1, 2, 3, 4, 5, 6).Output, new StripTarget([1, 2], [10, 20])),
            Throws.ArgumentException.With.Message.Contains("the characters 0 to 1 and the blank, but the string contains 2"));
    }

    [Test]
    public void Evaluate_OutputThatIsNoRow_IsRefused([Values] bool byColumns)
    {
        Loss<StripTarget> loss = byColumns ? new ColumnLoss() : new StringLoss();
        Workspace high = Network.LeNet5(codes: RbfCodes.DigitsAndBlank).CreateWorkspace(Passes.Backward, new Shape(1, 36, 64));
        Assert.That(() => loss.Evaluate(high.Output, new StripTarget([1], [16])), Throws.ArgumentException.With.Message.Contains("11@2x9"));
        Assert.That(() => loss.Evaluate(Outputs.OfColumns(2, 1, 2).Output, new StripTarget([], [])), Throws.ArgumentException.With.Message.Contains("1@1x2"));
        Assert.That(() => loss.Evaluate(Outputs.OfColumns(2, 1, 2, 3, 4).Output, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void StringLoss_NoSuchForm_ListsThem() =>
        Assert.That(() => new StringLoss((GraphLossForm)9), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("DiscriminativeForward"));

    [Test]
    public void ToString_Always_NamesTheForm() => Assert.That(new StringLoss().ToString(), Is.EqualTo("DiscriminativeForward loss on strings"));

    [Test]
    public void StripTarget_MiddlesForSomeOnly_IsRefused() =>
        Assert.That(() => new StripTarget([1, 2, 3], [4, 5]), Throws.ArgumentException.With.Message.Contains("3 characters, but 2 middles"));

    /// <summary>All rows of labels that spell something.</summary>
    private static Row[] RowsOf(int classes, int columns) =>
        [.. from labels in PlainSpelling.Rows(classes, columns) let spelled = PlainSpelling.Of(labels, classes - 1) where spelled is not null select new Row(labels, spelled)];

    private static string Spelled(int[] labels) => string.Join(' ', labels);

    private static double Plain(GraphLossForm form, double[] penalties, Row[] rows, int[] wanted)
    {
        List<double> all = [], right = [];
        foreach (Row row in rows)
        {
            double penalty = 0;
            for (int column = 0; column < row.Labels.Length; column++)
                penalty += penalties[(row.Labels[column] * row.Labels.Length) + column];
            all.Add(penalty);
            if (row.Spelled.AsSpan().SequenceEqual(wanted))
                right.Add(penalty);
        }
        return form switch
        {
            GraphLossForm.Viterbi => right.Min(),
            GraphLossForm.DiscriminativeViterbi => right.Min() - all.Min(),
            GraphLossForm.Forward => Added(right),
            _ => Added(right) - Added(all),
        };

        static double Added(List<double> penalties) => -Math.Log(penalties.Sum(penalty => Math.Exp(-penalty)));
    }

    private static double[] Differences(GraphLossForm form, double[] penalties, Row[] rows, int[] wanted)
    {
        const double step = 1e-4;
        return [.. penalties.Select((_, i) => (At(i, step) - At(i, -step)) / (2 * step))];

        double At(int i, double change)
        {
            double[] moved = [.. penalties];
            moved[i] += change;
            return Plain(form, moved, rows, wanted);
        }
    }

    private static Workspace WithoutGradient(int columns, float[] penalties)
    {
        int classes = penalties.Length / columns;
        Workspace workspace = new Network(new Shape(classes, 1, columns), 1, new FullyConnected("F", classes, classes)).CreateWorkspace();
        penalties.CopyTo(workspace.Output.Values);
        return workspace;
    }

    /// <summary>A label for each column, and the string that they spell.</summary>
    private sealed record Row(int[] Labels, int[] Spelled);
}
