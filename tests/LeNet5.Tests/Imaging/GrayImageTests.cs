using System.Text;

namespace LeNet5.Tests.Imaging;

public class GrayImageTests
{
    private static readonly byte[] Six = [1, 2, 3, 4, 5, 6];

    [Test]
    public void Constructor_Pixels_CopiesThem()
    {
        byte[] pixels = [.. Six];
        var image = new GrayImage(3, height: 2, pixels);
        Array.Clear(pixels);
        Assert.That((image.Width, image.Height), Is.EqualTo((3, 2)));
        Assert.That(image.Pixels.ToArray(), Is.EqualTo(Six));
    }

    [TestCase(5)]
    [TestCase(6)]
    public void Constructor_Stride_DropsThePadding(int length) =>
        Assert.That(new GrayImage(2, height: 2, Six.AsSpan(0, length), stride: 3).Pixels.ToArray(), Is.EqualTo(new byte[] { 1, 2, 4, 5 }));

    [TestCase(0, 2, null)]
    [TestCase(3, -1, null)]
    [TestCase(2, 2, null)]
    [TestCase(4, 2, null)]
    [TestCase(3, 2, 2)]
    [TestCase(3, 2, 4)]
    [TestCase(int.MaxValue, int.MaxValue, null)]
    [TestCase(1, 3, int.MaxValue)]
    public void Constructor_SizeThatDoesNotFit_Throws(int width, int height, int? stride) =>
        Assert.That(() => new GrayImage(width, height, Six, stride), Throws.InstanceOf<ArgumentException>());

    private static readonly byte[] Red = [255, 0, 0], Green = [0, 255, 0], Blue = [0, 0, 255], Some = [10, 20, 30];

    [Test]
    public void FromRgb_PixelsWithAndWithoutPadding_GivesTheirLuma()
    {
        byte[] expected = [76, 150, 29, 18];
        Assert.That(GrayImage.FromRgb(2, height: 2, [.. Red, .. Green, .. Blue, .. Some]).Pixels.ToArray(), Is.EqualTo(expected));

        GrayImage image = GrayImage.FromRgb(2, height: 2, [.. Red, .. Green, 1, 2, .. Blue, .. Some], stride: 8);
        Assert.That((image.Width, image.Height), Is.EqualTo((2, 2)));
        Assert.That(image.Pixels.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void FromRgba_PixelsWithAndWithoutPadding_GivesTheirLumaOverWhite()
    {
        // Half of red's 76 and half of white; 200 of 255 parts of 18 and 55 of white.
        byte[] expected = [165, 150, 255, 69];
        Assert.That(
            GrayImage.FromRgba(2, height: 2, [.. Red, 128, .. Green, 255, .. Blue, 0, .. Some, 200]).Pixels.ToArray(),
            Is.EqualTo(expected));
        Assert.That(
            GrayImage.FromRgba(2, height: 2, [.. Red, 128, .. Green, 255, 7, .. Blue, 0, .. Some, 200, 7], stride: 9).Pixels.ToArray(),
            Is.EqualTo(expected));
    }

    [TestCase(2, 2, null, 11)]
    [TestCase(2, 2, null, 13)]
    [TestCase(2, 2, 5, 100)]
    [TestCase(2, 2, 7, 12)]
    [TestCase(0, 2, null, 0)]
    [TestCase(2, 0, null, 0)]
    [TestCase(int.MaxValue, int.MaxValue, null, 12)]
    [TestCase(1, int.MaxValue, int.MaxValue, 12)]
    public void FromRgb_SizeThatDoesNotFit_Throws(int width, int height, int? stride, int length) =>
        Assert.That(() => GrayImage.FromRgb(width, height, new byte[length], stride), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void FromRgba_TooFewBytes_SaysHowManyItNeeds() =>
        Assert.That(
            () => GrayImage.FromRgba(3, height: 2, new byte[18]),
            Throws.ArgumentException.With.Message.StartsWith("A picture 3 wide and 2 high with a stride of 12 needs 24 bytes")
                .And.Message.Contains("given 18"));

    [Test]
    public void Borrow_Pixels_AreNotCopied()
    {
        byte[] pixels = [0, .. Six, 0];
        GrayImage image = GrayImage.Borrow(3, height: 2, pixels.AsMemory(1, 6));
        Assert.That(image.Pixels.ToArray(), Is.EqualTo(Six));
        Assert.That(image.Pixels.Overlaps(pixels));
    }

    [TestCase(2, 2)]
    [TestCase(4, 2)]
    [TestCase(-3, -2)]
    [TestCase(int.MaxValue, 2)]
    public void Borrow_SizeThatDoesNotFit_Throws(int width, int height) =>
        Assert.That(() => GrayImage.Borrow(width, height, Six), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Row_EachAndBeyond_IsThatPartOfThePixelsOrThrows()
    {
        var image = new GrayImage(3, height: 2, Six);
        Assert.That(image.Row(0).ToArray(), Is.EqualTo(Six[..3]));
        Assert.That(image.Row(1).ToArray(), Is.EqualTo(Six[3..]));
        Assert.That(() => image.Row(-1).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => image.Row(2).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [TestCase("picture.png", new byte[] { 0x89, 0x50 })]
    [TestCase("picture.PGM", new byte[] { 0x50, 0x35 })]
    public void Save_ByExtension_LoadsAgainUnderAnyName(string name, byte[] start)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf(name), renamed = folder.PathOf("renamed.txt");
        new GrayImage(3, height: 2, Six).Save(path);
        Assert.That(File.ReadAllBytes(path)[..2], Is.EqualTo(start));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { name }));

        File.Move(path, renamed);
        GrayImage read = GrayImage.Load(renamed);
        Assert.That((read.Width, read.Height), Is.EqualTo((3, 2)));
        Assert.That(read.Pixels.ToArray(), Is.EqualTo(Six));
    }

    [TestCase("picture")]
    [TestCase("picture.jpg")]
    public void Save_AnotherExtension_ThrowsAndWritesNothing(string name)
    {
        using var folder = new TemporaryFolder();
        Assert.That(
            () => new GrayImage(3, height: 2, Six).Save(folder.PathOf(name)),
            Throws.ArgumentException.With.Message.Contains(".png or .pgm"));
        Assert.That(folder.FileNames, Is.Empty);
    }

    [TestCase("\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF", "a JPEG picture")]
    [TestCase("GIF89a", "a GIF picture")]
    [TestCase("BM\u0036\u0000\u0000\u0000", "a BMP picture")]
    [TestCase("II*\u0000\u0008\u0000\u0000\u0000", "a TIFF picture")]
    [TestCase("MM\u0000*\u0000\u0000\u0000\u0008", "a TIFF picture")]
    [TestCase("RIFF\u0024\u0000\u0000\u0000WEBPVP8 ", "a WebP picture")]
    [TestCase("RIFF\u0024\u0000\u0000\u0000WAVEfmt ", "no picture of a known format")]
    [TestCase("\0\0\0\u0018ftypheic\0\0", "a HEIC picture")]
    [TestCase("\0\0\0\u0018ftypmif1\0\0", "a HEIC picture")]
    [TestCase("\0\0\0\u0018ftypavif\0\0", "an AVIF picture")]
    [TestCase("\0\0\0\u0018ftypisom\0\0", "no picture of a known format")]
    [TestCase("P7\nWIDTH 1\n", "a PAM picture")]
    [TestCase("<svg>", "an SVG drawing")]
    [TestCase("<?xml version='1.0'?><svg>", "an XML file, such as SVG drawings are")]
    [TestCase("%PDF-1.7", "a PDF document")]
    [TestCase("P", "no picture of a known format")]
    [TestCase("P8", "no picture of a known format")]
    [TestCase("RIFFWEBP", "no picture of a known format")]
    [TestCase("a text", "no picture of a known format")]
    public void Load_AnotherFormat_NamesItAndTheWaysOut(string content, string format)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("picture.png", Encoding.Latin1.GetBytes(content));
        Assert.That(
            () => GrayImage.Load(path),
            Throws.TypeOf<InvalidDataException>()
                .With.Message.StartsWith($"picture.png is {format}; ").And.Message.Contains("Convert it to PNG, or decode it")
                .And.Message.Contains("LeNet5.ImageSharp"));
    }

    [Test]
    public void Load_EmptyFile_SaysThatItIsEmpty()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("picture.png", []);
        Assert.That(() => GrayImage.Load(path), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("picture.png is empty"));
    }

    [Test]
    public void Load_MissingFile_ThrowsFileNotFound() =>
        Assert.That(() => GrayImage.Load(Path.Combine(Path.GetTempPath(), "lenet5-no-such.png")), Throws.TypeOf<FileNotFoundException>());
}
