namespace LeNet5.Tests.Docs;

/// <summary>Pictures of digits side by side in one picture of the docs, black on white and twice their size.</summary>
internal static class PictureGrid
{
    private const int Side = 28;
    private const int Scale = 2;

    public static GrayImage Draw(IReadOnlyList<byte[]> digits, int columns)
    {
        int width = columns * Side * Scale;
        int rows = (digits.Count + columns - 1) / columns;
        byte[] pixels = new byte[rows * Side * Scale * width];
        Array.Fill(pixels, byte.MaxValue);
        for (int digit = 0; digit < digits.Count; digit++)
        {
            int top = digit / columns * Side * Scale, left = digit % columns * Side * Scale;
            for (int y = 0; y < Side * Scale; y++)
            {
                for (int x = 0; x < Side * Scale; x++)
                    pixels[((top + y) * width) + left + x] = (byte)(255 - digits[digit][(y / Scale * Side) + (x / Scale)]);
            }
        }
        return new GrayImage(width, rows * Side * Scale, pixels);
    }

    /// <summary>Asserts that a picture is the one in docs/images, or puts it there.</summary>
    public static void AssertIsOfTheDocs(GrayImage picture, string name) => AssertIsCommitted(picture, "docs", "images", name);

    /// <summary>Asserts that a picture is the one in a file of the repository, or puts it there.</summary>
    public static void AssertIsCommitted(GrayImage picture, params string[] path)
    {
        string file = Path.Combine([Repository.Root, .. path]);
        if (Environment.GetEnvironmentVariable("LENET5_ACCEPT") == "1")
            picture.Save(file);
        Assert.That(picture.Pixels.SequenceEqual(GrayImage.Load(file).Pixels), $"{path[^1]} has changed. Where that is meant, run this test with LENET5_ACCEPT=1 and commit the picture.");
    }
}
