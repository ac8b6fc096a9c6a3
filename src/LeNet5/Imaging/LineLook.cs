using System.Collections.Immutable;

namespace LeNet5.Imaging;

/// <summary>What a look at a picture, or a part of it, finds: its ink, and the line of digits in it.</summary>
/// <param name="Part">The part of the picture that was looked at.</param>
/// <param name="Block">In blocks of this side.</param>
/// <param name="Ink">Its ink, a pixel for each block, without rules.</param>
/// <param name="Level">What counts as ink.</param>
/// <param name="DarkInk">Whether the ink is darker than the ground.</param>
/// <param name="RuleCount">Number of rules removed.</param>
/// <param name="Line">The line, in blocks; <see langword="null"/> where there is no ink.</param>
internal sealed record LineLook(PixelBox Part, int Block, Plane Ink, InkLevel Level, bool DarkInk, int RuleCount, InkLine? Line)
{
    /// <summary>The ground is estimated in about so many rows.</summary>
    private const int GroundRows = 24;

    /// <summary>Looks at a part of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="part">The part.</param>
    /// <param name="block">Side of the squares of which means are looked at.</param>
    /// <param name="darkInk">Known polarity; <see langword="null"/> at a first look, which also looks for what lies around the paper.</param>
    /// <param name="stages">Where to keep the stages.</param>
    public static LineLook At(GrayImage picture, PixelBox part, int block, bool? darkInk, ImmutableArray<NormalizerStage>.Builder? stages)
    {
        Plane working = Resampling.BlockMeans(picture, part, block);
        if (EvenGround.Remove(working, darkInk) is { } even)
        {
            Keep("picture", working);
            Keep("ink", even.Ink, inverse: true);
            return Found(even.Ink, even.Level, even.DarkInk, () => InkLevel.OfClean(even.Ink.Histogram()));
        }
        if (darkInk is null && Frame.Inside(working, Math.Min(working.Width, working.Height)) is { } inside)
        {
            part = InPicture(part, block, inside);
            working = Resampling.BlockMeans(picture, part, block);
        }
        Keep("picture", working);
        (Plane ink, working, Plane ground, bool isDark) = Ground.Remove(working, darkInk, Math.Min(working.Width, working.Height), GroundRows);
        ink = Resampling.WithoutDots(ink);
        Keep("ground", ground, inverse: !isDark);
        Keep("ink", ink, inverse: true);
        InkLevel level = InkLevel.Of(ink, working, ground);
        if (level.IsDrowned)
        {
            ink = Resampling.Smooth(ink);
            Keep("smoothed", ink, inverse: true);
            double noise = level.Noise * Resampling.SmoothNoise;
            return Found(ink, InkLevel.OfSmoothed(ink, noise), isDark, () => InkLevel.OfSmoothed(ink, noise));
        }
        return Found(ink, level, isDark, () => InkLevel.Of(ink, working, ground));

        LineLook Found(Plane ink, InkLevel level, bool isDark, Func<InkLevel> measure)
        {
            if (level.Level == 0)
                return new(part, block, ink, level, isDark, RuleCount: 0, Line: null);
            List<InkComponent> components = InkSegmenter.Find(ink, level.Weak);
            int rules = MayBeRuled(components, ink) ? RuledLines.RemoveOfLine(ink, level) : 0;
            if (rules > 0)
            {
                level = measure();
                Keep("without rules", ink, inverse: true);
                components = InkSegmenter.Find(ink, level.Weak);
            }
            return new(part, block, ink, level, isDark, rules, level.Level == 0 ? null : InkLine.Find(components, ink, level));
        }

        void Keep(string name, Plane plane, bool inverse = false) => stages?.Add(new NormalizerStage(name, (inverse ? plane.Inverse() : plane).ToImage()));
    }

    /// <summary>Whether there are flat pieces of ink enough for a rule, or one piece that hangs on a rule, or goes from the upper edge to the lower.</summary>
    private static bool MayBeRuled(List<InkComponent> components, Plane ink)
    {
        const double share = 0.4, flat = 0.25, longest = 0.5;
        int flatWidth = 0;
        foreach (InkComponent component in components)
        {
            PixelBox box = component.Box;
            bool isFlat = box.Height < flat * box.Width;
            if (box.Height == ink.Height || (box.Width > share * ink.Width && (isFlat || component.Runs.Any(run => run.End - run.Start > longest * ink.Height))))
                return true;
            flatWidth += isFlat ? box.Width : 0;
        }
        return flatWidth > share * ink.Width;
    }

    /// <summary>A box of blocks in pixels of the whole picture.</summary>
    public PixelBox InPicture(PixelBox box) => InPicture(Part, Block, box);

    private static PixelBox InPicture(PixelBox part, int block, PixelBox box)
    {
        int left = part.Left + (box.Left * block), top = part.Top + (box.Top * block);
        return new(left, top, Math.Min(part.Right, left + (box.Width * block)) - left, Math.Min(part.Bottom, top + (box.Height * block)) - top);
    }
}
