using System.Buffers.Binary;
using System.IO.Compression;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace LeNet5.ImageSharp.Tests;

public class PictureFileTests
{
    private string folder = "";

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Load_OfPng_IsWhatGrayImageLoads()
    {
        GrayImage picture = Pictures.Noise(9, 5);
        string path = Write("a.jpg", Pictures.Png(picture));
        Assert.That(PictureFile.Load(path).Pixels.ToArray(), Is.EqualTo(picture.Pixels.ToArray()), "told by its content");
    }

    [Test]
    public void Load_OfNetpbm_IsWhatGrayImageLoads() =>
        Assert.That(PictureFile.Load(new MemoryStream("P2 2 1 255 7 9"u8.ToArray())).Pixels.ToArray(), Is.EqualTo(new byte[] { 7, 9 }));

    [Test]
    public void Load_OfBmp_IsTheLumaOfItsColours()
    {
        using Image<Rgb24> image = new(3, 2);
        image[0, 0] = new Rgb24(255, 0, 0);
        image[2, 1] = new Rgb24(200, 100, 50);
        GrayImage picture = PictureFile.Load(Write("a.bmp", Pictures.Bmp(image)));
        Assert.That((picture.Width, picture.Height), Is.EqualTo((3, 2)));
        Assert.That(picture.Pixels.ToArray(), Is.EqualTo(new byte[] { 76, 0, 0, 0, 0, 124 }));
    }

    [TestCase(1, 16, 8)]
    [TestCase(6, 8, 16)]
    public void Load_OfJpeg_IsUpright(int orientation, int width, int height)
    {
        using Image<L8> image = HalfBlack();
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)orientation);
        GrayImage picture = PictureFile.Load(Write("a.jpeg", Pictures.Jpeg(image)));
        Assert.That((picture.Width, picture.Height), Is.EqualTo((width, height)));
        Assert.That(picture.Pixels[0], Is.LessThan(20));
        Assert.That(picture.Pixels[^1], Is.GreaterThan(235));
        Assert.That(picture.Pixels[width - 1], orientation == 1 ? Is.GreaterThan(235) : Is.LessThan(20), "a quarter turned clockwise, the left half is on top");
    }

    [Test]
    public void Load_OfStream_LeavesItOpen([Values] bool seekable, [Values] bool amidst, [Values("png", "jpeg", "bmp")] string format)
    {
        using Image<L8> image = HalfBlack();
        byte[] bytes = format switch
        {
            "png" => Pictures.Png(image.ToGrayImage()),
            "jpeg" => Pictures.Jpeg(image),
            _ => Pictures.Bmp(image),
        };
        MemoryStream memory = new(amidst ? [1, 2, 3, .. bytes] : bytes);
        memory.Position = amidst ? 3 : 0;
        using Stream stream = seekable ? memory : new BrotliStream(Brotli(memory), CompressionMode.Decompress);

        GrayImage picture = PictureFile.Load(stream);
        Assert.That((picture.Width, picture.Height), Is.EqualTo((16, 8)));
        Assert.That(stream.CanRead);
    }

    [TestCase("II*\0\b\0\0\0")]
    [TestCase("MM\0*\0\0\0\b")]
    [TestCase("GIF89a")]
    [TestCase("RIFF....WEBPVP8 ")]
    [TestCase("x")]
    [TestCase("")]
    public void Load_OfOtherFormat_IsRefused(string start) =>
        Assert.That(
            () => PictureFile.Load(Write("photo.jpg", [.. start.Select(c => (byte)c), .. start == "" ? [] : new byte[100]])),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("photo.jpg is no picture of a known format"));

    [TestCase(20000)]
    [TestCase(9000)]
    public void Load_OfTooLargePicture_IsRefusedByItsHeader(int side)
    {
        using Image<L8> image = HalfBlack();
        byte[] bmp = Pictures.Bmp(image);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), side);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), side);
        Assert.That(
            () => PictureFile.Load(Write("large.bmp", bmp)),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"large.bmp announces a picture {side} wide and {side} high"));
    }

    [TestCase("bmp", 60)]
    [TestCase("bmp", 20)]
    [TestCase("jpeg", 4)]
    public void Load_OfCutPicture_IsRefused(string format, int length)
    {
        using Image<L8> image = HalfBlack();
        byte[] bytes = format == "bmp" ? Pictures.Bmp(image) : Pictures.Jpeg(image);
        Assert.That(
            () => PictureFile.Load(Write("cut.bin", bytes[..length])),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("cut.bin is a JPEG or BMP picture that cannot be decoded"));
    }

    [Test]
    public void Load_OfDamagedHeader_GivesAPictureOrInvalidDataAlone()
    {
        using Image<L8> image = HalfBlack();
        foreach (byte[] whole in new[] { Pictures.Bmp(image), Pictures.Jpeg(image) })
        {
            // Behind the two bytes by which a format is told.
            for (int i = 3; i < Math.Min(whole.Length, 200); i++)
            {
                foreach (byte value in new byte[] { 0, 0x7f, 0xff })
                {
                    byte[] bytes = [.. whole];
                    bytes[i] = value;
                    try
                    {
                        PictureFile.Load(new MemoryStream(bytes));
                    }
                    catch (InvalidDataException)
                    {
                    }
                }
            }
        }
    }

    [Test]
    public void Load_OfMissingFile_TellsSo() =>
        Assert.That(() => PictureFile.Load(Path.Combine(folder, "none.jpg")), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("none.jpg"));

    /// <summary>16x8: the left half black, the right one white; whole blocks of a JPEG.</summary>
    private static Image<L8> HalfBlack()
    {
        Image<L8> image = new(16, 8);
        for (int i = 0; i < 64; i++)
            image[8 + i % 8, i / 8] = new L8(255);
        return image;
    }

    private static MemoryStream Brotli(MemoryStream stream)
    {
        MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.CopyTo(brotli);
        packed.Position = 0;
        return packed;
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
