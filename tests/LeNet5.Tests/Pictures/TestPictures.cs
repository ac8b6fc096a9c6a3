namespace LeNet5.Tests.Pictures;

/// <summary>The project's own set of pictures: 500 of digits, 500 of none. The same on every machine.</summary>
internal static class TestPictures
{
    private const ulong Seed = 5;

    /// <summary>Digits: for each way to take a picture, 50 by pens and 50 of MNIST's test set.</summary>
    public static IEnumerable<TestPicture> Digits(ulong seed = Seed)
    {
        foreach (Taken taken in Enum.GetValues<Taken>())
        {
            for (int i = 0; i < 50; i++)
            {
                yield return PictureMaker.PenDigit(i % 10, taken, seed + (ulong)(100 * i) + (ulong)taken);
                yield return PictureMaker.MnistDigit((int)((seed * 1000) % 9000) + i + (50 * (int)taken), taken, seed);
            }
        }
    }

    /// <summary>No digits: letters, things, several digits, blank paper, noise.</summary>
    public static IEnumerable<TestPicture> NonDigits(ulong seed = Seed)
    {
        foreach (Taken taken in Enum.GetValues<Taken>())
        {
            for (int i = 0; i < 100; i++)
            {
                ulong own = seed + (ulong)(100 * i) + (ulong)taken;
                yield return (i % 10) switch
                {
                    0 or 1 or 2 or 3 => PictureMaker.Drawing(PenStrokes.Letters[i * 4 / 10 % PenStrokes.Letters.Length], $"letter {i * 4 / 10 % PenStrokes.Letters.Length}", taken, own),
                    4 or 5 or 6 => PictureMaker.Drawing(PenStrokes.Things[i % PenStrokes.Things.Length], $"thing {i % PenStrokes.Things.Length}", taken, own),
                    7 => PictureMaker.Several(2 + (i / 10 % 3), taken, own),
                    8 => PictureMaker.Blank(taken, own),
                    _ => PictureMaker.Noise(own),
                };
            }
        }
    }
}
