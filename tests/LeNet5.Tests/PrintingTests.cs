using System.Globalization;
using LeNet5.Data;
using LeNet5.Imaging;
using LeNet5.Training;

namespace LeNet5.Tests;

/// <summary>What people print is a line for them to read, the same in every culture.</summary>
public class PrintingTests
{
    private static readonly EpochResult Epoch = new(3, 0.01, 0.01237, 0.0125, 0.011);

    private static readonly (object Value, string Expected)[] Lines =
    [
        (new DigitReading(7, 0.9981f, 1, 12, Rejection.None), "7 (99.8 %)"),
        (new DigitReading(null, 0.5f, 1, 12, Rejection.NotADigit), "rejected: NotADigit"),
        (new StripReading("0123", 0.5f, Rejection.None, [], [], Strip), "0123 (50.0 %)"),
        (new StripReading("0123", 0.4f, Rejection.Unsure, [], [], Strip), "0123 (40.0 %), rejected: Unsure"),
        (new StripReading("", 0, Rejection.Blank, [], [], Strip), "nothing, rejected: Blank"),
        (new StripAlternative("42", 0.125f), "42 (12.5 %)"),
        (new PixelBox(3, 4, 20, 28), "20x28 at (3, 4)"),
        (new ParameterTensor("weight", [6, 1, 5, 5]), "weight [6, 1, 5, 5]"),
        (Epoch, "epoch 3: loss 0.0124, training error 1.25 %, test error 1.10 %"),
        (Epoch with { TestErrorRate = null }, "epoch 3: loss 0.0124, training error 1.25 %"),
        (new TrainingResult([Epoch], true), "trained: epoch 3: loss 0.0124, training error 1.25 %, test error 1.10 %"),
        (new TrainingResult([], false), "canceled before the end of an epoch"),
        (new ModelMetadata { Recipe = "best", History = [Epoch] }, "best, epoch 3: loss 0.0124, training error 1.25 %, test error 1.10 %"),
        (ModelMetadata.Empty, "no recipe"),
        (new Calibration { Temperature = 1.5 }, "T = 1.5, j = 20, rejects from 20 on"),
        (new StripCalibration { Temperature = 1.5, RubbishPenalty = 30.5 }, "T = 1.5, j = 30.5, 0 points of rejection"),
        (new LabeledStrip(new GrayImage(1, 1, [0]), "0123", []), "0123"),
        (new MaximumPosteriorLoss(5.5, temperature: 1.5, rubbishJ: 7.5), "equation 9, j = 5.5, 7.5 for rubbish, temperature 1.5"),
        (new StringLoss(rivalry: 0.5), "DiscriminativeForward loss on strings, all paths times 0.5"),
        (new WeightAveraging(3, decay: 0.5), "weights averaged from epoch 3 on, decay 0.5"),
        (LearningRate.Cosine(0.5, 3), "0.5, cosine over 3"),
        (Mnist.Test, "10000 images of 28x28, 10 classes"),
        (new GrayImage(2, 1, [0, 0]), "2 wide, 1 high"),
    ];

    private static NormalizedStrip Strip => StripNormalizer.Normalize(new GrayImage(8, 8, new byte[64]));

    [TestCaseSource(nameof(Lines))]
    public void ToString_OfWhatPeoplePrint_IsALineToRead((object Value, string Expected) line)
    {
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone(), before = CultureInfo.CurrentCulture;
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.That(line.Value.ToString(), Is.EqualTo(line.Expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Two arrays of the same values are two different arrays to a record that knows no better.</summary>
    [Test]
    public void Equals_OfRecordsWithArrays_ComparesTheValues()
    {
        AssertEqual(new ParameterTensor("weight", [2, 3]), new ParameterTensor("weight", [2, 3]), new ParameterTensor("weight", [3, 2]));
        AssertEqual(new TrainingResult([Epoch], true), new TrainingResult([Epoch], true), new TrainingResult([Epoch, Epoch], true));
        AssertEqual(new ModelMetadata { History = [Epoch] }, new ModelMetadata { History = [Epoch] }, new ModelMetadata { History = [Epoch], Recipe = "best" });
        Assert.That(default(ParameterTensor), Is.EqualTo(new ParameterTensor()));

        static void AssertEqual<T>(T one, T same, T other)
        {
            Assert.That(one, Is.EqualTo(same));
            Assert.That(one!.GetHashCode(), Is.EqualTo(same!.GetHashCode()));
            Assert.That(one, Is.Not.EqualTo(other));
        }
    }
}
