using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5.Training;

/// <summary>Equation 9 for each column of a strip by itself: a column that looks at the middle of a digit shall say which, one between digits that there is none.</summary>
/// <remarks>
/// The class of the blank is the last, and there is no class "no character at all": a j of single characters would win where digits are crowded, since they are farther from their
/// codes there. A column that is neither near the middle of a digit nor far from it may say what it likes.
/// Immutable and therefore thread-safe. The paper trains so on a central digit between two others, and on the space between digits (section VII-B).
/// </remarks>
public sealed class ColumnLoss : Loss<StripTarget>
{
    /// <summary>From the middle of a digit a column is so far away at most, in columns of the output, to be responsible for it.</summary>
    private const double Near = 0.5;

    /// <summary>And so far at least, to be between digits.</summary>
    private const double Far = 0.875;

    /// <summary>More classes than this are not put on the stack.</summary>
    private const int MostOnStack = 256;

    private readonly Window window;

    /// <summary>Sets the loss.</summary>
    /// <param name="window">What a column sees of the input; <see langword="null"/> for LeNet-5's 32 pixels, 4 apart.</param>
    /// <param name="blankWeight">How much columns between digits count, since they are more than the others; positive. Default: 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not positive, or the window has no size or no step.</exception>
    public ColumnLoss(Window? window = null, double blankWeight = 0.5)
    {
        if (!(blankWeight > 0) || !double.IsFinite(blankWeight))
            throw new ArgumentOutOfRangeException(nameof(blankWeight), blankWeight, "The weight of blank columns is positive.");
        if (window is { } seen && (seen.Size < 1 || seen.Step < 1))
            throw new ArgumentOutOfRangeException(nameof(window), window, "A column sees at least 1 pixel, and the next is at least 1 pixel away. Take the Window of the network.");
        this.window = window ?? new Window(32, 4);
        BlankWeight = blankWeight;
    }

    /// <summary>How much columns between digits count.</summary>
    public double BlankWeight { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Evaluate(FeatureMaps output, StripTarget target)
    {
        StripOutput.Check(output, target);
        if (target.Centers.Length != target.Labels.Length)
            throw new ArgumentException($"Columns are trained one by one where the middles of all {target.Labels.Length} digits are known; here none are. Give them, or train with {nameof(StringLoss)}.", nameof(target));
        int columns = output.Shape.Width, blank = output.Shape.Maps - 1;
        output.Gradient.Clear();
        double loss = 0;
        int classes = output.Shape.Maps;
        Span<float> penalties = classes > MostOnStack ? new float[classes] : stackalloc float[classes];
        Span<float> posteriors = classes > MostOnStack ? new float[classes] : stackalloc float[classes];
        for (int column = 0; column < columns; column++)
        {
            (int digit, double distance) = Nearest(target, (window.Size / 2.0) + (column * window.Step));
            if (distance > Near && distance < Far)
                continue;
            int label = distance <= Near ? target.Labels[digit] : blank;
            double weight = label == blank ? BlankWeight : 1;
            Columns.Gather(output.Values, columns, column, penalties);
            (double smallest, double sum) = Penalties.Normalize(penalties, double.PositiveInfinity, temperature: 1, posteriors);
            loss += weight * (penalties[label] - smallest + Elementary.Log(sum));
            if (output.Gradient.IsEmpty)
                continue;
            for (int i = 0; i < posteriors.Length; i++)
                output.Gradient[(i * columns) + column] = (float)(weight * ((i == label ? 1 : 0) - (posteriors[i] / sum)));
        }
        return loss;
    }

    /// <summary>Names the loss and its settings.</summary>
    public override string ToString() => FormattableString.Invariant($"equation 9 in each column of {window.Size} pixels, {window.Step} apart, blank ones times {BlankWeight}");

    /// <summary>The digit whose middle is nearest, and how far it is, in columns of the output.</summary>
    private (int Digit, double Distance) Nearest(StripTarget target, double middle)
    {
        (int digit, double distance) = (-1, double.PositiveInfinity);
        for (int i = 0; i < target.Centers.Length; i++)
        {
            double away = Math.Abs(target.Centers[i] - middle) / window.Step;
            if (away < distance)
                (digit, distance) = (i, away);
        }
        return (digit, distance);
    }
}
