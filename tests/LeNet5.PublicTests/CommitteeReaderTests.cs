using LeNet5.Imaging;

namespace LeNet5.PublicTests;

public class CommitteeReaderTests
{
    private static readonly LabeledImages Digits = Mnist.Test.Slice(0, 500);

    private readonly Network[] networks = SmallNetworks.Create();

    [Test]
    public void Read_OneMember_ReadsAsItDoes([Values] CommitteeAverage average, [Values(1, 3)] double temperature, [Values(20, double.PositiveInfinity)] double j)
    {
        Calibration calibration = new() { Temperature = temperature, RubbishPenalty = j };
        DigitReader member = new(networks[0], calibration);
        CommitteeReader committee = new([networks[0]], average, calibration);
        for (int i = 0; i < 100; i++)
        {
            DigitReading expected = member.Read(Digits.Pixels(i));
            DigitReading actual = committee.Read(Digits.Pixels(i));
            Assert.That((actual.Label, actual.RunnerUp, actual.Reason), Is.EqualTo((expected.Label, expected.RunnerUp, expected.Reason)));
            Assert.That(actual.Posterior, Is.EqualTo(expected.Posterior).Within(1e-5));
            Assert.That(actual.Margin, Is.EqualTo(expected.Margin).Within(1e-3));
        }
    }

    [Test]
    public void Read_AverageOfPenalties_IsTheMeanOfTheMembers()
    {
        CommitteeReader committee = new(networks);
        DigitReader[] members = [.. networks.Select(network => new DigitReader(network))];
        float[] penalties = new float[committee.ClassCount], own = new float[committee.ClassCount];
        for (int i = 0; i < 100; i++)
        {
            float[] mean = new float[committee.ClassCount];
            foreach (DigitReader member in members)
            {
                member.Read(Digits.Pixels(i), own);
                for (int k = 0; k < own.Length; k++)
                    mean[k] += own[k] / members.Length;
            }
            DigitReading reading = committee.Read(Digits.Pixels(i), penalties);
            Assert.That(penalties, Is.EqualTo(mean).Within(1e-4));
            Assert.That(reading, Is.EqualTo(committee.Calibration.Judge(penalties, blank: 10)));
        }
    }

    /// <summary>Members of different temperatures and rubbish penalties; digits, and noise that is rejected.</summary>
    [Test]
    public void Read_AverageOfPosteriors_IsTheMeanOfTheMembers()
    {
        Network[] own = SmallNetworks.Create();
        for (int m = 0; m < own.Length; m++)
            own[m].Metadata = own[m].Metadata with { Calibration = new Calibration { Temperature = m + 1, RubbishPenalty = 15 + m } };
        CommitteeReader committee = new(own, CommitteeAverage.Posteriors);
        Assert.That(committee.Calibration, Is.EqualTo(new Calibration { Temperature = 2, RubbishPenalty = 16 }));
        DigitReader[] members = [.. own.Select(network => new DigitReader(network))];
        float[] penalties = new float[committee.ClassCount], output = new float[committee.ClassCount];
        double[] posteriors = new double[committee.ClassCount];
        SeededRandom random = new(1);
        int rejected = 0;
        for (int i = 0; i < 100; i++)
        {
            byte[] pixels = i < 50 ? Digits.Pixels(i).ToArray() : [.. Enumerable.Range(0, 784).Select(_ => (byte)random.NextInt32(256))];
            double[] mean = new double[committee.ClassCount];
            double rubbish = 0;
            foreach (DigitReader member in members)
            {
                member.Read(pixels, output);
                rubbish += member.Calibration.Posteriors(output, posteriors) / members.Length;
                for (int k = 0; k < output.Length; k++)
                    mean[k] += posteriors[k] / members.Length;
            }
            DigitReading reading = committee.Read(pixels, penalties);
            int best = Array.IndexOf(mean, mean.Max());
            Rejection reason = best == 10 ? Rejection.Blank : rubbish > mean[best] ? Rejection.NotADigit : Rejection.None;
            Assert.That(committee.Calibration.Posteriors(penalties, posteriors), Is.EqualTo(rubbish).Within(1e-5));
            Assert.That(posteriors, Is.EqualTo(mean).Within(1e-5));
            Assert.That(reading.Posterior, Is.EqualTo(mean[best]).Within(1e-5));
            Assert.That((reading.Label, reading.Reason), Is.EqualTo((reason == Rejection.None ? best : (int?)null, reason)));
            rejected += reason == Rejection.NotADigit ? 1 : 0;
        }
        Assert.That(rejected, Is.InRange(10, 60), "else the noise tests nothing");
    }

    [Test]
    public void Read_DarkInkOnLightGround_ReadsTheSame([Values] CommitteeAverage average)
    {
        CommitteeReader committee = new(networks, average);
        for (int i = 0; i < 20; i++)
        {
            byte[] pixels = Digits.Pixels(i).ToArray();
            DigitReading light = committee.Read(new GrayImage(28, 28, pixels));
            Assert.That(light.Box, Is.Not.Null);
            Assert.That(committee.Read(DigitNormalizer.Normalize(new GrayImage(28, 28, pixels))), Is.EqualTo(light));
            Assert.That(committee.Read(new GrayImage(28, 28, Array.ConvertAll(pixels, pixel => (byte)(255 - pixel)))), Is.EqualTo(light));
        }
    }

    [Test]
    public void ReadMany_AnyNumberOfThreads_ReadsAsOneByOne([Values] CommitteeAverage average, [Values(1, 3, null)] int? threads)
    {
        CommitteeReader committee = new(networks, average);
        DigitReading[] readings = new DigitReading[100];
        float[] penalties = new float[100 * committee.ClassCount];
        committee.ReadMany(Digits.AllPixels[..(100 * 784)], readings, penalties, threads);
        float[] expected = new float[committee.ClassCount];
        for (int i = 0; i < 100; i++)
        {
            Assert.That(readings[i], Is.EqualTo(committee.Read(Digits.Pixels(i), expected)));
            Assert.That(penalties.AsSpan(i * expected.Length, expected.Length).SequenceEqual(expected));
        }
        DigitReading[] without = new DigitReading[100];
        committee.ReadMany(Digits.AllPixels[..(100 * 784)], without);
        Assert.That(without, Is.EqualTo(readings));
    }

    [Test]
    public void Read_EightThreadsSharingACommittee_GiveTheBitsOfOne([Values] CommitteeAverage average)
    {
        CommitteeReader committee = new(networks, average);
        DigitReading[] expected = ReadAll();
        DigitReading[][] actual = new DigitReading[8][];
        Thread[] threads = [.. Enumerable.Range(0, actual.Length).Select(t => new Thread(() => actual[t] = ReadAll()))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(actual, Is.All.EqualTo(expected));

        DigitReading[] ReadAll() => [.. Enumerable.Range(0, 100).Select(i => committee.Read(Digits.Pixels(i)))];
    }

    [Test]
    public void Read_OnceWarm_AllocatesNothing([Values] CommitteeAverage average)
    {
        CommitteeReader committee = new(networks, average);
        float[] penalties = new float[committee.ClassCount];
        ReadAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void ReadAll()
        {
            for (int i = 0; i < 100; i++)
                committee.Read(Digits.Pixels(i), penalties);
        }
    }

    [Test]
    public void Evaluate_Digits_MisreadsFewerThanItsMembersDoOnAverage([Values] CommitteeAverage average)
    {
        EvaluationResult result = new CommitteeReader(networks, average).Evaluate(Digits, threads: 2);
        Assert.That(result.Labels, Is.EqualTo(Enumerable.Range(0, Digits.Count).Select(Digits.Label)));
        Assert.That(result.ErrorRate, Is.LessThan(networks.Average(network => Evaluator.Run(network, Digits).ErrorRate)));
    }

    [Test]
    public void Evaluate_WhatDoesNotFit_IsRefused()
    {
        CommitteeReader committee = new(networks);
        Assert.That(() => committee.Evaluate(new LabeledImages(14, 56, new byte[784], [0])), Throws.ArgumentException.With.Message.Contains("14x56"));
        Assert.That(() => new CommitteeReader([networks[0], null!]), Throws.ArgumentException.With.Message.Contains("Network 1 of the committee is null"));
        Assert.That(() => committee.Evaluate(Digits.Slice(0, 0)), Throws.ArgumentException.With.Message.Contains("no images"));
        Assert.That(() => committee.Evaluate(new LabeledImages(28, 28, new byte[784], [11])), Throws.ArgumentException.With.Message.Contains("at least 12"));
    }

    [Test]
    public void Calibration_NoneGiven_IsTheMeanOfTheMembers()
    {
        Network[] own = SmallNetworks.Create()[..2];
        Assert.That(new CommitteeReader(own).Calibration, Is.EqualTo(Calibration.Default));
        own[0].Metadata = own[0].Metadata with { Calibration = new Calibration { Temperature = 2, RubbishPenalty = 30 } };
        Assert.That(new CommitteeReader(own).Calibration, Is.EqualTo(new Calibration { Temperature = 1.5, RubbishPenalty = 25 }));
        Assert.That(new CommitteeReader(own, calibration: Calibration.Default).Calibration, Is.EqualTo(Calibration.Default));
    }

    [Test]
    public void CommitteeReader_MembersThatDoNotFit_AreRefused()
    {
        Assert.That(() => new CommitteeReader([]), Throws.ArgumentException.With.Message.Contains("at least one network"));
        Assert.That(
            () => new CommitteeReader([networks[0], Network.LeNet5()]),
            Throws.ArgumentException.With.Message.Contains("Network 1 of the committee reads \"0123456789\", but the first reads \"0123456789 \""));
        Network small = new(new Shape(1, 20, 20), 1, new Conv("C", 1, 10, 20));
        Assert.That(() => new CommitteeReader([small]), Throws.ArgumentException.With.Message.Contains("1@20x20"));
    }

    [Test]
    public void Read_WrongSizes_AreRefused()
    {
        CommitteeReader committee = new(networks);
        Assert.That(() => committee.Read(new byte[783]), Throws.ArgumentException.With.Message.Contains("784 pixels but 783"));
        Assert.That(() => committee.Read(new byte[784], new float[10]), Throws.ArgumentException.With.Message.Contains("10 penalties"));
        Assert.That(() => new CommitteeReader(networks, (CommitteeAverage)2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Penalties or Posteriors"));
        Assert.That(() => committee.Read((GrayImage)null!), Throws.ArgumentNullException);
        Assert.That(() => committee.Read((NormalizedDigit)null!), Throws.ArgumentNullException);
        Assert.That(() => committee.ReadMany(new byte[1567], new DigitReading[2]), Throws.ArgumentException.With.Message.Contains("1567 were given"));
        Assert.That(() => committee.ReadMany(new byte[784], new DigitReading[1], new float[10]), Throws.ArgumentException.With.Message.Contains("10 penalties"));
    }
}
