namespace LeNet5.Tests.Evaluation;

public class RejectionCurveTests
{
    private static readonly Calibration Plain = new() { RubbishPenalty = double.PositiveInfinity };

    /// <summary>Every threshold tried. Coarse steps make ties.</summary>
    [Test]
    public void Points_RandomPenalties_AreThoseOfEveryThreshold([Values(1, 2, 3)] int seed, [Values(0.001f, 3)] float step, [Values] RejectionScore score)
    {
        EvaluationResult result = RandomEvaluation.Create((ulong)seed, count: 60, step: step, skill: 20);
        RejectionPoint[] expected = [.. Enumerable.Range(0, result.Count).Select(ScoreOf).Distinct().Order().Select(Accept)];
        RejectionCurve curve = new(result, Calibration.Default, score);
        Assert.That(curve.Points, Is.EqualTo(expected));
        Assert.That(curve.Points[0], Is.EqualTo(new RejectionPoint(0, result.ErrorRate, expected[0].Threshold)));
        Assert.That(curve.Points.Select(point => point.ShareRejected), Is.Ordered.And.Unique);
        Assert.That(curve.Points.Select(point => point.Threshold), Is.Ordered.And.Unique);

        double[] shares = [.. Enumerable.Range(0, 101).Select(percent => curve.ShareToReject(percent / 100.0))];
        Assert.That(shares, Is.Ordered.Descending);
        for (int percent = 0; percent <= 100; percent++)
        {
            double smallest = expected.Where(point => point.ErrorRate <= percent / 100.0).Select(point => point.ShareRejected).DefaultIfEmpty(1).Min();
            Assert.That(shares[percent], Is.EqualTo(smallest));
        }

        float ScoreOf(int image)
        {
            DigitReading reading = Calibration.Default.Judge(result.PenaltiesOf(image));
            return score == RejectionScore.Posterior ? reading.Posterior : reading.Margin;
        }

        RejectionPoint Accept(float threshold)
        {
            int[] accepted = [.. Enumerable.Range(0, result.Count).Where(i => ScoreOf(i) >= threshold)];
            return new RejectionPoint((double)(result.Count - accepted.Length) / result.Count, (double)accepted.Count(result.Errors.Contains) / accepted.Length, threshold);
        }
    }

    [Test]
    public void ShareToReject_FourImages_RejectsTheLeastSureFirst()
    {
        // Margins 1 (wrong), 2, 3 (wrong), 4.
        EvaluationResult result = RandomEvaluation.Of([1, 0, 1, 0], 0, 1, 0, 2, 0, 3, 0, 4);
        RejectionCurve curve = new(result, Plain, RejectionScore.Margin);
        Assert.That(curve.Points, Is.EqualTo(new RejectionPoint[] { new(0, 0.5, 1), new(0.25, 1.0 / 3, 2), new(0.5, 0.5, 3), new(0.75, 0, 4) }));
        Assert.That(new[] { 0.5, 0.4, 0.3, 0 }.Select(curve.ShareToReject), Is.EqualTo(new[] { 0, 0.25, 0.75, 0.75 }));
    }

    [Test]
    public void ShareToReject_EqualScores_RejectsThemTogether()
    {
        // Margins 1, 1 (wrong), 1, 5.
        EvaluationResult result = RandomEvaluation.Of([0, 1, 0, 0], 0, 1, 0, 1, 0, 1, 0, 5);
        RejectionCurve curve = new(result, Plain, RejectionScore.Margin);
        Assert.That(curve.Points, Is.EqualTo(new RejectionPoint[] { new(0, 0.25, 1), new(0.75, 0, 5) }));
        Assert.That(curve.ShareToReject(0.1), Is.EqualTo(0.75));
    }

    [Test]
    public void ShareToReject_AllRight_IsZero([Values] RejectionScore score) =>
        Assert.That(new RejectionCurve(RandomEvaluation.Of([0, 1], 0, 9, 8, 0), Plain, score).ShareToReject(0), Is.Zero);

    [Test]
    public void ShareToReject_AllWrong_IsEverything([Values] RejectionScore score)
    {
        RejectionCurve curve = new(RandomEvaluation.Of([1, 0], 0, 9, 8, 0), Plain, score);
        Assert.That(curve.ShareToReject(0.99), Is.EqualTo(1));
        Assert.That(curve.ShareToReject(1), Is.Zero);
    }

    [Test]
    public void RejectionCurve_ImageWithoutAnAnswer_IsRejectedFirst([Values] RejectionScore score)
    {
        RejectionCurve curve = new(RandomEvaluation.Of([0, 0], 0, 1, float.NaN, float.NaN), Plain, score);
        Assert.That(curve.ShareToReject(0), Is.EqualTo(0.5));
    }

    [Test]
    public void RejectionCurve_OneClass_IsRefused() =>
        Assert.That(() => new RejectionCurve(RandomEvaluation.Of([0], 1), Plain), Throws.ArgumentException.With.Message.Contains("at least two classes"));

    [Test]
    public void RejectionCurve_NoSuchScore_IsRefused() =>
        Assert.That(() => new RejectionCurve(RandomEvaluation.Of([0], 1, 2), Plain, (RejectionScore)2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Posterior or Margin"));

    [Test]
    public void ShareToReject_NoRate_IsRefused([Values(-0.1, 1.1, double.NaN)] double rate) =>
        Assert.That(() => new RejectionCurve(RandomEvaluation.Of([0], 1, 2), Plain).ShareToReject(rate), Throws.TypeOf<ArgumentOutOfRangeException>());
}
