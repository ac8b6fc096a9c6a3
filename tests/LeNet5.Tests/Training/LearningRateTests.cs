using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class LearningRateTests
{
    /// <summary>Section III-B.</summary>
    [Test]
    public void Paper_TwentyEpochs_HasThePapersSchedule()
    {
        LearningRate rate = LearningRate.Paper;
        Assert.That(rate.Steps.Sum(step => step.Epochs), Is.EqualTo(20));
        Assert.That(
            Enumerable.Range(1, 20).Select(rate.At),
            Is.EqualTo(new[]
            {
                5e-4, 5e-4, 2e-4, 2e-4, 2e-4, 1e-4, 1e-4, 1e-4, 5e-5, 5e-5,
                5e-5, 5e-5, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5,
            }));
        Assert.That(rate.ToString(), Is.EqualTo("0.0005 x2, 0.0002 x3, 0.0001 x3, 0.00005 x4, 0.00001 x8"));
    }

    [Test]
    public void At_EpochsBeyondTheLastStep_KeepsTheLastRate() =>
        Assert.That(LearningRate.Stepped((1, 0.5), (1, 0.25)).At(99), Is.EqualTo(0.25));

    [Test]
    public void At_StepsBeyondAllNumbers_KeepsTheirOrder()
    {
        LearningRate rate = LearningRate.Stepped((1, 0.1), (int.MaxValue, 0.01), (5, 0.001));
        Assert.That(rate.At(2), Is.EqualTo(0.01));
        Assert.That(() => rate.At(0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("epoch"));
        Assert.That(() => LearningRate.Cosine(1, int.MaxValue), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("epochs"));
    }

    [Test]
    public void Constant_AnyEpoch_IsTheSame() => Assert.That(LearningRate.Constant(0.1).At(7), Is.EqualTo(0.1));

    [TestCase(0, 0.1)]
    [TestCase(1, 0)]
    [TestCase(1, -0.1)]
    [TestCase(1, double.NaN)]
    [TestCase(1, double.PositiveInfinity)]
    public void Stepped_StepWithoutEpochsOrRate_IsRefused(int epochs, double rate) =>
        Assert.That(() => LearningRate.Stepped((epochs, rate)), Throws.ArgumentException);

    [Test]
    public void Stepped_NoSteps_IsRefused() => Assert.That(() => LearningRate.Stepped(), Throws.ArgumentException);

    [Test]
    public void Cosine_HundredEpochs_FallsAlongHalfACosine()
    {
        LearningRate rate = LearningRate.Cosine(0.0002, 100);
        for (int epoch = 1; epoch <= 100; epoch++)
            Assert.That(rate.At(epoch), Is.EqualTo(0.0001 * (1 + Math.Cos(Math.PI * (epoch - 0.5) / 100))).Within(1e-12));
        Assert.That(rate.At(200), Is.EqualTo(rate.At(100)).And.Positive);
        Assert.That(rate.ToString(), Is.EqualTo("0.0002, cosine over 100"));
    }

    [Test]
    public void Linear_FourEpochs_FallsByTheSameAmount()
    {
        LearningRate rate = LearningRate.Linear(0.8, 4);
        Assert.That(Enumerable.Range(1, 4).Select(rate.At), Is.EqualTo(new[] { 0.7, 0.5, 0.3, 0.1 }).Within(1e-9));
        Assert.That(rate.ToString(), Is.EqualTo("0.8, linear over 4"));
    }

    [Test]
    public void Over_OtherEpochs_StretchesCurvesAndLeavesSteps()
    {
        LearningRate cosine = LearningRate.Cosine(0.2, 3).Over(7).Over(10), linear = LearningRate.Linear(0.2, 3).Over(10);
        Assert.That(Enumerable.Range(1, 10).Select(cosine.At), Is.EqualTo(Enumerable.Range(1, 10).Select(LearningRate.Cosine(0.2, 10).At)));
        Assert.That(Enumerable.Range(1, 10).Select(linear.At), Is.EqualTo(Enumerable.Range(1, 10).Select(LearningRate.Linear(0.2, 10).At)));
        Assert.That((cosine.ToString(), linear.ToString()), Is.EqualTo(("0.2, cosine over 10", "0.2, linear over 10")));
        Assert.That(LearningRate.Paper.Over(3), Is.SameAs(LearningRate.Paper));
        Assert.That(() => cosine.Over(0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [TestCase(0, 0.1)]
    [TestCase(1, 0)]
    [TestCase(1, double.NaN)]
    public void Cosine_NoEpochsOrRate_IsRefused(int epochs, double rate)
    {
        Assert.That(() => LearningRate.Cosine(rate, epochs), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => LearningRate.Linear(rate, epochs), Throws.InstanceOf<ArgumentException>());
    }
}
