using System.Globalization;
using System.Numerics.Tensors;
using LeNet5.Imaging;

namespace LeNet5.Tool;

/// <summary>A picture of how a digit was read: what became of the picture stage by stage, what F6 says against the code of the winner, and each class's penalty.</summary>
internal static class Explanation
{
    /// <summary>The longer side of each picture on the sheet.</summary>
    private const int Side = 168;

    private const int Gap = 14;
    private const int CaptionHeight = Sheet.TextHeight + 4;
    private const int RowHeight = CaptionHeight + Side + Gap;
    private const int BarHeight = Sheet.TextHeight;
    private const int BarStep = BarHeight + 4;
    private const int LongestBar = 300;

    /// <summary>Room for a penalty in numbers.</summary>
    private const int NumberWidth = 12 * Sheet.TextStep;

    private const byte Grey = 150;
    private const byte LightGrey = 210;

    /// <summary>Draws an explanation.</summary>
    /// <param name="digit">The digit, with its stages.</param>
    /// <param name="network">The network that read it.</param>
    /// <param name="reading">What it read.</param>
    public static GrayImage Draw(NormalizedDigit digit, Network network, DigitReading reading)
    {
        Captioned[] stages = [.. digit.Stages.Select(stage => new Captioned(stage.Name, stage.Picture))];
        if (digit.Box is null)
        {
            // Where no ink is, what the network says means nothing.
            Sheet nothing = new(WidthOf(stages), Gap + RowHeight + CaptionHeight + Gap);
            DrawRow(nothing, stages, Gap);
            nothing.Write($"read: {ReadCommand.Describe(reading, network)}", Gap, Gap + RowHeight);
            return nothing.ToImage();
        }

        Workspace workspace = network.CreateWorkspace();
        workspace.LoadPixels(digit.Picture.Pixels, digit.Picture.Height, digit.Picture.Width);
        network.Forward(workspace);
        float[] penalties = workspace.Output.Values.ToArray();
        int best = Array.IndexOf(penalties, penalties.Min());
        string[] symbols = [.. Enumerable.Range(0, penalties.Length).Select(label => Model.SymbolOf(network, label))];
        Captioned[] features = network is { Codes: { Width: > 0 } codes, Layers: [.., var last, _] }
            ? Compare(last.Name, workspace.OutputOf(last).Values, symbols[best], codes[best], codes.Width)
            : [];
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"read: {ReadCommand.Describe(reading, network)}   confidence {100 * reading.Posterior:0.0} %   runner-up {symbols[reading.RunnerUp]}");

        int chartLeft = WidthOf(features), top = Gap + RowHeight + (2 * CaptionHeight);
        int width = Math.Max(WidthOf(stages), Math.Max(chartLeft + LabelWidthOf(symbols) + LongestBar + NumberWidth, (2 * Gap) + (summary.Length * Sheet.TextStep)));
        Sheet sheet = new(width, top + Math.Max(RowHeight, CaptionHeight + (penalties.Length * BarStep) + Gap));
        DrawRow(sheet, stages, Gap);
        sheet.Write(summary, Gap, Gap + RowHeight);
        DrawRow(sheet, features, top);
        DrawPenalties(sheet, penalties, symbols, best, chartLeft, top);
        return sheet.ToImage();
    }

    /// <summary>What the last features are, what they should be for a class, and the difference.</summary>
    private static Captioned[] Compare(string layer, ReadOnlySpan<float> features, string symbol, ReadOnlySpan<float> code, int codeWidth)
    {
        float[] difference = new float[code.Length];
        TensorPrimitives.Subtract(features, code, difference);
        return [new(layer, Shade(features, codeWidth)), new($"code of {symbol}", Shade(code, codeWidth)), new("difference", Shade(difference, codeWidth))];
    }

    /// <summary>Values of -1 to 1 as light to dark, a pixel each.</summary>
    private static GrayImage Shade(ReadOnlySpan<float> values, int width)
    {
        byte[] shades = new byte[values.Length];
        for (int i = 0; i < shades.Length; i++)
            shades[i] = (byte)(127.5f - (127.5f * Math.Clamp(values[i], -1, 1)));
        return new GrayImage(width, shades.Length / width, shades);
    }

    /// <summary>Draws pictures side by side in a frame, since some are white, each beneath its caption.</summary>
    private static void DrawRow(Sheet sheet, Captioned[] row, int top)
    {
        int left = Gap;
        foreach (Captioned picture in row)
        {
            sheet.Write(picture.Caption, left, top);
            sheet.Fill(left - 1, top + CaptionHeight - 1, picture.Width + 2, picture.Height + 2, LightGrey);
            sheet.Draw(picture.Picture, left, top + CaptionHeight, picture.Width, picture.Height);
            left += picture.Step;
        }
    }

    /// <summary>Draws a bar a class, that of the winner black.</summary>
    private static void DrawPenalties(Sheet sheet, float[] penalties, string[] symbols, int best, int left, int top)
    {
        sheet.Write("penalties", left, top);
        int barLeft = left + LabelWidthOf(symbols);
        float largest = penalties.Max();
        for (int i = 0; i < penalties.Length; i++)
        {
            int y = top + CaptionHeight + (i * BarStep);
            int length = Math.Max(1, (int)(LongestBar * Math.Clamp(penalties[i] / largest, 0, 1)));
            sheet.Write(symbols[i], left, y);
            sheet.Fill(barLeft, y, length, BarHeight, i == best ? (byte)0 : Grey);
            sheet.Write(penalties[i].ToString(penalties[i] < 100_000 ? "0.0" : "G4", CultureInfo.InvariantCulture), barLeft + length + Sheet.TextStep, y);
        }
    }

    private static int LabelWidthOf(string[] symbols) => (symbols.Max(symbol => symbol.Length) + 1) * Sheet.TextStep;

    private static int WidthOf(Captioned[] row) => Gap + row.Sum(picture => picture.Step);

    /// <summary>A picture with a word above it.</summary>
    private sealed record Captioned(string Caption, GrayImage Picture)
    {
        public int Width => Fit(Picture.Width);

        public int Height => Fit(Picture.Height);

        /// <summary>From its left edge to that of the next one.</summary>
        public int Step => Math.Max(Width, Caption.Length * Sheet.TextStep) + Gap;

        private int Fit(int side) => Math.Max(1, side * Side / Math.Max(Picture.Width, Picture.Height));
    }
}
