using static LeNet5.Tests.Imaging.PngMaker;

namespace LeNet5.Tests.Imaging;

public class PngTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (2, 3), (5, 1), (8, 8), (13, 11)];

    [Test]
    public void Load_Grey_GivesItOverWhite(
        [Values(1, 2, 4, 8, 16)] int depth, [Values] bool interlaced, [Values] bool withTransparentColour) =>
        CheckRandomPictures(colour: 0, depth, interlaced, withTransparentColour);

    [Test]
    public void Load_Colour_GivesLumaOverWhite([Values(8, 16)] int depth, [Values] bool interlaced, [Values] bool withTransparentColour) =>
        CheckRandomPictures(colour: 2, depth, interlaced, withTransparentColour);

    [Test]
    public void Load_Alpha_GivesLumaOverWhite([Values(4, 6)] int colour, [Values(8, 16)] int depth, [Values] bool interlaced) =>
        CheckRandomPictures(colour, depth, interlaced, withTransparentColour: false);

    [Test]
    public void Load_IndexedColours_GivesLumaOverWhite([Values(1, 2, 4, 8)] int depth, [Values] bool interlaced, [Values] bool withAlpha)
    {
        foreach ((int width, int height) in Sizes)
        {
            var random = new Random(depth);
            int count = (1 << depth) - 1;
            byte[] palette = new byte[3 * count], alpha = new byte[(count + 1) / 2];
            random.NextBytes(palette);
            random.NextBytes(alpha);
            int[] indices = [.. Enumerable.Range(0, width * height).Select(_ => random.Next(count))];
            var maker = new PngMaker(width, height, depth, colour: 3, interlaced) { Samples = (x, y) => [indices[y * width + x]] };
            byte[] file = withAlpha ? maker.File(Chunk("PLTE", palette), Chunk("tRNS", alpha)) : maker.File(Chunk("PLTE", palette));

            Assert.That(Load(file).Pixels.ToArray(), Is.EqualTo(indices.Select(GreyOf)), $"{width}x{height}");

            byte GreyOf(int i) =>
                Grey(palette[3 * i], palette[3 * i + 1], palette[3 * i + 2], withAlpha && i < alpha.Length ? alpha[i] : 255);
        }
    }

    [Test]
    public void Load_PixelsInManyChunksAmongOthers_GivesThePicture()
    {
        var maker = new PngMaker(3, 2, 8, colour: 0) { Samples = (x, y) => [100 * y + x] };
        byte[] packed = Deflate(maker.Rows);
        byte[] file = Join(
        [
            Chunk("IHDR", maker.Ihdr), Chunk("gAMA", [0, 0, 0xb1, 0x8f]),
            .. packed.Select(b => Chunk("IDAT", [b])), Chunk("IDAT", []),
            Chunk("tEXt", new byte[9000]), Chunk("IEND", []),
        ]);
        Assert.That(Load(file).Pixels.ToArray(), Is.EqualTo(new byte[] { 0, 1, 2, 100, 101, 102 }));
    }

    [Test]
    public void Load_CutAtAnyByte_Throws()
    {
        byte[] file = Small().File();
        for (int length = 0; length < file.Length; length++)
            Assert.That(() => Load(file[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} of {file.Length} bytes");
    }

    [Test]
    public void Load_AnyBitFlipped_Throws()
    {
        byte[] file = Small().File(Chunk("tEXt", [1, 2, 3]));
        for (int bit = 0; bit < 8 * file.Length; bit++)
            Assert.That(() => Load(Flip(file, bit)), Throws.TypeOf<InvalidDataException>(), $"bit {bit}");
    }

    [Test]
    public void Load_AnyBitFlippedUnderRightChecksums_ThrowsNothingElseThanInvalidData()
    {
        PngMaker maker = Small();
        byte[] packed = Deflate(maker.Rows);
        int refused = 0;
        for (int bit = 0; bit < 8 * (maker.Ihdr.Length + packed.Length); bit++)
        {
            byte[] flipped = Flip([.. maker.Ihdr, .. packed], bit);
            try
            {
                Load(Join(Chunk("IHDR", flipped[..13]), Chunk("IDAT", flipped[13..]), Chunk("IEND", [])));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        // Only idle bits of the packed data may change without harm.
        Assert.That(refused, Is.GreaterThan(7 * (maker.Ihdr.Length + packed.Length)));
    }

    private static IEnumerable<TestCaseData> WrongFiles()
    {
        PngMaker grey = Small(), indexed = new(2, 2, 2, colour: 3) { Samples = (x, y) => [x + y] };
        byte[] start = Chunk("IHDR", grey.Ihdr), pixels = Chunk("IDAT", Deflate(grey.Rows)), end = Chunk("IEND", []);
        byte[] palette = Chunk("PLTE", new byte[9]);
        byte[] IhdrWith(int at, byte value)
        {
            byte[] changed = grey.Ihdr;
            changed[at] = value;
            return Join(Chunk("IHDR", changed), pixels, end);
        }

        static TestCaseData Case(string name, byte[] file, string message) => new TestCaseData(file, message).SetArgDisplayNames(name);

        yield return Case("no header", Join(pixels, end), "IHDR");
        yield return Case("two headers", Join(start, start, pixels, end), "IHDR chunk");
        yield return Case("no pixels", Join(start, end), "packed bytes");
        yield return Case("no end", Join(start, pixels), "ends within");
        yield return Case("pixels in two places", Join(start, pixels, Chunk("tEXt", []), pixels, end), "IDAT chunk");
        yield return Case("transparency after pixels", Join(start, pixels, Chunk("tRNS", [0, 1]), end), "tRNS chunk");
        yield return Case("half a transparent colour", grey.File(Chunk("tRNS", [1])), "tRNS chunk of 1 bytes");
        yield return Case("unknown critical chunk", grey.File(Chunk("ABCD", [])), "critical chunk ABCD");
        yield return Case("no chunk", grey.File(Chunk("a1cd", [])), "where a chunk should start");
        yield return Case("no palette", indexed.File(), "a palette of 0");
        yield return Case("palette too large", indexed.File(Chunk("PLTE", new byte[15])), "a palette of 5");
        yield return Case("palette of no whole colours", indexed.File(Chunk("PLTE", new byte[8])), "PLTE chunk of 8 bytes");
        yield return Case("two palettes", indexed.File(palette, palette), "PLTE chunk");
        yield return Case("more alphas than colours", indexed.File(palette, Chunk("tRNS", new byte[4])), "tRNS chunk of 4 bytes");
        yield return Case("colour beyond the palette", indexed.File(Chunk("PLTE", new byte[6])), "colour 2 in a palette of 2");
        yield return Case("no width", IhdrWith(3, 0), "0 wide");
        yield return Case("pixels left over", IhdrWith(7, 2), "packs more");
        yield return Case("pixels missing", IhdrWith(7, 9), "packs fewer");
        yield return Case("unknown depth", IhdrWith(8, 3), "at 3 bits");
        yield return Case("unknown colour type", IhdrWith(9, 5), "colour type 5");
        yield return Case("unknown compression", IhdrWith(10, 1), "compression 1");
        yield return Case("unknown interlacing", IhdrWith(12, 2), "interlacing 2");
        yield return Case("unknown filter", Join(start, Chunk("IDAT", Deflate([9, .. grey.Rows[1..]])), end), "unknown filter 9");
        yield return Case("preset dictionary", Join(start, Chunk("IDAT", [0x78, 0x20, 0, 0, 0, 1, 3, 0]), end), "do not inflate");
        yield return Case("too many packed bytes", Join(start, Chunk("IDAT", new byte[70_000]), end), "into more than twice as many");
        yield return Case("packed pixels cut short", Join(start, Chunk("IDAT", Deflate(grey.Rows)[..12]), end), "packs fewer");
    }

    [TestCaseSource(nameof(WrongFiles))]
    public void Load_AgainstTheFormat_SaysWhatIsWrong(byte[] file, string message) =>
        Assert.That(
            () => Load(file),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("The stream ").And.Message.Contains(message));

    private static IEnumerable<TestCaseData> EnormousFiles()
    {
        yield return new TestCaseData(new PngMaker(int.MaxValue, int.MaxValue, 16, colour: 6)).SetArgDisplayNames("beyond the limit");
        yield return new TestCaseData(new PngMaker(10_000, 10_000, 16, colour: 6)).SetArgDisplayNames("as large as the limit");
        yield return new TestCaseData(new PngMaker(100_000_000, 1, 8, colour: 0, interlaced: true)).SetArgDisplayNames("one long row");
        yield return new TestCaseData(Small()).SetArgDisplayNames("small with pixels for ten million");
    }

    [TestCaseSource(nameof(EnormousFiles))]
    public void Load_EnormousClaims_ThrowsInLittleMemory(object maker)
    {
        byte[] bomb = Deflate(new byte[10_000_000]);
        byte[] file = Join(Chunk("IHDR", ((PngMaker)maker).Ihdr), Chunk("IDAT", bomb[..Math.Min(bomb.Length, 5_000)]), Chunk("IEND", []));
        long taken = Allocation.By(() => Assert.That(() => Load(file), Throws.TypeOf<InvalidDataException>()));
        Assert.That(taken, Is.LessThan(4_000_000));
    }

    [TestCase("IDAT")]
    [TestCase("tEXt")]
    [TestCase("PLTE")]
    [TestCase("IEND")]
    public void Load_ChunkOfFalseLength_ThrowsInLittleMemory(string type)
    {
        byte[] chunk = Chunk(type, new byte[100]);
        BigEndian(int.MaxValue).CopyTo(chunk, 0);
        byte[] file = Join(Chunk("IHDR", new PngMaker(10_000, 10_000, 16, colour: 6).Ihdr), chunk);
        long taken = Allocation.By(() => Assert.That(() => Load(file), Throws.TypeOf<InvalidDataException>()));
        Assert.That(taken, Is.LessThan(4_000_000));
    }

    [TestCase(1, 1)]
    [TestCase(300, 7)]
    public void SavePng_AnyPicture_LoadsAgain(int width, int height)
    {
        byte[] pixels = new byte[width * height];
        new Random(2).NextBytes(pixels);
        var stream = new MemoryStream();
        new GrayImage(width, height, pixels).SavePng(stream);
        stream.Position = 0;

        GrayImage read = GrayImage.Load(stream);
        Assert.That((read.Width, read.Height), Is.EqualTo((width, height)));
        Assert.That(read.Pixels.ToArray(), Is.EqualTo(pixels));
    }

    private static void CheckRandomPictures(int colour, int depth, bool interlaced, bool withTransparentColour)
    {
        foreach ((int width, int height) in Sizes)
        {
            var random = new Random(colour + depth);
            int[][] samples = [.. Enumerable.Range(0, width * height).Select(_ => RandomSamples(random, depth))];
            int[]? transparent = withTransparentColour ? samples[^1] : null;
            var maker = new PngMaker(width, height, depth, colour, interlaced) { Samples = (x, y) => samples[y * width + x] };
            byte[] file = transparent is null
                ? maker.File()
                : maker.File(Chunk("tRNS", [.. transparent[..maker.SampleCount].SelectMany(s => new[] { (byte)(s >> 8), (byte)s })]));

            GrayImage image = Load(file);
            Assert.That((image.Width, image.Height), Is.EqualTo((width, height)));
            Assert.That(
                image.Pixels.ToArray(), Is.EqualTo(samples.Select(s => Expected(s, colour, depth, transparent))), $"{width}x{height}");
        }
    }

    private static GrayImage Load(byte[] file) => GrayImage.Load(new MemoryStream(file));

    private static PngMaker Small() => new(4, 3, 8, colour: 0) { Samples = (x, y) => [16 * x + y] };

    private static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << bit % 8);
        return flipped;
    }

    private static int[] RandomSamples(Random random, int depth) => [.. Enumerable.Range(0, 4).Select(_ => random.Next(1 << depth))];

    private static byte Expected(int[] samples, int colour, int depth, int[]? transparent)
    {
        int green = colour is 2 or 6 ? 1 : 0, blue = 2 * green;
        bool hidden = transparent is not null && new[] { 0, green, blue }.All(i => samples[i] == transparent[i]);
        int alpha = colour switch { 4 => To8Bits(samples[1], depth), 6 => To8Bits(samples[3], depth), _ => hidden ? 0 : 255 };
        return Grey(To8Bits(samples[0], depth), To8Bits(samples[green], depth), To8Bits(samples[blue], depth), alpha);
    }

    private static int To8Bits(int sample, int depth) => (int)Round(sample * 255m / ((1 << depth) - 1));

    private static byte Grey(int red, int green, int blue, int alpha)
    {
        decimal luma = Round(0.299m * red + 0.587m * green + 0.114m * blue);
        return (byte)Round((luma * alpha + 255 * (255 - alpha)) / 255);
    }

    private static decimal Round(decimal value) => Math.Round(value, MidpointRounding.AwayFromZero);
}
