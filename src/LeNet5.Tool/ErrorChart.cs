using System.Text;

namespace LeNet5.Tool;

/// <summary>The curves of training and test error over the epochs, as text. The axis is logarithmic: the first epoch's error is many times the last one's.</summary>
internal static class ErrorChart
{
    private const int RowsPerTick = 3;
    private const int MaxColumnsPerEpoch = 3;
    private const int MaxWidth = 66;

    private static readonly double[] Ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

    public static string Draw(IReadOnlyList<EpochResult> history)
    {
        double[] heights = [.. history.SelectMany(epoch => (double?[])[epoch.TrainingErrorRate, epoch.TestErrorRate]).OfType<double>().Select(Height)];
        int bottom = Math.Min((int)heights.Min(), Ticks.Length - 2);
        int top = Math.Max((int)Math.Ceiling(heights.Max()), bottom + 1);
        double pitch = Math.Min(MaxColumnsPerEpoch, (MaxWidth - 1.0) / Math.Max(1, history.Count - 1));
        if (pitch > 1)
            pitch = Math.Floor(pitch);
        int width = Column(history.Count - 1) + 1;

        char[][] rows = [.. Enumerable.Range(0, ((top - bottom) * RowsPerTick) + 1).Select(_ => Enumerable.Repeat(' ', width).ToArray())];
        StringBuilder epochs = new();
        for (int i = 0; i < history.Count; i++)
        {
            Plot('*', i, history[i].TrainingErrorRate);
            if (history[i].TestErrorRate is { } rate)
                Plot('o', i, rate);
            if (Column(i) > epochs.Length || i == 0)
                epochs.Append(' ', Column(i) - epochs.Length).Append(history[i].Epoch);
        }

        StringBuilder chart = new();
        for (int row = rows.Length - 1; row >= 0; row--)
        {
            string tick = row % RowsPerTick == 0 ? $"{Ticks[bottom + (row / RowsPerTick)]} %" : "";
            chart.AppendLine($"{tick,7} |  {new string(rows[row])}".TrimEnd());
        }
        chart.AppendLine($"        +--{new string('-', width)}");
        chart.AppendLine($"  epoch    {epochs}");
        chart.AppendLine("           * training error   o test error");
        return chart.ToString();

        int Column(int index) => (int)Math.Round(index * pitch);
        void Plot(char mark, int index, double rate) => rows[(int)Math.Round((Height(rate) - bottom) * RowsPerTick)][Column(index)] = mark;
    }

    /// <summary>How far up the ticks an error rate lies. What is below the lowest, 0 too, is drawn there.</summary>
    private static double Height(double rate)
    {
        double percent = Math.Max(Ticks[0], 100 * rate);
        int below = Math.Min(Array.FindLastIndex(Ticks, tick => tick <= percent), Ticks.Length - 2);
        return below + (Math.Log(percent / Ticks[below]) / Math.Log(Ticks[below + 1] / Ticks[below]));
    }
}
