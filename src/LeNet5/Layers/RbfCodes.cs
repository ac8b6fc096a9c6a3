using System.Reflection;

namespace LeNet5;

/// <summary>The target codes of an output layer: for each class a vector of +1 and -1 (or other values of one's own) that the layer before it shall produce.</summary>
/// <remarks>The codes of the paper are stylised bitmaps of 7x12 pixels (figure 3), chosen so that similar characters have similar codes. Immutable and therefore thread-safe.</remarks>
public sealed class RbfCodes
{
    private static readonly Lazy<RbfCodes> Ascii = new(ReadAscii);
    private readonly AlignedMemory values;

    /// <summary>Makes codes of one's own.</summary>
    /// <param name="symbols">What the classes stand for, one character each.</param>
    /// <param name="values">The codes one after another, all of the same length. Copied.</param>
    /// <param name="width">Columns of a code seen as a picture; 0 where it is none.</param>
    /// <exception cref="ArgumentException">There are no symbols, a symbol occurs twice or is a half of a surrogate pair, or the values cannot be divided evenly among the symbols or
    /// into rows, or are not finite.</exception>
    public RbfCodes(string symbols, ReadOnlySpan<float> values, int width = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbols);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        if (symbols.Any(char.IsSurrogate))
            throw new ArgumentException($"The symbols \"{symbols}\" contain a half of a character beyond 65,535. Take characters of one code unit each.", nameof(symbols));
        if (symbols.Distinct().Count() != symbols.Length)
            throw new ArgumentException($"The symbols \"{symbols}\" contain one twice. Give each class its own.", nameof(symbols));
        if (values.IsEmpty || values.Length % symbols.Length != 0)
            throw new ArgumentException($"{values.Length} values cannot be divided into {symbols.Length} codes. Give each symbol a code of the same length.", nameof(values));
        int length = values.Length / symbols.Length;
        if (width > 0 && length % width != 0)
            throw new ArgumentException($"Codes of {length} values cannot be pictures {width} wide.", nameof(width));
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"A code contains {value}. Codes are made of finite numbers.", nameof(values));
        }
        Symbols = symbols;
        Length = length;
        Width = width;
        this.values = new AlignedMemory(values.Length);
        values.CopyTo(this.values.Span);
    }

    /// <summary>The ten digits: the codes of LeNet-5 in the paper.</summary>
    public static RbfCodes Digits => Ascii.Value.Of("0123456789");

    /// <summary>The ten digits, then the blank (all -1), for networks that also learn what lies between digits.</summary>
    public static RbfCodes DigitsAndBlank => Ascii.Value.Of("0123456789 ");

    /// <summary>The 95 printable characters of ASCII, space to tilde.</summary>
    public static RbfCodes PrintableAscii => Ascii.Value;

    /// <summary>What the classes stand for, one character each; a space is the blank.</summary>
    public string Symbols { get; }

    /// <summary>Number of classes.</summary>
    public int Count => Symbols.Length;

    /// <summary>Values in a code; 84 in the paper.</summary>
    public int Length { get; }

    /// <summary>Columns of a code seen as a picture, 7 in the paper; 0 where it is none.</summary>
    public int Width { get; }

    /// <summary>The class of the blank, or <see langword="null"/> where there is none.</summary>
    public int? Blank => Symbols.IndexOf(' ', StringComparison.Ordinal) is >= 0 and int index ? index : null;

    /// <summary>All codes one after another.</summary>
    internal ReadOnlySpan<float> Values => values.Span;

    /// <summary>The code of a class.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ReadOnlySpan<float> this[int index] => (uint)index < (uint)Count
        ? values.Span.Slice(index * Length, Length)
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are codes of the classes 0 to {Count - 1}, which stand for \"{Symbols}\".");

    /// <summary>The codes of some of the classes, in the order asked for.</summary>
    /// <param name="symbols">Characters among <see cref="Symbols"/>.</param>
    /// <exception cref="ArgumentException">There is no code for one of them.</exception>
    public RbfCodes Of(string symbols)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbols);
        float[] chosen = new float[symbols.Length * Length];
        for (int i = 0; i < symbols.Length; i++)
        {
            int index = Symbols.IndexOf(symbols[i], StringComparison.Ordinal);
            if (index < 0)
                throw new ArgumentException($"There is no code for '{symbols[i]}'; there are codes for \"{Symbols}\".", nameof(symbols));
            this[index].CopyTo(chosen.AsSpan(i * Length));
        }
        return new RbfCodes(symbols, chosen, Width);
    }

    /// <summary>Makes codes from pictures: <c>#</c> is ink, +1, and <c>.</c> is background, -1.</summary>
    /// <param name="symbols">What the classes stand for, one character each.</param>
    /// <param name="pictures">One picture a class, as lines of equal length.</param>
    /// <exception cref="ArgumentException">The pictures do not match the symbols, differ in size, or hold other characters.</exception>
    public static RbfCodes FromPictures(string symbols, params ReadOnlySpan<string> pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbols);
        if (pictures.Length != symbols.Length)
            throw new ArgumentException($"There are {pictures.Length} pictures for {symbols.Length} symbols. Give one for each.", nameof(pictures));
        List<float> values = [];
        (int Width, int Height)? size = null;
        foreach (string picture in pictures)
        {
            ArgumentNullException.ThrowIfNull(picture, nameof(pictures));
            string[] rows = picture.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            size ??= (rows.FirstOrDefault()?.Length ?? 0, rows.Length);
            if (rows.Length == 0 || rows.Length != size.Value.Height || rows.Any(row => row.Length != size.Value.Width || row.AsSpan().ContainsAnyExcept('#', '.')))
                throw new ArgumentException("A code is drawn as lines of # and dots, and all codes have the same size.", nameof(pictures));
            values.AddRange(rows.SelectMany(row => row, (_, pixel) => pixel == '#' ? 1f : -1f));
        }
        return new RbfCodes(symbols, values.ToArray(), size!.Value.Width);
    }

    private static RbfCodes ReadAscii()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("RbfCodes.txt")!;
        using StreamReader reader = new(resource);
        const int rows = 12;
        string[] lines = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith("; ", StringComparison.Ordinal))];
        string symbols = string.Concat(Enumerable.Range(' ', lines.Length / rows).Select(code => (char)code));
        return FromPictures(symbols, [.. lines.Chunk(rows).Select(picture => string.Join('\n', picture))]);
    }
}
