namespace LeNet5.Tests.Evaluation;

public class EvaluationResultTests
{
    private static readonly Calibration Plain = new() { RubbishPenalty = double.PositiveInfinity };

    [Test]
    public void FromPenalties_ThreeImages_ComparesTheSmallestWithTheLabels()
    {
        float[] penalties = [3, 1, 2, 0, 5, 5, float.NaN, float.NaN, float.NaN];
        EvaluationResult result = RandomEvaluation.Of([1, 2, 0], penalties);
        Assert.That(result.Answers, Is.EqualTo(new[] { 1, 0, -1 }));
        Assert.That(result.Labels, Is.EqualTo(new[] { 1, 2, 0 }));
        Assert.That(result.Errors, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(result.Confusion[2, 0], Is.EqualTo(1));
        Assert.That(result.PenaltiesOf(1).ToArray(), Is.EqualTo(new float[] { 0, 5, 5 }));
        penalties[0] = 0;
        Assert.That(result.PenaltiesOf(0)[0], Is.EqualTo(3), "the penalties were not copied");
    }

    [Test]
    public void FromPenalties_PenaltiesOfAnEvaluation_GivesTheSame()
    {
        LabeledImages digits = Mnist.Test.Slice(0, 300);
        EvaluationResult expected = Evaluator.Run(SmallModel.Create(), digits);
        float[] penalties = [.. Enumerable.Range(0, 300).SelectMany(i => expected.PenaltiesOf(i).ToArray())];
        EvaluationResult actual = EvaluationResult.FromPenalties(digits, penalties);
        Assert.That(actual.Answers, Is.EqualTo(expected.Answers));
        Assert.That(actual.Errors, Is.EqualTo(expected.Errors));
    }

    [Test]
    public void FromPenalties_WhatDoesNotFit_IsRefused()
    {
        Assert.That(() => RandomEvaluation.Of([]), Throws.ArgumentException.With.Message.Contains("no images"));
        Assert.That(() => RandomEvaluation.Of([0, 1], 1, 2, 3), Throws.ArgumentException.With.Message.Contains("3 penalties are given for 2 images"));
        Assert.That(() => RandomEvaluation.Of([0, 2], 1, 2, 3, 4), Throws.ArgumentException.With.Message.Contains("at least 3"));
    }

    [Test]
    public void PenaltiesOf_NoSuchImage_IsRefused([Values(-1, 1, int.MaxValue)] int image) =>
        Assert.That(() => RandomEvaluation.Of([0], 1, 2).PenaltiesOf(image).Length, Throws.TypeOf<ArgumentOutOfRangeException>());

    /// <summary>The definition of Guo et al., bin after bin.</summary>
    [Test]
    public void ExpectedCalibrationError_RandomPenalties_IsThatOfTheDefinition([Values(1, 2, 3)] int seed, [Values(1, 4, 15)] int binCount, [Values(0.5, 1, 5)] double temperature)
    {
        EvaluationResult result = RandomEvaluation.Create((ulong)seed, count: 200);
        Calibration calibration = new() { Temperature = temperature };
        double expected = 0;
        for (int bin = 0; bin < binCount; bin++)
        {
            int[] members = [.. Enumerable.Range(0, 200).Where(i => PosteriorOf(i) > (double)bin / binCount && PosteriorOf(i) <= (bin + 1.0) / binCount)];
            if (members.Length > 0)
                expected += members.Length / 200.0 * Math.Abs(members.Average(i => result.Answers[i] == result.Labels[i] ? 1.0 : 0) - members.Average(PosteriorOf));
        }
        Assert.That(result.ExpectedCalibrationError(calibration, binCount), Is.EqualTo(expected).Within(1e-9));

        double PosteriorOf(int image) => calibration.Judge(result.PenaltiesOf(image)).Posterior;
    }

    [Test]
    public void ExpectedCalibrationError_EqualPenaltiesOfTwoClasses_IsTheDistanceFromOneHalf()
    {
        Assert.That(RandomEvaluation.Of([0, 1], 5, 5, 5, 5).ExpectedCalibrationError(Plain), Is.Zero, "one of two is right, with a posterior of 1/2");
        Assert.That(RandomEvaluation.Of([0, 0], 5, 5, 5, 5).ExpectedCalibrationError(Plain), Is.EqualTo(0.5).Within(1e-7));
        Assert.That(RandomEvaluation.Of([1, 1], 0, 99, 0, 99).ExpectedCalibrationError(Plain), Is.EqualTo(1).Within(1e-7), "sure and wrong");
        Assert.That(RandomEvaluation.Of([0], float.NaN, float.NaN).ExpectedCalibrationError(Plain), Is.Zero, "no answer claims nothing");
    }

    [Test]
    public void ExpectedCalibrationError_NoBins_IsRefused() =>
        Assert.That(() => RandomEvaluation.Of([0], 1, 2).ExpectedCalibrationError(Plain, binCount: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
}
