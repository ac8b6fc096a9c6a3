using LeNet5.Strips;

namespace LeNet5.Tests.Reading.Strips;

public class CombinedDecoderTests
{
    private const int None = GivenGraph.None;

    /// <summary>One is sure that there is no digit, the other has a faint idea of one.</summary>
    [Test]
    public void Read_NothingIsLikeliest_IsBlank()
    {
        StripReading reading = Combine(new GivenGraph([(None, 0), (7, 8)]), new GivenGraph([(None, 1), (7, 0)])).Read(GivenGraph.Strip, new StripOptions { Alternatives = 3 });
        Assert.That((reading.Text, reading.Confidence, reading.Reason), Is.EqualTo(("", 0f, Rejection.Blank)));
        Assert.That((reading.Digits.Length, reading.Alternatives.Length), Is.EqualTo((0, 0)));
    }

    /// <summary>That there is no digit takes its share from the others, and is no alternative.</summary>
    [Test]
    public void Read_NothingIsPossible_IsLessSure()
    {
        GivenGraph sure = new([(None, 1), (7, 0)]);
        StripReading reading = Combine(sure, sure).Read(GivenGraph.Strip, new StripOptions { Alternatives = 3 });
        Assert.That(reading.Text, Is.EqualTo("7"));
        Assert.That(reading.Confidence, Is.EqualTo(1 / (1 + Math.Exp(-2))).Within(1e-6), "e^-1 in the one and in the other");
        Assert.That(reading.Alternatives.Single().Text, Is.EqualTo("7"));
    }

    [Test]
    public void Explain_AnyStrip_LooksAtItOnce()
    {
        GivenGraph first = new([(None, 1), (7, 0)]), second = new([(None, 2), (7, 0)]);
        StripExplanation seen = Combine(first, second).Explain(GivenGraph.Strip, StripOptions.Default);
        Assert.That(seen.Reading.Text, Is.EqualTo("7"));
        Assert.That(seen.Path, Is.EqualTo(new int?[] { 7 }));
        Assert.That((first.LookCount, second.LookCount), Is.EqualTo((1, 1)));
    }

    private static CombinedDecoder Combine(GivenGraph first, GivenGraph second) => new(new StripDecoder(first), new StripDecoder(second), temperature: 1);
}
