namespace LeNet5.Imaging;

/// <summary>Pieces above and below each other: a digit, or several that touch. Measured along the line and across it, from the line through the picture's first row at its first column.</summary>
internal sealed class InkGroup
{
    /// <summary>What is wider, in heights, is several digits.</summary>
    public const double WidestDigit = 1.3;

    private const double UsualWidth = 0.8;

    /// <summary>Heights of digits are between these shares of the usual one; what is lower is a comma, a dash or a piece of a digit.</summary>
    private const double LowShare = 0.6, HighShare = 1.6;

    private readonly List<InkComponent> pieces = [];

    public double Left { get; private set; }

    public double Right { get; private set; }

    public double Top { get; private set; }

    public double Bottom { get; private set; }

    public long Mass { get; private set; }

    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double Tilt { get; private init; }

    /// <param name="piece">Its only piece so far.</param>
    /// <param name="tilt">The line's.</param>
    /// <param name="ink">The picture.</param>
    /// <param name="half">Half as black as ink is, as the edges of strokes are.</param>
    public static InkGroup Of(InkComponent piece, double tilt, Plane ink, int half)
    {
        PixelBox box = piece.Box;
        InkGroup group = new() { Left = box.Left, Right = box.Right, Top = box.Top, Bottom = box.Bottom, Mass = piece.Mass, Tilt = tilt };
        group.pieces.Add(piece);
        if (tilt != 0)
            (group.Top, group.Bottom) = group.Extent(box.Left, box.Right) ?? (group.Top, group.Bottom);
        group.Top += EdgeWithin(ink, box, box.Top, 1, half);
        group.Bottom -= EdgeWithin(ink, box, box.Bottom - 1, -1, half);
        return group;
    }

    /// <summary>How far inside the outer edge of its first or last row, in rows, the blackest ink of a piece's rows becomes half as black as ink is, so that the height of a
    /// digit in a large picture is many times that in a small one.</summary>
    private static double EdgeWithin(Plane ink, PixelBox box, int row, int step, int half)
    {
        int outer = row - step >= 0 && row - step < ink.Height ? Blackest(row - step) : 0;
        for (int i = 0; i < (box.Height + 1) / 2; i++)
        {
            int inner = Blackest(row + (step * i));
            if (inner >= half)
                return i - 0.5 + Math.Clamp((double)(half - outer) / Math.Max(1, inner - outer), 0, 1);
            outer = inner;
        }
        return 0;

        int Blackest(int y)
        {
            byte blackest = 0;
            foreach (byte value in ink.Row(y)[box.Left..box.Right])
                blackest = Math.Max(blackest, value);
            return blackest;
        }
    }

    public void Add(InkGroup other)
    {
        pieces.AddRange(other.pieces);
        (Left, Right) = (Math.Min(Left, other.Left), Math.Max(Right, other.Right));
        (Top, Bottom) = (Math.Min(Top, other.Top), Math.Max(Bottom, other.Bottom));
        Mass += other.Mass;
    }

    /// <summary>About as many digits as it holds; none where its height is not that of a digit.</summary>
    public int CountAt(double height) =>
        Height < LowShare * height || Height > HighShare * height ? 0 : Math.Max(1, (int)Math.Round(Width / (UsualWidth * height)));

    /// <summary>Adds the middles of its digits as points of the picture; what is wide is cut into parts as wide as digits.</summary>
    public void AddMiddles(List<(double X, double Y)> points, double height)
    {
        int count = Width > WidestDigit * height ? (int)Math.Round(Width / (UsualWidth * height)) : 1;
        for (int i = 0; i < count; i++)
        {
            double left = Left + (Width * i / count), right = Left + (Width * (i + 1) / count);
            (double Top, double Bottom)? extent = count == 1 && Tilt == 0 ? (Top, Bottom) : Extent(left, right);
            if (extent is not { } rows || rows.Bottom - rows.Top < LowShare * height || rows.Bottom - rows.Top > HighShare * height)
                continue;
            double x = (left + right) / 2;
            points.Add((x, ((rows.Top + rows.Bottom) / 2) + (Tilt * x)));
        }
    }

    /// <summary>Its first row and the row behind its last between two columns, less the line's fall.</summary>
    private (double Top, double Bottom)? Extent(double left, double right)
    {
        (double top, double bottom) = (double.MaxValue, double.MinValue);
        foreach (InkComponent piece in pieces)
        {
            foreach (InkRun run in piece.Runs)
            {
                double start = Math.Max(run.Start, left), end = Math.Min(run.End, right);
                if (start >= end)
                    continue;
                double first = run.Row - (Tilt * start), last = run.Row - (Tilt * end);
                top = Math.Min(top, Math.Min(first, last));
                bottom = Math.Max(bottom, Math.Max(first, last) + 1);
            }
        }
        return top > bottom ? null : (top, bottom);
    }

    /// <summary>Second moments about its centre, along the line by across it, and across it.</summary>
    public (double Across, double Down) Moments()
    {
        double area = 0, sumX = 0, sumY = 0, xy = 0, yy = 0;
        foreach (InkComponent piece in pieces)
        {
            foreach (InkRun run in piece.Runs)
            {
                double length = run.End - run.Start, middle = run.Start + (length / 2) - Left, row = run.Row - Top;
                (double x, double y) = (middle + (Tilt * row), row - (Tilt * middle));
                area += length;
                sumX += length * x;
                sumY += length * y;
                xy += length * x * y;
                yy += length * y * y;
            }
        }
        return (xy - (sumX * sumY / area), yy - (sumY * sumY / area));
    }
}
