namespace LeNet5.Tests.Evaluation;

public class ConfusionMatrixTests
{
    /// <summary>0 read as 0 and 2, 1 as 1, 2 as 1 and not at all.</summary>
    private readonly ConfusionMatrix matrix = new(new LabeledImages(1, 1, new byte[5], [0, 0, 1, 2, 2]), [0, 2, 1, 1, -1], classCount: 3);

    [Test]
    public void Indexer_FiveImages_CountsPairs()
    {
        int[][] rows = [.. Enumerable.Range(0, 3).Select(label => Enumerable.Range(0, 3).Select(answer => matrix[label, answer]).ToArray())];
        Assert.That(rows, Is.EqualTo(new int[][] { [1, 0, 1], [0, 1, 0], [0, 1, 0] }));
    }

    [TestCase(0, 3, "answer")]
    [TestCase(0, -1, "answer")]
    [TestCase(3, 0, "label")]
    [TestCase(-1, 0, "label")]
    public void Indexer_NoSuchClass_IsRefusedByName(int label, int answer, string name) =>
        Assert.That(() => matrix[label, answer], Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name).And.Message.Contains("0 to 2"));

    [TestCase(3)]
    [TestCase(-1)]
    public void CountOfAndErrorsOf_NoSuchClass_IsRefused(int label)
    {
        Assert.That(() => matrix.CountOf(label), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => matrix.ErrorsOf(label), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void CountOfAndErrorsOf_FiveImages_IncludeTheOneWithoutAnAnswer()
    {
        Assert.That(Enumerable.Range(0, 3).Select(matrix.CountOf), Is.EqualTo(new[] { 2, 1, 2 }));
        Assert.That(Enumerable.Range(0, 3).Select(matrix.ErrorsOf), Is.EqualTo(new[] { 1, 0, 2 }));
    }

    [Test]
    public void ToString_FiveImages_PrintsClassesCountsAndErrors() =>
        Assert.That(matrix.ToString().Split('\n')[3].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "2", "0", "1", "0", "2" }));

    [Test]
    public void Confusion_OfAnEvaluation_AddsUp()
    {
        LabeledImages digits = Mnist.Test.Slice(0, 500);
        EvaluationResult result = Evaluator.Run(SmallModel.Create(), digits);
        Assert.That(result.Confusion.ClassCount, Is.EqualTo(11), "ten digits and the blank");
        for (int label = 0; label < 11; label++)
        {
            Assert.That(result.Confusion.CountOf(label), Is.EqualTo(Enumerable.Range(0, 500).Count(i => digits.Label(i) == label)));
            Assert.That(result.Confusion.ErrorsOf(label), Is.EqualTo(result.Errors.Count(i => digits.Label(i) == label)));
        }
    }
}
