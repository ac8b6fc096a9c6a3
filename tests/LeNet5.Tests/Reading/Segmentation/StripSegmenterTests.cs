using LeNet5.Data;
using LeNet5.Imaging;
using LeNet5.Segmentation;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Reading.Segmentation;

public class StripSegmenterTests
{
    private readonly Network network = PretrainedModels.Digits;
    private StripSegmenter segmenter = null!;

    [OneTimeSetUp]
    public void Prepare() => segmenter = new StripSegmenter(network);

    [TestCase("clean", 95)]
    [TestCase("touching", 60)]
    public void Read_StringsOfHeldOutDigits_AreMostlyRight(string style, double leastPercent)
    {
        const int count = 100;
        int right = Strips.Of(style == "clean" ? StripStyle.Clean : StripStyle.Touching, count, seed: 9).Count(pair => BestReading(segmenter.Read(pair.Strip)) == pair.Source.Text);
        Assert.That(100.0 * right / count, Is.GreaterThanOrEqualTo(leastPercent));
    }

    [Test]
    public void Read_BlankOrFaintStrip_HasNoSegments([Values(1, 24, 300)] int width, [Values(0, 39)] byte grey)
    {
        SegmentationGraph graph = segmenter.Read(Drawn.Of(width, 32, (_, _) => grey));
        Assert.That(graph.Segments, Is.Empty);
        Assert.That(graph.Pieces, Is.Empty);
    }

    [Test]
    public void Read_AnyStrip_EachPixelOfInkBelongsToOnePiece()
    {
        foreach ((Plane strip, LabeledStrip source) in Strips.Of(StripStyle.Touching, 30))
        {
            SegmentationGraph graph = segmenter.Read(strip);
            Assert.That(graph.Pieces, Has.Count.EqualTo(graph.Cuts.Count - 1), source.Text);
            Assert.That(graph.Pieces.Sum(piece => piece.Ink), Is.LessThanOrEqualTo(strip.Values.Sum(value => value)));
            Assert.That(graph.Pieces.Sum(piece => piece.Ink), Is.GreaterThanOrEqualTo(strip.Values.Sum(value => value >= DigitNormalizer.Faint ? value : 0)));
        }
    }

    /// <summary>Two slanted strokes whose boxes overlap: each is cut out whole, and without a pixel of the other.</summary>
    [Test]
    public void Read_OverlappingBoxesOfSeparateShapes_AreCutOutWhole()
    {
        Plane strip = Drawn.Of(64, 32, (x, y) => y is < 6 or > 25 ? 0 : x - (32 - y) is >= 4 and < 8 or >= 14 and < 18 ? 255 : 0);
        SegmentationGraph graph = segmenter.Read(strip);
        Assert.That(graph.Cuts.Count, Is.EqualTo(3));
        Assert.That(graph.Pieces.Select(piece => piece.Ink), Is.All.EqualTo(20 * 4 * 255));
        Assert.That(graph.Pieces.Select(piece => (piece.Box.Left, piece.Box.Width)), Is.EqualTo(new[] { (11, 23), (21, 23) }));
    }

    [Test]
    public void Read_AnyStrip_SegmentsAreAGraphInOrderThatLeadsThrough()
    {
        foreach (Plane strip in Strips.Of(StripStyle.Touching, 20).Select(pair => pair.Strip).Concat([Drawn.Noise(500, 32, seed: 1, 0.1), Drawn.Noise(500, 32, seed: 1, 0.5), Drawn.Of(1, 32, (_, _) => 255)]))
        {
            SegmentationGraph graph = segmenter.Read(strip);
            Assert.That(graph.Segments.Select(segment => (segment.FirstCut, segment.Picture >= 0, segment.LastCut)), Is.Ordered);
            Assert.That(graph.Segments.Where(segment => segment.Picture < 0).Select(segment => (segment.FirstCut, segment.LastCut)), Is.EqualTo(Enumerable.Range(0, graph.Cuts.Count - 1).Select(cut => (cut, cut + 1))));
            Assert.That(graph.Segments.Where(segment => segment.Picture >= 0).Select(segment => segment.Picture), Is.EqualTo(Enumerable.Range(0, graph.PictureCount)));
            foreach (Segment segment in graph.Segments)
            {
                Assert.That(segment.Penalty, Is.InRange(-3, 1e6));
                Assert.That(segment.Box, Is.EqualTo(graph.Pieces[segment.FirstCut..segment.LastCut].Select(piece => piece.Box).Aggregate((a, b) => a.Union(b))));
            }
        }
    }

    [Test]
    public void Read_Penalties_AreTheNetworksForThePicture()
    {
        (Plane strip, _) = Strips.Of(StripStyle.Touching with { MinLength = 8 }, 1).Single();
        SegmentationGraph graph = segmenter.Read(strip);
        Workspace workspace = network.CreateWorkspace();
        Assert.That(graph.PictureCount, Is.GreaterThan(16), "more than one batch");
        foreach (Segment segment in graph.Segments.Where(segment => segment.Picture >= 0))
        {
            workspace.LoadPixels(graph.PictureOf(segment), 28, 28);
            network.Forward(workspace);
            Assert.That(graph.PenaltiesOf(segment).ToArray(), Is.EqualTo(workspace.Output.Values.ToArray().Select(penalty => penalty / SegmentationGraph.Temperature)));
        }
    }

    [Test]
    public void Read_WideGap_IsNotInsideASegment()
    {
        SegmentationGraph graph = segmenter.Read(Strips.With(70, new PixelBox(12, 6, 4, 20), new PixelBox(20, 6, 4, 20), new PixelBox(27, 6, 4, 20)));
        Assert.That(graph.Segments.Where(segment => segment.Picture >= 0).Select(segment => (segment.FirstCut, segment.LastCut)), Is.EqualTo(new[] { (0, 1), (1, 2), (1, 3), (2, 3) }));
    }

    [Test]
    public void Read_CutThroughInk_CostsMoreThanAGap()
    {
        PixelBox left = new(12, 6, 14, 20), right = new(30, 6, 14, 20);
        double apart = PenaltyOfFirst(Strips.With(80, left, right)), together = PenaltyOfFirst(Strips.With(80, left, right, new PixelBox(26, 15, 4, 2)));
        Assert.That(together - apart, Is.InRange(0.3, 1.2));

        double PenaltyOfFirst(Plane strip) => segmenter.Read(strip).Segments.First(segment => segment.Picture >= 0 && segment.Box.Width >= 14).Penalty;
    }

    [Test]
    public void Read_LongLineOfInk_HasSegmentsInProportionToItsPieces([Values(0.03, 0.3, 1)] double density)
    {
        SegmentationGraph graph = segmenter.Read(Drawn.Noise(10000, 32, seed: 4, density));
        Assert.That(graph.Pieces, Is.Not.Empty);
        Assert.That(graph.Segments, Has.Count.LessThanOrEqualTo(9 * graph.Pieces.Count));
    }

    [Test]
    public void Read_StripMetBefore_TakesNoMemory()
    {
        Plane[] strips = [.. Strips.Of(StripStyle.Touching, 3).Select(pair => pair.Strip)];
        ReadAll();
        Assert.That(Allocation.By(ReadAll), Is.Zero);

        void ReadAll()
        {
            foreach (Plane strip in strips)
                segmenter.Read(strip);
        }
    }

    /// <summary>The cheapest path (equation 10).</summary>
    private static string BestReading(SegmentationGraph graph)
    {
        double[] least = new double[graph.Cuts.Count];
        string[] text = new string[graph.Cuts.Count];
        Array.Fill(least, double.PositiveInfinity, 1, least.Length - 1);
        foreach (Segment segment in graph.Segments)
        {
            ReadOnlySpan<float> penalties = graph.PenaltiesOf(segment);
            int digit = Penalties.Smallest(penalties);
            double penalty = least[segment.FirstCut] + segment.Penalty + (digit < 0 ? 0 : penalties[digit]);
            if (penalty < least[segment.LastCut])
                (least[segment.LastCut], text[segment.LastCut]) = (penalty, text[segment.FirstCut] + (digit < 0 ? "" : digit.ToString()));
        }
        return text[^1];
    }
}
