using System.IO.Compression;
using LeNet5.Data;

namespace LeNet5.Tests.Data;

public class IdxFileTests
{
    private static readonly byte[] Values = [.. Enumerable.Range(0, 24).Select(i => (byte)(i * 7))];

    [TestCase(new uint[] { 24 })]
    [TestCase(new uint[] { 4, 6 })]
    [TestCase(new uint[] { 2, 3, 4 })]
    public void Read_PlainAndGzip_GivesSizesAndValues(uint[] sizes)
    {
        byte[] plain = IdxMaker.Make(sizes, Values);
        foreach (byte[] file in (byte[][])[plain, IdxMaker.Gzip(plain)])
        {
            IdxArray read = Read(file);
            Assert.That(read.Dimensions, Is.EqualTo(sizes));
            Assert.That(read.Values.ToArray(), Is.EqualTo(Values));
        }
    }

    [Test]
    public void Read_Path_TellsGzipByContent()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("packed.without-extension", IdxMaker.Gzip(IdxMaker.Make([24], Values)));
        Assert.That(IdxFile.Read(path).Values.ToArray(), Is.EqualTo(Values));
    }

    [Test]
    public void Read_MissingFile_ThrowsFileNotFound() =>
        Assert.That(() => IdxFile.Read(Path.Combine(Path.GetTempPath(), "lenet5-no-such-file")), Throws.TypeOf<FileNotFoundException>());

    [Test]
    public void Read_StreamThatCannotSeek_ReadsPlainAndRefusesGzip()
    {
        byte[] packed = IdxMaker.Gzip(IdxMaker.Make([24], Values));
        using var unpacking = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        Assert.That(IdxFile.Read(unpacking).Values.ToArray(), Is.EqualTo(Values));

        using var twicePacked = new GZipStream(new MemoryStream(IdxMaker.Gzip(packed)), CompressionMode.Decompress);
        Assert.That(() => IdxFile.Read(twicePacked), Throws.TypeOf<InvalidDataException>().With.Message.Contains("cannot seek"));
    }

    [Test]
    public void Read_ValuesBeyondTheFirstStepOfMemory_GivesAll()
    {
        byte[] values = new byte[3_000_001];
        new Random(1).NextBytes(values);
        byte[] packed = IdxMaker.Gzip(IdxMaker.Make([(uint)values.Length], values));
        Assert.That(Read(packed).Values.Span.SequenceEqual(values));
    }

    [Test]
    public void Read_CutAtAnyByte_Throws()
    {
        byte[] plain = IdxMaker.Make([2, 3, 4], Values);
        foreach (byte[] file in (byte[][])[plain, IdxMaker.Gzip(plain)])
        {
            for (int length = 0; length < file.Length; length++)
                Assert.That(() => Read(file[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} of {file.Length} bytes");
        }
    }

    [Test]
    public void Read_GzipWithAnyBitFlipped_ThrowsOrGivesTheValues()
    {
        byte[] file = IdxMaker.Gzip(IdxMaker.Make([2, 3, 4], Values));
        int refused = 0;
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            byte[] flipped = [.. file];
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            try
            {
                // The time stamp and other idle fields may change without harm.
                Assert.That(Read(flipped).Values.ToArray(), Is.EqualTo(Values), $"bit {bit}");
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(8 * (file.Length - 10)));
    }

    [Test]
    public void Read_FewerValuesThanAnnounced_NamesFileAndCounts()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("images-idx3-ubyte", IdxMaker.Make([3, 2, 4], Values[..23]));
        Assert.That(
            () => IdxFile.Read(path),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("images-idx3-ubyte announces 3 images of 2x4 but holds 2."));
    }

    [TestCase(new uint[] { 23 }, "announces 23 values but holds more")]
    [TestCase(new uint[] { 25 }, "announces 25 values but holds 24")]
    [TestCase(new uint[] { 5, 6 }, "announces 5 rows of 6 but holds 4")]
    [TestCase(new uint[] { 0 }, "announces 0 as size 1 of 1")]
    [TestCase(new uint[] { 4, 6, 0 }, "announces 0 as size 3 of 3")]
    [TestCase(new uint[] { uint.MaxValue, uint.MaxValue, uint.MaxValue }, "announces 4294967295 as size 1 of 3")]
    [TestCase(new uint[] { 65536, 65536 }, "announces 65536 as size 2 of 2")]
    [TestCase(new uint[] { }, "announces 0 dimensions")]
    [TestCase(new uint[] { 1, 2, 3, 4 }, "announces 4 dimensions")]
    public void Read_WrongSizes_Throws(uint[] sizes, string message)
    {
        byte[] plain = IdxMaker.Make(sizes, Values);
        foreach (byte[] file in (byte[][])[plain, IdxMaker.Gzip(plain)])
            Assert.That(() => Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains(message));
    }

    [Test]
    public void Read_BytesAfterAGzipFile_Throws() =>
        Assert.That(
            () => IdxFile.Read(new MemoryStream([.. IdxMaker.Gzip(IdxMaker.Make([24], Values)), 0])),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("does not end as a gzip file of 32 bytes ends"));

    [TestCase(new byte[] { }, "starts with nothing")]
    [TestCase(new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x0d }, "starts with 89 50 4e 47")]
    [TestCase(new byte[] { 0, 0, 0x0d, 1, 0, 0, 0, 1, 0 }, "IDX type 0x0d")]
    public void Read_AnotherFormat_SaysWhatItFound(byte[] file, string message) =>
        Assert.That(() => Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains(message));

    [Test]
    public void Read_EnormousSizeInAShortFile_ThrowsInLittleMemory()
    {
        byte[] plain = IdxMaker.Make([60000, 170, 210], Values);
        foreach (byte[] file in (byte[][])[plain, IdxMaker.Gzip(plain)])
        {
            long taken = Allocation.By(() => Assert.That(() => Read(file), Throws.TypeOf<InvalidDataException>()));
            Assert.That(taken, Is.LessThan(4_000_000));
        }
    }

    private static IdxArray Read(byte[] file) => IdxFile.Read(new MemoryStream(file));
}
