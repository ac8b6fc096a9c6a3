namespace LeNet5.Imaging;

/// <summary>The pieces of ink that make a line of digits: where they lie, how high they are, how the line is tilted and its strokes slanted.</summary>
internal sealed class InkLine
{
    /// <summary>More pieces than these, of the most ink, need not be looked at to find the line.</summary>
    private const int MostPieces = 400;

    /// <summary>Middles of pieces of the line are at most this far above or below it, in heights of digits.</summary>
    private const double BandShare = 0.5;

    /// <summary>The steepest line, in rows for a column: 10 degrees.</summary>
    private const double SteepestTilt = 0.18;

    /// <summary>A shorter line, in heights of digits, has no tilt to speak of.</summary>
    private const double ShortestTilted = 2.2;

    /// <summary>Middles of digits stray by this share of their height at the least, however well few of them lie on a line.</summary>
    private const double Straying = 0.06;

    /// <summary>A tilt is sure when it is so many times its standard error.</summary>
    private const double Sureness = 3;

    /// <summary>And a smaller one does no harm.</summary>
    private const double SmallestTilt = 0.02;

    /// <summary>A tilted line has this much more ink within reach than a level one.</summary>
    private const double TiltedGain = 1.03;

    /// <summary>Pieces are of the same digit where so much of the narrower one's width is above or below the other.</summary>
    private const double SharedWidth = 0.4;

    /// <summary>Ink that is so black, as MNIST's is, is left as it is.</summary>
    private const int FullInk = 250;

    private readonly List<InkComponent> parts;

    /// <summary>Whether there is no other ink in the picture.</summary>
    private readonly bool isAlone;

    private InkLine(List<InkComponent> parts, PixelBox box, double height, double middle, double tilt, double slant, int digitCount, int speckCount, bool isAlone)
    {
        this.parts = parts;
        this.isAlone = isAlone;
        (Box, Height, Middle, Tilt, Slant, DigitCount, SpeckCount) = (box, height, middle, tilt, slant, digitCount, speckCount);
    }

    /// <summary>The box around all its pieces.</summary>
    public PixelBox Box { get; }

    /// <summary>The usual height of its digits in pixels, across the line.</summary>
    public double Height { get; }

    /// <summary>Row of the middle of its digits where the line crosses the picture's first column.</summary>
    public double Middle { get; }

    /// <summary>Rows that the line falls for each column; 0 where that is not sure.</summary>
    public double Tilt { get; }

    /// <summary>Columns that strokes go to the left for each row that they go down, on the average.</summary>
    public double Slant { get; }

    /// <summary>About as many digits as it has.</summary>
    public int DigitCount { get; }

    /// <summary>Number of pieces of ink that were left out.</summary>
    public int SpeckCount { get; }

    /// <summary>Whether it touches the edge of the picture.</summary>
    public bool TouchesEdge => parts.Exists(part => part.EdgeLength > 0);

    /// <summary>Finds the line that most of a picture's ink lies on.</summary>
    /// <param name="components">All ink that hangs together.</param>
    /// <param name="ink">The picture.</param>
    /// <param name="level">The ink of the picture.</param>
    /// <returns><see langword="null"/> where there is no ink.</returns>
    public static InkLine? Find(List<InkComponent> components, Plane ink, InkLevel level)
    {
        int all = components.Count;
        List<InkComponent> faint = components.FindAll(component => component.Blackest < level.Strong);
        components.RemoveAll(component => component.Blackest < level.Strong);
        int strong = components.Count;
        components.RemoveAll(component => LiesAlongEdge(component, ink));
        List<InkComponent> boxes = components.FindAll(component => component.Area < component.Box.Width * component.Box.Height / 4 && Character.IsBoxAround(component, components));
        components.RemoveAll(boxes.Contains);
        if (components.Count == 0)
            return null;
        double height = UsualHeight(components);
        (double tilt, double middle) = components.Count == 1 ? (0, MiddleOf(components[0].Box)) : Search(components, height);
        List<InkComponent> near = Near(components, height, tilt, middle);
        List<InkGroup> groups = GroupsOf(near, tilt, ink, level);
        height = HeightOf(groups);
        middle = MiddleOf(groups, height);

        // With the height of whole digits pieces of broken ones are found, too, and what reaches in from other lines is told from the line's own.
        List<InkComponent> parts = Near(components, height, tilt, middle);
        parts.RemoveAll(part => IsSpeck(part, parts, height));
        if (parts.Count == 0)
            return null;
        int speckCount = strong - parts.Count;
        parts.AddRange(faint.FindAll(piece => IsFaintStroke(piece, parts, height)));
        if (!parts.SequenceEqual(near))
            groups = GroupsOf(parts, tilt, ink, level);
        double sureTilt = TiltOf(groups, height);
        if (sureTilt != tilt)
        {
            tilt = sureTilt;
            groups = GroupsOf(parts, tilt, ink, level);
        }
        height = HeightOf(groups);
        middle = MiddleOf(groups, height);
        // Slanted digits are wider.
        double slant = SlantOf(groups, height, InkGroup.WidestDigit * height);
        slant = SlantOf(groups, height, (InkGroup.WidestDigit + Math.Abs(slant)) * height);
        PixelBox box = parts.Aggregate(parts[0].Box, (box, part) => box.Union(part.Box));
        return new InkLine(parts, box, height, middle, tilt, slant, groups.Sum(group => group.CountAt(height)), speckCount, isAlone: all == parts.Count);
    }

    /// <summary>Whether a piece lies flat along the upper or lower edge: what is left of a rule or a frame.</summary>
    private static bool LiesAlongEdge(InkComponent component, Plane ink) =>
        (component.Box.Top == 0 || component.Box.Bottom == ink.Height)
        && 4 * component.Box.Height < ink.Height && component.Box.Width > 2 * component.Box.Height;

    /// <summary>Half of the ink belongs to pieces that are no higher.</summary>
    private static double UsualHeight(List<InkComponent> components)
    {
        List<InkComponent> sorted = [.. components.OrderBy(component => component.Box.Height)];
        long half = components.Sum(component => component.Mass) / 2;
        foreach (InkComponent component in sorted)
        {
            half -= component.Mass;
            if (half <= 0)
                return component.Box.Height;
        }
        return sorted[^1].Box.Height;
    }

    /// <summary>The line, level or tilted, with the most ink in reach.</summary>
    private static (double Tilt, double Middle) Search(List<InkComponent> components, double height)
    {
        List<InkComponent> pieces = [.. components.OrderByDescending(component => component.Mass).Take(MostPieces)];
        int left = pieces.Min(piece => piece.Box.Left), right = pieces.Max(piece => piece.Box.Right);
        (double best, double middle, double tilt) = (0, 0, 0);
        double width = Math.Max(right - left, 1), step = Math.Max(height / (4 * width), SteepestTilt / 200);
        int steps = width < ShortestTilted * height ? 0 : (int)(SteepestTilt / step);
        (double Row, long Mass)[] rows = new (double, long)[pieces.Count];
        long all = pieces.Sum(piece => piece.Mass);
        for (int i = 0; i <= 2 * steps; i++)
        {
            // From level to steep, down and up in turn.
            double slope = step * ((i + 1) / 2) * (i % 2 == 0 ? 1 : -1);
            for (int k = 0; k < rows.Length; k++)
                rows[k] = (MiddleOf(pieces[k].Box) - (slope * CenterOf(pieces[k].Box)), pieces[k].Mass);
            Array.Sort(rows, static (a, b) => a.Row.CompareTo(b.Row));
            (double mass, double row) = Densest(rows, 2 * BandShare * height);
            if (mass > best * TiltedGain)
                (best, middle, tilt) = (mass, row, slope);
            // No other line can have more than all.
            if (best * TiltedGain >= all)
                break;
        }
        return (tilt, middle);
    }

    /// <summary>The most ink within a band, and the band's middle.</summary>
    private static (double Mass, double Row) Densest((double Row, long Mass)[] rows, double band)
    {
        (long best, double row) = (0, 0);
        long mass = 0;
        for (int first = 0, end = 0; first < rows.Length; first++)
        {
            for (; end < rows.Length && rows[end].Row - rows[first].Row <= band; end++)
                mass += rows[end].Mass;
            if (mass > best)
                (best, row) = (mass, (rows[first].Row + rows[end - 1].Row) / 2);
            mass -= rows[first].Mass;
        }
        return (best, row);
    }

    /// <summary>The pieces that lie on a line: most of them, or all that a digit's height holds, is no farther from its middle than digits reach.</summary>
    private static List<InkComponent> Near(List<InkComponent> components, double height, double tilt, double middle) => components.FindAll(component =>
    {
        double row = middle + (tilt * CenterOf(component.Box)), reach = 0.65 * height;
        double within = Math.Min(component.Box.Bottom, row + reach) - Math.Max(component.Box.Top, row - reach);
        // A long line's tilt makes the box of digits that touch each other higher than they are.
        return within >= 0.5 * Math.Min(component.Box.Height, 2 * reach)
            && (Math.Abs(MiddleOf(component.Box) - row) <= height || component.Box.Height < 2.5 * height || component.Box.Width > 2 * height);
    });

    /// <summary>Whether a piece is too small to be a comma or part of a digit, or small and alone.</summary>
    private static bool IsSpeck(InkComponent part, List<InkComponent> parts, double height)
    {
        double tiny = 0.12 * height, small = 0.3 * height;
        if (part.Box.Side >= small || part.Area >= 0.06 * height * height)
            return false;
        return part.Box.Side <= tiny || part.Area < 0.008 * height * height
            || !parts.Exists(other => other.Box.Side > small && other.Box.GapTo(part.Box) < 0.35 * height);
    }

    /// <summary>Whether a faint piece is where a stroke fades: small, and close to a black one.</summary>
    private static bool IsFaintStroke(InkComponent piece, List<InkComponent> parts, double height) =>
        piece.Box.Side < 0.5 * height && parts.Exists(part => part.Box.GapTo(piece.Box) <= 0.1 * height);

    /// <summary>Puts together what lies above and below each other, from left to right along the line.</summary>
    private static List<InkGroup> GroupsOf(List<InkComponent> parts, double tilt, Plane ink, InkLevel level)
    {
        List<InkGroup> groups = [.. parts.Select(part => InkGroup.Of(part, tilt, ink, level.Level / 2)).OrderBy(group => group.Left)];
        for (int i = 1; i < groups.Count; i++)
        {
            double shared = Math.Min(groups[i - 1].Right, groups[i].Right) - groups[i].Left;
            if (shared < SharedWidth * Math.Min(groups[i - 1].Width, groups[i].Width))
                continue;
            groups[i - 1].Add(groups[i]);
            groups.RemoveAt(i--);
        }
        return groups;
    }

    private static double HeightOf(List<InkGroup> groups)
    {
        List<InkGroup> sorted = [.. groups.OrderBy(group => group.Height)];
        long half = sorted.Sum(group => group.Mass) / 2;
        int usual = 0;
        while (usual < sorted.Count - 1 && (half -= sorted[usual].Mass) > 0)
            usual++;
        // Both edges of a hairline may be in the middle of its one row.
        double height = Math.Max(1, sorted[usual].Height);
        return Math.Max(1, Median(sorted, height, static group => group.Height) ?? height);
    }

    private static double MiddleOf(List<InkGroup> groups, double height)
    {
        double top = Median(groups, height, static group => group.Top) ?? groups[0].Top, bottom = Median(groups, height, static group => group.Bottom) ?? groups[0].Bottom;
        return (top + bottom) / 2;
    }

    /// <summary>The median over digits, those that touch each other counted.</summary>
    private static double? Median(List<InkGroup> groups, double height, Func<InkGroup, double> value)
    {
        List<double> values = [];
        foreach (InkGroup group in groups)
        {
            for (int i = 0; i < group.CountAt(height); i++)
                values.Add(value(group));
        }
        if (values.Count == 0)
            return null;
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    /// <summary>Rows that the line falls for a column by the middles of its digits, by least squares; 0 where digits that stray as they do might look the same on a level line.</summary>
    private static double TiltOf(List<InkGroup> groups, double height)
    {
        List<(double X, double Y)> points = [];
        foreach (InkGroup group in groups)
            group.AddMiddles(points, height);
        if (points.Count < 3 || points.Max(point => point.X) - points.Min(point => point.X) < ShortestTilted * height)
            return 0;
        (double slope, double row, double error) = LineThrough(points, height);
        points.RemoveAll(point => Math.Abs(point.Y - row - (slope * point.X)) > 0.3 * height);
        if (points.Count < 3)
            return 0;
        (slope, _, error) = LineThrough(points, height);
        return Math.Abs(slope) > Math.Max(Sureness * error, SmallestTilt) ? slope : 0;
    }

    private static (double Slope, double Row, double Error) LineThrough(List<(double X, double Y)> points, double height)
    {
        double meanX = points.Average(point => point.X), meanY = points.Average(point => point.Y), xx = 0, xy = 0, yy = 0;
        foreach ((double x, double y) in points)
        {
            xx += (x - meanX) * (x - meanX);
            xy += (x - meanX) * (y - meanY);
            yy += (y - meanY) * (y - meanY);
        }
        double slope = xy / Math.Max(xx, 1e-9), variance = Math.Max(0, yy - (slope * xy)) / Math.Max(1, points.Count - 2);
        return (slope, meanY - (slope * meanX), Math.Sqrt(Math.Max(variance, Straying * height * Straying * height) / Math.Max(xx, 1e-9)));
    }

    /// <summary>The shear that makes the second moments of digits upright, over all of them.</summary>
    private static double SlantOf(List<InkGroup> groups, double height, double widest)
    {
        (double sheared, double upright) = (0, 0);
        foreach (InkGroup group in groups)
        {
            if (group.Width > widest || group.CountAt(height) == 0)
                continue;
            (double across, double down) = group.Moments();
            sheared -= across;
            upright += down;
        }
        return upright == 0 ? 0 : sheared / upright;
    }

    private static double MiddleOf(PixelBox box) => box.Top + (box.Height / 2.0);

    private static double CenterOf(PixelBox box) => box.Left + (box.Width / 2.0);

    /// <summary>The line alone on black, its ink stretched to 255.</summary>
    /// <param name="ink">The picture that it was found in.</param>
    /// <param name="level">The ink of the picture.</param>
    /// <param name="margin">Pixels around its pieces that are kept for the faint edges of strokes.</param>
    public Plane CutOut(Plane ink, InkLevel level, int margin)
    {
        Plane line = new(ink.Width, ink.Height);
        int[] counts = new int[256];
        // Where all else is clean, whole boxes with a wider margin lose nothing, and are less work.
        bool isClean = level.Noise == 0 && isAlone;
        foreach (InkComponent part in parts)
        {
            if (isClean)
                Copy(ink, line, part.Box.Grow(2 * margin, ink.Width, ink.Height));
            foreach (InkRun run in part.Runs)
            {
                foreach (byte value in ink.Row(run.Row)[run.Start..run.End])
                    counts[value] += value >= level.Strong ? 1 : 0;
                if (isClean)
                    continue;
                int start = Math.Max(0, run.Start - margin), end = Math.Min(ink.Width, run.End + margin);
                for (int y = Math.Max(0, run.Row - margin); y <= Math.Min(ink.Height - 1, run.Row + margin); y++)
                    ink.Row(y)[start..end].CopyTo(line.Row(y)[start..]);
            }
        }
        // The ground follows the lightest of noise, so that paper is a little darker than it.
        int paper = level.Noise == 0 ? 0 : Math.Min(InkLevel.ValueAt(ink.Histogram(), 0, 0.5), (int)level.Floor);
        Stretch(line, paper, InkLevel.ValueAt(counts, 0, 0.5));
        return line;
    }

    private static void Copy(Plane ink, Plane line, PixelBox box)
    {
        for (int y = box.Top; y < box.Bottom; y++)
            ink.Row(y)[box.Left..box.Right].CopyTo(line.Row(y)[box.Left..]);
    }

    private static void Stretch(Plane line, int paper, int black)
    {
        if (paper == 0 && black >= FullInk)
            return;
        byte[] stretched = new byte[256];
        int range = Math.Max(1, black - paper);
        for (int value = paper; value < stretched.Length; value++)
            stretched[value] = (byte)Math.Min(255, (((value - paper) * 255) + (range / 2)) / range);
        foreach (ref byte value in line.Values.AsSpan())
            value = stretched[value];
    }

    /// <summary>The columns of a strip that the line reaches, before the first of which is 0.</summary>
    /// <param name="placement">Where the strip lies in the picture.</param>
    public (double First, double End) Reach(LinePlacement placement)
    {
        if (placement.IsUpright)
            return (placement.ToStrip(Box.Left, 0).Column, placement.ToStrip(Box.Right, 0).Column);
        (double first, double end) = (double.MaxValue, double.MinValue);
        foreach (InkComponent part in parts)
        {
            foreach (InkRun run in part.Runs)
            {
                first = Math.Min(first, placement.ToStrip(run.Start, run.Row + 0.5).Column);
                end = Math.Max(end, placement.ToStrip(run.End, run.Row + 0.5).Column);
            }
        }
        return (first, end);
    }
}
