using LeNet5.Imaging;

namespace LeNet5.PublicTests;

/// <summary>What docs/images.md shows, run.</summary>
public class ImagesPageTests
{
    [Test]
    public void Normalize_Picture_CanBeLookedAt()
    {
        DigitReader reader = new(PretrainedModels.Digits);
        string folder = Directory.CreateTempSubdirectory().FullName;
        string path = Path.Combine(folder, "seven.png");
        new GrayImage(28, 28, Mnist.Test.Pixels(0)).Save(path);

        GrayImage picture = GrayImage.Load(path);
        DigitReading r = reader.Read(picture);
        NormalizedDigit digit = DigitNormalizer.Normalize(picture, keepStages: true);
        digit.Picture.Save(Path.Combine(folder, "as-the-network-sees-it.png"));

        Assert.That(r.Label, Is.EqualTo(7));
        Assert.That(r.Box, Is.EqualTo(digit.Box));
        Assert.That(digit.Stages, Is.Not.Empty);
        Directory.Delete(folder, recursive: true);
    }
}
