using System.Globalization;
using System.Numerics;
using LeNet5.Graphs;

namespace LeNet5.Tests.Reading;

public class GrammarTests
{
    private static readonly string[] UpToFive = [.. Enumerable.Range(0, 6).SelectMany(length => Enumerable.Range(0, (int)Math.Pow(10, length)).Select(number => length == 0 ? "" : number.ToString($"D{length}", CultureInfo.InvariantCulture)))];

    /// <summary>Each grammar on all strings of up to five digits.</summary>
    [TestCase("any", "^[0-9]+$")]
    [TestCase("any:0-2", "^[0-9]{0,2}$")]
    [TestCase("length:4", "^[0-9]{4}$")]
    [TestCase("length:2-3", "^[0-9]{2,3}$")]
    [TestCase("amount", "^[1-9][0-9]*$")]
    [TestCase("amount:2-4", "^[1-9][0-9]{1,3}$")]
    [TestCase("one-of:12,345,1,12", "^(12|345|1)$")]
    [TestCase("year:1998-2003", "^(199[89]|200[0-3])$")]
    [TestCase("year:7", "^0007$")]
    [TestCase("date:MM", "^(0[1-9]|1[0-2])$")]
    [TestCase("date:dd", "^(0[1-9]|[12][0-9]|3[01])$")]
    [TestCase("date:yy:1999-2001", "^(99|0[01])$")]
    public void Parse_PlainPatterns_AcceptTheSame(string name, string pattern)
    {
        System.Text.RegularExpressions.Regex regex = new(pattern);
        Assert.That(Accepted(Grammar.Parse(name), longest: 5), Is.EqualTo(UpToFive.Where(text => regex.IsMatch(text)).Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Luhn_AllStringsOfUpToFive_AreCheckedByTheirSum()
    {
        string[] expected = [.. UpToFive.Where(text => text.Length >= 2 && HasLuhnSum(text)).Order(StringComparer.Ordinal)];
        Assert.That(Accepted(Grammar.Luhn(), longest: 5), Is.EqualTo(expected));
        Assert.That(Accepted(Grammar.Luhn(5), longest: 5), Is.EqualTo(expected.Where(text => text.Length == 5)));
        Assert.That(Accepted(Grammar.Luhn(4), longest: 5), Is.EqualTo(expected.Where(text => text.Length == 4)));
    }

    [Test]
    public void Mod97_AllStringsOfUpToFive_AreCheckedByTheirRemainder()
    {
        string[] expected = [.. UpToFive.Where(text => text.Length > 0 && int.Parse(text, CultureInfo.InvariantCulture) % 97 == 1).Order(StringComparer.Ordinal)];
        Assert.That(Accepted(Grammar.Mod97(), longest: 5), Is.EqualTo(expected));
        Assert.That(Accepted(Grammar.Mod97(5), longest: 5), Is.EqualTo(expected.Where(text => text.Length == 5)));
    }

    [Test]
    public void CheckDigits_LongNumbers_AreThoseOfPlainSums()
    {
        SeededRandom random = new(1);
        Transducer luhn = Grammar.Luhn(), card = Grammar.Luhn(16), isbn = Grammar.Isbn13(), mod97 = Grammar.Mod97(), account = Grammar.Mod97(24);
        int[] accepted = new int[3];
        for (int i = 0; i < 4000; i++)
        {
            string digits = Digits(ref random, 16), book = (i % 3 == 0 ? "977" : i % 3 == 1 ? "978" : "979") + Digits(ref random, 10), iban = Digits(ref random, 24);
            bool isBook = i % 3 > 0 && book.Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;
            // A random remainder is seldom 1: the last two digits make it so in half of the cases.
            if (i % 2 == 0)
                iban = $"{iban[..22]}{98 - (int)(BigInteger.Parse(iban[..22] + "00", CultureInfo.InvariantCulture) % 97):D2}";
            bool isAccount = BigInteger.Parse(iban, CultureInfo.InvariantCulture) % 97 == 1;
            Assert.That(luhn.Accepts(digits), Is.EqualTo(HasLuhnSum(digits)), digits);
            Assert.That(card.Accepts(digits), Is.EqualTo(HasLuhnSum(digits)), digits);
            Assert.That(isbn.Accepts(book), Is.EqualTo(isBook), book);
            Assert.That(mod97.Accepts(iban), Is.EqualTo(isAccount), iban);
            Assert.That(account.Accepts(iban), Is.EqualTo(isAccount), iban);
            accepted[0] += HasLuhnSum(digits) ? 1 : 0;
            accepted[1] += isBook ? 1 : 0;
            accepted[2] += isAccount ? 1 : 0;
        }
        Assert.That(accepted, Is.All.GreaterThan(200));
        Assert.That(luhn.Accepts("4111111111111111") && isbn.Accepts("9780306406157"));
        Assert.That(isbn.Accepts("978030640615") || isbn.Accepts("97803064061577"), Is.False);
    }

    /// <summary>Every day and month that there might be, in years around the exceptions.</summary>
    [TestCase("ddMMyyyy")]
    [TestCase("yyyyMMdd")]
    [TestCase("MMddyyyy")]
    [TestCase("ddyyyyMM")]
    public void Date_WithYear_IsWhatTheCalendarHas(string format)
    {
        Transducer dates = Grammar.Date(format), recent = Grammar.Date(format, 1900, 2030);
        foreach (int year in new[] { 0, 1, 4, 100, 400, 1899, 1900, 1904, 1999, 2000, 2023, 2024, 2030, 2031, 2100, 9996, 9999 })
        {
            for (int monthAndDay = 0; monthAndDay < 1400; monthAndDay++)
            {
                string text = format.Replace("dd", $"{monthAndDay % 100:D2}", StringComparison.Ordinal).Replace("MM", $"{monthAndDay / 100:D2}", StringComparison.Ordinal).Replace("yyyy", $"{year:D4}", StringComparison.Ordinal);
                bool exists = DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
                Assert.That(dates.Accepts(text), Is.EqualTo(exists), text);
                Assert.That(recent.Accepts(text), Is.EqualTo(exists && year is >= 1900 and <= 2030), text);
            }
        }
    }

    [TestCase("MMddyy", 1930, 2029)]
    [TestCase("ddMMyy", 1901, 1999)]
    [TestCase("yyMMdd", 2097, 2104)]
    [TestCase("ddMM", 1900, 1900)]
    [TestCase("MMdd", 1, 9999)]
    [TestCase("MMyyyy", 1990, 1991)]
    public void Date_ShortFormats_HaveTheDaysOfSomeYearOfTheRange(string format, int from, int to)
    {
        HashSet<string> expected = [];
        for (DateTime day = new(Math.Max(from, 1600), 1, 1); day.Year <= Math.Min(to, 2200); day = day.AddDays(1))
        {
            expected.Add(day.ToString(format, CultureInfo.InvariantCulture));
            if (day == DateTime.MaxValue.Date)
                break;
        }
        Assert.That(Accepted(Grammar.Date(format, from, to), longest: 6), Is.EqualTo(expected.Order(StringComparer.Ordinal)));
    }

    /// <summary>Interpretations that spell the same string must not count several times: a grammar reads each in one way.</summary>
    [TestCase("any:2-5")]
    [TestCase("one-of:12,123,12")]
    [TestCase("date:ddMMyy")]
    [TestCase("date:yyyyMMdd")]
    [TestCase("luhn")]
    [TestCase("isbn13")]
    [TestCase("mod97")]
    [TestCase("amount:1-6")]
    public void Parse_AnyGrammar_ReadsAStringInOneWay(string name)
    {
        Transducer grammar = Grammar.Parse(name);
        Assert.That(grammar.IsAcceptor);
        // Two readings of one string are two different pairs of states that are reached together and end together.
        Transducer pairs = grammar.And(grammar);
        Assert.That(pairs.StateCount, Is.EqualTo(grammar.StateCount));
    }

    [Test]
    public void AnyOf_ManyStrings_TakesLittleMemoryAndFewStates()
    {
        SeededRandom random = new(1);
        string[] numbers = [.. Enumerable.Range(0, 5000).Select(_ => Digits(ref random, 10))];
        Transducer grammar = Grammar.AnyOf();
        Assert.That(Allocation.By(() => grammar = Grammar.AnyOf(numbers)), Is.LessThan(50_000_000));
        Assert.That(numbers.All(number => grammar.Accepts(number)));
        Assert.That(grammar.Accepts(Digits(ref random, 10)), Is.False);
        Assert.That(grammar.StateCount, Is.EqualTo(grammar.Minimize().StateCount));
    }

    [Test]
    public void Accepts_OtherThanDigits_IsFalse()
    {
        Assert.That(Grammar.Accepts(Grammar.AnyDigits(), "0123456789"));
        foreach (string text in (string[])["", "12a", "1 2", "-1", ":", "١٢"])
            Assert.That(Grammar.AnyDigits().Accepts(text), Is.False, text);
        Assert.That(Transducer.OneOf(10).Accepts(":"), Is.False, "what comes after 9 is no digit");
        Assert.That(() => Grammar.AnyDigits().Accepts((string)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void AnyOf_FewStrings_AcceptsThemAlone()
    {
        Assert.That(Grammar.AnyOf().IsEmpty);
        Assert.That(Accepted(Grammar.AnyOf(""), longest: 1), Is.EqualTo(new[] { "" }));
        Assert.That(Accepted(Grammar.AnyOf("12", "", "1", "12", "32"), longest: 3), Is.EqualTo(new[] { "", "1", "12", "32" }));
    }

    [TestCase("words", "There are any, any:4-8, length:4")]
    [TestCase("luhn:1:2", "There are any")]
    [TestCase("date", "There are any")]
    [TestCase("length:x", "\"x\" in the name of a grammar is no number")]
    [TestCase("length:4-", "is no number")]
    [TestCase("length:-1", "is no number")]
    [TestCase("length:5-4", "at least 5 and at most 4")]
    [TestCase("length:1001", "0 to 1000 digits")]
    [TestCase("luhn:1", "\"luhn:1\" is no grammar: ")]
    [TestCase("one-of:12,x", "one is \"x\"")]
    [TestCase("one-of:", "\"one-of:\" names an empty string")]
    [TestCase("one-of:12,", "\"one-of:12,\" names an empty string")]
    [TestCase("amount:5-3", "at least 5 and at most 3")]
    [TestCase("year:2000-1990", "these are from 2000 to 1990")]
    [TestCase("date:ddMMyyyy:0-10", "Years are from 1 to 9999")]
    [TestCase("date:ddMMMyyyy", "not understood from \"Myyyy\" on")]
    [TestCase("date:ddMMdd", "has a part twice")]
    [TestCase("date:", "has a part twice, or none")]
    public void Parse_NoGrammar_SaysWhatThereIs(string text, string message) =>
        Assert.That(() => Grammar.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains(message));

    [TestCase(-1, 2, "min")]
    [TestCase(5, 3, "max")]
    [TestCase(5, 1001, "max")]
    [TestCase(1001, null, "min")]
    public void AnyDigits_LengthsOutOfRange_NamesTheWrongOne(int min, int? max, string name)
    {
        Assert.That(() => Grammar.AnyDigits(min, max), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
        Assert.That(() => Grammar.Amount(min, max), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name).And.Message.Contains($"at least {min} "));
    }

    [Test]
    public void Grammars_OfTooManyDigits_NameTheLength([Values(0, 1001)] int length)
    {
        foreach (Func<Transducer> grammar in (Func<Transducer>[])[() => Grammar.FixedLength(length), () => Grammar.Luhn(length), () => Grammar.Mod97(length)])
            Assert.That(grammar, Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("length"));
    }

    private static string Digits(ref SeededRandom random, int length)
    {
        char[] digits = new char[length];
        for (int i = 0; i < length; i++)
            digits[i] = (char)('0' + random.NextInt32(10));
        return new string(digits);
    }

    private static bool HasLuhnSum(string text) =>
        text.Reverse().Select((digit, place) => place % 2 == 0 ? digit - '0' : (2 * (digit - '0') / 10) + (2 * (digit - '0') % 10)).Sum() % 10 == 0;

    /// <summary>All strings that a grammar accepts, in order.</summary>
    private static List<string> Accepted(Transducer grammar, int longest)
    {
        ILookup<int, Arc> arcs = grammar.Arcs.ToArray().ToLookup(arc => arc.From);
        double[] ends = grammar.EndPenalties.ToArray();
        List<string> accepted = [];
        Extend(0, "");
        accepted.Sort(StringComparer.Ordinal);
        return accepted;

        void Extend(int state, string text)
        {
            if (ends[state] < double.PositiveInfinity)
                accepted.Add(text);
            if (text.Length == longest)
                return;
            foreach (Arc arc in arcs[state])
                Extend(arc.To, text + arc.Input);
        }
    }
}
