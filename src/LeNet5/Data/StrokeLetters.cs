namespace LeNet5.Data;

/// <summary>Letters and signs that resemble no digit, as the paths of a pen.</summary>
/// <remarks>
/// A stroke is a list of points, each a column and a row from 0 to 8; strokes are separated by spaces. A stroke that begins with ~ is a curve through its
/// points, any other has corners. I, O, S, Z, B, G, L, b, g, l, o, q, s, z and others are missing, because hands write them like 1, 0, 5, 2, 8, 6 and 9.
/// </remarks>
internal static class StrokeLetters
{
    private static readonly string[] Letters =
    [
        "083068 1555",   // A, and so on
        "60000868 0444",
        "600008 0444",
        "0008 6068 0464",
        "0008 6004 0468",
        "0800448088",
        "08006860",
        "0008 ~0010405253441404",
        "0008 ~0010405253441404 2468",
        "0060 3038",
        "~000516384756506060",
        "003860",
        "0028436880",
        "0068 6008",
        "~5242220427485850 5058",
        "~63422103173858 6368",
        "~5130213338 1353",
        "0008 ~05234355 5558",
        "0308 ~0523334548 ~4563738588",
        "0308 ~0523435558",
        "02080206 ~022242544626 0206",
        "0308 ~04233353",
        "~20273848 0343",
        "~0306174756 5358",
        "0328436883",
        "0358 5308",
        "0484 4048",
        "0383 0686",
        "2008 6048 0282 0686",
        "4048 0682 0286",
        "~0010121202000010 0880 ~7676888878",
        "0888 8000 0484",
        "08408808",
        "0080880800",
        "08054085880885 0585",
        "18407803832318",
        "~48150110224070758548",
        "0484 518457",
        "~0424043444045454740484",
        "~04308408508420",
        "001820384058607880",
        "~0804004080848808",
    ];

    /// <summary>The strokes of a letter or sign, drawn at random.</summary>
    public static string[] AnyStrokes(ref SeededRandom random) => Letters[random.NextInt32(Letters.Length)].Split(' ');
}
