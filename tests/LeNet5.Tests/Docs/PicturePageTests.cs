using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Docs;

/// <summary>The pictures of docs/images.md.</summary>
public class PicturePageTests
{
    private const int Cell = 84;
    private const int Columns = 5;

    /// <summary>Of each way to take a picture five of digits, then ten of none; beneath each what the network gets to see.</summary>
    [Test]
    public void Pictures_OfTheSet_AreThoseOfTheDocs()
    {
        TestPicture[] digits = [.. Enum.GetValues<Taken>().SelectMany(taken => TestPictures.Digits().Where(picture => picture.Taken == taken).Where((_, i) => i % 20 == 7).Take(Columns))];
        TestPicture[] others = [.. TestPictures.NonDigits().Where((_, i) => i % 51 == 4).Take(2 * Columns)];
        PictureGrid.AssertIsOfTheDocs(Draw([.. digits, .. others]), "pictures.png");
    }

    /// <summary>The pictures that the page reads.</summary>
    [Test]
    public void Samples_OfThePage_AreThoseOfTheSet()
    {
        (string Name, TestPicture Picture)[] samples =
        [
            ("chalk", PictureMaker.PenDigit(3, Taken.Screen, 12)),
            ("shadow", PictureMaker.MnistDigit(7, Taken.Shadow, 22)),
            ("ruled", PictureMaker.PenDigit(4, Taken.Ruled, 3)),
            ("phone", PictureMaker.MnistDigit(61, Taken.Phone, 4)),
            ("several", PictureMaker.Several(3, Taken.Scan, 5)),
            ("horse", PictureMaker.Drawing(PenStrokes.Things[0], "horse", Taken.Scan, 6)),
        ];
        foreach ((string name, TestPicture sample) in samples)
            PictureGrid.AssertIsCommitted(sample.Image, "samples", "ReadDigit", "pictures", $"{name}.png");
    }

    private static GrayImage Draw(TestPicture[] pictures)
    {
        int rows = (pictures.Length + Columns - 1) / Columns;
        Plane sheet = new(2 * Columns * Cell, rows * Cell);
        sheet.Values.AsSpan().Fill(255);
        for (int i = 0; i < pictures.Length; i++)
        {
            int left = i % Columns * 2 * Cell, top = i / Columns * Cell;
            Put(sheet, pictures[i].Image, left, top);
            Plane field = new(DigitNormalizer.Normalize(pictures[i].Image).Picture.Pixels.ToArray(), 28, 28);
            Put(sheet, field.Inverse().ToImage(), left + Cell, top);
        }
        return sheet.ToImage();
    }

    private static void Put(Plane sheet, GrayImage picture, int left, int top)
    {
        double scale = (Cell - 6.0) / Math.Max(picture.Width, picture.Height);
        int width = (int)(scale * picture.Width), height = (int)(scale * picture.Height);
        Plane fitted = Resampling.Fit(new Plane(picture.Pixels.ToArray(), picture.Width, picture.Height), new PixelBox(0, 0, picture.Width, picture.Height), width, height);
        for (int y = 0; y < height; y++)
            fitted.Row(y).CopyTo(sheet.Row(top + 3 + y)[(left + 3)..]);
    }
}
