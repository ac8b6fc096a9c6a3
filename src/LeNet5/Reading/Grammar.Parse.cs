using System.Globalization;
using LeNet5.Graphs;

namespace LeNet5;

/// <content>Grammars by name, for command lines and settings.</content>
public static partial class Grammar
{
    private const string Names = "any, any:4-8, length:4, length:2-8, one-of:12,345, amount, amount:1-6, year:1600-1999, date:ddMMyyyy, date:MMddyy:1900-2030, luhn, luhn:16, isbn13, mod97 or mod97:24";

    /// <summary>Makes a grammar by its name.</summary>
    /// <remarks>
    /// <c>any</c>, <c>any:4-8</c>: <see cref="AnyDigits"/>. <c>length:4</c>: <see cref="FixedLength"/>. <c>length:2-8</c>: the same as <c>any:2-8</c>. <c>one-of:12,345</c>: <see cref="AnyOf"/>.
    /// <c>amount</c>, <c>amount:1-6</c>: <see cref="Amount"/>. <c>year:1600-1999</c>: <see cref="Year"/>. <c>date:ddMMyyyy</c>, <c>date:MMddyy:1900-2030</c>: <see cref="Date"/>.
    /// <c>luhn</c>, <c>luhn:16</c>: <see cref="Luhn"/>. <c>isbn13</c>: <see cref="Isbn13"/>. <c>mod97</c>, <c>mod97:24</c>: <see cref="Mod97"/>. Instead of a range there may be one number.
    /// </remarks>
    /// <param name="text">The name, and after a colon what belongs to it.</param>
    /// <returns>An acceptor whose labels are the digits, 0 to 9.</returns>
    /// <exception cref="FormatException">There is no such grammar, or what belongs to it is missing or wrong; the message lists what there is.</exception>
    public static Transducer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        try
        {
            return (parts[0], parts.Length) switch
            {
                ("any", 1) => AnyDigits(),
                ("any" or "length", 2) => AnyDigits(Range(parts[1]).From, Range(parts[1]).To),
                ("one-of", 2) => AnyOf(Strings(parts[1])),
                ("amount", 1) => Amount(),
                ("amount", 2) => Amount(Range(parts[1]).From, Range(parts[1]).To),
                ("year", 2) => Year(Range(parts[1]).From, Range(parts[1]).To),
                ("date", 2) => Date(parts[1]),
                ("date", 3) => Date(parts[1], Range(parts[2]).From, Range(parts[2]).To),
                ("luhn", 1) => Luhn(),
                ("luhn", 2) => Luhn(Number(parts[1])),
                ("isbn13", 1) => Isbn13(),
                ("mod97", 1) => Mod97(),
                ("mod97", 2) => Mod97(Number(parts[1])),
                _ => throw new FormatException($"\"{text}\" is no grammar. There are {Names}."),
            };
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"\"{text}\" is no grammar: {error.Message}", error);
        }
    }

    private static string[] Strings(string text) => text.Split(',') is string[] strings && !strings.Contains("")
        ? strings
        : throw new FormatException($"\"one-of:{text}\" names an empty string. Write strings of digits with a comma between each two of them, such as one-of:12,345.");

    private static (int From, int To) Range(string text)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (Number(text), Number(text)) : (Number(text[..dash]), Number(text[(dash + 1)..]));
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"\"{text}\" in the name of a grammar is no number. Grammars are {Names}.");
}
