using LeNet5.Graphs;
using LeNet5.Strips;
using LeNet5.Tests.Graphs;

namespace LeNet5.Tests.Reading.Strips;

public class CharacterModelTests
{
    /// <summary>Every row of up to five columns of two characters, a blank and rubbish, in one way or not at all.</summary>
    [Test]
    public void Create_EveryShortRow_IsSpelledByTheRules()
    {
        const int characters = 2;
        Transducer model = CharacterModel.Create(characters, [2, 3]);
        for (int length = 0; length <= 5; length++)
        {
            foreach (int[] row in PlainSpelling.Rows(labels: 4, length))
            {
                string read = Enumeration.Spell(row);
                string[] expected = PlainSpelling.Of(row, characters) is { } spelled ? [Enumeration.Spell(spelled)] : [];
                List<PlainPath> readings = Enumeration.ReadingsOf(model, read);
                Assert.That(readings.Select(reading => reading.Outputs), Is.EqualTo(expected), read);
                Assert.That(readings.Select(reading => reading.Penalty), Is.All.Zero);
            }
        }
    }

    [TestCase("aa", "a", Description = "repeats merge")]
    [TestCase("aca", "aa", Description = "a blank separates")]
    [TestCase("acb", "ab")]
    [TestCase("caacdbbc", "ab", Description = "rubbish is as good as a blank")]
    [TestCase("ccc", "")]
    public void Create_WorkedExample_IsSpelled(string columns, string expected) =>
        Assert.That(Enumeration.ReadingsOf(CharacterModel.Create(2, [2, 3]), columns).Single().Outputs, Is.EqualTo(expected));

    [Test]
    public void Create_DifferentNeighbours_AreForbidden() => Assert.That(Enumeration.ReadingsOf(CharacterModel.Create(2, [2, 3]), "cabc"), Is.Empty);
}
