using LeNet5.Data;

namespace LeNet5.Tests.Docs;

/// <summary>The picture of rubbish in the docs.</summary>
public class RubbishPictureTests
{
    [Test]
    public void Draw_Rubbish_IsThatOfTheDocs()
    {
        List<byte[]> pictures = [];
        for (ulong i = 0; i < 27; i++)
        {
            SeededRandom random = new(1, 0, i);
            pictures.Add(new byte[28 * 28]);
            RubbishPictures.Draw(Mnist.Train, pictures[^1], ref random);
        }
        PictureGrid.AssertIsOfTheDocs(PictureGrid.Draw(pictures, columns: 9), "rubbish.png");
    }
}
