using LeNet5.Tests.Evaluation;

namespace LeNet5.Tests.Reading;

public class CalibrationTests
{
    /// <summary>Equation 9 in its plain form, its penalties divided by the temperature, with the class "no character at all" among the alternatives.</summary>
    [Test]
    public void Judge_RandomPenalties_FollowsFromEquationNine([Values(5, 10, double.PositiveInfinity)] double j, [Values(0.3, 1, 4)] double temperature)
    {
        Calibration calibration = new() { Temperature = temperature, RubbishPenalty = j };
        EvaluationResult random = RandomEvaluation.Create(seed: 1, count: 200, classCount: 11);
        for (int i = 0; i < 200; i++)
        {
            float[] penalties = random.PenaltiesOf(i).ToArray();
            DigitReading reading = calibration.Judge(penalties, blank: 10);
            int[] ranking = [.. Enumerable.Range(0, penalties.Length).OrderBy(k => penalties[k])];
            (int best, int second) = (ranking[0], ranking[1]);
            Rejection reason = best == 10 ? Rejection.Blank : penalties[best] > j ? Rejection.NotADigit : Rejection.None;
            Assert.That(reading.Posterior, Is.EqualTo(Posteriors(penalties, calibration)[best]).Within(1e-6));
            Assert.That(
                (reading.Label, reading.RunnerUp, reading.Margin, reading.Reason),
                Is.EqualTo((reason == Rejection.None ? best : (int?)null, second, penalties[second] - penalties[best], reason)));
        }
    }

    [Test]
    public void Judge_PenaltyBeyondTheLargest_IsRejectedWhateverJ()
    {
        Calibration strict = new() { RubbishPenalty = 30, LargestPenalty = 5 };
        Assert.That((strict.Judge([5, 40]).Label, strict.Judge([5.01f, 40]).Reason), Is.EqualTo(((int?)0, Rejection.NotADigit)));
        Assert.That(new Calibration { RubbishPenalty = 30 }, Is.EqualTo(new Calibration { RubbishPenalty = 30, LargestPenalty = 30 }).And.Not.EqualTo(strict));
        Assert.That(() => new Calibration { LargestPenalty = double.NaN }, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("largest penalty of a digit"));
    }

    [Test]
    public void Posteriors_RandomPenalties_AreThoseOfEquationNine([Values(5, 10, double.PositiveInfinity)] double j, [Values(0.3, 1, 4)] double temperature)
    {
        Calibration calibration = new() { Temperature = temperature, RubbishPenalty = j };
        EvaluationResult random = RandomEvaluation.Create(seed: 2, count: 100);
        double[] actual = new double[10];
        for (int i = 0; i < 100; i++)
        {
            double rubbish = calibration.Posteriors(random.PenaltiesOf(i), actual);
            double[] expected = Posteriors(random.PenaltiesOf(i).ToArray(), calibration);
            Assert.That(actual, Is.EqualTo(expected).Within(1e-12));
            Assert.That(rubbish, Is.EqualTo(1 - expected.Sum()).Within(1e-12));
        }
    }

    [Test]
    public void Posteriors_PenaltiesFarBeyondExponentials_StillAddUpToOne()
    {
        double[] posteriors = new double[2];
        Assert.That(new Calibration { RubbishPenalty = 5000 }.Posteriors([5000, 9000], posteriors), Is.EqualTo(0.5).Within(1e-15));
        Assert.That(posteriors, Is.EqualTo(new[] { 0.5, 0 }).Within(1e-15));
    }

    /// <summary>Readings are as sure of themselves as they are right, and the penalty beyond which they are rejected is that of the definition.</summary>
    [Test]
    public void Fit_RandomPenalties_IsAsSureAsRight([Values(1, 2, 3)] int seed, [Values(0.9, 0.998, 1)] double acceptedShare, [Values(5, 20)] float skill)
    {
        EvaluationResult heldOut = RandomEvaluation.Create((ulong)seed, count: 300, skill: skill);
        Calibration fitted = Calibration.Fit(heldOut, acceptedShare);
        float[] right = [.. Enumerable.Range(0, 300).Where(i => !heldOut.Errors.Contains(i)).Select(i => heldOut.PenaltiesOf(i).ToArray().Min())];
        foreach ((double penalty, double share) in new[] { (fitted.RubbishPenalty, 0.999), (fitted.LargestPenalty, acceptedShare) })
        {
            Assert.That(right, Does.Contain((float)penalty));
            Assert.That(right.Count(other => other <= penalty), Is.GreaterThanOrEqualTo(share * right.Length));
            Assert.That(right.Count(other => other < penalty), Is.LessThan(share * right.Length));
        }

        double accuracy = right.Length / 300.0;
        double Sureness(double temperature) => Enumerable.Range(0, 300).Average(i => Posteriors(heldOut.PenaltiesOf(i).ToArray(), fitted with { Temperature = temperature }).Max());
        if (fitted.Temperature is > 0.0101 and < 99)
            Assert.That(Sureness(fitted.Temperature), Is.EqualTo(accuracy).Within(1e-9));
        else
            Assert.That((Sureness(0.01) - accuracy) * (Sureness(100) - accuracy), Is.GreaterThanOrEqualTo(0), "there is a temperature between the bounds");
    }

    [Test]
    public void Fit_PenaltiesTwiceAsLarge_GivesTwiceTheTemperatureAndPenalty()
    {
        EvaluationResult heldOut = RandomEvaluation.Create(seed: 4, count: 300);
        EvaluationResult twice = RandomEvaluation.Of(
            [.. heldOut.Labels.Select(label => (byte)label)],
            [.. Enumerable.Range(0, 300).SelectMany(i => heldOut.PenaltiesOf(i).ToArray()).Select(penalty => 2 * penalty)]);
        Calibration once = Calibration.Fit(heldOut);
        Assert.That(Calibration.Fit(twice).Temperature, Is.EqualTo(2 * once.Temperature).Within(1e-6).Percent);
        Assert.That(Calibration.Fit(twice).RubbishPenalty, Is.EqualTo(2 * once.RubbishPenalty));
    }

    [Test]
    public void Fit_HeldOutDigits_LowersTheirCalibrationError()
    {
        EvaluationResult heldOut = Evaluator.Run(SmallModel.Create(), Mnist.Train.Slice(55_000, 5000));
        Calibration fitted = Calibration.Fit(heldOut);
        Assert.That(heldOut.ExpectedCalibrationError(fitted), Is.LessThan(heldOut.ExpectedCalibrationError(Calibration.Default)));
    }

    [Test]
    public void Fit_NothingToLearnFrom_IsRefused()
    {
        Assert.That(() => Calibration.Fit(RandomEvaluation.Of([1], 0, 9)), Throws.ArgumentException.With.Message.Contains("None of the 1 held-out digits was read right"));
        Assert.That(() => Calibration.Fit(RandomEvaluation.Of([0, 1], 0, 9, float.NaN, float.NaN)), Throws.ArgumentException.With.Message.Contains("damaged"));
        Assert.That(() => Calibration.Fit(RandomEvaluation.Of([0], 0, 9), acceptedShare: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Calibration.Fit(RandomEvaluation.Of([0], 0, 9), acceptedShare: 1.1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Calibration_WhatIsNoTemperatureOrPenalty_IsRefused()
    {
        foreach (double temperature in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Assert.That(() => new Calibration { Temperature = temperature }, Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (double penalty in new[] { double.NaN, double.NegativeInfinity })
            Assert.That(() => new Calibration { RubbishPenalty = penalty }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Judge_WhatIsNoReading_IsRefused()
    {
        Assert.That(() => Calibration.Default.Judge([1]), Throws.ArgumentException.With.Message.Contains("at least two classes but has 1"));
        Assert.That(() => Calibration.Default.Judge([1, 2], blank: 7), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("blank").And.Message.Contains("classes 0 to 1"));
        Assert.That(() => Calibration.Default.Judge([1, 2], blank: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (float[] penalties in new float[][] { [float.NaN, float.NaN], [5, 1, float.NaN], [float.NegativeInfinity, 1], [float.PositiveInfinity, float.PositiveInfinity] })
            Assert.That(() => Calibration.Default.Judge(penalties), Throws.InvalidOperationException.With.Message.Contains("damaged"));
        Assert.That(() => Calibration.Default.Posteriors([1, 2], new double[3]), Throws.ArgumentException.With.Message.Contains("3 posteriors, but there are 2 penalties"));
    }

    private static double[] Posteriors(float[] penalties, Calibration calibration)
    {
        double sum = Math.Exp(-calibration.RubbishPenalty / calibration.Temperature) + penalties.Sum(penalty => Math.Exp(-penalty / calibration.Temperature));
        return Array.ConvertAll(penalties, penalty => Math.Exp(-penalty / calibration.Temperature) / sum);
    }

    [Test]
    public void Posteriors_PenaltiesThatAreNone_AreRefused()
    {
        Calibration all = new() { RubbishPenalty = double.PositiveInfinity };
        Assert.That(() => all.Posteriors([], []), Throws.ArgumentException);
        Assert.That(() => all.Posteriors([float.PositiveInfinity, float.PositiveInfinity], new double[2]), Throws.InvalidOperationException);
        Assert.That(() => all.Posteriors([1, float.NaN], new double[2]), Throws.InvalidOperationException);
    }

    [Test]
    public void Metadata_NumbersThatCannotBeSaved_AreRefused()
    {
        Assert.That(() => ModelMetadata.Empty with { RubbishPenalty = double.NaN }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ModelMetadata.Empty with { RubbishPenalty = double.NegativeInfinity }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ModelMetadata.Empty with { History = [new EpochResult(1, double.NaN, 0, 0, null)] }, Throws.ArgumentException);
        Assert.That(() => new StripCalibration { Curve = [new RejectionPoint(0, 0, float.NaN)] }, Throws.ArgumentException);
    }
}
