using System.Collections.Immutable;
using LeNet5.Imaging;

namespace LeNet5.Tests.Reading;

public class StripReadingTests
{
    private static readonly NormalizedStrip Strip = StripNormalizer.Normalize(new GrayImage(8, 8, new byte[64]));

    [Test]
    public void StripReading_ListsThatWereNeverMade_AreEmpty()
    {
        StripReading reading = new("", 0, Rejection.Blank, default, default, Strip), empty = new("", 0, Rejection.Blank, [], [], Strip);
        Assert.That(reading, Is.EqualTo(empty));
        Assert.That(reading with { Digits = default, Alternatives = default }, Is.EqualTo(empty));
        Assert.That((reading.Digits.Length, reading.Alternatives.Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Equals_OtherDigitsOrAlternatives_IsFalse()
    {
        StripReading reading = new("7", 0.5f, Rejection.None, [new StripDigit(7, 4, default, 0.5f)], [new StripAlternative("7", 0.5f)], Strip);
        Assert.That(reading with { Digits = ImmutableArray.Create(reading.Digits.AsSpan()) }, Is.EqualTo(reading));
        Assert.That(reading with { Digits = [] }, Is.Not.EqualTo(reading));
        Assert.That(reading with { Alternatives = [] }, Is.Not.EqualTo(reading));
    }
}
