using System.Collections.Immutable;
using System.Globalization;
using System.Numerics.Tensors;

namespace LeNet5.Tool;

/// <summary>A picture of how a string was read: the digits in the picture given, the normalized strip with its cuts, and what the network said of every column, or the segments that it was given.</summary>
internal sealed class StripDrawing
{
    private const int Gap = 14;
    private const int CaptionHeight = Sheet.TextHeight + 4;

    /// <summary>Room for the name of a class in front of its row.</summary>
    private const int LabelWidth = 6 * Sheet.TextStep;

    /// <summary>The picture given is drawn so high and so much enlarged at most.</summary>
    private const int PictureHeight = 220, PictureScale = 4;

    /// <summary>Strips are enlarged to about this width, by an even number, so that bitmaps of 7 pixels fit into the 4 columns from one output to the next.</summary>
    private const int StripWidth = 1100, SmallestScale = 4, LargestScale = 8;

    private const int CellHeight = 14;
    private const int DigitScale = 3;
    private const int MostAlternatives = 4;

    private const byte Grey = 120;
    private const byte LightGrey = 210;

    private readonly GrayImage picture;
    private readonly StripExplanation explanation;
    private readonly StripReading reading;
    private readonly int scale;
    private readonly int left;
    private readonly Segment[] segments;
    private readonly List<Band> bands = [];
    private Sheet sheet = new(1, 1);

    private StripDrawing(GrayImage picture, StripExplanation explanation)
    {
        this.picture = picture;
        this.explanation = explanation;
        reading = explanation.Reading;
        scale = Math.Clamp(StripWidth / Strip.Width / 2 * 2, SmallestScale, LargestScale);
        left = Gap + (explanation.ColumnCount > 0 ? LabelWidth : 0);
        segments = [.. SegmentsTaken()];
    }

    private GrayImage Strip => reading.Strip.Picture;

    /// <summary>From one column of outputs to the next, on the sheet.</summary>
    private int Step => scale * explanation.Step;

    private int ContentWidth => scale * (int)Math.Max(Strip.Width, explanation.FirstMiddle + (explanation.Step * explanation.ColumnCount));

    /// <summary>Draws how a string was read.</summary>
    /// <param name="picture">The picture that was given.</param>
    /// <param name="explanation">What was seen in it; nothing but the reading where it has no ink.</param>
    public static GrayImage Draw(GrayImage picture, StripExplanation explanation) => new StripDrawing(picture, explanation).Draw();

    private GrayImage Draw()
    {
        string summary = Summary();
        AddPicture();
        if (reading.Strip.Rejection == Rejection.None)
            bands.Add(new Band("normalized", scale * Strip.Height, DrawStrip));
        if (explanation.ColumnCount > 0)
            AddColumns();
        if (segments.Length > 0)
            bands.Add(new Band("segments taken", scale * Strip.Height, DrawSegments));
        if (reading.Digits.Length > 0)
            bands.Add(new Band("read, and how sure in %", (DigitScale * Sheet.TextHeight) + CaptionHeight, DrawDigits));
        bands.Add(new Band(summary, 0, _ => { }));

        int width = Math.Max(left + ContentWidth, segments.Length > 0 ? left + segments[^1].Right : 0);
        sheet = new Sheet(Math.Max(width, bands.Max(band => Gap + (band.Caption.Length * Sheet.TextStep))) + Gap, Gap + bands.Sum(band => band.Step));
        int top = Gap;
        foreach (Band band in bands)
        {
            sheet.Write(band.Caption, Gap, top);
            band.Draw(top + CaptionHeight);
            top += band.Step;
        }
        return sheet.ToImage();
    }

    private string Summary()
    {
        string rejected = reading.IsAccepted ? "" : reading.Text == "" ? ReadCommand.Describe(reading.Reason) : $" ({ReadCommand.Describe(reading.Reason)})";
        string others = string.Concat(reading.Alternatives.Skip(1).Take(MostAlternatives).Select(other => $"   or {other.Text} {Percent(other.Confidence)}"));
        return $"read: {reading.Text}{rejected}   confidence {Percent(reading.Confidence)}{others}";

        static string Percent(float share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
    }

    /// <summary>The picture given, with a box around each digit and what it is.</summary>
    private void AddPicture()
    {
        double fit = Math.Min((double)ContentWidth / picture.Width, (double)PictureHeight / picture.Height);
        fit = fit > 1 ? Math.Min((int)fit, PictureScale) : fit;
        (int width, int height) = (Math.Max(1, (int)(fit * picture.Width)), Math.Max(1, (int)(fit * picture.Height)));
        bands.Add(new Band("picture", CaptionHeight + height, top =>
        {
            DrawPicture(picture, left, top + CaptionHeight, width, height);
            foreach (StripDigit digit in reading.Digits)
            {
                (int x, int y) = (left + (int)(fit * digit.Box.Left), top + CaptionHeight + (int)(fit * digit.Box.Top));
                (int boxWidth, int boxHeight) = ((int)(fit * digit.Box.Width), (int)(fit * digit.Box.Height));
                sheet.Frame(x - 1, y - 1, boxWidth + 2, boxHeight + 2);
                sheet.Write($"{digit.Label}", x + ((boxWidth - Sheet.TextStep) / 2), top);
            }
        }));
    }

    private void DrawStrip(int top)
    {
        DrawPicture(Inverse(Strip), left, top, scale * Strip.Width, scale * Strip.Height);
        HashSet<int> taken = [.. Taken.SelectMany(segment => (int[])[segment.FirstCut, segment.LastCut])];
        foreach (bool isTaken in (bool[])[false, true])
        {
            for (int cut = 0; cut < explanation.Cuts.Length; cut++)
            {
                if (taken.Contains(cut) == isTaken)
                    DrawCut(explanation.Cuts[cut], top, isTaken);
            }
        }
    }

    /// <summary>Draws where a strip was cut: wide and black where the best path cuts, else thin and grey.</summary>
    private void DrawCut(ImmutableArray<int> columns, int top, bool isTaken)
    {
        int width = isTaken ? 3 : 1;
        byte grey = isTaken ? (byte)0 : Grey;
        for (int row = 0; row < columns.Length; row++)
        {
            int here = columns[row], before = columns[Math.Max(0, row - 1)];
            int x = left + (scale * here) - (width / 2), y = top + (scale * row);
            sheet.Fill(x - 1, y, width + 2, scale, byte.MaxValue);
            sheet.Fill(x, y, width, scale, grey);
            sheet.Fill(left + (scale * Math.Min(here, before)) - (width / 2), y, (scale * Math.Abs(here - before)) + width, width, grey);
        }
    }

    /// <summary>What the network says of every column: F6, where it is a bitmap, and the penalties.</summary>
    private void AddColumns()
    {
        int codeWidth = RbfCodes.PrintableAscii.Width, codeHeight = RbfCodes.PrintableAscii.Length / codeWidth;
        if (explanation.Features.Length == codeWidth * codeHeight * explanation.ColumnCount)
            bands.Add(new Band("F6, column by column", scale / 2 * codeHeight, top => DrawFeatures(top, codeWidth, codeHeight)));
        float[] distances = Distances();
        float far = distances.Order().ElementAt(distances.Length / 2);
        string beyond = Blank is null ? "" : " beyond the nearest of each column";
        string caption = string.Create(CultureInfo.InvariantCulture, $"penalties{beyond}, 0 black to {far:0} white; framed: the best path");
        bands.Add(new Band(caption, CellHeight * explanation.ClassCount, top => DrawPenalties(top, distances, far)));
    }

    private void DrawFeatures(int top, int width, int height)
    {
        byte[] shades = new byte[width * height];
        for (int column = 0; column < explanation.ColumnCount; column++)
        {
            for (int i = 0; i < shades.Length; i++)
                shades[i] = Shade(0.5f - (0.5f * explanation.Features[(i * explanation.ColumnCount) + column]));
            int drawn = scale / 2 * width;
            sheet.Draw(new GrayImage(width, height, shades), MiddleOf(column) - (drawn / 2), top, drawn, scale / 2 * height);
        }
    }

    /// <summary>The penalties; beyond the nearest class of a column where there is a blank, since then nothing but the differences tells what is seen.</summary>
    private float[] Distances()
    {
        float[] distances = [.. explanation.Penalties];
        if (Blank is null)
            return distances;
        int columns = explanation.ColumnCount;
        for (int column = 0; column < columns; column++)
        {
            float nearest = Enumerable.Range(0, explanation.ClassCount).Min(label => explanation.Penalties[(label * columns) + column]);
            for (int i = column; i < distances.Length; i += columns)
                distances[i] -= nearest;
        }
        return distances;
    }

    private void DrawPenalties(int top, float[] distances, float far)
    {
        int columns = explanation.ColumnCount;
        for (int label = 0; label < explanation.ClassCount; label++)
        {
            sheet.Write(label == Blank ? "blank" : $"{label}", Gap, top + (label * CellHeight) + 1);
            for (int column = 0; column < columns; column++)
                sheet.Fill(MiddleOf(column) - (Step / 2), top + (label * CellHeight), Step, CellHeight, Shade(distances[(label * columns) + column] / far));
        }
        foreach ((int? seen, int first, int count) in Runs())
        {
            if ((seen ?? Blank) is int label)
                sheet.Frame(MiddleOf(first) - (Step / 2), top + (label * CellHeight), count * Step, CellHeight, thickness: 2);
        }
    }

    private void DrawSegments(int top)
    {
        foreach (Segment segment in segments)
            DrawPicture(segment.Picture, left + segment.Left, top, scale * segment.Picture.Width, scale * segment.Picture.Height);
    }

    /// <summary>Writes each digit beneath what it was seen in.</summary>
    private void DrawDigits(int top)
    {
        // Where strips are both cut and swept, either may have led to the reading.
        int[] middles = segments.Length == reading.Digits.Length
            ? [.. segments.Select(segment => left + ((segment.Left + segment.Right) / 2))]
            : [.. Runs().Where(run => run.Seen is not null).Select(run => (MiddleOf(run.First) + MiddleOf(run.First + run.Count - 1)) / 2)];
        foreach ((StripDigit digit, int middle) in reading.Digits.Zip(middles))
        {
            string percent = string.Create(CultureInfo.InvariantCulture, $"{100 * digit.Confidence:0}");
            sheet.Write($"{digit.Label}", middle - (DigitScale * Sheet.TextStep / 2), top, DigitScale);
            sheet.Write(percent, middle - (percent.Length * Sheet.TextStep / 2), top + (DigitScale * Sheet.TextHeight) + 4);
        }
    }

    /// <summary>The class of the blank, behind the ten digits.</summary>
    private int? Blank => explanation.ClassCount > 10 ? 10 : null;

    private int MiddleOf(int column) => left + (int)(scale * explanation.FirstMiddle) + (column * Step);

    /// <summary>The columns in which the best path sees the same, or sees nothing.</summary>
    private IEnumerable<(int? Seen, int First, int Count)> Runs()
    {
        for (int first = 0, end; first < explanation.Path.Length; first = end)
        {
            for (end = first + 1; end < explanation.Path.Length && explanation.Path[end] == explanation.Path[first];)
                end++;
            yield return (explanation.Path[first], first, end - first);
        }
    }

    private IEnumerable<StripSegment> Taken => explanation.Segments.Where(segment => segment.Label is not null);

    /// <summary>The ink between two cuts, for each run of pieces that the best path takes, side by side.</summary>
    private IEnumerable<Segment> SegmentsTaken()
    {
        int x = 0;
        foreach (StripSegment taken in Taken)
        {
            ImmutableArray<int> from = explanation.Cuts[taken.FirstCut], to = explanation.Cuts[taken.LastCut];
            (int first, int end) = (from.Min(), to.Max());
            byte[] pixels = new byte[(end - first) * Strip.Height];
            for (int row = 0; row < Strip.Height; row++)
                Strip.Row(row)[from[row]..to[row]].CopyTo(pixels.AsSpan((row * (end - first)) + from[row] - first));
            Segment segment = new(x, scale, Inverse(new GrayImage(end - first, Strip.Height, pixels)));
            yield return segment;
            x = segment.Right + Gap;
        }
    }

    /// <summary>Draws a picture with a line around it, since it may be white.</summary>
    private void DrawPicture(GrayImage picture, int left, int top, int width, int height)
    {
        sheet.Fill(left - 1, top - 1, width + 2, height + 2, LightGrey);
        sheet.Draw(picture, left, top, width, height);
    }

    private static byte Shade(float lightness) => (byte)(byte.MaxValue * Math.Clamp(lightness, 0, 1));

    private static GrayImage Inverse(GrayImage picture)
    {
        byte[] inverse = new byte[picture.Pixels.Length];
        TensorPrimitives.OnesComplement(picture.Pixels, inverse);
        return new GrayImage(picture.Width, picture.Height, inverse);
    }

    /// <summary>A part of the sheet from its left to its right, beneath its caption.</summary>
    /// <param name="Caption">What stands above it.</param>
    /// <param name="Height">How high it is.</param>
    /// <param name="Draw">Draws it beneath a row.</param>
    private sealed record Band(string Caption, int Height, Action<int> Draw)
    {
        /// <summary>From its caption to that of the next one.</summary>
        public int Step => CaptionHeight + Height + Gap;
    }

    /// <summary>A segment as it is drawn, so many columns beyond the left edge.</summary>
    private sealed record Segment(int Left, int Scale, GrayImage Picture)
    {
        public int Right => Left + (Scale * Picture.Width);
    }
}
