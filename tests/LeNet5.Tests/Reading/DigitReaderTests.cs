using LeNet5.Data;
using LeNet5.Imaging;

namespace LeNet5.Tests.Reading;

public class DigitReaderTests
{
    private readonly DigitReader reader = new(SmallModel.Create());

    [Test]
    public void Read_DigitsWithoutRejection_ReadsMostOfThem()
    {
        DigitReader own = new(SmallModel.Create(), new Calibration { RubbishPenalty = double.PositiveInfinity });
        int right = Enumerable.Range(0, 500).Count(i => own.Read(Mnist.Test.Pixels(i)).Label == Mnist.Test.Label(i));
        Assert.That(right, Is.GreaterThan(400));
    }

    [Test]
    public void Read_Penalties_AreTheNetworksOutput()
    {
        Network network = SmallModel.Create();
        Workspace workspace = network.CreateWorkspace();
        float[] penalties = new float[reader.ClassCount];
        for (int i = 0; i < 20; i++)
        {
            reader.Read(Mnist.Test.Pixels(i), penalties);
            workspace.LoadPixels(Mnist.Test.Pixels(i), 28, 28);
            network.Forward(workspace);
            Assert.That(penalties, Is.EqualTo(workspace.Output.Values.ToArray()));
        }
    }

    [Test]
    public void Read_Reading_IsTheCalibrationsJudgementOfThePenalties()
    {
        Calibration calibration = new() { Temperature = 2, RubbishPenalty = 10 };
        DigitReader own = new(SmallModel.Create(), calibration);
        float[] penalties = new float[own.ClassCount];
        for (int i = 0; i < 200; i++)
            Assert.That(own.Read(Mnist.Test.Pixels(i), penalties), Is.EqualTo(calibration.Judge(penalties, blank: 10)));
    }

    [Test]
    public void Calibration_NoneGiven_IsTheNetworksOrElseTheDefault()
    {
        Network network = SmallModel.Create();
        Assert.That(new DigitReader(network).Calibration, Is.EqualTo(new Calibration { Temperature = 1, RubbishPenalty = 20 }));
        network.Metadata = network.Metadata with { Calibration = new Calibration { Temperature = 3 } };
        Assert.That(new DigitReader(network).Calibration.Temperature, Is.EqualTo(3));
        Assert.That(new DigitReader(network, new Calibration { Temperature = 4 }).Calibration.Temperature, Is.EqualTo(4));
    }

    [Test]
    public void Read_RubbishPenaltyOfZero_RejectsEveryDigit()
    {
        DigitReader own = new(SmallModel.Create(), new Calibration { RubbishPenalty = 0 });
        Assert.That(own.Read(Mnist.Test.Pixels(0)).Reason, Is.EqualTo(Rejection.NotADigit));
    }

    /// <summary>Prints the shares that docs/results.md quotes.</summary>
    [Test]
    public void Read_EmbeddedNetworkByDefault_IsSureOfDigitsAndRejectsRubbish()
    {
        DigitReader embedded = new(PretrainedModels.Digits);
        SeededRandom random = new(1);
        byte[] pixels = new byte[28 * 28];
        (double rejectedDigits, double sureDigits) = Shares("test digits", Mnist.Test.Count, Mnist.Test.Pixels);
        (double rejectedNoise, _) = Shares("noise", 1000, _ => Draw(() => (byte)random.NextInt32(256)));
        (double rejectedSpots, _) = Shares("spots", 1000, _ => Draw(() => random.NextInt32(10) == 0 ? byte.MaxValue : (byte)0));
        (double rejectedRubbish, _) = Shares("rubbish", 1000, i =>
        {
            RubbishPictures.Draw(Mnist.Test, pixels, ref random);
            return pixels;
        });
        Assert.That(rejectedDigits, Is.LessThan(0.03));
        Assert.That(sureDigits, Is.GreaterThan(0.97));
        Assert.That(rejectedNoise, Is.GreaterThan(0.99));
        Assert.That(rejectedSpots, Is.GreaterThan(0.98));
        Assert.That(rejectedRubbish, Is.GreaterThan(0.97));

        (double Rejected, double Sure) Shares(string what, int count, PictureSource source)
        {
            (int rejected, int sure) = (0, 0);
            for (int i = 0; i < count; i++)
            {
                DigitReading reading = embedded.Read(source(i));
                rejected += reading.Reason != Rejection.None ? 1 : 0;
                sure += reading.Reason == Rejection.None && reading.Posterior >= 0.9 ? 1 : 0;
            }
            TestContext.Out.WriteLine($"{what}: rejected {(double)rejected / count:P1}, read with a posterior of 90 % and more {(double)sure / count:P1}");
            return ((double)rejected / count, (double)sure / count);
        }

        ReadOnlySpan<byte> Draw(Func<byte> pixel)
        {
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] = pixel();
            return pixels;
        }
    }

    [Test]
    public void Read_BlankPicture_IsBlank()
    {
        DigitReading reading = reader.Read(new byte[784]);
        Assert.That((reading.Label, reading.Reason), Is.EqualTo(((int?)null, Rejection.Blank)));
    }

    [Test]
    public void Read_DarkInkOnLightGround_ReadsTheSame()
    {
        for (int i = 0; i < 100; i++)
        {
            byte[] pixels = Mnist.Test.Pixels(i).ToArray();
            DigitReading light = reader.Read(new GrayImage(28, 28, pixels));
            Assert.That(light.Box, Is.Not.Null);
            Assert.That(reader.Read(new GrayImage(28, 28, Array.ConvertAll(pixels, pixel => (byte)(255 - pixel)))), Is.EqualTo(light));
        }
    }

    [Test]
    public void Read_EightThreadsSharingAReader_GiveTheBitsOfOne()
    {
        const int count = 200;
        DigitReading[] expected = ReadAll();
        DigitReading[][] actual = new DigitReading[8][];
        using Barrier start = new(actual.Length);
        Thread[] threads = [.. Enumerable.Range(0, actual.Length).Select(t => new Thread(() =>
        {
            start.SignalAndWait();
            actual[t] = ReadAll();
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(actual, Is.All.EqualTo(expected));

        DigitReading[] ReadAll() => [.. Enumerable.Range(0, count).Select(i => reader.Read(Mnist.Test.Pixels(i)))];
    }

    [Test]
    public void Read_OnceWarm_AllocatesNothing()
    {
        float[] penalties = new float[reader.ClassCount];
        ReadAll();
        Assert.That(Allocation.By(ReadAll), Is.Zero);

        void ReadAll()
        {
            for (int i = 0; i < 100; i++)
                reader.Read(Mnist.Test.Pixels(i), penalties);
        }
    }

    [Test]
    public void DigitReader_NetworkChangedAfterwards_ReadsOn()
    {
        Network network = SmallModel.Create();
        DigitReader own = new(network);
        network.EditParameters().Clear();
        Assert.That(own.Read(Mnist.Test.Pixels(0)), Is.EqualTo(reader.Read(Mnist.Test.Pixels(0))));
    }

    [Test]
    public void Read_WrongSizes_AreRefused()
    {
        Assert.That(() => reader.Read(new byte[783]), Throws.ArgumentException.With.Message.Contains("784 pixels but 783"));
        Assert.That(() => reader.Read(new byte[784], new float[10]), Throws.ArgumentException.With.Message.Contains("10 penalties, but the network has 11"));
    }

    [Test]
    public void DigitReader_NetworkForOtherPictures_IsRefused()
    {
        AssertRefused(side: 20, classes: 10, kernel: 20, "1@20x20");
        AssertRefused(side: 28, classes: 10, kernel: 20, "10@9x9");
        AssertRefused(side: 28, classes: 1, kernel: 28, "two classes");

        static void AssertRefused(int side, int classes, int kernel, string message)
        {
            Network network = new(new Shape(1, side, side), 1, new Conv("C", 1, classes, kernel));
            Assert.That(() => new DigitReader(network), Throws.ArgumentException.With.Message.Contains(message));
        }
    }

    [Test]
    public void Read_DamagedNetwork_SaysSo()
    {
        Network network = SmallModel.Create();
        network.EditParameters().Fill(float.NaN);
        Assert.That(() => new DigitReader(network).Read(new byte[784]), Throws.InvalidOperationException.With.Message.Contains("damaged"));
    }

    /// <summary>A task has 64 pictures, a pass 16.</summary>
    [Test]
    public void ReadMany_AnyNumberOfPicturesAndThreads_ReadsAsOneByOne([Values(0, 1, 63, 64, 65, 200)] int count, [Values(1, 2, 8, null)] int? threads)
    {
        DigitReading[] readings = new DigitReading[count];
        float[] penalties = new float[count * reader.ClassCount];
        reader.ReadMany(Mnist.Test.AllPixels[..(count * 28 * 28)], readings, penalties, threads);
        float[] expected = new float[reader.ClassCount];
        for (int i = 0; i < count; i++)
        {
            Assert.That(readings[i], Is.EqualTo(reader.Read(Mnist.Test.Pixels(i), expected)));
            Assert.That(penalties.AsSpan(i * expected.Length, expected.Length).SequenceEqual(expected));
        }
    }

    [Test]
    public void ReadMany_WhatDoesNotFit_IsRefused()
    {
        Assert.That(() => reader.ReadMany(new byte[1567], new DigitReading[2]), Throws.ArgumentException.With.Message.Contains("2 digits have 1568 pixels, 28x28 each, but 1567 were given"));
        Assert.That(() => reader.ReadMany(new byte[784], Memory<DigitReading>.Empty), Throws.ArgumentException.With.Message.Contains("0 digits have 0 pixels"));
        Assert.That(() => reader.ReadMany(new byte[784], new DigitReading[1], new float[10]), Throws.ArgumentException.With.Message.Contains("1 digits of 11 classes have 11"));
        Assert.That(() => reader.ReadMany(new byte[784], new DigitReading[1], threads: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("threads"));
    }

    [Test]
    public void ReadMany_DamagedNetwork_ThrowsAsReadDoes()
    {
        Network network = SmallModel.Create();
        network.EditParameters().Fill(float.NaN);
        Assert.That(() => new DigitReader(network).ReadMany(new byte[784], new DigitReading[1]), Throws.InvalidOperationException.With.Message.Contains("damaged"));
    }

    [Test]
    public void ReadMany_Canceled_Throws() =>
        Assert.That(
            () => reader.ReadMany(new byte[784], new DigitReading[1], cancellationToken: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void NormalizedDigit_OtherForm_TellsTheWayOut()
    {
        Assert.That(() => new NormalizedDigit { Picture = new GrayImage(14, 56, new byte[784]) }, Throws.ArgumentException.With.Message.Contains("is 28x28, but this one is 14 wide, 56 high. Let DigitNormalizer"));
        Assert.That(() => new NormalizedDigit { Picture = null! }, Throws.ArgumentNullException);
    }

    private delegate ReadOnlySpan<byte> PictureSource(int index);
}
