using System.Globalization;
using LeNet5.Graphs;

namespace LeNet5;

/// <summary>Grammars of digit strings: acceptors whose labels are the digits, 0 to 9.</summary>
/// <remarks>
/// What they make can be joined with <see cref="Transducer.Then"/>, <see cref="Transducer.Or"/>, <see cref="Transducer.And"/> and <see cref="Transducer.Repeat"/>. Each reads a string
/// in one way at most, at no penalty. Thread-safe. The paper's reader of cheques had a grammar of amounts (section X).
/// </remarks>
public static partial class Grammar
{
    private const int MostDigits = 1000;

    /// <summary>Whether a grammar accepts a text.</summary>
    /// <param name="grammar">The grammar.</param>
    /// <param name="text">The text; one in which anything but the digits 0 to 9 stands is not accepted.</param>
    public static bool Accepts(this Transducer grammar, string text)
    {
        ArgumentNullException.ThrowIfNull(grammar);
        ArgumentNullException.ThrowIfNull(text);
        return !text.AsSpan().ContainsAnyExceptInRange('0', '9') && grammar.Accepts([.. text.Select(digit => digit - '0')]);
    }

    /// <summary>Accepts all strings of digits.</summary>
    /// <param name="min">How many digits at least, 0 to 1000. Default: 1.</param>
    /// <param name="max">How many at most, up to 1000; <see langword="null"/> for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths are out of range or order.</exception>
    public static Transducer AnyDigits(int min = 1, int? max = null)
    {
        int last = LastLength(min, max, least: 0);
        List<Arc> arcs = [.. Enumerable.Range(0, last).SelectMany(state => AnyDigit(state, state + 1))];
        if (max is null)
            arcs.AddRange(AnyDigit(last, last));
        return new Transducer(arcs, Enumerable.Range(min, last - min + 1));
    }

    /// <summary>Accepts all strings of so many digits.</summary>
    /// <param name="length">1 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static Transducer FixedLength(int length)
    {
        if (length is < 1 or > MostDigits)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"A string of a fixed length has 1 to {MostDigits} digits.");
        return AnyDigits(length, length);
    }

    /// <summary>Accepts the strings of a list.</summary>
    /// <param name="strings">Strings of the digits 0 to 9.</param>
    /// <exception cref="ArgumentException">A string contains something else.</exception>
    public static Transducer AnyOf(params IEnumerable<string> strings)
    {
        ArgumentNullException.ThrowIfNull(strings);
        // Strings with the same beginning share its states. No arc leads to the start, so that 0 stands for none.
        List<int[]> tree = [new int[10]];
        HashSet<int> ends = [];
        foreach (string digits in strings)
        {
            if (digits is null || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
                throw new ArgumentException($"A string of digits consists of 0 to 9, but one is \"{digits}\".", nameof(strings));
            int state = 0;
            foreach (char digit in digits)
            {
                if (tree[state][digit - '0'] == 0)
                {
                    tree[state][digit - '0'] = tree.Count;
                    tree.Add(new int[10]);
                }
                state = tree[state][digit - '0'];
            }
            ends.Add(state);
        }
        return JoinEndings(tree, ends);
    }

    /// <summary>Accepts whole amounts: positive numbers without a zero in front.</summary>
    /// <param name="min">How many digits at least, 1 to 1000. Default: 1.</param>
    /// <param name="max">How many at most, up to 1000; <see langword="null"/> for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths are out of range or order.</exception>
    public static Transducer Amount(int min = 1, int? max = null)
    {
        LastLength(min, max, least: 1);
        return Transducer.OneOf(1, 2, 3, 4, 5, 6, 7, 8, 9).Then(AnyDigits(min - 1, max - 1));
    }

    /// <summary>Accepts years of four digits.</summary>
    /// <param name="from">The first year, from 0.</param>
    /// <param name="to">The last, up to 9999.</param>
    /// <exception cref="ArgumentOutOfRangeException">The years are out of range or order.</exception>
    public static Transducer Year(int from, int to) => AnyOf(YearsFrom(from, to, first: 0).Select(year => Padded(year, 4)));

    /// <summary>Accepts dates of the Gregorian calendar: each month has its days, and 29 February its leap years.</summary>
    /// <param name="format"><c>dd</c>, <c>MM</c> and <c>yyyy</c> or <c>yy</c> in any order, such as <c>ddMMyyyy</c>, <c>yyyyMMdd</c> or <c>MMddyy</c>; some may be missing.</param>
    /// <param name="from">The first year, from 1. Default: 1.</param>
    /// <param name="to">The last, up to 9999. Default: 9999. A year of two digits, or none, may be any of the range that ends in them.</param>
    /// <exception cref="ArgumentException">The format is another, or the years are out of range or order.</exception>
    public static Transducer Date(string format, int from = 1, int to = 9999)
    {
        string[] parts = DateParts(format);
        int[] years = YearsFrom(from, to, first: 1);
        Transducer? dates = null;
        foreach (bool leap in years.Select(DateTime.IsLeapYear).Distinct())
        {
            int[] alike = [.. years.Where(year => DateTime.IsLeapYear(year) == leap)];
            int yearLength = parts.Contains("yyyy") ? 4 : 2;
            Transducer yearsAlike = AnyOf(alike.Select(year => Padded(year, 4)[^yearLength..]).Distinct());
            for (int month = 1; month <= 12; month++)
            {
                Transducer days = AnyOf(Enumerable.Range(1, DateTime.DaysInMonth(leap ? 2000 : 2001, month)).Select(day => Padded(day, 2)));
                Transducer months = AnyOf(Padded(month, 2));
                Transducer ofMonth = parts.Select(part => part switch { "dd" => days, "MM" => months, _ => yearsAlike }).Aggregate((first, next) => first.Then(next));
                dates = dates?.Or(ofMonth) ?? ofMonth;
            }
        }
        return dates!.Minimize();
    }

    /// <summary>Accepts numbers with a check digit after Luhn, as on payment cards: from the right every second digit is doubled and its digits added; the sum is a multiple of 10.</summary>
    /// <param name="length">How many digits, 2 to 1000; <see langword="null"/> for any number from 2 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static Transducer Luhn(int? length = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length ?? 2, 2, nameof(length));
        // Which digits are doubled depends on whether their number is even. Reading from the left, both may be.
        Transducer even = CheckSum(10, phases: 2, endPhase: 0, goal: 0, (phase, sum, digit) => sum + (phase == 0 ? Doubled(digit) : digit));
        Transducer odd = CheckSum(10, phases: 2, endPhase: 1, goal: 0, (phase, sum, digit) => sum + (phase == 1 ? Doubled(digit) : digit));
        return length is int exactly ? (exactly % 2 == 0 ? even : odd).And(FixedLength(exactly)) : even.Or(odd).And(AnyDigits(2));

        static int Doubled(int digit) => digit < 5 ? 2 * digit : (2 * digit) - 9;
    }

    /// <summary>Accepts the 13 digits of an ISBN: 978 or 979 in front, and digits weighted 1, 3, 1, 3 ... whose sum is a multiple of 10.</summary>
    public static Transducer Isbn13() =>
        CheckSum(10, phases: 2, endPhase: 1, goal: 0, (phase, sum, digit) => sum + (phase == 0 ? digit : 3 * digit)).And(AnyOf("978", "979").Then(FixedLength(10)));

    /// <summary>Accepts numbers that leave 1 when divided by 97 (ISO 7064 MOD 97-10): the check of an IBAN, of what it is when rearranged and written in digits.</summary>
    /// <param name="length">How many digits, 1 to 1000; <see langword="null"/> for any number from 1 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static Transducer Mod97(int? length = null)
    {
        Transducer numbers = CheckSum(97, phases: 1, endPhase: 0, goal: 1, (_, sum, digit) => (10 * sum) + digit);
        return length is int exactly ? numbers.And(FixedLength(exactly)) : numbers;
    }

    /// <summary>An acceptor that calculates: its state is a remainder and a phase, the number of digits so far, over and over.</summary>
    private static Transducer CheckSum(int modulus, int phases, int endPhase, int goal, Func<int, int, int, int> next) => new(
        from phase in Enumerable.Range(0, phases)
        from sum in Enumerable.Range(0, modulus)
        from digit in Enumerable.Range(0, 10)
        select new Arc((phase * modulus) + sum, ((phase + 1) % phases * modulus) + (next(phase, sum, digit) % modulus), digit, digit),
        (endPhase * modulus) + goal);

    /// <summary>Makes states of a tree one that have the same rest, which gives the smallest acceptor in one go: what an arc leads to has a higher number.</summary>
    private static Transducer JoinEndings(List<int[]> tree, HashSet<int> ends)
    {
        int[] joined = new int[tree.Count];
        Dictionary<string, int> states = [];
        List<Arc> arcs = [];
        for (int state = tree.Count - 1; state >= 0; state--)
        {
            int[] next = Array.ConvertAll(tree[state], to => joined[to]);
            string rest = $"{ends.Contains(state)} {string.Join(' ', next)}";
            if (states.TryAdd(rest, state))
                arcs.AddRange(next.Index().Where(arc => arc.Item > 0).Select(arc => new Arc(state, arc.Item, arc.Index, arc.Index)));
            joined[state] = states[rest];
        }
        return new Transducer(arcs, ends.Where(state => joined[state] == state));
    }

    /// <summary>The largest length that has states of its own, once both are checked: the smallest, where there is no largest.</summary>
    private static int LastLength(int min, int? max, int least)
    {
        int last = max ?? min;
        return min >= least && last >= min && last <= MostDigits
            ? last
            : throw new ArgumentOutOfRangeException(
                max is null || min < least ? nameof(min) : nameof(max),
                $"A string has {least} to {MostDigits} digits, at least not more than at most, but this one at least {min} and at most {last}.");
    }

    private static IEnumerable<Arc> AnyDigit(int from, int to) => Enumerable.Range(0, 10).Select(digit => new Arc(from, to, digit, digit));

    private static int[] YearsFrom(int from, int to, int first) => from >= first && to <= 9999 && from <= to
        ? [.. Enumerable.Range(from, to - from + 1)]
        : throw new ArgumentOutOfRangeException(nameof(from), $"Years are from {first} to 9999, the first not after the last, but these are from {from} to {to}.");

    private static string[] DateParts(string format)
    {
        ArgumentNullException.ThrowIfNull(format);
        List<string> parts = [];
        for (int start = 0; start < format.Length; start += parts[^1].Length)
        {
            string rest = format[start..];
            parts.Add(Array.Find(["dd", "MM", "yyyy", "yy"], rest.StartsWith)
                ?? throw new ArgumentException($"The date format \"{format}\" is not understood from \"{rest}\" on. It consists of dd, MM and yyyy or yy, such as ddMMyyyy, yyyyMMdd or MMddyy.", nameof(format)));
        }
        if (parts.Count == 0 || parts.DistinctBy(part => part[0]).Count() < parts.Count)
            throw new ArgumentException($"The date format \"{format}\" has a part twice, or none. It consists of dd, MM and yyyy or yy, such as ddMMyyyy, yyyyMMdd or MMddyy.", nameof(format));
        return [.. parts];
    }

    private static string Padded(int number, int length) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
}
