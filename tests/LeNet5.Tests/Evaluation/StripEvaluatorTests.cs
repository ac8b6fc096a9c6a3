using LeNet5.Data;

namespace LeNet5.Tests.Evaluation;

public class StripEvaluatorTests
{
    /// <summary>Some are labeled wrongly, so that none of the networks to come reads all of them right.</summary>
    private static readonly LabeledStrip[] Strips =
        [.. Enumerable.Range(0, 60).Select(new StripGenerator(Mnist.Test, StripStyle.Hard, seed: 2).Draw).Select(strip => strip.Text[0] == '7' ? strip with { Text = "7" + strip.Text } : strip)];

    private readonly StripReader reader = new(PretrainedModels.Strips);

    [Test]
    public void Run_AnyNumberOfThreads_GivesTheSame()
    {
        StripEvaluation one = StripEvaluator.Run(reader, Strips, threads: 1), two = StripEvaluator.Run(reader, Strips, threads: 2);
        Assert.That(two.Readings.Select(Summary), Is.EqualTo(one.Readings.Select(Summary)));
        Assert.That((two.RightCount, two.MeanConfidence), Is.EqualTo((one.RightCount, one.MeanConfidence)));
        Assert.That(two.RejectionCurve.Points, Is.EqualTo(one.RejectionCurve.Points));

        static string Summary(StripReading reading) => $"{reading.Text} {reading.Confidence:R} {reading.Reason} {string.Join(' ', reading.Digits)}";
    }

    [Test]
    public void Run_HardStrips_CountsWhatWasReadRight()
    {
        StripEvaluation evaluation = StripEvaluator.Run(reader, Strips);
        int right = Strips.Count(strip => reader.Read(strip.Picture).Text == strip.Text);
        Assert.That((evaluation.Count, evaluation.RightCount, evaluation.Accuracy), Is.EqualTo((60, right, right / 60.0)));
        Assert.That(evaluation.Texts, Is.EqualTo(Strips.Select(strip => strip.Text)));
        Assert.That(evaluation.Readings.Select(reading => reading.Text), Is.EqualTo(Strips.Select(strip => reader.Read(strip.Picture).Text)));
        Assert.That(evaluation.MeanConfidence, Is.EqualTo(evaluation.Readings.Average(reading => reading.Confidence)).Within(1e-6));
        Assert.That(evaluation.ToString(), Does.StartWith($"{right} of 60 strings right ("));
        Assert.That(right, Is.InRange(1, 59), "or the curve below shows nothing");
    }

    /// <summary>Each point says what is left of the errors when readings below its threshold are rejected.</summary>
    [Test]
    public void RejectionCurve_OfStrings_FollowsFromTheirConfidences()
    {
        StripEvaluation evaluation = StripEvaluator.Run(reader, Strips);
        RejectionCurve curve = evaluation.RejectionCurve;
        Assert.That(curve.Points[0].ErrorRate, Is.EqualTo(1 - evaluation.Accuracy).Within(1e-12));
        Assert.That(curve.Points.Select(point => point.Threshold), Is.EqualTo(evaluation.Readings.Select(reading => reading.Confidence).Distinct().Order()));
        foreach (RejectionPoint point in curve.Points)
        {
            int[] accepted = [.. Enumerable.Range(0, evaluation.Count).Where(i => evaluation.Readings[i].Confidence >= point.Threshold)];
            int wrong = accepted.Count(i => evaluation.Readings[i].Text != evaluation.Texts[i]);
            Assert.That((point.ShareRejected, point.ErrorRate), Is.EqualTo(((60 - accepted.Length) / 60.0, (double)wrong / accepted.Length)));
        }
    }

    [Test]
    public void Run_OptionsOfEachStrip_AreUsed()
    {
        StripEvaluation evaluation = StripEvaluator.Run(reader, Strips, strip => new StripOptions { Grammar = Grammar.FixedLength(strip.Text.Length) });
        Assert.That(evaluation.Readings.Zip(Strips).Where(pair => pair.First.Reason is Rejection.None or Rejection.Unsure).Select(pair => pair.First.Text.Length - pair.Second.Text.Length), Is.All.Zero);
        Assert.That(evaluation.RightCount, Is.GreaterThanOrEqualTo(StripEvaluator.Run(reader, Strips).RightCount));
    }

    [Test]
    public void Run_Canceled_EndsWithTheException() =>
        Assert.That(() => StripEvaluator.Run(reader, Strips, cancellationToken: new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Run_FailureOfAStrip_IsThrownAsItIs([Values(1, 2)] int threads) =>
        Assert.That(
            () => StripEvaluator.Run(reader, Strips, strip => throw new InvalidDataException(strip.Text), threads),
            Throws.TypeOf<InvalidDataException>().With.Property("StackTrace").Contains(nameof(Run_FailureOfAStrip_IsThrownAsItIs)));

    [Test]
    public void Run_NothingToRead_IsRefused()
    {
        Assert.That(() => StripEvaluator.Run(reader, [.. Strips, null!]), Throws.ArgumentException.With.Message.Contains($"Strip {Strips.Length} is null"));
        Assert.That(() => StripEvaluator.Run(reader, []), Throws.ArgumentException.With.Message.Contains("no strips"));
        Assert.That(() => StripEvaluator.Run(reader, Strips, threads: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("threads"));
    }

    [Test]
    public void Run_OnlyPicturesWithoutInk_HasNoConfidence()
    {
        StripEvaluation evaluation = StripEvaluator.Run(reader, [new LabeledStrip(new GrayImage(40, 32, new byte[40 * 32]), "1", [])]);
        Assert.That((evaluation.RightCount, evaluation.MeanConfidence, evaluation.Readings[0].Reason), Is.EqualTo((0, 0.0, Rejection.Blank)));
    }
}
