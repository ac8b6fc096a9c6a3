using LeNet5.Data;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class DigitFeedTests
{
    private const int Height = 3;
    private const int Width = 5;
    private readonly Workspace workspace = CreateWorkspace();

    /// <summary>Chunks have 512 samples: less than one, one, and several, of which the last is not full.</summary>
    [Test]
    public void Load_TwoEpochs_GivesAllSamplesInOrder([Values(1, 511, 512, 513, 1500)] int count)
    {
        (DigitFeed feed, LabeledImages all, int[] order) = Create(count);
        Assert.That(feed.Count, Is.EqualTo(count));
        for (int epoch = 1; epoch <= 2; epoch++)
            AssertLoads(feed, all, order, count);
    }

    [Test]
    public void Load_EpochAbandoned_BeginsAnewWithTheFirstSample([Values(1, 512, 513, 700, 1024, 1025)] int abandoned)
    {
        (DigitFeed feed, LabeledImages all, int[] order) = Create(1500);
        AssertLoads(feed, all, order, abandoned);
        AssertLoads(feed, all, order, 1500);
    }

    /// <summary>Curvature samples are drawn before an epoch, at any place.</summary>
    [Test]
    public void LoadPlain_AnyPlace_GivesTheSampleThere()
    {
        (DigitFeed feed, LabeledImages all, int[] order) = Create(600);
        foreach (int place in new[] { 599, 0, 300, 512 })
            AssertIs(feed.LoadPlain(place, workspace), all, order[place], place);
        AssertLoads(feed, all, order, 600);
    }

    /// <summary>Whatever thread prepares a sample, and after whatever others.</summary>
    [Test]
    public void Load_Distorted_DependsOnSeedEpochAndPlaceAlone()
    {
        LabeledImages digits = Mnist.Train.Slice(0, 1100);
        int[] order = [.. Enumerable.Range(0, digits.Count)];
        Network network = Network.LeNet5();
        (Workspace actual, Workspace expected) = (network.CreateWorkspace(), network.CreateWorkspace());
        DigitFeed feed = new([digits], order, TrainingRecipe.Paper with { Distortion = Distortion.Mild, Seed = 5 });
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            feed.BeginEpoch(epoch);
            for (int place = 0; place < order.Length; place++)
            {
                feed.Load(place, actual);
                byte[] pixels = new byte[digits.Height * digits.Width];
                SeededRandom random = new(5, 16 + (ulong)epoch, (ulong)place);
                new Distorter(Distortion.Mild, digits.Height, digits.Width).Apply(digits.Pixels(place), pixels, ref random);
                expected.LoadPixels(pixels, digits.Height, digits.Width);
                Closeness.AssertSameBits(actual.Input.Values, expected.Input.Values, $"epoch {epoch}, place {place}");
            }
        }
    }

    /// <summary>Rubbish has the indices beyond the sets. It is made of the first set, anew in each epoch, whatever thread prepares it and after whatever others.</summary>
    [Test]
    public void Load_Rubbish_DependsOnSeedEpochAndPlaceAlone([Values] bool distorted)
    {
        const int rubbishCount = 400;
        (LabeledImages first, LabeledImages second) = (Mnist.Train.Slice(0, 500), Mnist.Train.Slice(500, 300));
        int[] order = [.. Enumerable.Range(0, first.Count + second.Count + rubbishCount)];
        new SeededRandom(1).Shuffle<int>(order);
        Network network = Network.LeNet5();
        (Workspace actual, Workspace expected) = (network.CreateWorkspace(), network.CreateWorkspace());
        DigitFeed feed = new([first, second], order, TrainingRecipe.Paper with { Distortion = distorted ? Distortion.Mild : null, Seed = 5 });
        byte[] pixels = new byte[first.Height * first.Width];
        List<string>[] pictures = [[], []];
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            feed.BeginEpoch(epoch);
            for (int place = 0; place < order.Length; place++)
            {
                int label = feed.Load(place, actual);
                Assert.That(label == -1, Is.EqualTo(order[place] >= 800), $"place {place}");
                if (label != -1)
                    continue;
                SeededRandom random = new(5, 16 + (ulong)epoch, (ulong)place);
                RubbishPictures.Draw(first, pixels, ref random);
                expected.LoadPixels(pixels, first.Height, first.Width);
                Closeness.AssertSameBits(actual.Input.Values, expected.Input.Values, $"epoch {epoch}, place {place}");
                pictures[epoch - 1].Add(Convert.ToHexString(pixels));
            }
        }
        Assert.That(pictures[0], Has.Count.EqualTo(rubbishCount));
        Assert.That(pictures[0].Intersect(pictures[1]).Count(), Is.LessThan(rubbishCount / 20), "fresh in each epoch, but for the same digit mirrored");
    }

    /// <summary>What the curvature is estimated on is the epoch's own rubbish.</summary>
    [Test]
    public void LoadPlain_Rubbish_GivesThatOfItsPresentation()
    {
        LabeledImages digits = Mnist.Train.Slice(0, 10);
        int[] order = [12, 3, 10, 0, 11];
        Network network = Network.LeNet5();
        (Workspace plain, Workspace loaded) = (network.CreateWorkspace(), network.CreateWorkspace());
        DigitFeed feed = new([digits], order, TrainingRecipe.Paper with { Seed = 5 });
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            feed.BeginEpoch(epoch);
            for (int place = 0; place < order.Length; place++)
            {
                // Another one in between: nothing of it is left.
                feed.LoadPlain(4, plain);
                int label = feed.LoadPlain(place, plain);
                Assert.That(feed.Load(place, loaded), Is.EqualTo(label));
                Assert.That(label, Is.EqualTo(order[place] < 10 ? digits.Label(order[place]) : -1));
                Closeness.AssertSameBits(plain.Input.Values, loaded.Input.Values, $"epoch {epoch}, place {place}");
            }
        }
    }

    private void AssertLoads(DigitFeed feed, LabeledImages all, int[] order, int count)
    {
        for (int place = 0; place < count; place++)
            AssertIs(feed.Load(place, workspace), all, order[place], place);
    }

    private void AssertIs(int label, LabeledImages all, int index, int place)
    {
        Workspace expected = CreateWorkspace();
        expected.LoadPixels(all.Pixels(index), Height, Width);
        Assert.That(label, Is.EqualTo(all.Label(index)), $"label at {place}");
        Closeness.AssertSameBits(workspace.Input.Values, expected.Input.Values, $"input at {place}");
    }

    /// <summary>Random images, no two of them alike, in up to three sets of different sizes, and all of them as one.</summary>
    private static (DigitFeed Feed, LabeledImages All, int[] Order) Create(int count)
    {
        SeededRandom random = new((ulong)count);
        byte[] pixels = new byte[count * Height * Width];
        byte[] labels = new byte[count];
        foreach (ref byte value in pixels.AsSpan())
            value = (byte)random.NextInt32(256);
        foreach (ref byte label in labels.AsSpan())
            label = (byte)random.NextInt32(10);
        LabeledImages all = new(Height, Width, pixels, labels);
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle<int>(order);
        (int first, int second) = (count / 7, count / 2);
        LabeledImages[] sets = [all.Slice(0, first), all.Slice(first, second), all.Slice(first + second, count - first - second)];
        return (new DigitFeed(sets, order, TrainingRecipe.Paper), all, order);
    }

    private static Workspace CreateWorkspace() => new Network(new Shape(1, Height + 2, Width + 1), 1, new FullyConnected("F", 1, 1)).CreateWorkspace();
}
