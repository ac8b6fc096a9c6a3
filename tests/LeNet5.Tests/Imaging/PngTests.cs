using static LeNet5.Tests.Imaging.PngMaker;

namespace LeNet5.Tests.Imaging;

public class PngTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 9), (2, 3), (4, 4), (5, 1), (8, 8), (13, 11), (35, 6)];
    private static readonly byte?[] Filters = [0, 1, 2, 3, 4, null];

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
        foreach (((int width, int height), byte? filter) in SizesAndFilters())
        {
            var random = new Random(depth);
            int count = (1 << depth) - 1;
            byte[] palette = new byte[3 * count], alpha = new byte[(count + 1) / 2];
            random.NextBytes(palette);
            random.NextBytes(alpha);
            int[] indices = [.. Enumerable.Range(0, width * height).Select(_ => random.Next(count))];
            var maker = new PngMaker(width, height, depth, colour: 3, interlaced)
            {
                Samples = (x, y) => [indices[y * width + x]],
                Filter = filter,
            };
            byte[] file = withAlpha ? maker.File(Chunk("PLTE", palette), Chunk("tRNS", alpha)) : maker.File(Chunk("PLTE", palette));

            Assert.That(Load(file).Pixels.ToArray(), Is.EqualTo(indices.Select(GreyOf)), $"{width}x{height}, filter {filter}");

            byte GreyOf(int i) =>
                Grey(palette[3 * i], palette[3 * i + 1], palette[3 * i + 2], withAlpha && i < alpha.Length ? alpha[i] : 255);
        }
    }

    [Test]
    public void Load_EachGreyOf16Bits_GivesTheNearestOf8()
    {
        var maker = new PngMaker(256, 256, depth: 16, colour: 0) { Samples = (x, y) => [256 * y + x] };
        Assert.That(Load(maker.File()).Pixels.ToArray(), Is.EqualTo(Enumerable.Range(0, 65536).Select(v => (byte)To8Bits(v, 16))));
    }

    [Test]
    public void Load_TransparentGreyBeyondTheDepth_HidesNothing([Values(2, 8)] int depth)
    {
        var maker = new PngMaker(3, 2, depth, colour: 0) { Samples = (x, y) => [x + y] };
        Assert.That(
            Load(maker.File(Chunk("tRNS", [1, 1]))).Pixels.ToArray(),
            Is.EqualTo(Load(maker.File()).Pixels.ToArray()));
    }

    [TestCase(300, 250, Description = "many short rows")]
    [TestCase(25_000, 3, Description = "rows longer than what is inflated at once")]
    public void Load_MoreThanIsInflatedAtOnce_GivesThePicture(int width, int height)
    {
        byte[] expected = [.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select (byte)(x * y % 251)];
        var maker = new PngMaker(width, height, depth: 8, colour: 2)
        {
            Samples = (x, y) => [.. Enumerable.Repeat((int)expected[y * width + x], 3)],
        };
        Assert.That(Load(maker.File()).Pixels.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void Load_PixelsInManyChunksAmongOthers_GivesThePicture([Values(1, 2, 3, 7)] int length)
    {
        PngMaker maker = Small();
        byte[] file = Join(
        [
            Chunk("IHDR", maker.Ihdr), Chunk("gAMA", [0, 0, 0xb1, 0x8f]), Chunk("IDAT", []),
            .. Deflate(maker.Rows).Chunk(length).SelectMany(piece => new[] { Chunk("IDAT", piece), Chunk("IDAT", []) }),
            Chunk("tEXt", new byte[9000]), Chunk("IEND", []),
        ]);
        Assert.That(Load(file).Pixels.ToArray(), Is.EqualTo(SmallPixels));
    }

    [Test]
    public void Load_BytesAfterThePackedPixels_GivesThePictureIfTheirChecksumIsRight()
    {
        PngMaker maker = Small();
        byte[] pixels = Chunk("IDAT", Deflate(maker.Rows)), rest = Chunk("IDAT", new byte[20_000]);
        byte[] file = Join(Chunk("IHDR", maker.Ihdr), pixels, rest, Chunk("IEND", []));
        Assert.That(Load(file).Pixels.ToArray(), Is.EqualTo(SmallPixels));
        Assert.That(
            () => Load(Flip(file, 8 * (file.Length - 20))),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("chunk IDAT whose checksum"));
    }

    [Test]
    public void Load_BlankScan_ShrunkAsMuchAsDeflateCan_GivesThePicture([Values] bool interlaced)
    {
        byte[] file = new PngMaker(2000, 1500, depth: 1, colour: 0, interlaced) { Filter = 0 }.File();
        Assert.That(Load(file).Pixels.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public void Load_StreamOfFewBytesAtATime_GivesThePicture([Values(1, 5, 1000)] int atATime)
    {
        foreach (PngMaker maker in SmallOfEachKind())
        {
            byte[] file = maker.File(PaletteFor(maker));
            GrayImage image = GrayImage.Load(new TricklingStream(file, atATime));
            Assert.That(image.Pixels.ToArray(), Is.EqualTo(Load(file).Pixels.ToArray()));
        }
    }

    [Test]
    public void Load_StreamThatFails_PassesItsExceptionOn([Values(3, 20, 45, 60)] int after) =>
        Assert.That(
            () => GrayImage.Load(new TricklingStream(Small().File()[..after], atATime: 1) { AtEnd = () => throw new IOException("gone") }),
            Throws.TypeOf<IOException>().With.Message.EqualTo("gone"));

    [TestCaseSource(nameof(SmallOfEachKind))]
    public void Load_CutAtAnyByte_Throws(object kind)
    {
        var maker = (PngMaker)kind;
        byte[] file = maker.File(PaletteFor(maker));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.That(() => Load(file[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} of {file.Length} bytes");
            Assert.That(
                () => GrayImage.Load(new TricklingStream(file[..length], atATime: 3)),
                Throws.TypeOf<InvalidDataException>(), $"{length} of {file.Length} bytes");
        }
    }

    [TestCaseSource(nameof(SmallOfEachKind))]
    public void Load_AnyBitFlipped_Throws(object kind)
    {
        var maker = (PngMaker)kind;
        byte[] file = maker.File(PaletteFor(maker), Chunk("tEXt", [1, 2, 3]));
        for (int bit = 0; bit < 8 * file.Length; bit++)
            Assert.That(() => Load(Flip(file, bit)), Throws.TypeOf<InvalidDataException>(), $"bit {bit}");
    }

    [TestCaseSource(nameof(SmallOfEachKind))]
    public void Load_AnyBitFlippedUnderRightChecksums_ThrowsNothingElseThanInvalidData(object kind)
    {
        var maker = (PngMaker)kind;
        byte[] packed = Deflate(maker.Rows), palette = PaletteFor(maker);
        int refused = 0;
        for (int bit = 0; bit < 8 * (maker.Ihdr.Length + packed.Length); bit++)
        {
            byte[] flipped = Flip([.. maker.Ihdr, .. packed], bit);
            try
            {
                Load(Join(Chunk("IHDR", flipped[..13]), palette, Chunk("IDAT", flipped[13..]), Chunk("IEND", [])));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        // Only idle bits of the packed data may change without harm, and the colour type and depth of some headers.
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
        yield return Case("no pixels", Join(start, end), "without an IDAT chunk");
        yield return Case("pixels too short", Join(start, Chunk("IDAT", []), end), "more than its 0 packed bytes can hold");
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
        yield return Case("no checksum of the pixels", Join(start, Chunk("IDAT", Deflate(grey.Rows)[..^4]), end), "without the checksum");
        yield return Case("half a checksum", Join(start, Chunk("IDAT", Deflate(grey.Rows)[..^2]), end), "without the checksum");
        yield return Case("another checksum", Join(start, Chunk("IDAT", [.. Deflate(grey.Rows)[..^1], 7]), end), "do not inflate");
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
        yield return new TestCaseData(new PngMaker(100_000_000, 1, 16, colour: 6)).SetArgDisplayNames("one long row of large pixels");
        yield return new TestCaseData(Small()).SetArgDisplayNames("small with pixels for ten million");
    }

    [TestCaseSource(nameof(EnormousFiles))]
    public void Load_EnormousClaims_ThrowsInLittleMemory(object maker)
    {
        byte[] bomb = Deflate(new byte[10_000_000]);
        byte[] file = Join(Chunk("IHDR", ((PngMaker)maker).Ihdr), Chunk("IDAT", bomb[..5_000]), Chunk("IEND", []));
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new TricklingStream(file, atATime: 1000) })
        {
            long taken = Allocation.By(() => Assert.That(() => GrayImage.Load(stream), Throws.TypeOf<InvalidDataException>()));
            Assert.That(taken, Is.LessThan(1_000_000));
        }
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
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new TricklingStream(file, atATime: 1000) })
        {
            long taken = Allocation.By(() => Assert.That(() => GrayImage.Load(stream), Throws.TypeOf<InvalidDataException>()));
            Assert.That(taken, Is.LessThan(2_000_000));
        }
    }

    [Test]
    public void Load_ProfileAndTextThatInflateEnormously_LeavesThemPacked()
    {
        byte[] bomb = [.. "name\0\0"u8, .. Deflate(new byte[10_000_000])];
        byte[] file = Small().File(Chunk("iCCP", bomb), Chunk("zTXt", bomb));
        long taken = Allocation.By(() => Assert.That(Load(file).Pixels.ToArray(), Is.EqualTo(SmallPixels)));
        Assert.That(taken, Is.LessThan(100_000));
    }

    [Test]
    public void Load_LargePicture_TakesLittleMoreThanItsPixels([Values] bool seekable)
    {
        var random = new Random(4);
        byte[] file = new PngMaker(500, 400, depth: 16, colour: 6) { Samples = (_, _) => RandomSamples(random, 16) }.File();
        long taken = Allocation.By(() => GrayImage.Load(seekable ? new MemoryStream(file) : new TricklingStream(file, atATime: 1000)));
        Assert.That(file, Has.Length.GreaterThan(1_600_000));
        Assert.That(taken, Is.LessThan(500 * 400 + 100_000));
    }

    [TestCase(1, 1)]
    [TestCase(1, 300)]
    [TestCase(300, 7)]
    [TestCase(331, 257)]
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
        foreach (((int width, int height), byte? filter) in SizesAndFilters())
        {
            var random = new Random(colour + depth);
            int[][] samples = [.. Enumerable.Range(0, width * height).Select(_ => RandomSamples(random, depth))];
            int[]? transparent = withTransparentColour ? samples[^1] : null;
            var maker = new PngMaker(width, height, depth, colour, interlaced)
            {
                Samples = (x, y) => samples[y * width + x],
                Filter = filter,
            };
            byte[] file = transparent is null
                ? maker.File()
                : maker.File(Chunk("tRNS", [.. transparent[..maker.SampleCount].SelectMany(s => new[] { (byte)(s >> 8), (byte)s })]));

            GrayImage image = Load(file);
            Assert.That((image.Width, image.Height), Is.EqualTo((width, height)));
            Assert.That(
                image.Pixels.ToArray(),
                Is.EqualTo(samples.Select(s => Expected(s, colour, depth, transparent))),
                $"{width}x{height}, filter {filter}");
        }
    }

    private static IEnumerable<((int Width, int Height) Size, byte? Filter)> SizesAndFilters() =>
        from size in Sizes from filter in Filters select (size, filter);

    private static GrayImage Load(byte[] file) => GrayImage.Load(new MemoryStream(file));

    private static readonly byte[] SmallPixels = [0, 16, 32, 48, 1, 17, 33, 49, 2, 18, 34, 50];

    private static PngMaker Small() => new(4, 3, 8, colour: 0) { Samples = (x, y) => [16 * x + y] };

    private static IEnumerable<PngMaker> SmallOfEachKind() =>
        from kind in new (int Depth, int Colour)[] { (8, 0), (1, 0), (16, 0), (8, 2), (2, 3), (8, 4), (8, 6) }
        from interlaced in new[] { false, true }
        select new PngMaker(4, 3, kind.Depth, kind.Colour, interlaced)
        {
            Samples = (x, y) => [.. new[] { 16 * x + y, x ^ y, 7 * y, 200 + x }.Select(v => v & (1 << kind.Depth) - 1)],
        };

    private static byte[] PaletteFor(PngMaker maker) =>
        maker.Ihdr[9] == 3 ? Chunk("PLTE", [.. Enumerable.Range(20, 12).Select(i => (byte)i)]) : [];

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
