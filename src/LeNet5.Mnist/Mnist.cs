using System.Collections.Immutable;
using System.Globalization;

namespace LeNet5;

/// <summary>The 70,000 handwritten digits of MNIST, 28x28 pixels each: 0 is the ground, 255 is ink.</summary>
/// <remarks>
/// Each set is unpacked when it is first asked for (47 MB and 8 MB) and kept. Thread-safe.
/// Section III.A of the paper.
/// </remarks>
public static class Mnist
{
    private static readonly Lazy<LabeledImages> LazyTrain = new(() => Load("train"));
    private static readonly Lazy<LabeledImages> LazyTest = new(() => Load("t10k"));
    private static readonly Lazy<ImmutableArray<ErrorOf1998>> LazyErrorsOf1998 = new(LoadErrors);

    /// <summary>The 60,000 digits to train on.</summary>
    public static LabeledImages Train => LazyTrain.Value;

    /// <summary>The 10,000 digits to test on, by other writers.</summary>
    public static LabeledImages Test => LazyTest.Value;

    /// <summary>The 82 test digits that LeNet-5, trained with distortions, misread in 1998 (figure 8), in the order of the test set.</summary>
    public static ImmutableArray<ErrorOf1998> ErrorsOf1998 => LazyErrorsOf1998.Value;

    private static LabeledImages Load(string set)
    {
        using Stream images = Open($"{set}-images-idx3-ubyte.gz");
        using Stream labels = Open($"{set}-labels-idx1-ubyte.gz");
        return LabeledImages.Load(images, labels);
    }

    private static ImmutableArray<ErrorOf1998> LoadErrors()
    {
        using StreamReader reader = new(Open("errors-of-1998.csv"));
        reader.ReadLine();
        ImmutableArray<ErrorOf1998>.Builder errors = ImmutableArray.CreateBuilder<ErrorOf1998>();
        while (reader.ReadLine() is { } line)
        {
            int[] values = Array.ConvertAll(line.Split(','), value => int.Parse(value, CultureInfo.InvariantCulture));
            errors.Add(new ErrorOf1998(values[0], values[1], values[2]));
        }
        return errors.ToImmutable();
    }

    private static Stream Open(string name) => typeof(Mnist).Assembly.GetManifestResourceStream(name)!;
}
