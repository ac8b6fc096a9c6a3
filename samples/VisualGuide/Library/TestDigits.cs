using System.Runtime.InteropServices.JavaScript;
using LeNet5;

namespace VisualGuide;

/// <summary>Test digits of MNIST that come with the page: the first 300, then the 82 that the network of 1998 misread.</summary>
internal static partial class TestDigits
{
    private const int TrainingCount = 3000, TestCount = 300;

    private static LabeledImages digits = new(28, 28, [], []);

    /// <summary>Takes the files of digits, IDX packed with gzip.</summary>
    [JSExport]
    internal static void Load(byte[] images, byte[] labels)
    {
        LabeledImages all = LabeledImages.Load(new MemoryStream(images), new MemoryStream(labels));
        digits = all.Slice(TrainingCount, all.Count - TrainingCount);
    }

    /// <summary>The digits that the network of 1998 misread: the index of the first, and how many there are.</summary>
    [JSExport]
    internal static int[] Errors() => [TestCount, digits.Count - TestCount];

    /// <summary>The 28x28 pixels of a digit, 0 ground to 255 ink.</summary>
    [JSExport]
    internal static byte[] Pixels(int index) => digits.Pixels(index).ToArray();

    /// <summary>What the digit is.</summary>
    [JSExport]
    internal static int Label(int index) => digits.Label(index);

    /// <summary>What the embedded network reads.</summary>
    [JSExport]
    internal static string Read(int index)
    {
        (int nearest, DigitReading reading) = Eye.Read(digits.Pixels(index));
        return Json.Object(json =>
        {
            json.WriteNumber("answer", nearest);
            json.WriteNumber("posterior", reading.Posterior);
            json.WriteBoolean("rejected", reading.Label is null);
        });
    }

    /// <summary>How many of some of the first 300 digits are misread when they are deformed.</summary>
    /// <param name="sliders">As <see cref="Deformation"/> takes them.</param>
    /// <param name="normalize">Whether the normalizer may look first.</param>
    /// <param name="first">Index of the first of them.</param>
    /// <param name="count">How many.</param>
    [JSExport]
    internal static int CountMisread(double[] sliders, bool normalize, int first, int count)
    {
        Deformation deformation = Deformation.Of(sliders);
        int errors = 0;
        for (int i = first; i < Math.Min(first + count, TestCount); i++)
        {
            if (Limits.Read(deformation.Draw(Pixels(i), i), normalize).Nearest != Label(i))
                errors++;
        }
        return errors;
    }
}
