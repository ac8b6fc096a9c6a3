using System.Globalization;
using LeNet5.Imaging;

namespace LeNet5.Tool;

/// <summary>A picture of how a digit was read: what became of the picture stage by stage, what F6 says against the code of the winner, and each class's penalty.</summary>
internal static class Explanation
{
    private const int StageSide = 168;
    private const int Gap = 14;
    private const int Bar = 12;
    private const int LongestBar = 300;

    /// <summary>A penalty this large or larger has the longest bar.</summary>
    private const float LargestPenalty = 150;

    /// <summary>Draws an explanation.</summary>
    /// <param name="digit">The digit, with its stages.</param>
    /// <param name="network">The network that read it.</param>
    /// <param name="reading">What it read.</param>
    public static GrayImage Draw(NormalizedDigit digit, Network network, DigitReading reading)
    {
        Workspace workspace = network.CreateWorkspace();
        workspace.LoadPixels(digit.Picture.Pixels, digit.Picture.Height, digit.Picture.Width);
        network.Forward(workspace);
        ReadOnlySpan<float> penalties = workspace.Output.Values, features = workspace.OutputOf(network.Layers[^2]).Values;

        int rowHeight = StageSide + Sheet.TextHeight + (2 * Gap), barsHeight = penalties.Length * (Bar + 4);
        int width = Math.Max((digit.Stages.Length * (StageSide + Gap)) + Gap, (3 * (StageSide + Gap)) + LongestBar + (16 * Sheet.TextStep));
        Sheet sheet = new(width, Gap + rowHeight + (2 * Sheet.TextHeight) + Math.Max(rowHeight, barsHeight + Sheet.TextHeight + (2 * Gap)));
        for (int i = 0; i < digit.Stages.Length; i++)
        {
            int left = Gap + (i * (StageSide + Gap));
            sheet.Write(digit.Stages[i].Name, left, Gap);
            sheet.Draw(digit.Stages[i].Picture, left, Gap + Sheet.TextHeight + 4, StageSide, StageSide);
        }

        int top = Gap + rowHeight;
        sheet.Write(Summary(reading, network), Gap, top);
        top += 2 * Sheet.TextHeight;
        int column = Gap;
        int best = penalties.IndexOf(penalties.ToArray().Min());
        if (network.Codes is { Width: > 0 } codes && best >= 0)
        {
            ReadOnlySpan<float> code = codes[best];
            float[] difference = new float[code.Length];
            for (int i = 0; i < code.Length; i++)
                difference[i] = features[i] - code[i];
            foreach ((string name, float[] values) in new (string, float[])[] { ("F6", features.ToArray()), ($"code of {SymbolOf(network, best)}", code.ToArray()), ("difference", difference) })
            {
                sheet.Write(name, column, top);
                sheet.Draw(Shade(values, codes.Width), column, top + Sheet.TextHeight + 4, StageSide, StageSide);
                column += (StageSide * codes.Width / (codes.Length / codes.Width)) + (2 * Gap);
            }
        }
        sheet.Write("penalties", column, top);
        for (int i = 0; i < penalties.Length; i++)
        {
            int y = top + Sheet.TextHeight + 4 + (i * (Bar + 4));
            int length = Math.Max(1, (int)(LongestBar * Math.Min(1, penalties[i] / LargestPenalty)));
            sheet.Write(SymbolOf(network, i), column, y);
            sheet.Fill(column + (2 * Sheet.TextStep), y, length, Bar, (byte)(i == best ? 0 : 150));
            sheet.Write(penalties[i].ToString("0.0", CultureInfo.InvariantCulture), column + (3 * Sheet.TextStep) + length, y);
        }
        return sheet.ToImage();
    }

    private static string Summary(DigitReading reading, Network network) => string.Create(
        CultureInfo.InvariantCulture,
        $"read: {ReadCommand.Describe(reading)}   confidence {100 * reading.Posterior:0.0} %   runner-up {SymbolOf(network, reading.RunnerUp)}");

    private static string SymbolOf(Network network, int label) =>
        network.Codes is { } codes ? (codes.Symbols[label] == ' ' ? "blank" : codes.Symbols[label].ToString()) : label.ToString(CultureInfo.InvariantCulture);

    /// <summary>Values of -1 to 1 as light to dark, each as a block of pixels.</summary>
    private static GrayImage Shade(float[] values, int width)
    {
        byte[] shades = Array.ConvertAll(values, value => (byte)(127.5f - (127.5f * Math.Clamp(value, -1, 1))));
        return new GrayImage(width, values.Length / width, shades);
    }
}
