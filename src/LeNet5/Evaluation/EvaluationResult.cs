using System.Collections.Immutable;

namespace LeNet5;

/// <summary>How well a network read a set of labeled images. Immutable.</summary>
public sealed class EvaluationResult
{
    internal EvaluationResult(LabeledImages images, int[] answers, int classCount)
    {
        Answers = ImmutableArray.Create(answers);
        Confusion = new ConfusionMatrix(images, answers, classCount);
        Errors = [.. Enumerable.Range(0, answers.Length).Where(i => answers[i] != images.Label(i))];
    }

    /// <summary>Number of images.</summary>
    public int Count => Answers.Length;

    /// <summary>The class read from each image: the one of the smallest penalty; -1 where no penalty was a number.</summary>
    public ImmutableArray<int> Answers { get; }

    /// <summary>Indices of the images that were misread, in ascending order.</summary>
    public ImmutableArray<int> Errors { get; }

    /// <summary>Share of the images that were misread, 0 to 1.</summary>
    public double ErrorRate => (double)Errors.Length / Count;

    /// <summary>How often each class was read as each.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>Gives errors, count and error rate.</summary>
    public override string ToString() => FormattableString.Invariant($"{Errors.Length} errors in {Count} images ({100 * ErrorRate:0.00} %)");
}
