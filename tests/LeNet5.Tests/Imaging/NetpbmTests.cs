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
    [TestCase("P1 2 1 12", "byte 0x32 in its pixels")]
    [TestCase("P2 99999999999999999999 1 5 6", "number above 100000000")]
    [TestCase("P5 10001 10000 255 ", "1 to 100000000 pixels")]
    public void Load_AgainstTheFormat_SaysWhatIsWrong(string file, string message) =>
        Assert.That(
            () => Load(file),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("The stream ").And.Message.Contains(message));

    [Test]
    public void Load_EnormousSizeInAShortFile_ThrowsInLittleMemory([Values("P1", "P2", "P4", "P5")] string kind)
    {
        long taken = Allocation.By(
            () => Assert.That(() => Load($"{kind} 10000 10000 255 1 0 1 0"), Throws.TypeOf<InvalidDataException>()));
        Assert.That(taken, Is.LessThan(4_000_000));
    }

    private static GrayImage Load(string file) => GrayImage.Load(new MemoryStream(Encoding.Latin1.GetBytes(file)));
}
