using System.Collections.Immutable;

namespace LeNet5;

/// <summary>How many errors are left when the least sure readings are rejected. Immutable and therefore thread-safe.</summary>
/// <remarks>Figure 10 of the paper compares classifiers by the share to reject for an error of 0.5 % on the rest.</remarks>
public sealed class RejectionCurve
{
    /// <summary>Orders the readings of an evaluation by their score.</summary>
    /// <param name="evaluation">An evaluation of at least two classes.</param>
    /// <param name="calibration">How penalties become posteriors; margins do not depend on it.</param>
    /// <param name="score">What readings are ordered by. Default: the posterior.</param>
    /// <exception cref="ArgumentException">The evaluation has one class only, or there is no such score.</exception>
    public RejectionCurve(EvaluationResult evaluation, Calibration calibration, RejectionScore score = RejectionScore.Posterior)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(calibration);
        if (!Enum.IsDefined(score))
            throw new ArgumentOutOfRangeException(nameof(score), score, $"Readings are ordered by {string.Join(" or ", Enum.GetNames<RejectionScore>())}.");
        int count = evaluation.Count;
        float[] scores = new float[count];
        bool[] wrong = new bool[count];
        for (int i = 0; i < count; i++)
        {
            DigitReading reading = evaluation.ReadingOf(i, calibration);
            scores[i] = score == RejectionScore.Posterior ? reading.Posterior : reading.Margin;
            wrong[i] = evaluation.Answers[i] != evaluation.Labels[i];
        }
        Points = PointsOf(scores, wrong);
    }

    /// <param name="scores">The score of each reading.</param>
    /// <param name="wrong">Whether it is wrong.</param>
    internal RejectionCurve(float[] scores, bool[] wrong) => Points = PointsOf(scores, wrong);

    /// <summary>A point for each score that occurs, by ascending share rejected. The first rejects nothing.</summary>
    public ImmutableArray<RejectionPoint> Points { get; }

    /// <summary>The smallest share of the images that has to be rejected for an error rate on the rest.</summary>
    /// <param name="errorRate">The highest error rate that will do, 0 to 1.</param>
    /// <returns>0 where nothing needs to be rejected; 1 where even the surest readings are misread too often.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not from 0 to 1.</exception>
    public double ShareToReject(double errorRate)
    {
        if (!(errorRate >= 0 && errorRate <= 1))
            throw new ArgumentOutOfRangeException(nameof(errorRate), errorRate, "An error rate is from 0 to 1.");
        foreach (RejectionPoint point in Points)
        {
            if (point.ErrorRate <= errorRate)
                return point.ShareRejected;
        }
        return 1;
    }

    private static ImmutableArray<RejectionPoint> PointsOf(float[] scores, bool[] wrong)
    {
        Array.Sort(scores, wrong);

        ImmutableArray<RejectionPoint>.Builder points = ImmutableArray.CreateBuilder<RejectionPoint>();
        (int count, int errors) = (scores.Length, wrong.Count(isWrong => isWrong));
        for (int rejected = 0; rejected < count; rejected++)
        {
            // Readings of equal score are accepted or rejected together.
            if (rejected == 0 || scores[rejected] > scores[rejected - 1])
                points.Add(new RejectionPoint((double)rejected / count, (double)errors / (count - rejected), scores[rejected]));
            if (wrong[rejected])
                errors--;
        }
        return points.ToImmutable();
    }
}
