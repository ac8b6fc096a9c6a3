using LeNet5.Data;

namespace LeNet5;

/// <summary>Grey images of one size, each with the label of its class.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed class LabeledImages
{
    private readonly ReadOnlyMemory<byte> pixels;
    private readonly ReadOnlyMemory<byte> labels;

    /// <summary>Copies images and labels.</summary>
    /// <param name="height">Rows of an image, at least 1.</param>
    /// <param name="width">Columns of an image, at least 1.</param>
    /// <param name="pixels">Image by image, row by row: count * height * width bytes.</param>
    /// <param name="labels">One for each image.</param>
    /// <exception cref="ArgumentException">There are not height * width pixels for each label.</exception>
    public LabeledImages(int height, int width, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels)
        : this(height, width, pixels.ToArray(), labels.ToArray(), CountClasses(labels))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (pixels.Length != (Int128)labels.Length * height * width)
            throw new ArgumentException(
                $"{labels.Length} labels need as many images of {height}x{width}, but {pixels.Length} pixels are given. "
                + "Give height * width pixels for each label.",
                nameof(pixels));
    }

    /// <summary>A view, or the owner of arrays nobody else has: nothing is copied or checked.</summary>
    private LabeledImages(int height, int width, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int classCount)
    {
        this.pixels = pixels;
        this.labels = labels;
        Height = height;
        Width = width;
        ClassCount = classCount;
    }

    /// <summary>The number of images.</summary>
    public int Count => labels.Length;

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>The largest label plus 1; 0 without images. A slice has that of the whole, for it poses the same problem.</summary>
    public int ClassCount { get; }

    /// <summary>Counts images and classes, e.g. <c>60000 images of 28x28, 10 classes</c>.</summary>
    public override string ToString() => $"{Count} images of {Height}x{Width}, {ClassCount} classes";

    /// <summary>The pixels of an image, row by row, as they are stored. In MNIST 0 is the ground and 255 is ink.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Pixels(int index)
    {
        CheckIndex(index);
        int length = Height * Width;
        return pixels.Span.Slice(index * length, length);
    }

    /// <summary>The pixels of all images, one after another, as <see cref="DigitReader.ReadMany"/> takes them; nothing is copied.</summary>
    public ReadOnlyMemory<byte> AllPixels => pixels;

    /// <summary>The labels of all images.</summary>
    internal ReadOnlyMemory<byte> AllLabels => labels;

    /// <summary>The label of an image, 0 to 255.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public int Label(int index)
    {
        CheckIndex(index);
        return labels.Span[index];
    }

    /// <summary>The <paramref name="count"/> images from <paramref name="start"/> on, as a view: nothing is copied.</summary>
    /// <param name="start">The first of them, 0 to <see cref="Count"/>.</param>
    /// <param name="count">How many, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Some of these images do not exist.</exception>
    public LabeledImages Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        int length = Height * Width;
        return new LabeledImages(Height, Width, pixels.Slice(start * length, count * length), labels.Slice(start, count), ClassCount);
    }

    /// <summary>Reads a file of images and the file of their labels, as <see cref="IdxFile"/> reads them.</summary>
    /// <param name="imagesPath">A file of three dimensions: images, rows, columns.</param>
    /// <param name="labelsPath">A file of one dimension: a label for each image.</param>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or of the wrong kind, or the two do not belong together.</exception>
    public static LabeledImages Load(string imagesPath, string labelsPath) =>
        Join(IdxFile.Read(imagesPath), Path.GetFileName(imagesPath), IdxFile.Read(labelsPath), Path.GetFileName(labelsPath));

    /// <summary>Reads images and their labels from two streams, as <see cref="IdxFile"/> reads them, and leaves both open.</summary>
    /// <param name="images">Three dimensions: images, rows, columns. Read to its end.</param>
    /// <param name="labels">One dimension: a label for each image. Read to its end.</param>
    /// <exception cref="InvalidDataException">A stream is damaged or of the wrong kind, or the two do not belong together.</exception>
    public static LabeledImages Load(Stream images, Stream labels)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        const string imagesName = "The stream of images", labelsName = "The stream of labels";
        return Join(IdxFile.Read(images, imagesName), imagesName, IdxFile.Read(labels, labelsName), labelsName);
    }

    private static LabeledImages Join(IdxArray images, string imagesName, IdxArray labels, string labelsName)
    {
        if (images.Dimensions is not [int count, int height, int width])
            throw new InvalidDataException(Mismatch(imagesName, images, "images have 3"));
        if (labels.Dimensions.Length != 1)
            throw new InvalidDataException(Mismatch(labelsName, labels, "labels have 1"));
        if (labels.Values.Length != count)
            throw new InvalidDataException(
                $"{imagesName} holds {count} images but {labelsName} holds {labels.Values.Length} labels. Give two files of the same set.");
        return new LabeledImages(height, width, images.Values, labels.Values, CountClasses(labels.Values.Span));

        static string Mismatch(string name, IdxArray found, string expected) =>
            $"{name} has {found.Dimensions.Length} dimensions ({string.Join('x', found.Dimensions)}), {expected}. "
            + "Give the file of images first, that of labels second.";
    }

    private static int CountClasses(ReadOnlySpan<byte> labels)
    {
        int count = 0;
        foreach (byte label in labels)
            count = Math.Max(count, label + 1);
        return count;
    }

    private void CheckIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
    }
}
