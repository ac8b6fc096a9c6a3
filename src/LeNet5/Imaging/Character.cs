namespace LeNet5.Imaging;

/// <summary>The pieces of ink that make one character, and what else was in the picture.</summary>
internal sealed class Character
{
    /// <summary>Pieces nearer than this share of the character's longer side belong to it: the bar of a 5, a broken stroke.</summary>
    private const double NearbyShare = 0.2;

    /// <summary>Less ink than this share of the main piece's is a speck.</summary>
    private const double SpeckShare = 0.03;

    /// <summary>A piece of at least this share of the character's height, with the ink to match, that stands beside it, is another character.</summary>
    private const double OtherHeightShare = 0.6;
    private const double OtherInkShare = 0.3;

    /// <summary>A character with less than this share of the ink is one of many things in the picture.</summary>
    private const double LeastInkShare = 0.5;

    private const double ThinnestLine = 0.06;
    private const double EdgeShare = 0.3;

    private readonly List<InkComponent> parts;

    private Character(List<InkComponent> parts, PixelBox box, int otherCount, int speckCount, double inkShare)
    {
        this.parts = parts;
        (Box, OtherCount, SpeckCount, InkShare) = (box, otherCount, speckCount, inkShare);
    }

    /// <summary>The box around all its pieces.</summary>
    public PixelBox Box { get; }

    /// <summary>Number of other characters beside it.</summary>
    public int OtherCount { get; }

    /// <summary>Number of pieces of ink that were left out.</summary>
    public int SpeckCount { get; }

    /// <summary>Its share of all ink away from the edges.</summary>
    public double InkShare { get; }

    /// <summary>Whether it touches the edge of the picture.</summary>
    public bool TouchesEdge => parts.Exists(part => part.EdgeLength > 0);

    /// <summary>Whether a network should have a look at it.</summary>
    public Rejection Judge() =>
        OtherCount > 0 ? Rejection.SeveralCharacters
        : InkShare < LeastInkShare ? Rejection.NotADigit
        : Rejection.None;

    /// <summary>Finds the character that a picture most likely is of: much ink, that hangs together, away from the edge.</summary>
    /// <returns><see langword="null"/> where there is no ink.</returns>
    public static Character? Find(Plane ink, InkLevel level)
    {
        List<InkComponent> components = InkSegmenter.Find(ink, level.Weak);
        components.RemoveAll(component => component.Blackest < level.Strong || IsLine(component, ink));
        List<InkComponent> boxes = components.FindAll(component => IsBoxAround(component, components));
        components.RemoveAll(boxes.Contains);
        if (components.Count == 0)
            return null;
        components.Sort((a, b) => Weight(b).CompareTo(Weight(a)));
        InkComponent main = components[0];
        List<InkComponent> parts = [main];
        PixelBox box = main.Box;
        components.RemoveAt(0);
        for (int i = 0; i < components.Count; i++)
        {
            InkComponent component = components[i];
            bool isSpeck = component.Mass < SpeckShare * main.Mass;
            if (isSpeck || component.Box.GapTo(box) > NearbyShare * box.Side || StandsBeside(component) || IsAtEdge(component))
                continue;
            parts.Add(component);
            box = box.Union(component.Box);
            components.RemoveAt(i);
            // What was too far away may be near the new piece.
            i = -1;
        }
        long own = 0, elsewhere = 0;
        int others = 0;
        foreach (InkComponent part in parts)
            own += part.Mass;
        foreach (InkComponent component in components)
        {
            if (IsAtEdge(component))
                continue;
            elsewhere += component.Mass;
            others += component.Box.Height >= OtherHeightShare * box.Height && component.Mass >= OtherInkShare * own ? 1 : 0;
        }
        return new Character(parts, box, others, components.Count - others, (double)own / (own + elsewhere));

        // Ink that lies along the edge is a shadow's corner, a frame, or a neighbour that was cut through.
        static double Weight(InkComponent component)
        {
            double away = 1 - Math.Min(1, (double)component.EdgeLength / (component.Box.Width + component.Box.Height));
            return component.Mass * away * away;
        }

        bool IsAtEdge(InkComponent component) => component.EdgeLength > 0 && main.EdgeLength == 0;

        // Two tall strokes with a gap between are two characters, as are 1 and 1.
        bool StandsBeside(InkComponent component) =>
            Math.Min(component.Box.Height, box.Height) >= OtherHeightShare * Math.Max(component.Box.Height, box.Height)
            && Math.Max(component.Box.Left, box.Left) - Math.Min(component.Box.Right, box.Right) > 0.1 * box.Height;
    }

    /// <summary>Whether ink is a line from one edge of the picture to the other, or lies along an edge with little behind it: what is left of a rule or a frame.</summary>
    private static bool IsLine(InkComponent component, Plane ink)
    {
        PixelBox box = component.Box;
        return (box.Height == ink.Height && box.Width < ThinnestLine * ink.Height)
            || (box.Width == ink.Width && box.Height < ThinnestLine * ink.Width)
            || (component.EdgeLength > EdgeShare * component.Area && 4 * Math.Min(box.Width, box.Height) < Math.Min(ink.Width, ink.Height));
    }

    /// <summary>Whether ink is a box of a form, with another piece of ink inside.</summary>
    public static bool IsBoxAround(InkComponent box, List<InkComponent> components)
    {
        const double border = 0.15, insideShare = 0.1, contentHeight = 0.3;
        (int marginX, int marginY) = ((int)(border * box.Box.Width), (int)(border * box.Box.Height));
        PixelBox inside = new(box.Box.Left + marginX, box.Box.Top + marginY, box.Box.Width - (2 * marginX), box.Box.Height - (2 * marginY));
        int within = 0;
        foreach (InkRun run in box.Runs)
        {
            if (run.Row >= inside.Top && run.Row < inside.Bottom)
                within += Math.Max(0, Math.Min(run.End, inside.Right) - Math.Max(run.Start, inside.Left));
        }
        return within < insideShare * box.Area && components.Exists(content =>
            content != box && content.Box.Height > contentHeight * box.Box.Height && content.Box.Union(box.Box) == box.Box);
    }

    /// <summary>The character alone on black, as black as it was, tightly cut.</summary>
    /// <param name="ink">The picture that it was found in.</param>
    /// <param name="faint">What is at least so black belongs to its box.</param>
    /// <param name="level">The ink of the picture.</param>
    /// <returns>The character, its ink stretched to 255, and its place in the picture.</returns>
    public (Plane Digit, PixelBox Box) CutOut(Plane ink, InkLevel level, int faint)
    {
        PixelBox around = Box.Grow(1, ink.Width, ink.Height);
        Plane digit = new(around.Width, around.Height);
        int[] counts = new int[256];
        // Runs with a margin of a pixel, for the faint edges of strokes.
        foreach (InkComponent part in parts)
        {
            foreach (InkRun run in part.Runs)
            {
                foreach (byte value in ink.Row(run.Row)[run.Start..run.End])
                    counts[value] += value >= level.Strong ? 1 : 0;
                int start = Math.Max(around.Left, run.Start - 1), end = Math.Min(around.Right, run.End + 1);
                for (int y = Math.Max(around.Top, run.Row - 1); y < Math.Min(around.Bottom, run.Row + 2); y++)
                    ink.Row(y)[start..end].CopyTo(digit.Row(y - around.Top)[(start - around.Left)..]);
            }
        }
        int black = InkLevel.ValueAt(counts, 0, 0.5);
        byte[] stretched = new byte[256];
        for (int value = 0; value < stretched.Length; value++)
            stretched[value] = (byte)Math.Min(255, ((value * 255) + (black / 2)) / black);
        for (int i = 0; i < digit.Values.Length; i++)
            digit.Values[i] = stretched[digit.Values[i]];

        faint = Math.Max(faint, stretched[Math.Min(255, (int)level.Floor)]);
        PixelBox tight = digit.TightBox(faint)!.Value;
        return (Plane.Crop(digit.Values, digit.Width, tight), tight with { Left = tight.Left + around.Left, Top = tight.Top + around.Top });
    }
}
