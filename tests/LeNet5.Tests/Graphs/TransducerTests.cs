using LeNet5.Graphs;

namespace LeNet5.Tests.Graphs;

public class TransducerTests
{
    private const int RandomCases = 300;

    /// <summary>What the combinations shall read, by enumeration of all strings of two labels up to a length.</summary>
    [Test]
    public void Combinations_RandomTransducers_ReadWhatTheirPartsRead()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            Transducer a = Enumeration.RandomTransducer(ref random, labels: 2), b = Enumeration.RandomTransducer(ref random, labels: 2);
            Transducer then = a.Then(b), composed = a.Compose(b), or = a.Or(b), optional = a.Optional();
            foreach (string text in Enumeration.Strings(labels: 2, longest: 4))
            {
                Check(then, text, Splits(text).SelectMany(split => Join(Readings(a, split.Begin), Readings(b, split.End))), seed);
                Check(composed, text, Readings(a, text).SelectMany(first => Readings(b, first.Output).Select(next => (next.Output, first.Penalty + next.Penalty))), seed);
                Check(or, text, CheapestIfEmpty(text, [.. Readings(a, text), .. Readings(b, text)]), seed);
                Check(optional, text, CheapestIfEmpty(text, [.. Readings(a, text), .. text.Length == 0 ? [("", 0.0)] : Array.Empty<(string, double)>()]), seed);
            }
        }
    }

    /// <summary>Lengths of the rest, by enumeration: a string longer than there are states has gone round a cycle.</summary>
    [Test]
    public void Lengths_RandomTransducers_AreThoseOfTheStringsFromThereOn()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            Transducer transducer = Enumeration.RandomTransducer(ref random, labels: 2);
            for (int state = 0; state < transducer.StateCount; state++)
            {
                List<int> lengths = [.. Enumerable.Range(0, 2 * transducer.StateCount).Where(length => CanEnd(state, length))];
                (int Least, int Most) expected = lengths.Count == 0 ? (int.MaxValue, -1) : (lengths[0], lengths[^1] >= transducer.StateCount ? int.MaxValue : lengths[^1]);
                Assert.That(transducer.Lengths[state], Is.EqualTo(expected), $"seed {seed}, state {state}");
            }

            bool CanEnd(int state, int length) => length == 0
                ? transducer.EndPenalties[state] < double.PositiveInfinity
                : transducer.ArcsFrom(state).ToArray().Any(arc => CanEnd(arc.To, length - 1));
        }
    }

    /// <summary>Strings of at least one label are repeated: how the empty string is repeated does not matter.</summary>
    [TestCase(0, null)]
    [TestCase(2, null)]
    [TestCase(0, 0)]
    [TestCase(0, 2)]
    [TestCase(1, 3)]
    [TestCase(2, 2)]
    public void Repeat_RandomTransducers_ReadsThemSoOften(int min, int? max)
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            Transducer a = Enumeration.RandomTransducer(ref random, labels: 2);
            if (a.EndPenalties[0] < double.PositiveInfinity)
                continue;
            Transducer repeated = a.Repeat(min, max);
            foreach (string text in Enumeration.Strings(labels: 2, longest: 4))
                Check(repeated, text, Enumerable.Range(min, (max ?? 4) - min + 1).SelectMany(times => Times(a, text, times)), seed);
        }
    }

    /// <summary>Copy by copy, as the combinations of two define it: the same states, arcs and penalties, in the same order.</summary>
    [Test]
    public void Repeat_RandomTransducers_MakesWhatThenAndOptionalMake()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            Transducer a = Enumeration.RandomTransducer(ref random, labels: 2, acceptor: seed % 2 == 0);
            foreach ((int min, int? max) in new (int, int?)[] { (0, 0), (0, 1), (1, 1), (0, 3), (2, 3), (3, 3), (0, null), (1, null), (3, null) })
            {
                Transducer expected = max is null ? a.Repeat(0) : Transducer.Sequence();
                for (int i = min; i < max; i++)
                    expected = a.Then(expected).Optional();
                for (int i = 0; i < min; i++)
                    expected = a.Then(expected);
                Transducer repeated = a.Repeat(min, max);
                Assert.That(repeated.EndPenalties.ToArray(), Is.EqualTo(expected.EndPenalties.ToArray()), $"seed {seed}, {min} to {max}");
                Assert.That(repeated.Arcs.ToArray(), Is.EqualTo(expected.Arcs.ToArray()), $"seed {seed}, {min} to {max}");
            }
        }
    }

    [Test]
    public void Repeat_ManyTimes_TakesMemoryForTheCopiesAlone()
    {
        Transducer pair = Transducer.Sequence(1, 2);
        Assert.That(Allocation.By(() => pair.Repeat(5000, 5000)), Is.LessThan(20_000_000));
        Assert.That(Transducer.OneOf(1).Repeat(999_999, 999_999).StateCount, Is.EqualTo(1_000_000));
        Assert.That(Transducer.Sequence().Repeat(int.MaxValue).ToString(), Is.EqualTo("1 states, 0 arcs"));
    }

    /// <summary>Beyond, a sum of penalties no longer tells strings apart; below, what all strings cost alike changes nothing.</summary>
    [Test]
    public void Transducer_PenaltyBeyondSums_IsRefused()
    {
        foreach (double penalty in new[] { 1.1e9, -1.1e9, double.MinValue, double.NegativeInfinity, double.NaN })
        {
            Assert.That(() => new Transducer([new Arc(0, 1, 0, 0, penalty)], 1), Throws.ArgumentException.With.Message.Contains("-1000000000 to 1000000000"));
            Assert.That(() => new Transducer([], [(0, penalty)]), Throws.ArgumentException.With.Message.Contains("-1000000000 to 1000000000"));
        }
        Transducer end = new([], [(0, -1e9)]);
        Assert.That(() => end.And(end), Throws.ArgumentException.With.Message.Contains("-2000000000"));
    }

    [Test]
    public void Combinations_TooLarge_AreRefused()
    {
        Transducer digit = Transducer.OneOf(0, 1), any = digit.Repeat(0), half = digit.Repeat(600_000, 600_000);
        Transducer doubled = Transducer.Sequence(1);
        Refused(() => doubled = doubled.Then(doubled), times: 40);
        Refused(() => half.Then(half));
        Refused(() => half.Or(half));
        Refused(() => digit.Repeat(1_000_000, 1_000_000));
        Refused(() => digit.Repeat(0, int.MaxValue));
        Refused(() => digit.Repeat(int.MaxValue));
        Refused(() => any.Repeat(5000, 5000), "20000000 arcs");
        Refused(() => Transducer.Sequence(new int[1_000_000]));
        Transducer thousands = digit.Repeat(0, 2000);
        Refused(() => digit.Repeat(2000).Compose(new Transducer(thousands.Arcs.ToArray().Append(new Arc(0, 0, 0, 0)), 2000)));
        Refused(() => any.Then(Transducer.Sequence(1)).Then(digit.Repeat(30, 30)).Minimize());

        static void Refused(Func<Transducer> combine, string message = "at most 1000000 states", int times = 1) =>
            Assert.That(() => Enumerable.Range(0, times).Select(_ => combine()).Count(made => made.IsEmpty), Throws.ArgumentException.With.Message.Contains(message));
    }

    [Test]
    public void And_RandomAcceptors_AcceptsWhatBothAccept()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            Transducer a = Enumeration.RandomTransducer(ref random, labels: 2, acceptor: true), b = Enumeration.RandomTransducer(ref random, labels: 2, acceptor: true);
            Transducer both = a.And(b);
            Assert.That(both.IsAcceptor);
            foreach (string text in Enumeration.Strings(labels: 2, longest: 3))
            {
                Check(both, text, Readings(a, text).SelectMany(first => Readings(b, text).Select(next => (text, first.Penalty + next.Penalty))), seed);
                Assert.That(both.Accepts(Labels(text)), Is.EqualTo(a.Accepts(Labels(text)) && b.Accepts(Labels(text))), $"seed {seed}, {text}");
            }
        }
    }

    [Test]
    public void Minimize_RandomAcceptors_ReadsTheSameStringsInOneWay()
    {
        for (int seed = 0; seed < RandomCases; seed++)
        {
            SeededRandom random = new((ulong)seed);
            Transducer weighted = Enumeration.RandomTransducer(ref random, labels: 2, acceptor: true);
            Transducer a = new(weighted.Arcs.ToArray().Select(arc => arc with { Penalty = 0 }), Enumerable.Range(0, weighted.StateCount).Where(state => weighted.EndPenalties[state] < double.PositiveInfinity));
            Transducer minimal = a.Minimize();
            foreach (string text in Enumeration.Strings(labels: 2, longest: 6))
                Assert.That(Readings(minimal, text).Count(), Is.EqualTo(Math.Min(1, Readings(a, text).Count())), $"seed {seed}, {text}");
            Assert.That(minimal.StateCount, Is.EqualTo(RestsOf(a)), $"seed {seed}");
        }

        // As many states as there are different sets of strings that may follow a beginning.
        static int RestsOf(Transducer acceptor)
        {
            string[] texts = [.. Enumeration.Strings(labels: 2, longest: 4)];
            return Math.Max(1, texts.Select(begin => string.Join(' ', texts.Where(rest => acceptor.Accepts(Labels(begin + rest))).Select(rest => $"{rest}."))).Where(rests => rests.Length > 0).Distinct().Count());
        }
    }

    [Test]
    public void Sequence_Labels_AcceptsThemAlone()
    {
        Transducer year = Transducer.Sequence(1, 9, 9, 8);
        Assert.That(year.Accepts(1, 9, 9, 8));
        Assert.That(year.Accepts(1, 9, 9), Is.False);
        Assert.That(year.Accepts(1, 9, 9, 8, 8), Is.False);
        Assert.That(Transducer.Sequence().Accepts());
        Assert.That(Transducer.OneOf(3, 5).Accepts(5));
        Assert.That(Transducer.OneOf(3, 5).Accepts(4), Is.False);
    }

    /// <summary>A reader makes one of every string that it judges.</summary>
    [Test]
    public void Sequence_TenDigits_TakesLittleMemory()
    {
        Assert.That(Allocation.By(() => Transducer.Sequence(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)), Is.LessThan(1500));
        Assert.That(() => Transducer.Sequence(1, -1), Throws.ArgumentException.With.Message.Contains("reads -1"));
    }

    [Test]
    public void Free_Penalties_AreLeftOut()
    {
        Transducer priced = new([new Arc(0, 1, 3, 4, 2.5), new Arc(1, 1, 5, 5)], [(0, -1), (1, 0)]);
        Assert.That(priced.Free.Arcs.ToArray(), Is.EqualTo(new[] { new Arc(0, 1, 3, 4), new Arc(1, 1, 5, 5) }));
        Assert.That(priced.Free.EndPenalties.ToArray(), Is.EqualTo(new[] { 0.0, 0.0 }));
        Assert.That(priced.Free.Free, Is.SameAs(priced.Free), "made once, and there is nothing left");
    }

    [Test]
    public void Transducer_UselessStates_AreLeftOut()
    {
        Transducer transducer = new([new Arc(0, 1, 0, 0), new Arc(0, 3, 0, 0, double.PositiveInfinity), new Arc(2, 4, 0, 0), new Arc(0, 4, 1, 1), new Arc(1, 1, 0, 0), new Arc(3, 4, 0, 0)], 4);
        Assert.That(transducer.Arcs.ToArray(), Is.EqualTo(new[] { new Arc(0, 1, 1, 1) }));
        Assert.That(transducer.ToString(), Is.EqualTo("2 states, 1 arcs"));
        Assert.That(transducer.IsEmpty, Is.False);
    }

    [Test]
    public void Transducer_WithoutEnd_AcceptsNothing()
    {
        Transducer nothing = new([new Arc(0, 1, 0, 0)], Array.Empty<int>());
        Assert.That(nothing.IsEmpty);
        Assert.That((nothing.StateCount, nothing.Arcs.Length), Is.EqualTo((1, 0)));
        Assert.That(nothing.Or(Transducer.OneOf(0)).Accepts(0));
        Assert.That(nothing.Then(Transducer.OneOf(0)).IsEmpty);
        Assert.That(nothing.Minimize().IsEmpty);
        Assert.That(nothing.Repeat(0).Accepts());
    }

    [Test]
    public void Transducer_SequencesToBeReadOnce_AreReadOnce()
    {
        Queue<Arc> arcs = new([new Arc(0, 1, 5, 5), new Arc(1, 2, 6, 6)]);
        Queue<int> ends = new([2]);
        Transducer transducer = new(Drain(arcs), Drain(ends));
        Assert.That(transducer.Accepts(5, 6));
        Assert.That(transducer.StateCount, Is.EqualTo(3));

        static IEnumerable<T> Drain<T>(Queue<T> queue)
        {
            while (queue.TryDequeue(out T? item))
                yield return item;
        }
    }

    [Test]
    public void Transducer_EndGivenTwice_HasOnePenalty()
    {
        Assert.That(new Transducer([], [(0, 1.5), (0, 1.5)]).EndPenalties.ToArray(), Is.EqualTo(new[] { 1.5 }));
        Assert.That(() => new Transducer([], [(0, 1.5), (0, 1.0)]), Throws.ArgumentException.With.Message.Contains("Give each end once"));
    }

    [TestCase(-1, 0, 0, 0, 0, "states count from 0")]
    [TestCase(0, -1, 0, 0, 0, "states count from 0")]
    [TestCase(0, 1, -1, 0, 0, "Every arc of a transducer reads a label")]
    [TestCase(0, 1, 70000, 0, 0, "Labels are at most 65535")]
    [TestCase(0, 1, 0, -2, 0, "writes -2")]
    [TestCase(0, 1, 0, 0, double.NaN, "penalty of an arc")]
    [TestCase(0, int.MaxValue, 0, 0, 0, "at most 1000000 states")]
    public void Transducer_ArcThatDoesNotFit_IsRefused(int from, int to, int input, int output, double penalty, string message) =>
        Assert.That(() => new Transducer([new Arc(from, to, input, output, penalty)], 0), Throws.ArgumentException.With.Message.Contains(message));

    [Test]
    public void TransducerMembers_Misuse_IsRefused()
    {
        Transducer acceptor = Transducer.OneOf(1), writer = new([new Arc(0, 1, 0, 1)], 1), costly = new([new Arc(0, 1, 0, 0, 1)], 1);
        Assert.That(() => new Transducer([], -1), Throws.ArgumentException.With.Message.Contains("-1 is to be an end"));
        Assert.That(() => new Transducer([], [(0, double.NaN)]), Throws.ArgumentException.With.Message.Contains("penalty of an end"));
        Assert.That(() => writer.And(acceptor), Throws.InvalidOperationException.With.Message.Contains("Use Compose"));
        Assert.That(() => acceptor.And(writer), Throws.ArgumentException.With.Message.Contains("Use Compose"));
        Assert.That(() => writer.Minimize(), Throws.InvalidOperationException.With.Message.Contains("without penalties"));
        Assert.That(() => costly.Minimize(), Throws.InvalidOperationException.With.Message.Contains("without penalties"));
        Assert.That(() => Transducer.OneOf((int[])null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("labels"));
        Assert.That(() => acceptor.Repeat(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => acceptor.Repeat(3, 2), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("at least 3 times cannot be read at most 2"));
    }

    [Test]
    public void ToDot_Loop_DrawsIt() =>
        Assert.That(Transducer.OneOf(7).Repeat(0).Minimize().ToDot(), Does.Contain("0 [shape=doublecircle label=\"0\"]\n    0 -> 0 [label=\"7\"]"));

    private static void Check(Transducer transducer, string text, IEnumerable<(string Output, double Penalty)> expected, int seed) =>
        Assert.That(Readings(transducer, text).Order(), Is.EqualTo(expected.Order()), $"seed {seed}, \"{text}\"");

    private static IEnumerable<(string Output, double Penalty)> Readings(Transducer transducer, string text) =>
        Enumeration.ReadingsOf(transducer, text).Select(reading => (reading.Outputs, reading.Penalty));

    private static IEnumerable<(string Begin, string End)> Splits(string text) => Enumerable.Range(0, text.Length + 1).Select(length => (text[..length], text[length..]));

    private static IEnumerable<(string Output, double Penalty)> Join(IEnumerable<(string Output, double Penalty)> first, IEnumerable<(string Output, double Penalty)> rest) =>
        first.SelectMany(one => rest.Select(other => (one.Output + other.Output, one.Penalty + other.Penalty)));

    private static IEnumerable<(string Output, double Penalty)> Times(Transducer transducer, string text, int times) =>
        times == 0 ? (text.Length == 0 ? [("", 0)] : [])
        : Splits(text).SelectMany(split => Join(Readings(transducer, split.Begin), Times(transducer, split.End, times - 1)));

    private static IEnumerable<(string Output, double Penalty)> CheapestIfEmpty(string text, (string Output, double Penalty)[] readings) =>
        text.Length == 0 ? readings.OrderBy(reading => reading.Penalty).Take(1) : readings;

    private static int[] Labels(string text) => [.. text.Select(letter => letter - 'a')];
}
