using System.IO.Compression;
using System.Security.Cryptography;

namespace LeNet5.Tests.Data;

public class MnistTests
{
    [TestCase("train-images-idx3-ubyte.gz", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db")]
    [TestCase("train-labels-idx1-ubyte.gz", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5")]
    [TestCase("t10k-images-idx3-ubyte.gz", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7")]
    [TestCase("t10k-labels-idx1-ubyte.gz", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")]
    public void Resource_Unpacked_IsTheWellKnownFile(string name, string sha256)
    {
        using Stream packed = typeof(Mnist).Assembly.GetManifestResourceStream(name)!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(unpacked)), Is.EqualTo(sha256));
    }

    [Test]
    public void Train_Loaded_HasThePapersDigits()
    {
        LabeledImages train = Mnist.Train;
        Assert.That((train.Count, train.Height, train.Width, train.ClassCount), Is.EqualTo((60_000, 28, 28, 10)));
        Assert.That(Enumerable.Range(0, 10).Select(train.Label), Is.EqualTo(new[] { 5, 0, 4, 1, 9, 2, 1, 3, 1, 4 }));
        Assert.That(Mnist.Train, Is.SameAs(train));
    }

    [Test]
    public void Test_Loaded_HasThePapersDigits()
    {
        LabeledImages test = Mnist.Test;
        Assert.That((test.Count, test.Height, test.Width, test.ClassCount), Is.EqualTo((10_000, 28, 28, 10)));
        Assert.That(Enumerable.Range(0, 10).Select(test.Label), Is.EqualTo(new[] { 7, 2, 1, 0, 4, 1, 4, 9, 5, 9 }));
        Assert.That(Mnist.Test, Is.SameAs(test));
    }

    /// <summary>Figure 8: 82 of the 10,000 test digits, each with another answer than its label.</summary>
    [Test]
    public void ErrorsOf1998_OfTheTestSet_HaveItsLabelsAndOtherAnswers()
    {
        Assert.That(Mnist.ErrorsOf1998, Has.Length.EqualTo(82));
        Assert.That(Mnist.ErrorsOf1998.Select(error => error.Index), Is.Ordered.And.Unique);
        Assert.That(Mnist.ErrorsOf1998, Has.All.Matches<ErrorOf1998>(error => error.Label == Mnist.Test.Label(error.Index) && error.Answer != error.Label && error.Answer is >= 0 and <= 9));
    }
}
