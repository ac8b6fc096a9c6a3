using LeNet5.Tests.Oracle;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class ColumnLossTests
{
    private const int Columns = 12;
    private const int Classes = 4;
    private const int Blank = 3;

    /// <summary>Columns of LeNet-5 look at 16, 20, 24 ... of the strip: these lie under the third, between the sixth and seventh, and near the ninth.</summary>
    private static readonly StripTarget Target = new([0, 2, 1], [24, 38, 47]);

    /// <summary>What each column should say; -1 where it may say what it likes, and both columns beside a middle between them answer for it.</summary>
    private static readonly int[] Wanted = [Blank, Blank, 0, Blank, Blank, 2, 2, -1, 1, Blank, Blank, Blank];

    [Test]
    public void Evaluate_RandomPenalties_AgreesWithEquationNineInEachColumn([Values(0.5, 1, 3)] double blankWeight)
    {
        ColumnLoss loss = new(blankWeight: blankWeight);
        SeededRandom random = new(1);
        for (int i = 0; i < 20; i++)
        {
            float[] penalties = [.. RandomNetworks.Values(Classes * Columns, 30, ref random).Select(Math.Abs)];
            FeatureMaps output = Outputs.OfColumns(Columns, penalties).Output;
            double value = loss.Evaluate(output, Target);
            double expected = 0;
            double[] gradient = new double[penalties.Length];
            for (int column = 0; column < Columns; column++)
            {
                if (Wanted[column] < 0)
                    continue;
                double weight = Wanted[column] == Blank ? blankWeight : 1;
                double[] ofColumn = [.. Enumerable.Range(0, Classes).Select(label => (double)penalties[(label * Columns) + column])];
                (double plain, double[] slope, _) = PlainLoss.Posterior(ofColumn, Wanted[column], double.PositiveInfinity);
                expected += weight * plain;
                for (int label = 0; label < Classes; label++)
                    gradient[(label * Columns) + column] = weight * slope[label];
            }
            Assert.That(value, Is.EqualTo(expected).Within(1e-10));
            Closeness.AssertClose<double>(output.Gradient, gradient, "gradient", tolerance: 1e-6);
        }
    }

    [Test]
    public void Evaluate_Gradient_AgreesWithDifferencesOfTheValue()
    {
        const float step = 1f / 256;
        SeededRandom random = new(2);
        FeatureMaps output = Outputs.OfColumns(Columns, RandomNetworks.Values(Classes * Columns, 3, ref random)).Output;
        ColumnLoss loss = new();
        loss.Evaluate(output, Target);
        float[] gradient = output.Gradient.ToArray();
        for (int i = 0; i < gradient.Length; i++)
        {
            float penalty = output.Values[i];
            output.Values[i] = penalty + step;
            (float up, double above) = (output.Values[i], loss.Evaluate(output, Target));
            output.Values[i] = penalty - step;
            (float down, double below) = (output.Values[i], loss.Evaluate(output, Target));
            output.Values[i] = penalty;
            Assert.That(gradient[i], Is.EqualTo((above - below) / (up - down)).Within(1e-5));
        }
    }

    [Test]
    public void Evaluate_ColumnBetweenNearAndFar_MaySayWhatItLikes()
    {
        SeededRandom random = new(3);
        FeatureMaps output = Outputs.OfColumns(Columns, RandomNetworks.Values(Classes * Columns, 3, ref random)).Output;
        double before = new ColumnLoss().Evaluate(output, Target);
        for (int label = 0; label < Classes; label++)
        {
            Assert.That(output.Gradient[(label * Columns) + 7], Is.Zero);
            output.Values[(label * Columns) + 7] += 5 * label;
        }
        Assert.That(new ColumnLoss().Evaluate(output, Target), Is.EqualTo(before));
    }

    [Test]
    public void Evaluate_OtherWindow_LooksWhereItsColumnsDo()
    {
        // Columns look at 5, 7 and 9.
        FeatureMaps output = Outputs.OfColumns(3, 1, 1, 1, 1, 1, 1).Output;
        new ColumnLoss(new Window(10, 2), blankWeight: 1).Evaluate(output, new StripTarget([0], [7]));
        Assert.That(output.Gradient.ToArray(), Is.EqualTo(new[] { -0.5f, 0.5f, -0.5f, 0.5f, -0.5f, 0.5f }));
    }

    [Test]
    public void Evaluate_NoDigits_WantsBlanksEverywhere()
    {
        FeatureMaps output = Outputs.OfColumns(2, 9, 9, 1, 1).Output;
        double value = new ColumnLoss().Evaluate(output, new StripTarget([]));
        Assert.That(value, Is.EqualTo(0.5 * 2 * Math.Log(1 + Math.Exp(-8))).Within(1e-12));
    }

    [Test]
    public void Evaluate_OutputThatIsNoNumber_IsNoNumber()
    {
        FeatureMaps output = Outputs.OfColumns(2, 9, float.NaN, 1, 1).Output;
        Assert.That(new ColumnLoss().Evaluate(output, new StripTarget([])), Is.NaN);
    }

    [Test]
    public void Evaluate_OnceWarm_AllocatesNothing()
    {
        Workspace workspace = Outputs.OfColumns(Columns, new float[Classes * Columns]);
        ColumnLoss loss = new();
        loss.Evaluate(workspace.Output, Target);
        Assert.That(Allocation.By(() => loss.Evaluate(workspace.Output, Target)), Is.Zero);
    }

    [Test]
    public void Evaluate_MiddlesUnknown_TellsTheWayOut() =>
        Assert.That(
            () => new ColumnLoss().Evaluate(Outputs.OfColumns(2, 1, 2, 3, 4, 5, 6).Output, new StripTarget([0, 1])),
            Throws.ArgumentException.With.Message.Contains("the middles of all 2 digits are known; here none are. Give them, or train with StringLoss."));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void ColumnLoss_ImpossibleWeight_IsRefused(double weight) =>
        Assert.That(() => new ColumnLoss(blankWeight: weight), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("positive"));

    [TestCase(0, 4)]
    [TestCase(32, 0)]
    [TestCase(-1, 4)]
    public void ColumnLoss_WindowWithoutSizeOrStep_IsRefused(int size, int step) =>
        Assert.That(() => new ColumnLoss(new Window(size, step)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("window"));

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void StripTarget_MiddleThatIsNoNumber_IsRefused(double middle) =>
        Assert.That(() => new StripTarget([0], [middle]), Throws.ArgumentException.With.Property("ParamName").EqualTo("centers"));

    /// <summary>More than a stack holds.</summary>
    [Test]
    public void Evaluate_MillionsOfClasses_GivesTheLoss()
    {
        Network network = new(new Shape(1, 1, 1), 1, new FullyConnected("F", 1, 3_000_000, Activation.Identity));
        Workspace workspace = network.CreateWorkspace();
        network.Forward(workspace);
        Assert.That(new ColumnLoss(new Window(1, 1)).Evaluate(workspace.Output, new StripTarget([0], [0.5])), Is.EqualTo(Math.Log(3_000_000)).Within(3));
    }

    [Test]
    public void ToString_Always_NamesWindowAndWeight() => Assert.That(new ColumnLoss(blankWeight: 0.25).ToString(), Is.EqualTo("equation 9 in each column of 32 pixels, 4 apart, blank ones times 0.25"));
}
