using System.Text.Json;
using LeNet5.Data;

namespace LeNet5.Tool;

/// <summary>How many strings of a level one method reads wholly right: by themselves, when something is known about them, and when the least sure are rejected.</summary>
internal sealed class StripMeasurement
{
    private const double ShareRejected = 0.05;

    private readonly StripReader reader;
    private readonly StripEvaluation plain;
    private readonly StripEvaluation ofKnownLength;
    private readonly StripEvaluation? withCheckDigit;
    private readonly StripEvaluation? withWrongDigit;

    private StripMeasurement(StripReader reader, StripEvaluation plain, StripEvaluation ofKnownLength, StripEvaluation? withCheckDigit, StripEvaluation? withWrongDigit)
    {
        this.reader = reader;
        this.plain = plain;
        this.ofKnownLength = ofKnownLength;
        this.withCheckDigit = withCheckDigit;
        this.withWrongDigit = withWrongDigit;
    }

    private double ShareNotInGrammar => (double)withCheckDigit!.Readings.Count(reading => reading.Reason == Rejection.NotInGrammar) / withCheckDigit.Count;

    private double ShareOfWrongAccepted => (double)withWrongDigit!.Readings.Count(reading => reading.IsAccepted) / withWrongDigit.Count;

    private double ErrorRateOfAccepted => plain.RejectionCurve.Points.Last(point => point.ShareRejected <= ShareRejected).ErrorRate;

    /// <summary>What stands above <see cref="Row"/>.</summary>
    public static string Header(bool luhn) => $"level     method     right   length known   5 % rejected   mean confidence{(luhn ? "   Luhn known   not in grammar   wrong digit accepted" : "")}";

    /// <summary>Reads the strings.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="strips">The strings.</param>
    /// <param name="mischecked">Strings that end in a wrong check digit, where <paramref name="strips"/> end in right ones and that is to be measured; otherwise <see langword="null"/>.</param>
    /// <param name="threads">Number of threads; <see langword="null"/> for one a processor.</param>
    public static StripMeasurement Take(StripReader reader, LabeledStrip[] strips, LabeledStrip[]? mischecked, int? threads)
    {
        Dictionary<int, StripOptions> lengths = strips.Select(strip => strip.Text.Length).Distinct().ToDictionary(length => length, length => new StripOptions { Grammar = Grammar.FixedLength(length) });
        StripOptions checkDigit = new() { Grammar = Grammar.Luhn() };
        return new StripMeasurement(
            reader,
            StripEvaluator.Run(reader, strips, threads: threads),
            StripEvaluator.Run(reader, strips, strip => lengths[strip.Text.Length], threads),
            mischecked is null ? null : StripEvaluator.Run(reader, strips, _ => checkDigit, threads),
            mischecked is null ? null : StripEvaluator.Run(reader, mischecked, _ => checkDigit, threads));
    }

    /// <summary>The shares that are right in percent.</summary>
    public string Row(string level)
    {
        string row = FormattableString.Invariant(
            $"{level,-10}{StripArguments.NameOf(reader.Method),-8}{100 * plain.Accuracy,6:0.0} %{100 * ofKnownLength.Accuracy,13:0.0} %{100 * (1 - ErrorRateOfAccepted),13:0.0} %{100 * plain.MeanConfidence,16:0.0} %");
        return withCheckDigit is null ? row : row + FormattableString.Invariant($"{100 * withCheckDigit.Accuracy,11:0.0} %{100 * ShareNotInGrammar,15:0.0} %{100 * ShareOfWrongAccepted,21:0.0} %");
    }

    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("method", StripArguments.NameOf(reader.Method));
        writer.WriteNumber("count", plain.Count);
        writer.WriteNumber("right", plain.RightCount);
        writer.WriteNumber("errors", plain.Count - plain.RightCount);
        writer.WriteNumber("error_rate", 1 - plain.Accuracy);
        writer.WriteNumber("error_rate_length_known", 1 - ofKnownLength.Accuracy);
        writer.WriteNumber("error_rate_5_percent_rejected", ErrorRateOfAccepted);
        writer.WriteNumber("mean_confidence", plain.MeanConfidence);
        if (withCheckDigit is not null)
        {
            writer.WriteNumber("error_rate_luhn_known", 1 - withCheckDigit.Accuracy);
            writer.WriteNumber("not_in_grammar", ShareNotInGrammar);
            writer.WriteNumber("wrong_digit_accepted", ShareOfWrongAccepted);
        }
        Model.WriteCalibration(writer, reader.Calibration);
    }
}
