using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>Removes the rules of ruled and squared paper and the frames of forms: thin straight lines that cross most of the picture.</summary>
/// <remarks>
/// The picture is cut into strips. A row of a strip that is mostly inked may belong to a rule; where most strips have such rows on one straight line, there is one.
/// Where a stroke crosses a rule, the ink reaches beyond the rule's thickness and stays.
/// </remarks>
internal static class RuledLines
{
    private const int MostLines = 60;
    private const double AlongShare = 0.8;
    private const double SteepestSlope = 0.12;

    /// <summary>Rules of any picture: most of sixteen strips have some of each.</summary>
    private static readonly Search OfPicture = new(StripCount: 16, FewestStrips: 11, SmallestSide: 40, Of.Picture);

    /// <summary>Removes rules along rows and columns.</summary>
    /// <param name="ink">Overwritten.</param>
    /// <param name="level">What counts as ink.</param>
    /// <returns>Number of rules removed.</returns>
    public static int Remove(Plane ink, InkLevel level)
    {
        return RemoveAcross(ink, level, OfPicture) + RemoveAlong(ink, level, OfPicture);
    }

    /// <summary>Removes rules along a line of digits, and upright ones that go from the upper edge to the lower one, beyond the digits on either side.</summary>
    /// <param name="ink">Overwritten.</param>
    /// <param name="level">What counts as ink.</param>
    /// <returns>Number of rules removed.</returns>
    public static int RemoveOfLine(Plane ink, InkLevel level)
    {
        const int smallestSide = 16, mostStrips = 256;
        // In strips a quarter of the picture's height wide a slanted rule stays within a row or two.
        int strips = Math.Clamp(4 * ink.Width / ink.Height, OfPicture.StripCount, mostStrips);
        return RemoveAcross(ink, level, new(strips, strips * OfPicture.FewestStrips / OfPicture.StripCount, smallestSide, Of.Line))
            + RemoveAlong(ink, level, OfPicture with { SmallestSide = smallestSide, Of = Of.TurnedLine });
    }

    private static int RemoveAlong(Plane ink, InkLevel level, Search search)
    {
        Plane turned = ink.Transpose();
        int removed = RemoveAcross(turned, level, search);
        if (removed > 0)
            turned.Transpose().Values.CopyTo(ink.Values, 0);
        return removed;
    }

    private static int RemoveAcross(Plane ink, InkLevel level, Search search)
    {
        if (ink.Width < search.SmallestSide || ink.Height < search.SmallestSide)
            return 0;
        byte threshold = (byte)Math.Max((int)Math.Ceiling(level.Floor), level.Level / 4);
        bool[] covered = CoveredRows(ink, threshold, search.StripCount);
        List<Rule> rules = [];
        while (rules.Count < MostLines && FindRule(covered, ink, search) is { } rule)
        {
            Rule measured = Measure(ink, threshold, rule);
            Forget(covered, ink.Height, measured, search.StripCount);
            if (measured.Length >= ink.Width / 2 && measured.Thickness <= 2 + (ink.Height / 25))
                rules.Add(measured);
        }
        if (rules.Count == 0)
            return 0;

        Plane without = ink.Copy();
        foreach (Rule rule in rules)
            Erase(without, threshold, rule);
        if (search.Of != Of.Picture)
            return EraseBeyondLine(ink, without, level, threshold, rules, isTurned: search.Of == Of.TurnedLine);
        if (!AreRules(without, level, rules))
            return 0;
        without.Values.CopyTo(ink.Values, 0);
        return rules.Count;
    }

    /// <summary>Erases rules that go on without gaps beyond the digits on either side, or along a line are much thinner than strokes: the bars of some 7s are on one line, too, and a 1
    /// goes from the upper edge of digits to the lower.</summary>
    private static int EraseBeyondLine(Plane ink, Plane without, InkLevel level, byte threshold, List<Rule> rules, bool isTurned)
    {
        const double gapless = 0.9, edge = 0.15, leastDigit = 0.3;
        List<InkComponent> rest = InkSegmenter.Find(without, level.Weak);
        int thickest = rules.Max(rule => rule.Thickness) + 1;
        rest.RemoveAll(component => component.Blackest < level.Strong || component.Box.Height <= 2
            || (component.Box.Width <= thickest && component.Box.Height > AlongShare * without.Height));
        if (rest.Count == 0)
            return 0;
        int left = rest.Min(component => component.Box.Left), right = rest.Max(component => component.Box.Right);
        int margin = Math.Min(ink.Width, ink.Height) / 10, stroke = StrokeOf(rest);
        rules.RemoveAll(rule => rule.Length < gapless * (rule.Last + 1 - rule.First) || !(isTurned ? IsUpright(rule) : IsBeyond(rule) || 2 * rule.Thickness <= stroke));
        foreach (Rule rule in rules)
            Erase(ink, threshold, rule);
        return rules.Count;

        bool IsBeyond(Rule rule) => rule.First < left - margin && rule.Last >= right + margin;

        // Beside a comma, a 1 alone would be one.
        bool IsUpright(Rule rule) => IsBeyond(rule) && rule.First < edge * ink.Width && rule.Last >= (1 - edge) * ink.Width && right - left > leastDigit * ink.Width;
    }

    /// <summary>The usual run of ink along a row.</summary>
    private static int StrokeOf(List<InkComponent> components)
    {
        int[] widths = [.. components.SelectMany(component => component.Runs).Select(run => run.End - run.Start).Order()];
        return widths[widths.Length / 2];
    }

    /// <summary>For each strip and row, whether most of the row is ink, or of the rows beside it together, since a rule may be slanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool[] CoveredRows(Plane ink, byte threshold, int strips)
    {
        bool[] covered = new bool[strips * ink.Height];
        for (int y = 0; y < ink.Height; y++)
        {
            ReadOnlySpan<byte> row = ink.Row(y), below = ink.Row(Math.Min(y + 1, ink.Height - 1));
            if (row.IndexOfAnyInRange(threshold, byte.MaxValue) < 0)
                continue;
            for (int strip = 0; strip < strips; strip++)
            {
                int start = (int)((long)strip * ink.Width / strips), end = (int)((strip + 1L) * ink.Width / strips), inked = 0;
                for (int x = start; x < end; x++)
                    inked += row[x] >= threshold || below[x] >= threshold ? 1 : 0;
                covered[(strip * ink.Height) + y] = inked >= 0.75 * (end - start);
            }
        }
        return covered;
    }

    /// <summary>The straight line that most strips have covered rows on, if enough have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Rule? FindRule(bool[] covered, Plane ink, Search search)
    {
        (int height, int strips, int fewest) = (ink.Height, search.StripCount, search.FewestStrips);
        int inked = 0;
        for (int strip = 0; strip < strips; strip++)
            inked += covered.AsSpan(strip * height, height).Contains(true) ? 1 : 0;
        if (inked < fewest)
            return null;
        (int most, Rule best) = (fewest - 1, default);
        int drift = (int)(SteepestSlope * ink.Width);
        Span<int> rows = stackalloc int[strips];
        for (int rise = -drift; rise <= drift; rise++)
        {
            for (int strip = 0; strip < strips; strip++)
                rows[strip] = (int)Math.Round(rise * ((strip + 0.5) / strips - 0.5));
            for (int middle = 0; middle < height; middle++)
            {
                int count = 0;
                for (int strip = 0; strip < strips; strip++)
                {
                    int y = middle + rows[strip];
                    if ((uint)y < (uint)height && covered[(strip * height) + y])
                        count++;
                }
                if (count > most || (count == most && most >= fewest && Math.Abs(rise) < Math.Abs(best.Rise)))
                    (most, best) = (count, new Rule(middle, rise, 0, 0, 0, 0));
            }
        }
        return most >= fewest ? best : null;
    }

    /// <summary>Keeps a rule from being found again.</summary>
    private static void Forget(bool[] covered, int height, Rule rule, int strips)
    {
        for (int strip = 0; strip < strips; strip++)
        {
            int y = rule.RowAt((strip + 0.5) / strips);
            for (int row = Math.Max(0, y - 2 - rule.Thickness); row <= Math.Min(height - 1, y + 2 + rule.Thickness); row++)
                covered[(strip * height) + row] = false;
        }
    }

    /// <summary>Finds how thick the line is, how long, and where it begins and ends.</summary>
    private static Rule Measure(Plane ink, byte threshold, Rule rule)
    {
        List<int> thicknesses = [];
        (int first, int last) = (-1, -1);
        for (int x = 0; x < ink.Width; x++)
        {
            if (RunAt(ink, threshold, rule, x) is not { } run)
                continue;
            thicknesses.Add(run.End - run.Start);
            first = first < 0 ? x : first;
            last = x;
        }
        // Strokes that lie on the line, as the bar of a 4, may cover half of it.
        thicknesses.Sort();
        return rule with { Thickness = thicknesses.Count == 0 ? 0 : thicknesses[thicknesses.Count / 4], Length = thicknesses.Count, First = first, Last = last };
    }

    private static void Erase(Plane ink, byte threshold, Rule rule)
    {
        for (int x = 0; x < ink.Width; x++)
        {
            if (RunAt(ink, threshold, rule, x) is not { } run || run.End - run.Start > rule.Thickness + 2)
                continue;
            // With the faint pixels beside it.
            for (int y = Math.Max(0, run.Start - 1); y < Math.Min(ink.Height, run.End + 1); y++)
                ink.Values[(y * ink.Width) + x] = 0;
        }
    }

    /// <summary>The ink of a column at, or at most two rows from, the line.</summary>
    private static (int Start, int End)? RunAt(Plane ink, byte threshold, Rule rule, int x)
    {
        int middle = rule.RowAt((x + 0.5) / ink.Width);
        foreach (int offset in (ReadOnlySpan<int>)[0, 1, -1, 2, -2])
        {
            int y = middle + offset;
            if ((uint)y >= (uint)ink.Height || !IsInk(y))
                continue;
            (int start, int end) = (y, y + 1);
            while (start > 0 && IsInk(start - 1))
                start--;
            while (end < ink.Height && IsInk(end))
                end++;
            return (start, end);
        }
        return null;

        bool IsInk(int y) => ink.Values[(y * ink.Width) + x] >= threshold;
    }

    /// <summary>Whether the lines, if there are but one or two, are rules and not the bar of a 7 that fills the picture: rules are much thinner than strokes, or go
    /// on beyond all other ink to the edges. A line alone is a 1.</summary>
    private static bool AreRules(Plane without, InkLevel level, List<Rule> rules)
    {
        if (rules.Count > 2)
            return true;
        List<InkComponent> rest = InkSegmenter.Find(without, level.Weak);
        // Lines of the other direction, of squared paper and boxes, do not count.
        int thickest = rules.Max(rule => rule.Thickness) + 1;
        rest.RemoveAll(component => component.Blackest < level.Strong || component.Box.Height <= 2
            || (component.Box.Width <= thickest && component.Box.Height > AlongShare * without.Height));
        if (rest.Count == 0)
            return rules.Count == 2;
        int left = rest.Min(component => component.Box.Left), right = rest.Max(component => component.Box.Right), margin = without.Width / 16;
        int stroke = StrokeOf(rest);
        return rules.All(rule => rule.First < margin && rule.Last >= without.Width - margin
            && (2 * rule.Thickness <= stroke || (rule.First < left - margin && rule.Last > right + margin)));
    }

    /// <param name="StripCount">Strips that the picture is cut into.</param>
    /// <param name="FewestStrips">Of which so many have some of a rule.</param>
    /// <param name="SmallestSide">A smaller picture has no room for rules.</param>
    /// <param name="Of">What is in the picture.</param>
    private readonly record struct Search(int StripCount, int FewestStrips, int SmallestSide, Of Of);

    private enum Of
    {
        Picture,
        Line,

        /// <summary>A line of digits from the upper edge to the lower one.</summary>
        TurnedLine,
    }

    /// <param name="Middle">Row of the line in the middle of the picture.</param>
    /// <param name="Rise">Rows from its left end down to its right end.</param>
    /// <param name="Thickness">Rows.</param>
    /// <param name="Length">Columns with ink.</param>
    /// <param name="First">First column with ink.</param>
    /// <param name="Last">Last column with ink.</param>
    private readonly record struct Rule(int Middle, int Rise, int Thickness, int Length, int First, int Last)
    {
        /// <summary>Its row at a share of the width.</summary>
        public int RowAt(double across) => Middle + (int)Math.Round(Rise * (across - 0.5));
    }
}
