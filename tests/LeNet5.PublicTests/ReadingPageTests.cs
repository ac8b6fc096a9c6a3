namespace LeNet5.PublicTests;

/// <summary>What docs/reading-digits.md shows, run.</summary>
public class ReadingPageTests
{
    [Test]
    public void Calibration_FittedOnHeldOutDigits_IsSavedWithTheNetwork()
    {
        Network network = SmallNetworks.Create()[0];
        LabeledImages digits = Mnist.Train.Slice(55_000, 5000);
        string path = Path.GetTempFileName();

        EvaluationResult heldOut = Evaluator.Run(network, digits);
        network.Metadata = network.Metadata with { Calibration = Calibration.Fit(heldOut) };
        network.Save(path);

        Assert.That(new DigitReader(Network.Load(path)).Calibration, Is.EqualTo(network.Metadata.Calibration));
        File.Delete(path);
    }

    [Test]
    public void RejectionCurve_OfTestDigits_GivesShareAndThreshold()
    {
        Network network = PretrainedModels.Digits;
        DigitReader reader = new(network);
        DigitReading reading = reader.Read(Mnist.Test.Pixels(0));

        EvaluationResult evaluation = Evaluator.Run(network, Mnist.Test);
        var curve = new RejectionCurve(evaluation, reader.Calibration, RejectionScore.Posterior);
        Console.WriteLine($"reject {curve.ShareToReject(0.001):P1} for an error of 0.1 % on the rest");
        RejectionPoint point = curve.Points.First(p => p.ErrorRate <= 0.001);
        bool accepted = reading.Posterior >= point.Threshold;

        Assert.That(accepted);
        Assert.That(point.ShareRejected, Is.EqualTo(curve.ShareToReject(0.001)).And.InRange(0.001, 0.05));
    }

    [Test]
    public void Committee_OfThree_Reads()
    {
        Network[] networks = SmallNetworks.Create();
        ReadOnlySpan<byte> pixels = Mnist.Test.Pixels(0);

        var committee = new CommitteeReader(networks);
        DigitReading reading = committee.Read(pixels);
        EvaluationResult evaluation = committee.Evaluate(Mnist.Test);

        Assert.That(reading.RunnerUp, Is.Not.EqualTo(7));
        Assert.That(evaluation.ErrorRate, Is.LessThan(0.1));
    }
}
