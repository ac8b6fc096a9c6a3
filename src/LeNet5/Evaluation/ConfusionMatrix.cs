using System.Globalization;
using System.Text;

namespace LeNet5;

/// <summary>How often images of each class were read as each class.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed class ConfusionMatrix
{
    private readonly int[,] counts;

    internal ConfusionMatrix(LabeledImages images, ReadOnlySpan<int> answers, int classCount)
    {
        // The last column counts images without an answer.
        counts = new int[classCount, classCount + 1];
        for (int i = 0; i < answers.Length; i++)
            counts[images.Label(i), answers[i] >= 0 ? answers[i] : classCount]++;
        ClassCount = classCount;
    }

    /// <summary>Number of classes: the outputs of the network.</summary>
    public int ClassCount { get; }

    /// <summary>Number of images of one class that were read as another, or rightly as the same.</summary>
    /// <param name="label">The true class, 0 to <see cref="ClassCount"/> - 1.</param>
    /// <param name="answer">The class that was read, 0 to <see cref="ClassCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int this[int label, int answer] => counts[Checked(label, nameof(label)), Checked(answer, nameof(answer))];

    /// <summary>Number of images of one class.</summary>
    /// <param name="label">The true class, 0 to <see cref="ClassCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int CountOf(int label)
    {
        Checked(label, nameof(label));
        return Enumerable.Range(0, ClassCount + 1).Sum(answer => counts[label, answer]);
    }

    /// <summary>Number of images of one class that were read as another, or not at all.</summary>
    /// <param name="label">The true class, 0 to <see cref="ClassCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int ErrorsOf(int label) => CountOf(label) - counts[label, label];

    /// <summary>Prints a row for each true class, with a column for each class read and one for the errors.</summary>
    public override string ToString()
    {
        StringBuilder table = new("    ");
        for (int answer = 0; answer < ClassCount; answer++)
            table.Append(CultureInfo.InvariantCulture, $"{answer,6}");
        table.Append("  errors\n");
        for (int label = 0; label < ClassCount; label++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{label,4}");
            for (int answer = 0; answer < ClassCount; answer++)
                table.Append(CultureInfo.InvariantCulture, $"{counts[label, answer],6}");
            table.Append(CultureInfo.InvariantCulture, $"{ErrorsOf(label),8}\n");
        }
        return table.ToString();
    }

    private int Checked(int index, string name) => (uint)index < (uint)ClassCount
        ? index
        : throw new ArgumentOutOfRangeException(name, index, $"The classes are 0 to {ClassCount - 1}.");
}
