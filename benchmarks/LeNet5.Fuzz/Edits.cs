using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LeNet5.Fuzz;

/// <summary>Edits of bytes and of text that know nothing of a format.</summary>
internal static class Edits
{
    private static readonly string[] Words =
    [
        "0", "-1", "1", "2", "3", "255", "65535", "65536", "2147483647", "2147483648", "4294967295", "9223372036854775807", "18446744073709551615", "18446744073709551616",
        "1.5", "-0", "1e9", "1e999", "-1e999", "1e-999", "0x10", "null", "true", "NaN", "\"infinity\"", "\"\"", "\"x\"", "[]", "{}", "[[[[[[[[", "\\ud800", "\\u0000", "\\",
        "\"", ",", ":", "}", "]", "#", "\0", "é", "99999999999999999999999999999999999999999999",
    ];

    public static byte[] OfBytes(byte[] bytes, byte[] other, Dice dice)
    {
        int at = dice.Below(bytes.Length), length = 1 + dice.Below(dice.OneIn(4) ? 64 : 4);
        if (bytes.Length == 0)
            return dice.Bytes(length);
        switch (dice.Below(10))
        {
            case 0:
                return With(bytes, at, [(byte)(bytes[at] ^ 1 << dice.Below(8))]);
            case 1:
                return With(bytes, at, [dice.Of<byte>(0, 1, 2, 4, 0x0a, 0x20, 0x30, 0x39, 0x7f, 0x80, 0xfe, 0xff)]);
            case 2:
                return With(bytes, at, [dice.Byte()]);
            case 3:
                return With(bytes, at, Number(dice));
            case 4:
                return bytes[..at];
            case 5:
                return [.. bytes[..at], .. dice.Bytes(length), .. bytes[at..]];
            case 6:
                return [.. bytes[..at], .. bytes[Math.Min(at + length, bytes.Length)..]];
            case 7:
                return [.. bytes[..Math.Min(at + length, bytes.Length)], .. bytes[at..]];
            case 8:
                return [.. bytes[..at], .. other[dice.Below(other.Length)..]];
            default:
                return OfWords(bytes, dice);
        }
    }

    /// <summary>Replaces, removes or doubles a word of a text, in one place or in all; bytes outside ASCII are kept.</summary>
    public static byte[] OfWords(byte[] text, Dice dice) => Encoding.Latin1.GetBytes(OfWords(Encoding.Latin1.GetString(text), dice));

    public static string OfWords(string text, Dice dice)
    {
        (int start, int end) = WordAt(text, dice.Below(text.Length));
        string old = text[start..end];
        (int from, int to) = WordAt(text, dice.Below(text.Length));
        string word = dice.Below(8) switch
        {
            0 => "",
            1 => old + old,
            2 => text[from..to],
            3 => dice.Number().ToString(CultureInfo.InvariantCulture),
            4 => old + dice.Of(Words),
            _ => dice.Of(Words),
        };
        return dice.OneIn(4) && old.Length > 0 ? text.Replace(old, word, StringComparison.Ordinal) : string.Concat(text.AsSpan(0, start), word, text.AsSpan(end));
    }

    /// <summary>The letters and digits around a place, or the one other character there.</summary>
    private static (int Start, int End) WordAt(string text, int at)
    {
        int start = at, end = at;
        while (start > 0 && IsWord(text[start - 1]))
            start--;
        while (end < text.Length && IsWord(text[end]))
            end++;
        return (start, start == end ? Math.Min(end + 1, text.Length) : end);

        static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '+';
    }

    private static byte[] Number(Dice dice)
    {
        byte[] number = new byte[8];
        long value = dice.Number();
        if (dice.OneIn(2))
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, value);
        int length = dice.Of(2, 4, 8);
        return dice.OneIn(2) ? number[..length] : number[^length..];
    }

    private static byte[] With(byte[] bytes, int at, byte[] piece)
    {
        byte[] edited = [.. bytes];
        piece.AsSpan(0, Math.Min(piece.Length, bytes.Length - at)).CopyTo(edited.AsSpan(at));
        return edited;
    }
}
