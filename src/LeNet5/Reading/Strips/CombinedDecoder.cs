using System.Collections.Immutable;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Kernels;

namespace LeNet5.Strips;

/// <summary>Two decoders that see a strip in different ways, swept and cut, and seldom err together: strings are judged by the sum of their penalties in both.</summary>
/// <remarks>That there is no digit at all is one of the strings, and where it wins the strip is blank. The paper has both methods side by side (section IX-D); their combination is ours.</remarks>
internal sealed class CombinedDecoder(StripDecoder sweep, StripDecoder segments, double temperature) : IStripDecoder
{
    /// <summary>So many of the best strings of each are candidates.</summary>
    private const int CandidateCount = 12;

    /// <summary>The largest penalty that one of them can give: what it is sure of may be wrong.</summary>
    private const double Veto = 16;

    public int ArcCapacity => sweep.ArcCapacity + segments.ArcCapacity;

    public StripReading Read(NormalizedStrip strip, StripOptions options)
    {
        Rejection first = sweep.Prepare(strip, options.Grammar), second = segments.Prepare(strip, options.Grammar);
        List<(ImmutableArray<int> Labels, Transducer Text, double Penalty, bool IsCut)> candidates = [];
        foreach (ImmutableArray<int> labels in sweep.BestStrings(CandidateCount).Concat(segments.BestStrings(CandidateCount)))
        {
            if (candidates.Exists(other => other.Labels.AsSpan().SequenceEqual(labels.AsSpan())))
                continue;
            Transducer text = Transducer.Sequence(labels.AsSpan());
            double penalty = segments.PenaltyOf(text);
            candidates.Add((labels, text, (Math.Min(Veto, sweep.PenaltyOf(text)) + Math.Min(Veto, penalty)) / temperature, double.IsFinite(penalty)));
        }
        Rejection reason = first == Rejection.None || second == Rejection.None ? Rejection.None : first;
        // The geometric mean of both shares.
        if (sweep.GrammarShare * segments.GrammarShare < options.LeastGrammarShare * options.LeastGrammarShare)
            reason = Rejection.NotInGrammar;
        candidates.Sort((a, b) => a.Penalty.CompareTo(b.Penalty));
        if (candidates.Count == 0 || candidates[0].Labels.IsEmpty)
            return new StripReading("", 0, reason == Rejection.None ? Rejection.Blank : reason, [], [], strip);

        double smallest = candidates[0].Penalty, sum = 0;
        foreach ((_, _, double penalty, _) in candidates)
            sum += Elementary.Exp(smallest - penalty);
        ImmutableArray<StripAlternative> alternatives =
            [.. candidates.Where(candidate => !candidate.Labels.IsEmpty).Take(options.Alternatives).Select(candidate => new StripAlternative(StripDecoder.TextOf(candidate.Labels.AsSpan()), (float)(Elementary.Exp(smallest - candidate.Penalty) / sum)))];
        ImmutableArray<StripDigit> digits = (candidates[0].IsCut ? segments : sweep).DigitsOf(candidates[0].Text, strip);
        return new StripReading(alternatives[0].Text, alternatives[0].Confidence, reason, digits, alternatives, strip);
    }

    public StripExplanation Explain(NormalizedStrip strip, StripOptions options)
    {
        StripReading reading = Read(strip, options);
        StripExplanation cut = segments.ExplainPrepared(reading);
        return sweep.ExplainPrepared(reading) with { Cuts = cut.Cuts, Segments = cut.Segments };
    }
}
