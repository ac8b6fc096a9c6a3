using LeNet5.Data;
using LeNet5.Imaging;

namespace LeNet5.Tests.Reading;

public class StripStreamTests
{
    private static readonly Network Network = PretrainedModels.Strips;

    /// <summary>However the columns come, what is read is what a sweep over the whole strip reads.</summary>
    [Test]
    public void Read_ColumnsInPieces_ReadsWhatASweepReads([Values(1, 7, 64, 1000)] int piece)
    {
        NormalizedStrip strip = StripNormalizer.Normalize(new StripGenerator(Mnist.Test, StripStyle.Clean, seed: 3).Draw(0).Picture);
        byte[] columns = ColumnsOf(strip.Picture);
        StripStream stream = new(Network);
        for (int start = 0; start < columns.Length; start += 32 * piece)
        {
            stream.Append(columns.AsSpan(start, Math.Min(32 * piece, columns.Length - start)));
            if (start == 0)
                stream.Read();
        }
        Assert.That(stream.Width, Is.EqualTo(strip.Picture.Width));
        StripReading reading = stream.Read(), whole = new StripReader(Network).Read(strip);
        Assert.That(reading.Text, Is.EqualTo(whole.Text).And.Not.Empty);
        Assert.That(reading.Digits.Select(digit => digit.Label), Is.EqualTo(whole.Digits.Select(digit => digit.Label)));
        // The sweep has some columns more of the background behind the last digit.
        Assert.That(reading.Confidence, Is.EqualTo(whole.Confidence).Within(0.05));
        Assert.That(stream.Read(), Is.EqualTo(reading), "reading changes nothing");
    }

    [Test]
    public void Clear_AfterSomeColumns_BeginsAnew()
    {
        StripStream stream = new(Network);
        Assert.That(stream.Read().Reason, Is.EqualTo(Rejection.Blank));
        stream.Append(ColumnsOf(StripNormalizer.Normalize(new StripGenerator(Mnist.Test, StripStyle.Clean, seed: 3).Draw(1).Picture).Picture));
        Assert.That(stream.Read().Text, Is.Not.Empty);
        stream.Clear();
        Assert.That((stream.Width, stream.Read().Text), Is.EqualTo((0, "")));
    }

    /// <summary>They are less than half of a window.</summary>
    [Test]
    public void Read_FewColumns_AreReadAsWell([Values(1, 4, 15, 16)] int count)
    {
        StripStream stream = new(Network);
        stream.Append(new byte[32 * count]);
        Assert.That((stream.Read().Text, stream.Read().Reason), Is.EqualTo(("", Rejection.Blank)));
        stream.Clear();
        for (int i = 0; i < count; i++)
            stream.Append([.. Enumerable.Range(0, 32).Select(y => y is >= 6 and < 26 ? byte.MaxValue : byte.MinValue)]);
        StripReading reading = stream.Read();
        Assert.That(reading.Reason, reading.Text.Length == 0 ? Is.EqualTo(Rejection.Blank) : Is.AnyOf(Rejection.None, Rejection.Unsure));
    }

    [Test]
    public void Append_PartOfAColumn_NamesTheHeight() =>
        Assert.That(() => new StripStream(Network).Append(new byte[33]), Throws.ArgumentException.With.Message.Contains("32 pixels each, but 33"));

    [Test]
    public void Append_LineTooLong_TellsTheWayOut()
    {
        StripStream stream = new(Network);
        stream.Append(new byte[32 * 100]);
        Assert.That(() => stream.Append(new byte[32 * 16_300]), Throws.ArgumentException.With.Message.Contains("up to 16384 columns, but this one would have 16400. Read what there is"));
        Assert.That(stream.Width, Is.EqualTo(100), "nothing of it was taken");
    }

    private static byte[] ColumnsOf(GrayImage picture)
    {
        byte[] columns = new byte[picture.Width * picture.Height];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = picture.Pixels[((i % picture.Height) * picture.Width) + (i / picture.Height)];
        return columns;
    }
}
