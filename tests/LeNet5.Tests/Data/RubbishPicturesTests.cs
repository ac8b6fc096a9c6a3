using LeNet5.Data;

namespace LeNet5.Tests.Data;

public class RubbishPicturesTests
{
    private const int Side = 28;
    private static readonly LabeledImages Digits = Mnist.Train.Slice(0, 500);

    /// <summary>Of a character that is grey above the diagonal, each kind of rubbish makes pictures that tell themselves apart.</summary>
    [Test]
    public void Draw_GreyTriangle_GivesAllKindsInTheirShares()
    {
        const byte grey = 100;
        byte[] below = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < i / Side ? grey : (byte)0)];
        LabeledImages above = new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => i % Side > i / Side ? grey : (byte)0)], [0]);
        Dictionary<string, int> counts = [];
        for (ulong seed = 1; seed <= 2000; seed++)
        {
            byte[] picture = Draw(above, seed);
            HashSet<byte> values = [.. picture];
            int ink = picture.Count(pixel => pixel > 0);
            string kind;
            if (picture.SequenceEqual(below))
                kind = "mirrored";
            else if (values.SetEquals([0, grey]))
            {
                kind = "piece";
                Assert.That(ink, Is.InRange(1, Side * Side / 2), "half of the character and more has left the field");
            }
            else if (values.SetEquals([0, 37, 150]))
            {
                // The mean of four pixels, half as dark again; on the diagonal one of the four is grey.
                kind = "small characters";
                Assert.That(ink, Is.InRange(105, 3 * 105));
            }
            else if (values.SetEquals([0, 255]) || values.Count > 200)
                kind = "noise";
            else
            {
                kind = "drawn";
                Assert.That(ink, Is.LessThan(Side * Side * 2 / 3));
                Assert.That(picture.Max(), Is.GreaterThan(200));
            }
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }
        // Of sixteen, and four standard deviations.
        (string Kind, int Share)[] shares = [("piece", 1), ("small characters", 2), ("mirrored", 1), ("noise", 1), ("drawn", 11)];
        foreach ((string kind, int share) in shares)
            Assert.That(counts[kind], Is.EqualTo(2000 * share / 16).Within(4 * Math.Sqrt(2000 * share * (16 - share)) / 16), kind);
    }

    /// <summary>An even grey stays what it is when mirrored, as a 0 nearly does.</summary>
    [Test]
    public void Draw_CharacterThatIsItsOwnMirrorImage_IsNotMirrored()
    {
        LabeledImages even = new(Side, Side, [.. Enumerable.Repeat((byte)100, Side * Side)], [0]);
        for (ulong seed = 1; seed <= 200; seed++)
            Assert.That(Draw(even, seed), Is.Not.EqualTo(even.Pixels(0).ToArray()));
    }

    [Test]
    public void Draw_ManyOfDigits_HaveInkAndAreNoneOfThem()
    {
        HashSet<string> digits = [.. Enumerable.Range(0, Digits.Count).Select(i => Convert.ToHexString(Digits.Pixels(i)))];
        for (ulong seed = 1; seed <= 2000; seed++)
        {
            byte[] picture = Draw(Digits, seed);
            Assert.That(picture.Any(pixel => pixel > 0), $"seed {seed}");
            Assert.That(digits.Contains(Convert.ToHexString(picture)), Is.False, $"seed {seed}");
        }
    }

    /// <summary>Whatever was in the memory before.</summary>
    [Test]
    public void Draw_SameStream_GivesTheSamePicture()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            byte[] dirty = [.. Enumerable.Repeat((byte)77, Side * Side)];
            SeededRandom random = new(seed);
            RubbishPictures.Draw(Digits, dirty, ref random);
            Assert.That(dirty, Is.EqualTo(Draw(Digits, seed)));

            RubbishPictures.Draw(Digits, dirty, ref random);
            Assert.That(dirty, Is.Not.EqualTo(Draw(Digits, seed)), "the stream has gone on");
        }
    }

    [Test]
    public void Draw_AnySize_GivesInk([Values(1, 2, 9, 32)] int height, [Values(1, 3, 7, 40)] int width)
    {
        LabeledImages characters = new(height, width, [.. Enumerable.Range(1, 3 * height * width).Select(i => (byte)(1 + (i % 255)))], [0, 1, 2]);
        for (ulong seed = 1; seed <= 500; seed++)
            Assert.That(Draw(characters, seed).Any(pixel => pixel > 0), $"seed {seed}");
    }

    /// <summary>Noise has ink whatever the characters are.</summary>
    [Test]
    public void Draw_EmptyCharacters_GivesInk()
    {
        LabeledImages empty = new(3, 3, new byte[9], [0]);
        for (ulong seed = 1; seed <= 100; seed++)
            Assert.That(Draw(empty, seed).Any(pixel => pixel > 0), $"seed {seed}");
    }

    [Test]
    public void Draw_PictureOfAnotherSize_NamesBoth()
    {
        SeededRandom random = new(1);
        Assert.That(
            () => RubbishPictures.Draw(Digits, new byte[783], ref random),
            Throws.ArgumentException.With.Message.Contains("28x28 = 784 pixels, but there is room for 783").And.Property("ParamName").EqualTo("picture"));
    }

    [Test]
    public void Draw_NoCharacters_IsRefused()
    {
        SeededRandom random = new(1);
        Assert.That(() => RubbishPictures.Draw(Digits.Slice(0, 0), new byte[784], ref random), Throws.ArgumentException.With.Property("ParamName").EqualTo("characters"));
    }

    private static byte[] Draw(LabeledImages characters, ulong seed)
    {
        byte[] picture = new byte[characters.Height * characters.Width];
        SeededRandom random = new(seed);
        RubbishPictures.Draw(characters, picture, ref random);
        return picture;
    }
}
