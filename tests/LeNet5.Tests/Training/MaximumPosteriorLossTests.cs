using LeNet5.Kernels;
using LeNet5.Tests.Oracle;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class MaximumPosteriorLossTests
{
    /// <summary>Equation 9 alone, from the independent autograd: penalties near and far, small and large j.</summary>
    [Test]
    public void Evaluate_ReferenceCases_AgreesInValueAndGradient([Range(0, 23)] int index)
    {
        FeatureMaps output = Outputs.Of(Reference.Singles("loss.case.distance").AsSpan(10 * index, 10)).Output;
        int label = (int)Reference.Values.Int64s("loss.case.label")[index];
        double value = new MaximumPosteriorLoss(Reference.Singles("loss.case.j")[index]).Evaluate(output, label);
        Assert.That(value, Is.EqualTo(Reference.Singles("loss.case.value")[index]).Within(1e-4).Percent);
        Closeness.AssertClose<float>(output.Gradient, Reference.Singles("loss.case.grad").AsSpan(10 * index, 10), "gradient", tolerance: 1e-6);
    }

    [Test]
    public void Evaluate_RandomPenalties_AgreesWithTheEquation([Values(-5, 0.1, 10, 300, double.PositiveInfinity)] double j)
    {
        SeededRandom random = new(1);
        for (int i = 0; i < 20; i++)
        {
            float[] penalties = [.. RandomNetworks.Values(10, 100, ref random).Select(Math.Abs)];
            FeatureMaps output = Outputs.Of(penalties).Output;
            double value = new MaximumPosteriorLoss(j).Evaluate(output, i % 10);
            (double expected, double[] gradient, double[] curvature) = PlainLoss.Posterior(PlainNetwork.ToDoubles(penalties), i % 10, j);
            Assert.That(value, Is.EqualTo(expected).Within(1e-12 * 100));
            Closeness.AssertClose<double>(output.Gradient, gradient, "gradient", tolerance: 1e-6);
            Closeness.AssertClose<double>(output.Curvature, curvature, "curvature", tolerance: 1e-6);
        }
    }

    [Test]
    public void Evaluate_AnyTemperatureAndTarget_AgreesWithTheEquation([Values(0.5, 1, 3)] double temperature, [Values(-5, 0.1, 10)] double j)
    {
        MaximumPosteriorLoss loss = new(j, temperature);
        SeededRandom random = new(1);
        for (int i = 0; i < 22; i++)
        {
            int target = (i % 11) - 1;
            float[] penalties = [.. RandomNetworks.Values(10, 20, ref random).Select(Math.Abs)];
            FeatureMaps output = Outputs.Of(penalties).Output;
            double value = loss.Evaluate(output, target);
            (double expected, double[] gradient, double[] curvature) = PlainLoss.Posterior(PlainNetwork.ToDoubles(penalties), target, j, temperature);
            Assert.That(value, Is.EqualTo(expected).Within(1e-12 * 100), $"target {target}");
            Closeness.AssertClose<double>(output.Gradient, gradient, $"gradient of target {target}", tolerance: 1e-6);
            Closeness.AssertClose<double>(output.Curvature, curvature, $"curvature of target {target}", tolerance: 1e-6);
        }
    }

    /// <summary>At the temperature of the paper nothing is divided: the same bits as of equation 9 without a temperature.</summary>
    [Test]
    public void Evaluate_TemperatureOfOne_GivesTheBitsOfThePlainEquation()
    {
        const double j = 5;
        SeededRandom random = new(1);
        for (int i = 0; i < 50; i++)
        {
            float[] penalties = [.. RandomNetworks.Values(10, 20, ref random).Select(Math.Abs)];
            double smallest = Math.Min(j, penalties.Min());
            float[] exponentials = [.. penalties.Select(penalty => (float)Elementary.Exp(smallest - penalty))];
            double sum = Elementary.Exp(smallest - j);
            foreach (float penalty in penalties)
                sum += Elementary.Exp(smallest - penalty);
            double[] posteriors = [.. exponentials.Select(exponential => exponential / sum)];

            FeatureMaps output = Outputs.Of(penalties).Output;
            Assert.That(new MaximumPosteriorLoss(j).Evaluate(output, i % 10), Is.EqualTo(penalties[i % 10] - smallest + Elementary.Log(sum)));
            Closeness.AssertSameBits(output.Gradient, [.. posteriors.Select((p, k) => (float)((k == i % 10 ? 1 : 0) - p))], "gradient");
            Closeness.AssertSameBits(output.Curvature, [.. posteriors.Select(p => (float)(p * (1 - p)))], "curvature");
        }
    }

    /// <summary>E is computed in doubles and the shift is a power of 2, so the differences are good to the float in which derivatives are kept.</summary>
    [Test]
    public void Evaluate_Derivatives_AgreeWithDifferencesOfTheValue([Values(1, MaximumPosteriorLoss.Rubbish)] int target, [Values(1, 0.5, 3)] double temperature)
    {
        const float step = 1f / 256;
        float[] penalties = [3, 2.5f, 4, 3.25f];
        FeatureMaps output = Outputs.Of(penalties).Output;
        MaximumPosteriorLoss loss = new(j: 3, temperature);
        double e = loss.Evaluate(output, target);
        float[] gradient = output.Gradient.ToArray();
        float[] curvature = output.Curvature.ToArray();
        for (int i = 0; i < penalties.Length; i++)
        {
            output.Values[i] = penalties[i] + step;
            double above = loss.Evaluate(output, target);
            output.Values[i] = penalties[i] - step;
            double below = loss.Evaluate(output, target);
            output.Values[i] = penalties[i];

            // Truncation: step^2 / 6 and step^2 / 12 times derivatives below 1.
            Assert.That(gradient[i], Is.EqualTo((above - below) / (2 * step)).Within(3e-6));
            Assert.That(curvature[i], Is.EqualTo((above - (2 * e) + below) / (step * step)).Within(3e-6));
        }
    }

    /// <summary>The exponentials of such penalties underflow or overflow; the loss is the distance to the best alternative all the same.</summary>
    [TestCase(1e4f, 2e4f, 1e5, 0)]
    [TestCase(1e30f, 5f, double.PositiveInfinity, 1e30)]
    [TestCase(1e30f, 2e30f, 5, 1e30)]
    [TestCase(-1e4f, 1e4f, 0, 0)]
    [TestCase(1e4f, -1e4f, 0, 2e4)]
    public void Evaluate_ExtremePenalties_StaysExact(float correct, float other, double j, double expected)
    {
        FeatureMaps output = Outputs.Of(correct, other).Output;
        Assert.That(new MaximumPosteriorLoss(j).Evaluate(output, 0), Is.EqualTo(expected).Within(1e-5).Percent);
        Assert.That(output.Gradient.ToArray(), Is.All.InRange(-1, 1));
        Assert.That(output.Curvature.ToArray(), Is.All.InRange(0, 0.25));
    }

    /// <summary>The second term is never larger in size than the first: "the loss is positive" (section II-C).</summary>
    [Test]
    public void Evaluate_RandomPenalties_IsPositive()
    {
        SeededRandom random = new(1);
        for (int i = 0; i < 1000; i++)
            Assert.That(new MaximumPosteriorLoss(j: 5).Evaluate(Outputs.Of(RandomNetworks.Values(3, 20, ref random)).Output, 0), Is.Positive);
    }

    [TestCase(double.NaN)]
    [TestCase(double.NegativeInfinity)]
    public void MaximumPosteriorLoss_ImpossibleMargin_IsRefused(double j) =>
        Assert.That(() => new MaximumPosteriorLoss(j), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void MaximumPosteriorLoss_ImpossibleTemperature_IsRefusedByName(double temperature) =>
        Assert.That(() => new MaximumPosteriorLoss(5, temperature), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("temperature"));

    /// <summary>The penalties of rubbish are to rise: the more, the lower they are.</summary>
    [Test]
    public void Evaluate_Rubbish_PushesEveryPenaltyUp()
    {
        FeatureMaps output = Outputs.Of(1, 4, 8).Output;
        double value = new MaximumPosteriorLoss(j: 5).Evaluate(output, MaximumPosteriorLoss.Rubbish);
        Assert.That(value, Is.GreaterThan(4));
        Assert.That(output.Gradient.ToArray(), Is.All.Negative);
        Assert.That(output.Gradient.ToArray(), Is.Ordered);
    }

    [Test]
    public void Evaluate_RubbishWithoutAMargin_IsRefused() =>
        Assert.That(
            () => new MaximumPosteriorLoss(double.PositiveInfinity).Evaluate(Outputs.Of(7, 5, 9).Output, MaximumPosteriorLoss.Rubbish),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("The output has classes 0 to 2."));

    [TestCase(5, 1, "equation 9, j = 5")]
    [TestCase(0.5, 2.5, "equation 9, j = 0.5, temperature 2.5")]
    public void ToString_Always_NamesMarginAndTemperature(double j, double temperature, string expected) =>
        Assert.That(new MaximumPosteriorLoss(j, temperature).ToString(), Is.EqualTo(expected));

    [Test]
    public void RubbishPenalty_Always_IsJ() => Assert.That(new MaximumPosteriorLoss(7).RubbishPenalty, Is.EqualTo(7));

    [TestCase(-2)]
    [TestCase(3)]
    public void Evaluate_LabelOutOfRange_TellsTheClasses(int label) =>
        Assert.That(
            () => new MaximumPosteriorLoss().Evaluate(Outputs.Of(7, 5, 9).Output, label),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("The output has classes 0 to 2, and -1 stands for no character at all."));

    [Test]
    public void Evaluate_OutputOfAStrip_IsRefused()
    {
        Workspace strip = Network.LeNet5().CreateWorkspace(Passes.Backward, new Shape(1, 32, 40));
        Assert.That(() => new MaximumPosteriorLoss().Evaluate(strip.Output, 3), Throws.ArgumentException.With.Message.Contains("10@1x3"));
    }
}
