using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class ResamplingTests
{
    [Test]
    public void BlockMeans_AnySizeAndBlock_AreTheRoundedMeans(
        [Values(1, 2, 5, 64, 67, 200, 515)] int width, [Values(1, 3, 20)] int height, [Values(1, 2, 3, 7, 19, 64, 600)] int block)
    {
        Plane picture = Drawn.Noise(width, height, seed: width + height);
        Plane means = Resampling.BlockMeans(picture.Values, width, height, block);
        Assert.That((means.Width, means.Height), Is.EqualTo(((width + block - 1) / block, (height + block - 1) / block)));
        Assert.That(means.Values, Is.EqualTo(PlainMeans(picture, block).Values));
    }

    [Test]
    public void BlockMeans_WhitePicture_StaysWhite()
    {
        byte[] white = new byte[3000 * 2000];
        white.AsSpan().Fill(255);
        Assert.That(Resampling.BlockMeans(white, width: 3000, height: 2000, block: 3000).Values, Is.EqualTo(new byte[] { 255 }));
        Assert.That(Resampling.BlockMeans(white, width: 3000, height: 2000, block: 512).Values, Is.All.EqualTo(255));
    }

    [TestCase(0, 0, 90, 50)]
    [TestCase(0, 11, 90, 20)]
    [TestCase(17, 0, 60, 50)]
    [TestCase(80, 40, 10, 10)]
    [TestCase(33, 9, 1, 1)]
    public void BlockMeans_PartOfAPicture_AreThoseOfTheCroppedPart(int left, int top, int width, int height)
    {
        Plane picture = Drawn.Noise(90, 50, seed: 1);
        PixelBox box = new(left, top, width, height);
        Plane part = Drawn.Of(width, height, (x, y) => picture.Row(top + y)[left + x]);
        foreach (int block in (int[])[1, 4, 100])
            Assert.That(Resampling.BlockMeans(picture.ToImage(), box, block).Values, Is.EqualTo(PlainMeans(part, block).Values));
    }

    [TestCase(1, 1)]
    [TestCase(20, 13)]
    [TestCase(5, 70)]
    public void Fit_SameSize_ChangesNothing(int width, int height)
    {
        Plane picture = Drawn.Noise(width, height, seed: 2);
        Assert.That(Resampling.Fit(picture, new PixelBox(0, 0, width, height), width, height).Values, Is.EqualTo(picture.Values));
    }

    [Test]
    public void Fit_ConstantPicture_StaysConstant(
        [Values(1, 2, 7, 100, 251)] int width, [Values(1, 3, 90)] int height, [Values(0, 1, 100, 255)] int value, [Values(1, 20, 80, 133)] int fitted)
    {
        Plane result = Resampling.Fit(Drawn.Of(width, height, (_, _) => value), new PixelBox(0, 0, width, height), fitted, Math.Max(1, fitted / 2));
        Assert.That((result.Width, result.Height), Is.EqualTo((fitted, Math.Max(1, fitted / 2))));
        Assert.That(result.Values, Is.All.EqualTo(value));
    }

    [TestCase(100, 60, 20, 12)]
    [TestCase(101, 67, 20, 13)]
    [TestCase(251, 256, 79, 80)]
    [TestCase(21, 300, 20, 7)]
    [TestCase(256, 1, 20, 1)]
    public void Fit_Reduction_EveryPixelIsTheMeanOfItsAreaAndTheMeanOfAllIsKept(int width, int height, int fittedWidth, int fittedHeight)
    {
        Plane picture = Drawn.Noise(width, height, seed: 3);
        Plane fitted = Resampling.Fit(picture, new PixelBox(0, 0, width, height), fittedWidth, fittedHeight);
        double stepX = (double)width / fittedWidth, stepY = (double)height / fittedHeight;
        for (int y = 0; y < fittedHeight; y++)
        {
            for (int x = 0; x < fittedWidth; x++)
                // Rounded twice: along columns, then along rows.
                Assert.That((double)fitted.Row(y)[x], Is.EqualTo(Area(picture, x * stepX, y * stepY, stepX, stepY)).Within(1), $"({x}, {y})");
        }
        Assert.That(Mean(fitted), Is.EqualTo(Mean(picture)).Within(0.5));
    }

    [Test]
    public void Fit_EnlargedRamp_IsMonotoneWithoutSteps([Values(2, 3, 5, 9)] int count, [Values(20, 37, 80)] int fitted)
    {
        double step = 200.0 / (count - 1);
        Plane ramp = Drawn.Of(count, count, (x, _) => 20 + (step * x));
        foreach (Plane picture in (Plane[])[ramp, ramp.Transpose()])
        {
            Plane result = Resampling.Fit(picture, new PixelBox(0, 0, count, count), fitted, fitted);
            Plane across = picture == ramp ? result : result.Transpose();
            // A pixel is not more than a small part of the way further than the one before it; 2 for rounding.
            double largestStep = (step * count / fitted) + 2;
            for (int y = 0; y < fitted; y++)
            {
                byte[] row = across.Row(y).ToArray();
                Assert.That(row, Is.Ordered);
                Assert.That((row[0], row[^1]), Is.EqualTo((20, 220)));
                Assert.That(row.Zip(row.Skip(1), (a, b) => (double)b - a).Max(), Is.LessThanOrEqualTo(largestStep));
            }
        }
    }

    [Test]
    public void Fit_EnlargedPicture_IsSymmetric()
    {
        Plane picture = Drawn.Noise(6, 9, seed: 4);
        Plane fitted = Resampling.Fit(picture, new PixelBox(0, 0, 6, 9), 53, 80);
        Plane mirrored = Resampling.Fit(picture.Mirror(), new PixelBox(0, 0, 6, 9), 53, 80).Mirror();
        Assert.That(fitted.Values.Zip(mirrored.Values, (a, b) => Math.Abs(a - b)).Max(), Is.LessThanOrEqualTo(1), "rounding alone");
        Assert.That(Mean(fitted), Is.EqualTo(Mean(picture)).Within(5), "the outermost half pixels count a little more");
    }

    [Test]
    public void Fit_Box_IsThePartAlone()
    {
        Plane part = Drawn.Noise(23, 31, seed: 5), whole = part.Within(50, 40, left: 9, top: 4, around: 255);
        foreach (int side in (int[])[10, 20, 80])
            Assert.That(Resampling.Fit(whole, new PixelBox(9, 4, 23, 31), side, side).Values, Is.EqualTo(Resampling.Fit(part, new PixelBox(0, 0, 23, 31), side, side).Values));
    }

    private static double Mean(Plane picture) => picture.Values.Average(value => (double)value);

    private static double Area(Plane picture, double left, double top, double width, double height)
    {
        double sum = 0;
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
                sum += picture.Row(y)[x] * Overlap(x, left, width) * Overlap(y, top, height);
        }
        return sum / (width * height);

        static double Overlap(int pixel, double from, double length) => Math.Max(0, Math.Min(pixel + 1, from + length) - Math.Max(pixel, from));
    }

    private static Plane PlainMeans(Plane picture, int block) => Drawn.Of((picture.Width + block - 1) / block, (picture.Height + block - 1) / block, (blockX, blockY) =>
    {
        (long sum, long count) = (0, 0);
        for (int y = blockY * block; y < Math.Min(picture.Height, (blockY + 1) * block); y++)
        {
            for (int x = blockX * block; x < Math.Min(picture.Width, (blockX + 1) * block); x++)
                (sum, count) = (sum + picture.Row(y)[x], count + 1);
        }
        return Math.Floor(((double)sum / count) + 0.5);
    });

    [Test]
    public void Smooth_Noise_LeavesTheShareOfItThatIsStated()
    {
        Plane noise = Drawn.Of(200, 200, (_, _) => 128).WithNoise(16, seed: 1), smooth = Resampling.Smooth(noise);
        Assert.That(Deviation(smooth) / Deviation(noise), Is.EqualTo(Resampling.SmoothNoise).Within(0.01));
        Assert.That(Resampling.Smooth(Drawn.Of(7, 1, (_, _) => 99)).Values, Is.All.EqualTo(99), "edges go on");

        static double Deviation(Plane plane)
        {
            double mean = plane.Values.Average(value => (double)value);
            return Math.Sqrt(plane.Values.Average(value => (value - mean) * (value - mean)));
        }
    }

    [Test]
    public void WithoutDots_SinglePixels_BecomeLikeThoseAroundThemAndStrokesStay()
    {
        Plane picture = Drawn.Of(
            "................",
            "..#......######.",
            ".........#####1.",
            "....##...##.###.",
            ".........######.",
            "..#####..######.",
            "................");
        Plane expected = picture.Copy();
        expected.Row(1)[2] = 0;
        expected.Row(3)[11] = 255;
        Assert.That(Resampling.WithoutDots(picture).Values, Is.EqualTo(expected.Values));
    }
}
