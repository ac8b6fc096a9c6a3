using LeNet5.Imaging;

namespace LeNet5.Tests.Pictures;

/// <summary>What each stage of the normalizer is worth: the same pictures, read with one stage left out.</summary>
public class StagesTests
{
    private const int FieldSide = DigitNormalizer.FieldSide;

    public enum Stage
    {
        None,
        All,
        Polarity,
        Ground,
        Rules,
        Components,
        StrokeWidth,
        CenterOfMass,
    }

    /// <summary>Prints the table of docs/images.md.</summary>
    [Test]
    public void Normalize_WithoutAStage_MisreadsMore()
    {
        DigitReader reader = new(PretrainedModels.Digits);
        TestPicture[] pictures = [.. TestPictures.Digits()];
        float[] penalties = new float[reader.ClassCount];
        Dictionary<Stage, double> means = [];
        TestContext.Out.WriteLine($"{"without",-14}{string.Concat(Enum.GetNames<Taken>().Select(name => $"{name,8}"))}");
        foreach (Stage without in Enum.GetValues<Stage>())
        {
            int[] right = new int[Enum.GetValues<Taken>().Length], all = new int[right.Length];
            foreach (TestPicture picture in pictures)
            {
                reader.Read(Normalize(picture.Image, without), penalties);
                right[(int)picture.Taken] += Array.IndexOf(penalties, penalties.Min()) == picture.Label ? 1 : 0;
                all[(int)picture.Taken]++;
            }
            TestContext.Out.WriteLine($"{without,-14}{string.Concat(right.Zip(all, (a, b) => $"{(double)a / b,8:P0}"))}");
            means[without] = (double)right.Sum() / all.Sum();
        }
        foreach (Stage without in Enum.GetValues<Stage>().Where(stage => stage is not (Stage.None or Stage.StrokeWidth or Stage.CenterOfMass)))
            Assert.That(means[without], Is.LessThan(means[Stage.None] - 0.01), $"{without}");
    }

    /// <summary>What <see cref="DigitNormalizer"/> does, but for a stage.</summary>
    private static byte[] Normalize(GrayImage picture, Stage without)
    {
        if (without == Stage.None)
            return DigitNormalizer.Normalize(picture).Picture.Pixels.ToArray();
        Plane working = new(picture.Pixels.ToArray(), picture.Width, picture.Height);
        if (without == Stage.All)
            return ScaleWhole(working);
        (Plane ink, working, Plane ground, _) = Ground.Remove(working, darkInk: without == Stage.Polarity ? true : null);
        if (without == Stage.Ground)
        {
            // One paper white for the whole picture: its lightest pixel.
            byte paper = working.Values.Max();
            ink = new(Array.ConvertAll(working.Values, value => (byte)(paper - value)), working.Width, working.Height);
            ground.Values.AsSpan().Fill(paper);
        }
        InkLevel level = InkLevel.Of(ink, working, ground);
        if (without != Stage.Rules && RuledLines.Remove(ink, level) > 0)
            level = InkLevel.Of(ink, working, ground);
        if (level.Level == 0)
            return new byte[FieldSide * FieldSide];
        Plane digit = without == Stage.Components ? CutAll(ink, level) : Character.Find(ink, level)?.CutOut(ink, level, DigitNormalizer.Faint).Digit ?? new Plane(1, 1);
        double width = (double)DigitNormalizer.DigitSide / digit.Side * Strokes.WidthOf(digit);
        Plane fitted = DigitNormalizer.Fit(digit, width, without == Stage.StrokeWidth ? 0 : Math.Clamp(width, DigitNormalizer.ThinStroke, DigitNormalizer.ThickStroke) - width);
        if (without != Stage.CenterOfMass)
            return DigitNormalizer.Center(fitted).Values;
        Plane field = new(FieldSide, FieldSide);
        for (int y = 0; y < Math.Min(fitted.Height, FieldSide); y++)
            fitted.Row(y)[..Math.Min(fitted.Width, FieldSide)].CopyTo(field.Row(y + ((FieldSide - Math.Min(fitted.Height, FieldSide)) / 2))[((FieldSide - Math.Min(fitted.Width, FieldSide)) / 2)..]);
        return field.Values;
    }

    /// <summary>What many programs do: the whole picture in 28x28, inverted where it is light.</summary>
    private static byte[] ScaleWhole(Plane picture)
    {
        Plane field = Resampling.Fit(picture, new PixelBox(0, 0, picture.Width, picture.Height), FieldSide, FieldSide);
        return field.Values.Average(value => value) > 127 ? field.Inverse().Values : field.Values;
    }

    /// <summary>All that is as black as ink.</summary>
    private static Plane CutAll(Plane ink, InkLevel level)
    {
        List<InkComponent> all = InkSegmenter.Find(ink, level.Weak);
        PixelBox box = all.Aggregate(all[0].Box, (box, component) => box.Union(component.Box));
        Plane digit = Plane.Crop(ink.Values, ink.Width, box);
        return new Plane(Array.ConvertAll(digit.Values, value => (byte)Math.Min(255, value * 255 / Math.Max(1, level.Level))), digit.Width, digit.Height);
    }
}
