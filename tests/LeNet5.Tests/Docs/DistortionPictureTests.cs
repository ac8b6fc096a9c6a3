using LeNet5.Training;

namespace LeNet5.Tests.Docs;

/// <summary>The picture of distorted digits in the docs.</summary>
public class DistortionPictureTests
{
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

    /// <summary>A row for each distortion: a digit as it is, then distorted in eight ways.</summary>
    [Test]
    public void Draw_Distortions_AreThoseOfTheDocs()
    {
        List<byte[]> digits = [];
        for (int row = 0; row < Rows.Length; row++)
        {
            Distorter distorter = new(Rows[row], 28, 28);
            digits.Add(Mnist.Train.Pixels(row).ToArray());
            for (int column = 1; column < Columns; column++)
            {
                SeededRandom random = new(1, (ulong)row, (ulong)column);
                digits.Add(new byte[28 * 28]);
                distorter.Apply(Mnist.Train.Pixels(row), digits[^1], ref random);
            }
        }
        PictureGrid.AssertIsOfTheDocs(PictureGrid.Draw(digits, Columns), "distortions.png");
    }
}
