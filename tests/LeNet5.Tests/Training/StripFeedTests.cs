using System.Globalization;
using LeNet5.Data;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class StripFeedTests
{
    private const int Width = 128;

    private static readonly LabeledImages Digits = Mnist.Train.Slice(0, 200);

    private static readonly StripTraining Training = new()
    {
        Count = 70,
        Width = Width,
        Styles = [StripStyle.Clean, StripStyle.Hard],
        Loss = new StringLoss(),
    };

    /// <summary>70 strips are more than a chunk of 64. Whatever thread prepares a strip, and after whatever others.</summary>
    [Test]
    public void Present_SameSeed_GivesTheSameStripsAndFreshOnesInEachEpoch()
    {
        string[] first = Presented(seed: 5, 1, 2), second = Presented(seed: 5, 1, 2);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(first.Distinct().Count(), Is.EqualTo(140));
        Assert.That(Presented(seed: 5, 2), Is.EqualTo(first.Skip(70)), "an epoch does not depend on those before it");
        Assert.That(Presented(seed: 6, 1), Is.Not.EqualTo(first.Take(70)));
    }

    [Test]
    public void Present_EpochAbandoned_BeginsAnew()
    {
        Witness witness = new();
        (StripFeed feed, Network network, Workspace workspace) = Create(witness);
        feed.BeginEpoch(1);
        for (int place = 0; place < 3; place++)
            feed.Present(place, network, workspace);
        feed.BeginEpoch(1);
        feed.Present(0, network, workspace);
        Assert.That(Text(witness.Targets[3]), Is.EqualTo(Text(witness.Targets[0])));
        Assert.That(witness.Targets[3].Centers, Is.EqualTo(witness.Targets[0].Centers));
    }

    /// <summary>There is ink about each middle, none right of the last digit's reach, and the strips lie anywhere in the field.</summary>
    [Test]
    public void Present_Targets_TellWhereTheInkIs()
    {
        Witness witness = new();
        (StripFeed feed, Network network, Workspace workspace) = Create(witness);
        List<double> lefts = [];
        feed.BeginEpoch(1);
        for (int place = 0; place < feed.Count; place++)
        {
            feed.Present(place, network, workspace);
            StripTarget target = witness.Targets[^1];
            // In every second strip, badly photographed, a faint digit may be lost.
            if (place % 2 == 1)
                continue;
            Assert.That(target.Labels, Has.Length.InRange(1, 8));
            Assert.That(target.Labels, Is.All.InRange(0, 9));
            Assert.That(target.Centers, Is.Ordered);
            double[] ink = [.. Enumerable.Range(0, Width).Select(x => Enumerable.Range(0, 32).Max(y => workspace.Input.Values[(y * Width) + x]))];
            foreach (double center in target.Centers)
                Assert.That(ink[((int)center - 5)..((int)center + 6)].Max(), Is.GreaterThan(0.5), $"place {place}, {center}");
            int left = Array.FindIndex(ink, value => value > 0.3), right = Array.FindLastIndex(ink, value => value > 0.3);
            Assert.That(target.Centers[0] - left, Is.InRange(0, 20), $"place {place}");
            Assert.That(right - target.Centers[^1], Is.InRange(0, 20), $"place {place}");
            lefts.Add(left);
        }
        Assert.That(lefts.Min(), Is.InRange(11, 16));
        Assert.That(lefts.Max(), Is.GreaterThan(40));
    }

    /// <summary>As the reader's best path, without rubbish, spells it or not.</summary>
    [Test]
    public void Present_Presentation_TellsLossAndWhetherTheStringIsMisread([Values] bool trained)
    {
        Witness witness = new();
        (StripFeed feed, Network network, Workspace workspace) = Create(witness, trained ? PretrainedModels.Strips : Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank));
        LeNet5.Strips.StripDecoder decoder = new(new LeNet5.Strips.SweepRecognizer(network, StripCalibration.Default));
        int misread = 0;
        feed.BeginEpoch(1);
        for (int place = 0; place < 40; place++)
        {
            Presentation presentation = feed.Present(place, network, workspace);
            byte[] pixels = [.. workspace.Input.Values.ToArray().Select(value => (byte)Math.Round((value + 0.1) / 0.005))];
            decoder.Prepare(NormalizedStrip.Of(new GrayImage(Width, 32, pixels)), grammar: null);
            string read = LeNet5.Strips.StripDecoder.TextOf(decoder.BestStrings(1).Single().AsSpan());
            Assert.That(presentation.IsMisread, Is.EqualTo(read != Text(witness.Targets[^1])), $"{Text(witness.Targets[^1])} as {read}");
            Assert.That(presentation.Loss, Is.EqualTo(witness.Losses[^1]));
            misread += presentation.IsMisread ? 1 : 0;
        }
        Assert.That(misread, trained ? Is.LessThan(40) : Is.Positive, "or nothing is compared");
    }

    [Test]
    public void Present_OnceWarm_AllocatesLittle()
    {
        (StripFeed feed, Network network, Workspace workspace) = Create(new Witness { Keeps = false }, Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank));
        feed.BeginEpoch(1);
        PresentFrom(0, 30);
        Assert.That(Allocation.By(() => PresentFrom(30, 60)), Is.Zero, "the drawing of the next strips is another thread's");

        void PresentFrom(int first, int behind)
        {
            for (int place = first; place < behind; place++)
                feed.Present(place, network, workspace);
        }
    }

    /// <summary>The recipe's settings name the loss; it is the one that is made small.</summary>
    [Test]
    public void Present_Segments_EvaluatesTheLossOfTheTraining()
    {
        double discriminative = Loss(new StringLoss()), tolerant = Loss(new StringLoss(rivalry: 0.9)), viterbi = Loss(new StringLoss(GraphLossForm.Viterbi));
        Assert.That(new[] { discriminative, tolerant, viterbi }, Is.Unique);
        Assert.That(discriminative, Is.Not.Negative, "-log of a posterior");

        static double Loss(StringLoss loss)
        {
            Network network = PretrainedModels.Segments;
            StripFeed feed = StripFeed.Create(Mnist.Train, Training with { Method = StripMethod.Hos, Loss = loss, Styles = [StripStyle.Clean] }, network, seed: 1);
            feed.BeginEpoch(1);
            return feed.Present(0, network, network.CreateWorkspace(Passes.Backward)).Loss;
        }
    }

    /// <summary>Strips without ink are drawn again, but not for ever.</summary>
    [Test]
    public void Present_DigitsWithoutInk_TellsSo()
    {
        Network network = Network.LeNet5(codes: RbfCodes.DigitsAndBlank);
        StripFeed feed = StripFeed.Create(new LabeledImages(28, 28, new byte[784], [3]), Training with { Count = 1, Styles = [StripStyle.Clean] }, network, seed: 1);
        feed.BeginEpoch(1);
        Assert.That(
            () => feed.Present(0, network, network.CreateWorkspace(Passes.Backward, feed.Input)),
            Throws.ArgumentException.With.Message.Contains($"shows ink and fits a field of {Width} columns"));
    }

    [Test]
    public void PresentPlain_Always_IsRefused()
    {
        (StripFeed feed, Network network, Workspace workspace) = Create(new Witness());
        Assert.That(() => feed.PresentPlain(0, network, workspace), Throws.InvalidOperationException);
    }

    private static string[] Presented(ulong seed, params ReadOnlySpan<int> epochs)
    {
        Witness witness = new();
        (StripFeed feed, Network network, Workspace workspace) = Create(witness, seed: seed);
        List<string> all = [];
        foreach (int epoch in epochs)
        {
            feed.BeginEpoch(epoch);
            for (int place = 0; place < feed.Count; place++)
            {
                feed.Present(place, network, workspace);
                string pixels = string.Join(' ', workspace.Input.Values.ToArray());
                all.Add($"{Text(witness.Targets[^1])} at {string.Join(' ', witness.Targets[^1].Centers)}: {pixels.GetHashCode(StringComparison.Ordinal)}");
            }
        }
        return [.. all];
    }

    /// <summary>For what does not depend on the network, one that does nearly nothing.</summary>
    private static (StripFeed Feed, Network Network, Workspace Workspace) Create(Witness witness, Network? network = null, ulong seed = 1)
    {
        network ??= new Network(new Shape(1, 32, 32), 1, new TrainableSubsample("S", 1, block: 32), new RbfOutput("Output", new RbfCodes("0123456789 ", new float[11])));
        StripFeed feed = StripFeed.Create(Digits, Training with { Loss = witness }, network, seed);
        Assert.That((feed.Count, feed.Input), Is.EqualTo((70, (Shape?)new Shape(1, 32, Width))));
        return (feed, network, network.CreateWorkspace(Passes.Backward, feed.Input));
    }

    private static string Text(StripTarget target) => string.Concat(target.Labels.Select(label => label.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A loss that notes what it is asked.</summary>
    private sealed class Witness : Loss<StripTarget>
    {
        private readonly StringLoss loss = new();

        public bool Keeps { get; init; } = true;

        public List<StripTarget> Targets { get; } = [];

        public List<double> Losses { get; } = [];

        public override double Evaluate(FeatureMaps output, StripTarget target)
        {
            double value = loss.Evaluate(output, target);
            if (Keeps)
            {
                Targets.Add(target);
                Losses.Add(value);
            }
            return value;
        }
    }
}
