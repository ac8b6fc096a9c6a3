using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class DistorterTests
{
    private const int Side = 28;
    private static readonly byte[] Digit = Mnist.Test.Pixels(0).ToArray();

    [Test]
    public void Apply_None_ChangesNothing() => Assert.That(Distort(Distortion.None, Digit, seed: 1), Is.EqualTo(Digit));

    /// <summary>Rows that fill no vector, and pictures smaller than the grid of the elastic field.</summary>
    [Test]
    public void Apply_AnySize_ReadsAndWritesThePictureAlone([Values(1, 2, 5, 33)] int height, [Values(1, 3, 8, 30)] int width)
    {
        byte[] picture = [.. Enumerable.Range(0, height * width).Select(i => (byte)(i * 37))];
        byte[] target = new byte[picture.Length];
        SeededRandom random = new(1);
        new Distorter(Distortion.None, height, width).Apply(picture, target, ref random);
        Assert.That(target, Is.EqualTo(picture));

        new Distorter(Distortion.Mild with { Thickness = 1 }, height, width).Apply(new byte[picture.Length], target, ref random);
        Assert.That(target, Is.All.Zero);
    }

    [Test]
    public void Apply_SameSeed_GivesTheSamePicture()
    {
        byte[] first = Distort(Distortion.Mild, Digit, seed: 1);
        Assert.That(Distort(Distortion.Mild, Digit, seed: 1), Is.EqualTo(first));
        Assert.That(Distort(Distortion.Mild, Digit, seed: 2), Is.Not.EqualTo(first));
    }

    /// <summary>The whole change of coordinates in doubles, from the same random numbers, sampled as if the picture had background all around.</summary>
    [Test]
    public void Apply_AffineFamily_AgreesWithItsPlainForm([Range(1, 20)] int seed)
    {
        Distortion distortion = new() { Translation = 3, Scale = 0.3, Squeeze = 0.2, Shear = 0.4, Rotation = 40 };
        byte[] actual = Distort(distortion, Digit, (ulong)seed);

        SeededRandom random = new((ulong)seed);
        double Draw(double amplitude) => amplitude * ((2 * random.NextDouble()) - 1);
        (double tx, double ty) = (Draw(3), Draw(3));
        (double scale, double squeeze, double shear) = (1 + Draw(0.3), 1 + Draw(0.2), Draw(0.4));
        double angle = 2 * Math.Atan(Draw(Math.Tan(20 * Math.PI / 180)));
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                double v = (row - 13.5) * squeeze / scale;
                double u = ((column - 13.5) / (scale * squeeze)) + (shear * v);
                double x = 13.5 + tx + (Math.Cos(angle) * u) - (Math.Sin(angle) * v);
                double y = 13.5 + ty + (Math.Sin(angle) * u) + (Math.Cos(angle) * v);
                (int left, int top) = ((int)Math.Floor(x), (int)Math.Floor(y));
                double value =
                    ((1 - (y - top)) * (((1 - (x - left)) * At(top, left)) + ((x - left) * At(top, left + 1))))
                    + ((y - top) * (((1 - (x - left)) * At(top + 1, left)) + ((x - left) * At(top + 1, left + 1))));
                Assert.That(actual[(row * Side) + column], Is.EqualTo(value).Within(0.51), $"{row}, {column}");
            }
        }

        static double At(int row, int column) => row is >= 0 and < Side && column is >= 0 and < Side ? Digit[(row * Side) + column] : 0;
    }

    /// <summary>On a ramp of 8 levels a pixel, the change of a level tells the displacement. Its mean over pictures and places is 0, its deviation what was asked for, and
    /// neighbours move alike.</summary>
    [TestCase(0.5, 4)]
    [TestCase(1.5, 4)]
    [TestCase(1, 2)]
    public void Apply_Elastic_DisplacesByTheAmplitudeAndSmoothly(double deviation, double smoothing)
    {
        byte[] ramp = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)(8 * (i % Side)))];
        Distorter distorter = new(new Distortion { Elasticity = deviation, ElasticSmoothing = smoothing }, Side, Side);
        SeededRandom random = new(1);
        byte[] target = new byte[ramp.Length];
        (double sum, double squares, double steps, int count) = (0, 0, 0, 0);
        for (int picture = 0; picture < 400; picture++)
        {
            distorter.Apply(ramp, target, ref random);
            for (int row = 6; row < Side - 6; row++)
            {
                for (int column = 6; column < Side - 6; column++)
                {
                    int i = (row * Side) + column;
                    double shift = (target[i] - ramp[i]) / 8.0;
                    double next = (target[i + 1] - ramp[i + 1]) / 8.0;
                    (sum, squares, steps, count) = (sum + shift, squares + (shift * shift), steps + ((next - shift) * (next - shift)), count + 1);
                }
            }
        }
        Assert.That(sum / count, Is.Zero.Within(0.15 * deviation));
        Assert.That(Math.Sqrt(squares / count), Is.EqualTo(deviation).Within(10).Percent);

        // White noise smoothed by a Gaussian of deviation s has differences of neighbours of about 1 / (sqrt(2) s) of its deviation.
        Assert.That(Math.Sqrt(steps / count), Is.EqualTo(deviation / (Math.Sqrt(2) * smoothing)).Within(20).Percent);
    }

    [Test]
    public void Apply_Thickness_AddsInkOrTakesItEverywhere()
    {
        HashSet<int> directions = [];
        for (ulong seed = 1; seed <= 20; seed++)
        {
            byte[] target = Distort(new Distortion { Thickness = 0.5 }, Digit, seed);
            int[] changes = [.. target.Zip(Digit, (a, b) => Math.Sign(a - b)).Where(change => change != 0).Distinct()];
            Assert.That(changes, Has.Length.EqualTo(1));
            directions.Add(changes[0]);
        }
        Assert.That(directions, Is.EquivalentTo([-1, 1]));
    }

    [Test]
    public void Apply_Noise_ChangesTheShareOfPixels()
    {
        byte[] grey = [.. Enumerable.Repeat((byte)100, Side * Side)];
        double changed = Enumerable.Range(1, 200).Average(seed => Distort(new Distortion { Noise = 0.05 }, grey, (ulong)seed).Count(pixel => pixel is 0 or 255));
        Assert.That(changed / grey.Length, Is.EqualTo(0.05).Within(0.003));
    }

    /// <summary>A picture leaves nothing behind in the memory of its distorter.</summary>
    [Test]
    public void Apply_OneAfterAnother_GivesWhatAFreshDistorterGives()
    {
        Distortion all = Distortion.Mild with { Thickness = 0.7, Noise = 0.01 };
        Distorter used = new(all, Side, Side);
        SeededRandom before = new(3);
        byte[] target = new byte[Digit.Length];
        used.Apply([.. Enumerable.Repeat((byte)255, Digit.Length)], target, ref before);
        SeededRandom random = new(4);
        used.Apply(Digit, target, ref random);
        Assert.That(target, Is.EqualTo(Distort(all, Digit, seed: 4)));
    }

    [Test]
    public void Apply_AfterTheFirst_AllocatesNothing()
    {
        Distorter distorter = new(Distortion.Mild with { Thickness = 0.5, Noise = 0.01 }, Side, Side);
        byte[] target = new byte[Digit.Length];
        SeededRandom random = new(1);
        distorter.Apply(Digit, target, ref random);
        Assert.That(Allocation.By(() => distorter.Apply(Digit, target, ref random)), Is.Zero);
    }

    [Test]
    public void Apply_PictureOfAnotherSize_IsRefused()
    {
        SeededRandom random = new(1);
        Assert.That(() => new Distorter(Distortion.Mild, 20, 20).Apply(Digit, new byte[400], ref random), Throws.ArgumentException.With.Message.Contains("20x20").And.Message.Contains("784"));
    }

    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Distortion_ImpossibleAmplitude_IsRefusedByName(double amplitude) =>
        Assert.That(() => new Distortion { Shear = amplitude }, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Shear"));

    private static byte[] Distort(Distortion distortion, byte[] picture, ulong seed)
    {
        SeededRandom random = new(seed);
        byte[] target = new byte[picture.Length];
        new Distorter(distortion, Side, Side).Apply(picture, target, ref random);
        return target;
    }

    [Test]
    public void AddVariants_OfDigits_KeepsThemAndTheirLabels()
    {
        LabeledImages digits = Mnist.Train.Slice(0, 20);
        LabeledImages more = Distorter.AddVariants(digits, Distortion.Mild, copies: 2, seed: 3);
        Assert.That(more.Count, Is.EqualTo(60));
        for (int i = 0; i < more.Count; i++)
        {
            Assert.That(more.Label(i), Is.EqualTo(digits.Label(i % 20)));
            Assert.That(more.Pixels(i).SequenceEqual(digits.Pixels(i % 20)), Is.EqualTo(i < 20), $"image {i}");
        }
        Assert.That(more.Pixels(25).SequenceEqual(more.Pixels(45)), Is.False, "two variants of one digit");
        LabeledImages again = Distorter.AddVariants(digits, Distortion.Mild, copies: 2, seed: 3);
        Assert.That(Enumerable.Range(0, 60).All(i => again.Pixels(i).SequenceEqual(more.Pixels(i))));
    }

    [Test]
    public void AddVariants_MoreThanFitIntoAnArray_TellsHowManyDo() =>
        Assert.That(
            () => Distorter.AddVariants(Mnist.Train.Slice(0, 20), Distortion.Mild, copies: 1_000_000, seed: 3),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("copies").And.Message.Contains("at most 136955 copies of 20 images of 28x28"));
}
