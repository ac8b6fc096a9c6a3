namespace LeNet5.Tests.Pictures;

/// <summary>Digits, letters and things as the paths of a pen.</summary>
/// <remarks>Strokes are separated by spaces; a stroke is a list of points, each a column and a row from 0 to 9: a curve where it begins with ~, otherwise with corners.</remarks>
internal static class PenStrokes
{
    /// <summary>Some ways to write each digit.</summary>
    public static string[][] Digits { get; } =
    [
        ["~4121132638596765625141", "~312113162839586764533231", "~513122141628395866645251"],
        ["4149", "233149", "223149 1959", "324138"],
        ["~132141525435182949596968", "~132231415354362819496959", "~122141525436281828496968"],
        ["~122141525344 ~345465675849291817", "~122141525344344455676859392817", "114135 ~35456576694918"],
        ["411666 4549", "311565 6169", "520676 5259", "212555 5158"],
        ["6121 ~212443546567584928", "612124 ~244354656758492917", "6121 ~212434546576584928"],
        ["~513315172849586756452516", "~412214162849586755352516", "~524224162849596866553517"],
        ["116148", "126139 2555", "1112 11615339", "126141 6139"],
        ["~523122233445566758392817253654635251", "~412233445658483827263554635141", "~524132233455666859482927364554635251"],
        ["~624122243555636261 ~62656869", "~524122243454625152 ~52555839", "~614122243555636261 ~61656859"],
    ];

    /// <summary>Letters that are no digit in any hand: A, E, F, H, K, M, N, P, R, T, V, W, X, Y, U and Z with a bar of its own.</summary>
    public static string[] Letters { get; } =
    [
        "194179 2666", "71111979 1555", "711119 1555", "1119 7179 1575", "1119 7115 1579", "1911457179", "19117971", "1119 ~11416264553515",
        "1119 ~11416264553515 3579", "1171 4149", "114971", "1129456971", "1179 7119", "114571 4549", "~11162849586671", "71197911",
    ];

    /// <summary>Other things that people draw: a horse, a horse's head, a house, a tree, a fish, a face, a boat, a flower, a cat, an umbrella, a cup, a car.</summary>
    public static string[] Things { get; } =
    [
        "~2434546475 2429 3439 6469 7579 ~2434221201021223 ~758587",
        "~293552312221324154758676654549 3331",
        "1519797515 154175 3936565969",
        "4549 ~453423122131516273645545 2969",
        "~0532527486785838 0538 8395 8575",
        "~41211316284868766352 3334 5354 ~27384757",
        "0616287686 4146 416545",
        "~4434224344 ~4454624344 ~4456364744 ~4434264344 4449",
        "~1413113253415163756768391716 3435 5455 4546",
        "~051232526585 0585 4548 ~48575655",
        "13195953 1353 ~53736756",
        "0686 ~061424446586 1617 6667 ~2728383727 ~5758686757",
    ];

    /// <summary>The strokes of a drawing, in a hand of its own: every point a little astray.</summary>
    /// <param name="drawing">Its path.</param>
    /// <param name="jitter">How far points go astray, in columns.</param>
    /// <param name="random">The hand.</param>
    public static List<List<(float X, float Y)>> Draw(string drawing, float jitter, ref SeededRandom random)
    {
        const int between = 8;
        List<List<(float X, float Y)>> strokes = [];
        foreach (string text in drawing.Split(' '))
        {
            bool curved = text[0] == '~';
            string pairs = curved ? text[1..] : text;
            (float X, float Y)[] points = new (float, float)[pairs.Length / 2];
            for (int i = 0; i < points.Length; i++)
                points[i] = (pairs[2 * i] - '0' + random.NextSingle(-jitter, jitter), pairs[(2 * i) + 1] - '0' + random.NextSingle(-jitter, jitter));
            List<(float X, float Y)> stroke = [points[0]];
            for (int i = 1; i < points.Length; i++)
            {
                (float X, float Y) a = points[Math.Max(0, i - 2)], b = points[i - 1], c = points[i], d = points[Math.Min(points.Length - 1, i + 1)];
                for (int k = 1; k <= between; k++)
                {
                    float t = (float)k / between;
                    stroke.Add(curved ? (Through(a.X, b.X, c.X, d.X, t), Through(a.Y, b.Y, c.Y, d.Y, t)) : (b.X + (t * (c.X - b.X)), b.Y + (t * (c.Y - b.Y))));
                }
            }
            strokes.Add(stroke);
        }
        return strokes;
    }

    /// <summary>A curve through b and c that comes from a and goes on to d (Catmull-Rom).</summary>
    private static float Through(float a, float b, float c, float d, float t) =>
        0.5f * ((2 * b) + ((c - a) * t) + (((2 * a) - (5 * b) + (4 * c) - d) * t * t) + (((3 * b) - a - (3 * c) + d) * t * t * t));
}
