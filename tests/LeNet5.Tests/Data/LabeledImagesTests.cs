namespace LeNet5.Tests.Data;

public class LabeledImagesTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
    private static readonly byte[] Labels = [3, 0, 9, 1];

    [Test]
    public void Constructor_PixelsAndLabels_CopiesThem()
    {
        byte[] pixels = [.. Pixels], labels = [.. Labels];
        var images = new LabeledImages(height: 2, width: 3, pixels, labels);
        Array.Clear(pixels);
        Array.Clear(labels);

        Assert.That((images.Count, images.Height, images.Width, images.ClassCount), Is.EqualTo((4, 2, 3, 10)));
        Assert.That(images.Pixels(1).ToArray(), Is.EqualTo(Pixels[6..12]));
        Assert.That(Enumerable.Range(0, 4).Select(images.Label), Is.EqualTo(Labels));
    }

    [TestCase(0, 3)]
    [TestCase(2, -1)]
    [TestCase(2, 4)]
    [TestCase(int.MaxValue, int.MaxValue)]
    public void Constructor_SizeThatDoesNotFit_Throws(int height, int width) =>
        Assert.That(() => new LabeledImages(height, width, Pixels, Labels), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Slice_OfASlice_IsAViewOfTheSameImages()
    {
        var images = new LabeledImages(2, 3, Pixels, Labels);
        LabeledImages slice = images.Slice(1, count: 3).Slice(2, count: 1);

        Assert.That((slice.Count, slice.Label(0), slice.ClassCount), Is.EqualTo((1, 1, 10)));
        Assert.That(slice.Pixels(0) == images.Pixels(3), "the same memory");
        Assert.That(images.Slice(4, count: 0).Count, Is.Zero);
    }

    [TestCase(-1, 1)]
    [TestCase(0, 5)]
    [TestCase(5, 0)]
    [TestCase(3, 2)]
    [TestCase(1, int.MaxValue)]
    public void Slice_OutOfRange_Throws(int start, int count) =>
        Assert.That(() => new LabeledImages(2, 3, Pixels, Labels).Slice(start, count), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(-1)]
    [TestCase(2)]
    public void PixelsAndLabel_IndexBeyondASlice_Throws(int index)
    {
        LabeledImages slice = new LabeledImages(2, 3, Pixels, Labels).Slice(1, count: 2);
        Assert.That(() => slice.Pixels(index).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => slice.Label(index), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Load_PlainImagesAndPackedLabels_JoinsThem()
    {
        using var folder = new TemporaryFolder();
        LabeledImages images = LabeledImages.Load(
            folder.Write("images", IdxMaker.Make([4, 2, 3], Pixels)), folder.Write("labels", IdxMaker.Gzip(IdxMaker.Make([4], Labels))));

        Assert.That((images.Count, images.Height, images.Width, images.ClassCount), Is.EqualTo((4, 2, 3, 10)));
        Assert.That(images.Pixels(3).ToArray(), Is.EqualTo(Pixels[18..]));
        Assert.That(images.Label(2), Is.EqualTo(9));
    }

    [Test]
    public void Load_CountsThatDiffer_NamesBothFiles()
    {
        using var folder = new TemporaryFolder();
        string images = folder.Write("images", IdxMaker.Make([4, 2, 3], Pixels));
        string labels = folder.Write("labels", IdxMaker.Make([3], Labels[..3]));
        Assert.That(
            () => LabeledImages.Load(images, labels),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("images holds 4 images but labels holds 3 labels."));
    }

    [Test]
    public void Load_FilesSwapped_SaysWhichIsWrong()
    {
        using var folder = new TemporaryFolder();
        string images = folder.Write("images", IdxMaker.Make([4, 2, 3], Pixels));
        string labels = folder.Write("labels", IdxMaker.Make([4], Labels));
        Assert.That(
            () => LabeledImages.Load(labels, images),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("labels has 1 dimensions (4), images have 3."));
        Assert.That(
            () => LabeledImages.Load(images, images),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("images has 3 dimensions (4x2x3), labels have 1."));
    }

    [Test]
    public void Load_DamagedStream_SaysWhichOfTheTwo()
    {
        using var whole = new MemoryStream(IdxMaker.Make([4, 2, 3], Pixels));
        using var cut = new MemoryStream(IdxMaker.Make([4], Labels[..3]));
        Assert.That(
            () => LabeledImages.Load(whole, cut),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("The stream of labels announces 4 values but holds 3."));
    }
}
