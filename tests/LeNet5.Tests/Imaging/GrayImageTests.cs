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
    [TestCase("P6 1 1 255 abc", "a PPM or PAM picture")]
    [TestCase("<svg>", "no picture of a known format")]
    [TestCase("", "no picture of a known format")]
    public void Load_AnotherFormat_NamesItAndTheWaysOut(string content, string format)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("picture.png", Encoding.Latin1.GetBytes(content));
        Assert.That(
            () => GrayImage.Load(path),
            Throws.TypeOf<InvalidDataException>()
                .With.Message.StartsWith($"picture.png is {format}; ").And.Message.Contains("Convert it to PNG, or"));
    }

    [Test]
    public void Load_MissingFile_ThrowsFileNotFound() =>
        Assert.That(() => GrayImage.Load(Path.Combine(Path.GetTempPath(), "lenet5-no-such.png")), Throws.TypeOf<FileNotFoundException>());
}
