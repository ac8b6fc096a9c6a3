using LeNet5.Training;

namespace LeNet5.Tests.Docs;

/// <summary>The picture of distorted digits in the docs.</summary>
public class DistortionPictureTests
{
    private const int Side = 28;
    private const int Columns = 9;

    private static readonly Distortion[] Rows =
    [
        Distortion.Paper,
        Distortion.Mild,
        new() { Rotation = 20 },
        new() { Elasticity = 1.5 },
        new() { Thickness = 0.8 },
        new() { Noise = 0.05 },
    ];

    [Test]
    public void Draw_Distortions_AreThoseOfTheDocs()
    {
        string file = Path.Combine(Repository.Root, "docs", "images", "distortions.png");
        GrayImage picture = Draw();
        if (Environment.GetEnvironmentVariable("LENET5_ACCEPT") == "1")
            picture.Save(file);
        Assert.That(picture.Pixels.SequenceEqual(GrayImage.Load(file).Pixels), "The distorted digits have changed. Where that is meant, run this test with LENET5_ACCEPT=1 and commit the picture.");
    }

    /// <summary>A row for each distortion: a digit as it is, then distorted in eight ways.</summary>
    private static GrayImage Draw()
    {
        const int scale = 2;
        int width = Columns * Side * scale;
        byte[] pixels = new byte[Rows.Length * Side * scale * width];
        byte[] distorted = new byte[Side * Side];
        for (int row = 0; row < Rows.Length; row++)
        {
            Distorter distorter = new(Rows[row], Side, Side);
            ReadOnlySpan<byte> digit = Mnist.Train.Pixels(row);
            for (int column = 0; column < Columns; column++)
            {
                SeededRandom random = new(1, (ulong)row, (ulong)column);
                distorter.Apply(digit, distorted, ref random);
                ReadOnlySpan<byte> cell = column == 0 ? digit : distorted;
                for (int i = 0; i < Side * Side * scale * scale; i++)
                {
                    (int y, int x) = (i / (Side * scale), i % (Side * scale));
                    pixels[(((row * Side * scale) + y) * width) + (column * Side * scale) + x] = (byte)(255 - cell[(y / scale * Side) + (x / scale)]);
                }
            }
        }
        return new GrayImage(width, Rows.Length * Side * scale, pixels);
    }
}
