using LeNet5.Data;

namespace LeNet5.PublicTests;

/// <summary>The README's example does what the README says.</summary>
[NonParallelizable]
public class ReadmeExampleTests
{
    private string folder = "";
    private StringWriter output = new();
    private TextWriter console = Console.Out;

    [SetUp]
    public void SetUp()
    {
        folder = Directory.CreateTempSubdirectory().FullName;
        console = Console.Out;
        output = new StringWriter();
        Console.SetOut(output);
    }

    [TearDown]
    public void TearDown()
    {
        Console.SetOut(console);
        output.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void ReadOne_FirstTestDigit_PrintsSeven()
    {
        string path = Path.Combine(folder, "seven.png");
        new GrayImage(28, 28, Mnist.Test.Pixels(0)).Save(path);
        ReadmeExample.ReadOne(path);
        Assert.That(output.ToString(), Does.Match(@"^7 \(\d+\.\d ?%\)\s*$"));
    }

    [Test]
    public void TrainAndSave_SomeDigits_PrintsErrorAndSaves()
    {
        string path = Path.Combine(folder, "mine.safetensors");
        ReadmeExample.TrainAndSave(Mnist.Train.Slice(0, 2000), path, epochs: 2);
        Assert.That(output.ToString(), Does.Match(@"^\d+\.\d\d ?%\s*$"));
        Assert.That(Network.Load(path).Metadata.Recipe, Is.EqualTo("article"));
    }

    [Test]
    public void ReadMany_TestDigits_ReadsMostOfThem()
    {
        byte[] pixels = [.. Enumerable.Range(0, 100).SelectMany(i => Mnist.Test.Pixels(i).ToArray())];
        DigitReading[] readings = ReadmeExample.ReadMany(pixels, 100);
        Assert.That(Enumerable.Range(0, 100).Count(i => readings[i].Label == Mnist.Test.Label(i)), Is.GreaterThan(95));
    }

    [Test]
    public void ReadString_OfThreeDigits_PrintsThem()
    {
        string path = Path.Combine(folder, "string.png");
        LabeledStrip strip = new StripGenerator(Mnist.Test, StripStyle.Clean with { MinLength = 3, MaxLength = 3 }, seed: 1).Draw(0);
        strip.Picture.Save(path);
        StripReading reading = ReadmeExample.ReadString(path);
        Assert.That(output.ToString(), Does.Contain(reading.Text).And.Match(@"\(\d+\.\d ?%\)|: "));
        Assert.That(reading.Text, Has.Length.EqualTo(strip.Text.Length));
    }
}
