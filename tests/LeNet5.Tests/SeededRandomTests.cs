namespace LeNet5.Tests;

public class SeededRandomTests
{
    /// <summary>xoshiro256** with its state from SplitMix64, as its authors recommend: the bits are part of every published result.</summary>
    [Test]
    public void NextUInt64_SeedZero_GivesTheKnownBits()
    {
        foreach (SeededRandom start in (SeededRandom[])[new(0), new(), default])
        {
            SeededRandom random = start;
            ulong[] actual = [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];
            Assert.That(actual, Is.EqualTo(new[] { 11091344671253066420UL, 13793997310169335082UL, 1900383378846508768UL }));
        }
    }

    [Test]
    public void NextInt32_ManyDraws_GivesEveryNumberBelowTheLimit()
    {
        SeededRandom random = new(1);
        HashSet<int> seen = [];
        for (int i = 0; i < 1000; i++)
            seen.Add(random.NextInt32(7));
        Assert.That(seen.Order(), Is.EqualTo(Enumerable.Range(0, 7)));
        Assert.That(() => new SeededRandom(1).NextInt32(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Shuffle_AnyItems_KeepsThemAll()
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        new SeededRandom(1).Shuffle<int>(items);
        Assert.That(items, Is.Not.Ordered);
        Assert.That(items.Order(), Is.EqualTo(Enumerable.Range(0, 100)));
    }

    /// <summary>Each presentation has a stream of its own, so that the order of work does not change the numbers.</summary>
    [Test]
    public void SeededRandom_OtherCoordinates_GivesAnotherStream()
    {
        Assert.That(new[] { First(1, 2, 3), First(1, 3, 2), First(2, 2, 3), First(1, 2, 4) }, Is.Unique);

        static ulong First(ulong seed, ulong first, ulong second) => new SeededRandom(seed, first, second).NextUInt64();
    }
}
