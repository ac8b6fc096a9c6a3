namespace LeNet5.Tests.Docs;

/// <summary>The icon of the packages is the paper's code of the digit 5 (figure 3), dark on light.</summary>
public class PackageIconTests
{
    private const int Side = 128, Cell = 9, Light = 245, Dark = 30;

    [Test]
    public void Draw_CodeOfFive_IsTheIcon()
    {
        string file = Path.Combine(Repository.Root, "src", "icon.png");
        GrayImage icon = Draw(RbfCodes.Digits, index: 5);
        if (Environment.GetEnvironmentVariable("LENET5_ACCEPT") == "1")
            icon.Save(file);
        GrayImage kept = GrayImage.Load(file);
        Assert.That(icon.Pixels.SequenceEqual(kept.Pixels), "The icon has changed. Where that is meant, run this test with LENET5_ACCEPT=1 and commit it.");
    }

    private static GrayImage Draw(RbfCodes codes, int index)
    {
        int width = codes.Width, height = codes.Length / width, left = (Side - (Cell * width)) / 2, top = (Side - (Cell * height)) / 2;
        byte[] pixels = new byte[Side * Side];
        Array.Fill(pixels, (byte)Light);
        for (int y = 0; y < Cell * height; y++)
        {
            for (int x = 0; x < Cell * width; x++)
            {
                if (codes[index][(y / Cell * width) + (x / Cell)] > 0)
                    pixels[((y + top) * Side) + x + left] = Dark;
            }
        }
        return new GrayImage(Side, Side, pixels);
    }
}
