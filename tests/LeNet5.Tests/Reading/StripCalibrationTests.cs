using LeNet5.Data;

namespace LeNet5.Tests.Reading;

public class StripCalibrationTests
{
    private static readonly StripCalibration Measured = new()
    {
        Temperature = 2.5,
        RubbishPenalty = 70,
        Curve = [new RejectionPoint(0, 0.2, 0.125f), new RejectionPoint(0.25, 0.05, 0.5f), new RejectionPoint(0.5, 0.01, 0.875f)],
    };

    [TestCase(1, 0.125)]
    [TestCase(0.2, 0.125)]
    [TestCase(0.19, 0.5)]
    [TestCase(0.05, 0.5)]
    [TestCase(0.01, 0.875)]
    public void ThresholdFor_MeasuredCurve_IsTheFirstThatWillDo(double errorRate, double expected) => Assert.That(Measured.ThresholdFor(errorRate), Is.EqualTo(expected));

    [Test]
    public void Curve_ThatWasNeverMade_IsEmpty()
    {
        StripCalibration calibration = new() { Curve = default };
        Assert.That(calibration.ThresholdFor(0.25), Is.EqualTo(0.75));
        Assert.That(calibration, Is.EqualTo(StripCalibration.Default));
    }

    [Test]
    public void ThresholdFor_LessThanWasMeasured_RejectsEverything() => Assert.That(Measured.ThresholdFor(0.005), Is.GreaterThan(1));

    [Test]
    public void ThresholdFor_NoCurve_IsThatOfSingleReadings() => Assert.That(StripCalibration.Default.ThresholdFor(0.25), Is.EqualTo(0.75));

    [Test]
    public void ThresholdFor_NoRate_IsRefused([Values(0, -0.1, 1.1, double.NaN)] double rate) =>
        Assert.That(() => Measured.ThresholdFor(rate), Throws.TypeOf<ArgumentOutOfRangeException>());

    /// <summary>A reader that is far too sure, or not sure enough, becomes as sure as it is right.</summary>
    [Test]
    public void Fit_HeldOutStrips_MovesTheMeanConfidenceToTheAccuracy()
    {
        // Some are labeled wrongly, so that none of the networks to come reads all of them right.
        LabeledStrip[] strips = [.. Draw(StripStyle.Touching, 20).Select((strip, i) => i % 5 == 0 ? strip with { Text = strip.Text + strip.Text } : strip)];
        Network network = PretrainedModels.Strips;
        network.Metadata = network.Metadata with { StripCalibration = new StripCalibration { Temperature = 7 } };
        StripCalibration fitted = StripCalibration.Fit(network, StripMethod.Sdnn, strips);
        StripEvaluation evaluation = StripEvaluator.Run(new StripReader(network, calibration: fitted), strips);
        TestContext.Out.WriteLine($"T = {fitted.Temperature}, mean confidence {evaluation.MeanConfidence:F3}, right {evaluation.Accuracy:F3}");
        Assert.That(evaluation.MeanConfidence, Is.EqualTo(evaluation.Accuracy).Within(0.01));
        Assert.That(double.IsFinite(fitted.RubbishPenalty), "what nearly no digit is as far as");
        Assert.That(StripCalibration.Fit(network, StripMethod.Sdnn, strips), Is.EqualTo(fitted));

        Assert.That(fitted.Curve[0].ErrorRate, Is.EqualTo(1 - evaluation.Accuracy).Within(1e-12));
        Assert.That(fitted.Curve.Select(point => point.ErrorRate), Is.Ordered.Descending.And.Unique);
        Assert.That(fitted.Curve.Select(point => point.Threshold), Is.Ordered.And.Unique);
        Assert.That(evaluation.RejectionCurve.Points, Is.SupersetOf(fitted.Curve));
        double rate = fitted.Curve[^1].ErrorRate;
        if (rate > 0)
            Assert.That(fitted.ThresholdFor(rate), Is.EqualTo(fitted.Curve[^1].Threshold));
    }

    [Test]
    public void Fit_BothNetworks_MovesTheMeanConfidenceToTheAccuracy()
    {
        LabeledStrip[] strips = [.. Draw(StripStyle.Touching, 10).Select((strip, i) => i % 5 == 0 ? strip with { Text = strip.Text + strip.Text } : strip)];
        (Network swept, Network segmented) = (PretrainedModels.Strips, PretrainedModels.Segments);
        StripCalibration fitted = StripCalibration.Fit(swept, segmented, strips);
        StripEvaluation evaluation = StripEvaluator.Run(new StripReader(swept, segmented, fitted), strips);
        Assert.That(evaluation.MeanConfidence, Is.EqualTo(evaluation.Accuracy).Within(0.01));
        Assert.That(fitted.Curve[0].ErrorRate, Is.EqualTo(1 - evaluation.Accuracy).Within(1e-12));
        Assert.That(fitted.RubbishPenalty, Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Fit_NothingToLearnFrom_IsRefused()
    {
        LabeledStrip misread = Draw(StripStyle.Clean, 1).Single() with { Text = "" };
        Assert.That(() => StripCalibration.Fit(PretrainedModels.Strips, PretrainedModels.Segments, []), Throws.ArgumentException);
        Assert.That(() => StripCalibration.Fit(PretrainedModels.Strips, PretrainedModels.Segments, [null!]), Throws.ArgumentException.With.Message.Contains("Strip 0 is null"));
        Assert.That(() => StripCalibration.Fit(PretrainedModels.Strips, StripMethod.Sdnn, [null!]), Throws.ArgumentException.With.Message.Contains("Strip 0 is null"));
        Assert.That(() => StripCalibration.Fit(PretrainedModels.Strips, PretrainedModels.Segments, [misread]), Throws.ArgumentException.With.Message.Contains("None of the 1 held-out strings was read right"));
        Assert.That(() => StripCalibration.Fit(PretrainedModels.Strips, StripMethod.Sdnn, []), Throws.ArgumentException.With.Message.Contains("None of the 0 held-out strings"));
        LabeledStrip wrong = Draw(StripStyle.Clean, 1).Single() with { Text = "" };
        Assert.That(() => StripCalibration.Fit(PretrainedModels.Strips, StripMethod.Sdnn, [wrong]), Throws.ArgumentException.With.Message.Contains("None of the 1 held-out strings was read right"));
    }

    [Test]
    public void StripCalibration_WhatIsNoTemperatureOrPenalty_IsRefused()
    {
        foreach (double temperature in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Assert.That(() => new StripCalibration { Temperature = temperature }, Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (double penalty in new[] { double.NaN, double.NegativeInfinity })
            Assert.That(() => new StripCalibration { RubbishPenalty = penalty }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Equals_SameNumbers_AreTheSame()
    {
        StripCalibration same = Measured with { Curve = [.. Measured.Curve] };
        Assert.That(same, Is.EqualTo(Measured));
        Assert.That(same.GetHashCode(), Is.EqualTo(Measured.GetHashCode()));
        foreach (StripCalibration other in new[] { Measured with { Temperature = 2 }, Measured with { RubbishPenalty = 71 }, Measured with { Curve = [] }, Measured with { Curve = [.. Measured.Curve.Reverse()] } })
            Assert.That(other, Is.Not.EqualTo(Measured));
    }

    [Test]
    public void Load_WhatSaveWrote_IsTheSameCalibration([Values(70, double.PositiveInfinity)] double rubbish, [Values] bool curve)
    {
        StripCalibration calibration = Measured with { RubbishPenalty = rubbish, Curve = curve ? Measured.Curve : [] };
        Network network = Network.LeNet5(codes: RbfCodes.DigitsAndBlank);
        network.Metadata = network.Metadata with { StripCalibration = calibration };
        using MemoryStream file = new();
        network.Save(file);
        file.Position = 0;
        Assert.That(Network.Load(file).Metadata.StripCalibration, Is.EqualTo(calibration));
    }

    private static LabeledStrip[] Draw(StripStyle style, int count) => [.. Enumerable.Range(0, count).Select(new StripGenerator(Mnist.Test, style, seed: 5).Draw)];
}
