using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class MaximumLikelihoodLossTests
{
    [Test]
    public void Evaluate_AnyPenalties_IsThatOfTheCorrectClassAlone()
    {
        FeatureMaps output = Outputs.Of(7, 5, 9).Output;
        Assert.That(new MaximumLikelihoodLoss().Evaluate(output, 1), Is.EqualTo(5));
        Assert.That(output.Gradient.ToArray(), Is.EqualTo(new float[] { 0, 1, 0 }));
        Assert.That(output.Curvature.ToArray(), Is.All.Zero);
    }

    [TestCase(-1)]
    [TestCase(3)]
    public void Evaluate_LabelOutOfRange_TellsTheClasses(int label) =>
        Assert.That(
            () => new MaximumLikelihoodLoss().Evaluate(Outputs.Of(7, 5, 9).Output, label),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("The output has classes 0 to 2."));

    [Test]
    public void RubbishPenalty_OfALossWithoutRubbish_IsNull() => Assert.That(new MaximumLikelihoodLoss().RubbishPenalty, Is.Null);
}
