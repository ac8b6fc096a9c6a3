namespace LeNet5.Tests;

public class StepSizesTests
{
    [Test]
    public void Apply_UniformRate_MovesAgainstTheGradient()
    {
        float[] parameters = [1, 2];
        StepSizes.OfUniform(0.5f).Apply(parameters, [4, -8]);
        Assert.That(parameters, Is.EqualTo(new float[] { -1, 6 }));
    }

    [TestCase(float.NaN)]
    [TestCase(-0.1f)]
    [TestCase(float.PositiveInfinity)]
    public void OfUniform_RateThatIsNone_IsRefused(float rate) =>
        Assert.That(() => StepSizes.OfUniform(rate).Uniform, Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("rate"));

    [Test]
    public void OfWeights_NoRates_IsRefused() =>
        Assert.That(() => StepSizes.OfWeights([]).Uniform, Throws.ArgumentException.With.Property("ParamName").EqualTo("rates"));

    [Test]
    public void Apply_RateForEachWeight_MovesEachByItsOwn()
    {
        float[] parameters = [1, 2];
        StepSizes.OfWeights([0.5f, 0.25f]).Apply(parameters, [4, -8]);
        Assert.That(parameters, Is.EqualTo(new float[] { -1, 4 }));
    }
}
