using System.Text;
using System.Text.Json;

namespace LeNet5.Tool;

/// <summary>What is left of the errors when the least sure readings are rejected, by posterior and by margin.</summary>
internal sealed class RejectionTable(EvaluationResult evaluation, Calibration calibration)
{
    /// <summary>Shares to reject, in percent.</summary>
    private static readonly double[] Rejected = [0, 0.5, 1, 2, 3, 5, 10, 20];

    private readonly RejectionCurve byPosterior = new(evaluation, calibration, RejectionScore.Posterior);
    private readonly RejectionCurve byMargin = new(evaluation, calibration, RejectionScore.Margin);

    public string Draw()
    {
        StringBuilder table = new("Error on the rest when the least sure are rejected:\n  rejected   by posterior    by margin\n");
        foreach (double percent in Rejected)
            AppendRow(percent, ErrorRateAt(byPosterior, percent), ErrorRateAt(byMargin, percent));
        table.Append("\nTo reject for an error on the rest:\n     error   by posterior    by margin\n");
        foreach (double percent in (double[])[0.5, 0.1])
            AppendRow(percent, byPosterior.ShareToReject(percent / 100), byMargin.ShareToReject(percent / 100));
        return table.ToString();

        void AppendRow(double percent, double posterior, double margin) =>
            table.Append(FormattableString.Invariant($"{percent,8:0.0} %{100 * posterior,13:0.00} %{100 * margin,11:0.00} %\n"));

        // Readings of equal score are rejected together, so fewer may be rejected.
        static double ErrorRateAt(RejectionCurve curve, double percent) => curve.Points.Last(point => point.ShareRejected <= percent / 100).ErrorRate;
    }

    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteNumber("reject_for_0_5_percent_by_posterior", byPosterior.ShareToReject(0.005));
        writer.WriteNumber("reject_for_0_1_percent_by_posterior", byPosterior.ShareToReject(0.001));
        writer.WriteNumber("reject_for_0_5_percent_by_margin", byMargin.ShareToReject(0.005));
        writer.WriteNumber("reject_for_0_1_percent_by_margin", byMargin.ShareToReject(0.001));
    }
}
