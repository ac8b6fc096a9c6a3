using System.Text;

namespace LeNet5.Fuzz;

/// <summary>PBM, PGM and PPM, plain and binary.</summary>
internal sealed class NetpbmFormat() : PictureFormat("netpbm")
{
    public override byte[][] Seeds { get; } =
    [
        .. new[]
        {
            "P1\n# a comment\n5 3\n10101\n0 1 0 1 0\n11111\n",
            "P2 3 2 9 0 1 2 3 4 9",
            "P2\n2 2 # more\n65535\n0 1\n300 65535\n",
            "P3\n2 1\n255\n1 2 3  250 251 252\n",
            "P4\n11 2\n\u00aa\u0080\u0055\u0060",
            "P5 4 2 255\nabcdefgh",
            "P5\n2 2\n1000\n\u0001\u0002\u0003\u00e8\0\0\0\u0001",
            "P6\n2 2\n255\nabcdefghijkl",
            "P6 1 1 65535\nabcdef",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    protected override byte[] EditParts(byte[] bytes, byte[] other, int edits, Dice dice)
    {
        for (int i = 0; i < edits; i++)
        {
            // Rarely the two letters of the kind, and mostly the header, since the rest of a binary file means little.
            int start = dice.OneIn(8) ? 0 : Math.Min(bytes.Length, 2), end = dice.OneIn(3) ? bytes.Length : Math.Min(bytes.Length, 14);
            bytes = [.. bytes[..start], .. Edits.OfWords(bytes[start..end], dice), .. bytes[end..]];
        }
        return bytes;
    }
}
