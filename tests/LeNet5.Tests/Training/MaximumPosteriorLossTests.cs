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

    /// <summary>E is computed in doubles and the shift is a power of 2, so the differences are good to the float in which derivatives are kept.</summary>
    [Test]
    public void Evaluate_Derivatives_AgreeWithDifferencesOfTheValue()
    {
        const float step = 1f / 256;
        float[] penalties = [3, 2.5f, 4, 3.25f];
        FeatureMaps output = Outputs.Of(penalties).Output;
        MaximumPosteriorLoss loss = new(j: 3);
        double e = loss.Evaluate(output, 1);
        float[] gradient = output.Gradient.ToArray();
        float[] curvature = output.Curvature.ToArray();
        for (int i = 0; i < penalties.Length; i++)
        {
            output.Values[i] = penalties[i] + step;
            double above = loss.Evaluate(output, 1);
            output.Values[i] = penalties[i] - step;
            double below = loss.Evaluate(output, 1);
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

    [Test]
    public void RubbishPenalty_Always_IsJ() => Assert.That(new MaximumPosteriorLoss(7).RubbishPenalty, Is.EqualTo(7));

    [Test]
    public void Evaluate_LabelOutOfRange_TellsTheClasses() =>
        Assert.That(
            () => new MaximumPosteriorLoss().Evaluate(Outputs.Of(7, 5, 9).Output, 3),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("The output has classes 0 to 2."));

    [Test]
    public void Evaluate_OutputOfAStrip_IsRefused()
    {
        Workspace strip = Network.LeNet5().CreateWorkspace(Passes.Backward, new Shape(1, 32, 40));
        Assert.That(() => new MaximumPosteriorLoss().Evaluate(strip.Output, 3), Throws.ArgumentException.With.Message.Contains("10@1x3"));
    }
}
