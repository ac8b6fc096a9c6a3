namespace LeNet5.Tests.Layers;

public class RbfCodesTests
{
    [Test]
    public void Digits_AllTen_EqualTheReferences()
    {
        RbfCodes codes = RbfCodes.Digits;
        Assert.That((codes.Symbols, codes.Count, codes.Length, codes.Width, codes.Blank), Is.EqualTo(("0123456789", 10, 84, 7, (int?)null)));
        Assert.That(codes.Values.ToArray(), Is.EqualTo(Reference.Singles("output.codes")));
    }

    /// <summary>All 95 pictures of figure 3, against a file that was distilled apart from the library's.</summary>
    [Test]
    public void PrintableAscii_All95_EqualFigure3()
    {
        // A block a character: its code as 0x20, perhaps the character, then 12 rows. The last block, 0x7F, is the blank again.
        string text = File.ReadAllText(Reference.PathOf("rbf-codes.txt")).ReplaceLineEndings("\n");
        string[][] blocks = [.. text.Split("\n\n").Skip(1).Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        RbfCodes codes = RbfCodes.PrintableAscii;
        Assert.That(blocks, Has.Length.EqualTo(96));
        Assert.That(codes.Symbols, Is.EqualTo(string.Concat(Enumerable.Range(0x20, 95).Select(code => (char)code))));
        for (int i = 0; i < codes.Count; i++)
        {
            Assert.That(Convert.ToInt32(blocks[i][0].Split(' ')[0], 16), Is.EqualTo(codes.Symbols[i]));
            float[] expected = [.. string.Concat(blocks[i].Skip(1)).Select(pixel => pixel == '#' ? 1f : -1f)];
            Assert.That(codes[i].ToArray(), Is.EqualTo(expected), $"the code of '{codes.Symbols[i]}'");
        }
    }

    /// <summary>Squared distances of 4 a pixel: similar characters lie near each other (section II-B).</summary>
    [TestCase('6', '8', 48)]
    [TestCase('0', '4', 72)]
    [TestCase('8', '9', 72)]
    [TestCase('1', '4', 200)]
    [TestCase('1', '8', 200)]
    [TestCase('4', '7', 200)]
    [TestCase(' ', '7', 100)]
    [TestCase(' ', '8', 172)]
    [TestCase('I', 'l', 4)]
    [TestCase('F', 'f', 12)]
    [TestCase('D', 'd', 16)]
    [TestCase('K', 'k', 16)]
    public void PrintableAscii_Pair_HasKnownDistance(char one, char other, int expected) =>
        Assert.That(Distance(one, other), Is.EqualTo(expected));

    [Test]
    public void Digits_AllPairs_LieBetween48And200()
    {
        const string digits = "0123456789";
        int[] distances = [.. digits.SelectMany(one => digits.Where(other => other > one), Distance)];
        Assert.That((distances.Min(), distances.Max(), distances.Count(distance => distance == 48)), Is.EqualTo((48, 200, 1)));
    }

    [Test]
    public void DigitsAndBlank_LastClass_IsBlankAtLeast100FromAllDigits()
    {
        RbfCodes codes = RbfCodes.DigitsAndBlank;
        Assert.That((codes.Symbols, codes.Blank), Is.EqualTo(("0123456789 ", (int?)10)));
        Assert.That(codes[10].ToArray(), Is.All.EqualTo(-1));
        Assert.That(codes.Symbols[..10].Select(digit => Distance(' ', digit)), Is.All.InRange(100, 172));
    }

    [Test]
    public void FromPictures_TwoPictures_GivesPlusAndMinusOne()
    {
        RbfCodes codes = RbfCodes.FromPictures("ab", "#.\n.#\n##", "..\n..\n..");
        Assert.That((codes.Count, codes.Length, codes.Width), Is.EqualTo((2, 6, 2)));
        Assert.That(codes[0].ToArray(), Is.EqualTo(new float[] { 1, -1, -1, 1, 1, 1 }));
    }

    [Test]
    public void RbfCodes_OwnValues_AreCopied()
    {
        float[] values = [1, 2, 3, 4];
        RbfCodes codes = new("ab", values);
        values[2] = 9;
        Assert.That(codes[1].ToArray(), Is.EqualTo(new float[] { 3, 4 }));
    }

    [TestCase("", new float[] { 1 }, 0, Description = "no symbols")]
    [TestCase("\ud83d\ude00", new float[] { 1, 2 }, 0, Description = "two halves of one character")]
    [TestCase("aa", new float[] { 1, 2 }, 0, Description = "a symbol twice")]
    [TestCase("ab", new float[] { 1, 2, 3 }, 0, Description = "not divisible among the symbols")]
    [TestCase("ab", new float[0], 0, Description = "no values")]
    [TestCase("a", new float[] { 1, 2, 3 }, 2, Description = "not divisible into rows")]
    [TestCase("a", new float[] { 1 }, -1, Description = "a negative width")]
    [TestCase("a", new[] { float.NaN }, 0)]
    [TestCase("a", new[] { float.PositiveInfinity }, 0)]
    public void RbfCodes_ValuesThatAreNoCodes_AreRefused(string symbols, float[] values, int width) =>
        Assert.That(() => new RbfCodes(symbols, values, width), Throws.InstanceOf<ArgumentException>());

    [TestCase("#.", null, Description = "no picture")]
    [TestCase("#.", "#", Description = "sizes differ")]
    [TestCase("#.", "#x", Description = "another character")]
    [TestCase("#.", "", Description = "no picture")]
    public void FromPictures_PicturesThatAreNoCodes_AreRefused(string first, string? second) =>
        Assert.That(() => RbfCodes.FromPictures("ab", first, second!), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("pictures"));

    [Test]
    public void FromPictures_FewerThanSymbols_IsRefused() =>
        Assert.That(() => RbfCodes.FromPictures("ab", "#"), Throws.ArgumentException.With.Message.Contains("1 pictures for 2 symbols"));

    [Test]
    public void Of_SymbolWithoutCode_IsNamed() =>
        Assert.That(() => RbfCodes.Digits.Of("1a"), Throws.ArgumentException.With.Message.Contains("no code for 'a'"));

    [TestCase(-1)]
    [TestCase(10)]
    public void Item_NoSuchClass_NamesThoseThereAre(int index) =>
        Assert.That(
            () => RbfCodes.Digits[index].Length,
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("index").And.Message.Contains("classes 0 to 9, which stand for \"0123456789\""));

    private static int Distance(char one, char other)
    {
        RbfCodes codes = RbfCodes.PrintableAscii.Of($"{one}{other}");
        return (int)codes[0].ToArray().Zip(codes[1].ToArray(), (x, y) => (x - y) * (x - y)).Sum();
    }
}
