using System.Text;

namespace LeNet5.Tests.Imaging;

public class NetpbmTests
{
    [TestCase("P2\n3 2\n255\n0 1 2\n253 254 255\n", new byte[] { 0, 1, 2, 253, 254, 255 })]
    [TestCase("P2 3 2 15 0 1 2 13 14 15", new byte[] { 0, 17, 34, 221, 238, 255 })]
    [TestCase("P2# one\n3# two\r#three\n\t2\n65535\n0 128 129\n# four\n65406 65407 65535", new byte[] { 0, 0, 1, 254, 255, 255 })]
    [TestCase("P5 3 2 255\nabc123", new byte[] { 97, 98, 99, 49, 50, 51 })]
    [TestCase("P5\n3\n2\n# not a pixel\n255\n#bc\n23", new byte[] { 35, 98, 99, 10, 50, 51 })]
    [TestCase("P5 3 2 51 \u0000\u0001\u0002\u0003\u0032\u0033", new byte[] { 0, 5, 10, 15, 250, 255 })]
    [TestCase("P5 3 2 257 \u0000\u0000\u0000\u0001\u0000\u0002\u0000\u0003\u0001\u0000\u0001\u0001", new byte[] { 0, 1, 2, 3, 254, 255 })]
    [TestCase("P1 3 2 101 0 1#\n0", new byte[] { 0, 255, 0, 255, 0, 255 })]
    [TestCase("P4 3 2 \u00bf\u0040", new byte[] { 0, 255, 0, 255, 0, 255 })]
    public void Load_EachKind_GivesItsPixels(string file, byte[] pixels)
    {
        GrayImage image = Load(file);
        Assert.That((image.Width, image.Height), Is.EqualTo((3, 2)));
        Assert.That(image.Pixels.ToArray(), Is.EqualTo(pixels));
    }

    [TestCase("P3 2 2 255 255 0 0  0 255 0  0 0 255  10 20 30")]
    [TestCase("P3# red\n2 2\n# deep\n255 255 0 0 # green next\n0 255 0\n0 0 255 10 20 30 and what follows")]
    [TestCase("P3 2 2 65535 65535 0 0  0 65535 0  0 0 65535  2570 5140 7710")]
    [TestCase("P3 2 2 51 51 0 0  0 51 0  0 0 51  2 4 6")]
    [TestCase("P6 2 2 255\n\u00ff\u0000\u0000\u0000\u00ff\u0000\u0000\u0000\u00ff\u000a\u0014\u001eand what follows")]
    [TestCase("P6\n2 2\n# deep\n51\n\u0033\u0000\u0000\u0000\u0033\u0000\u0000\u0000\u0033\u0002\u0004\u0006")]
    [TestCase("P6 2 2 510\n\u0001\u00fe\0\0\0\0\0\0\u0001\u00fe\0\0\0\0\0\0\u0001\u00fe\0\u0014\0\u0028\0\u003c")]
    public void Load_Colours_GivesTheirLuma(string file)
    {
        GrayImage image = Load(file);
        Assert.That((image.Width, image.Height), Is.EqualTo((2, 2)));

        // 0.299, 0.587 and 0.114 of 255; 2.99 + 11.74 + 3.42.
        Assert.That(image.Pixels.ToArray(), Is.EqualTo(new byte[] { 76, 150, 29, 18 }));
    }

    [Test]
    public void Load_ColoursOfAnyLargestValue_KeepsBlackAndWhite([Values(1, 2, 254, 255, 256, 1000, 65535)] int max)
    {
        string high = max > 255 ? $"{(char)(max >> 8)}{(char)(max & 255)}" : $"{(char)max}", low = max > 255 ? "\0\0" : "\0";
        Assert.That(Load($"P3 2 1 {max} {max} {max} {max} 0 0 0").Pixels.ToArray(), Is.EqualTo(new byte[] { 255, 0 }));
        Assert.That(Load($"P6 2 1 {max} {high}{high}{high}{low}{low}{low}").Pixels.ToArray(), Is.EqualTo(new byte[] { 255, 0 }));
    }

    [Test]
    public void Load_StreamOfOneByteAtATime_GivesThePicture(
        [Values("P2 3 1 255 97 98 99 ", "P5 3 1 255 abc", "P6 3 1 255 aaabbbccc")] string file)
    {
        GrayImage image = GrayImage.Load(new TricklingStream(Encoding.Latin1.GetBytes(file), atATime: 1));
        Assert.That(image.Pixels.ToArray(), Is.EqualTo("abc"u8.ToArray()));
    }

    [Test]
    public void Load_BitmapWiderThanAByte_StartsEachRowOnAByte() =>
        Assert.That(
            Load("P4 9 2 \u0000\u0080\u00ff\u0000").Pixels.ToArray(),
            Is.EqualTo(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255 }));

    [TestCase("P1 3 2 101010")]
    [TestCase("P2 3 2 9 1 2 3 4 5 6")]
    [TestCase("P4 3 2 ab")]
    [TestCase("P5 3 2 255 abcdef")]
    [TestCase("P5 3 2 256 aabbccddeeff")]
    [TestCase("P3 1 2 9 1 2 3 4 5 6")]
    [TestCase("P6 1 2 255 abcdef")]
    [TestCase("P6 1 1 256 aabbcc")]
    public void Load_CutAtAnyByte_Throws(string file)
    {
        for (int length = 0; length < file.Length; length++)
            Assert.That(() => Load(file[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} of {file.Length} bytes");
    }

    [TestCase("P2 0 2 255", "0 wide")]
    [TestCase("P2 3 -2 255", "byte 0x2d in its height")]
    [TestCase("P2 3x2 255", "byte 0x78 in its width")]
    [TestCase("P5 3 2 0 abcdef", "largest value of 0")]
    [TestCase("P5 3 2 65536 abcdef", "largest value of 65536")]
    [TestCase("P5 3 2 98 abcdef", "holds 99")]
    [TestCase("P2 1 1 5 6", "holds 6")]
    [TestCase("P3 1 1 5 5 5 6", "holds 6")]
    [TestCase("P6 1 1 98 abc", "holds 99")]
    [TestCase("P6 1 1 256 \u0001\u0000\u0001\u0001\u0000\u0000", "holds 257")]
    [TestCase("P3 1 1 255 1 2 x", "byte 0x78 in its pixels")]
    [TestCase("P6 1 2 255 abcde", "announces 6 bytes of pixels but holds 5")]
    [TestCase("P1 2 1 12", "byte 0x32 in its pixels")]
    [TestCase("P2 99999999999999999999 1 5 6", "number above 100000000")]
    [TestCase("P5 10001 10000 255 ", "1 to 100000000 pixels")]
    public void Load_AgainstTheFormat_SaysWhatIsWrong(string file, string message) =>
        Assert.That(
            () => Load(file),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("The stream ").And.Message.Contains(message));

    [Test]
    public void Load_EnormousSizeInAShortFile_ThrowsInLittleMemory([Values("P1", "P2", "P3", "P4", "P5", "P6")] string kind)
    {
        long taken = Allocation.By(
            () => Assert.That(() => Load($"{kind} 10000 10000 255 1 0 1 0"), Throws.TypeOf<InvalidDataException>()));
        Assert.That(taken, Is.LessThan(4_000_000));
    }

    private static GrayImage Load(string file) => GrayImage.Load(new MemoryStream(Encoding.Latin1.GetBytes(file)));
}
