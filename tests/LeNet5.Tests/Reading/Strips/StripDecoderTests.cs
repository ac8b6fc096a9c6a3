using LeNet5.Data;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Strips;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Reading.Strips;

public class StripDecoderTests
{
    private static readonly NormalizedStrip Strip = StripNormalizer.Normalize(new StripGenerator(Mnist.Test, StripStyle.Clean with { MinLength = 3, MaxLength = 3 }, seed: 1).Draw(0).Picture);

    private readonly StripDecoder decoder = new(new SweepRecognizer(PretrainedModels.Strips, StripCalibration.Default));

    [Test]
    public void PenaltyOf_EveryString_IsThatOfItsShare()
    {
        StripReading reading = decoder.Read(Strip, new StripOptions { Alternatives = 5 });
        foreach (StripAlternative alternative in reading.Alternatives)
            Assert.That(Math.Exp(-decoder.PenaltyOf(Transducer.Sequence([.. alternative.Text.Select(letter => letter - '0')]))), Is.EqualTo(alternative.Confidence).Within(1e-6));
    }

    /// <summary>The best path spells 1, but two that are nearly as good spell 7.</summary>
    [Test]
    public void Read_BestPathIsNotOfTheLikeliestString_TakesTheLikeliest()
    {
        const int none = GivenGraph.None;
        StripDecoder given = new(new GivenGraph([(1, 0), (7, 0.5), (none, 0.5)], [(none, 0), (7, 0.2)]));
        StripExplanation seen = given.Explain(GivenGraph.Strip, new StripOptions { Alternatives = 3 });
        Assert.That(seen.Reading.Text, Is.EqualTo("7"));
        Assert.That(seen.Reading.Alternatives.Select(alternative => alternative.Text), Is.EqualTo(new[] { "7", "1", "17" }));
        Assert.That(seen.Reading.Alternatives.Select(alternative => alternative.Confidence), Is.Ordered.Descending);
        Assert.That(seen.Reading.Digits.Single().Label, Is.EqualTo(7));
        Assert.That(seen.Path, Is.EqualTo(new int?[] { 7, null }), "the best path of what was read");
    }

    /// <summary>A segment is the digit's ink and no other, however wide.</summary>
    [Test]
    public void Read_WideSegment_HasItsWholeBox()
    {
        Plane ring = Drawn.Of(50, 32, (x, y) => Math.Sqrt(((x - 24.5) * (x - 24.5) / 169) + ((y - 15.5) * (y - 15.5) / 100)) is > 0.75 and < 1 ? 255 : 0);
        StripReading reading = new StripDecoder(new SegmentRecognizer(PretrainedModels.Segments, StripCalibration.Default)).Read(NormalizedStrip.Of(ring.ToImage()), StripOptions.Default);
        Assert.That(ring.TightBox(1), Is.EqualTo(new PixelBox(12, 6, 26, 20)));
        Assert.That(reading.Digits.Select(digit => digit.Box), Is.EqualTo(new[] { new PixelBox(12, 6, 26, 20) }), reading.Text);
    }

    /// <summary>Each of three places has three arcs; with a grammar that counts them there are 3 + 6 + 8.</summary>
    [TestCase(8, null, "32 columns long, and so unclear that more than 8 arcs")]
    [TestCase(16, "any:1-3", "32 columns long and the grammar has 4 states: more than 16 arcs")]
    [TestCase(17, "any:1-3", null)]
    public void Read_MoreArcsThanAllowed_IsRefused(int maxArcCount, string? grammar, string? fault)
    {
        StripDecoder given = new(new GivenGraph([(1, 0), (7, 1), (GivenGraph.None, 2)], [(1, 0), (7, 1), (GivenGraph.None, 2)], [(1, 0), (7, 1), (GivenGraph.None, 2)]), maxArcCount);
        StripOptions options = new() { Grammar = grammar is null ? null : Grammar.Parse(grammar) };
        if (fault is null)
            Assert.That(given.Read(GivenGraph.Strip, options).Text, Is.EqualTo("111"));
        else
            Assert.That(() => given.Read(GivenGraph.Strip, options), Throws.ArgumentException.With.Message.Contains(fault));
    }

    [Test]
    public void PenaltyOf_StringWithoutPath_IsInfinite()
    {
        decoder.Prepare(Strip, Grammar.FixedLength(3));
        Assert.That(decoder.PenaltyOf(Transducer.Sequence(1, 2)), Is.EqualTo(double.PositiveInfinity));
    }

    /// <summary>Penalties say which strings are likelier; that all of them are unlikely says nothing about the picture.</summary>
    [Test]
    public void Prepare_GrammarOfLargePenalties_IsNoReasonToReject()
    {
        Transducer dear = new([.. Enumerable.Range(0, 10).Select(digit => new Arc(0, 0, digit, digit, Penalty: 9))], [(0, 30)]);
        StripReading free = decoder.Read(Strip, StripOptions.Default), priced = decoder.Read(Strip, new StripOptions { Grammar = dear });
        Assert.That((priced.Text, priced.Reason), Is.EqualTo((free.Text, Rejection.None)));
        Assert.That(decoder.Read(Strip, new StripOptions { Grammar = dear.And(Grammar.FixedLength(9)) }).Reason, Is.EqualTo(Rejection.NotInGrammar), "the picture shows three digits");
    }

    /// <summary>One of two methods may see nothing that the grammar allows, and the strings of the other are judged all the same.</summary>
    [Test]
    public void PenaltyOf_NoPathAtAll_IsInfinite()
    {
        Assert.That(decoder.Prepare(Strip, Grammar.FixedLength(500)), Is.EqualTo(Rejection.NotInGrammar));
        Assert.That(decoder.PenaltyOf(Transducer.Sequence(1, 2)), Is.EqualTo(double.PositiveInfinity));
        Assert.That(decoder.BestStrings(3), Is.Empty);
    }
}
