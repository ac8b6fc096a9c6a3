using System.Numerics.Tensors;

namespace LeNet5.Tool;

/// <summary>A picture of the images that a network misread, as in figure 8 of the paper: beneath each what it is and what it was taken for.</summary>
internal static class Gallery
{
    /// <summary>The most images that are shown: the first of them.</summary>
    public const int MaxCount = 500;

    private const int Columns = 12;
    private const int Scale = 2;
    private const int Gap = 6;

    /// <summary>Draws the errors of an evaluation, dark on light.</summary>
    /// <param name="images">What was evaluated.</param>
    /// <param name="evaluation">Its result.</param>
    /// <param name="symbols">What the classes stand for; digits where it ends.</param>
    public static GrayImage Draw(LabeledImages images, EvaluationResult evaluation, string symbols)
    {
        const string none = "nothing was misread";
        int count = Math.Min(MaxCount, evaluation.Errors.Length);
        if (count == 0)
        {
            Sheet empty = new((none.Length * Sheet.TextStep) + (2 * Gap), Sheet.TextHeight + (2 * Gap));
            empty.Write(none, Gap, Gap);
            return empty.ToImage();
        }
        int cellWidth = Math.Max(images.Width * Scale, 4 * Sheet.TextStep) + Gap;
        int cellHeight = (images.Height * Scale) + Sheet.TextHeight + (2 * Gap);
        Sheet sheet = new((Math.Min(count, Columns) * cellWidth) + Gap, ((count + Columns - 1) / Columns * cellHeight) + Gap);
        for (int i = 0; i < count; i++)
        {
            int index = evaluation.Errors[i];
            int left = (i % Columns * cellWidth) + Gap, top = (i / Columns * cellHeight) + Gap;
            byte[] inverse = new byte[images.Height * images.Width];
            TensorPrimitives.OnesComplement(images.Pixels(index), inverse);
            sheet.Draw(new GrayImage(images.Width, images.Height, inverse), left, top, images.Width * Scale, images.Height * Scale);
            sheet.Write($"{SymbolOf(images.Label(index))}->{SymbolOf(evaluation.Answers[index])}", left, top + (images.Height * Scale) + Gap);
        }
        return sheet.ToImage();

        char SymbolOf(int label) => label < 0 ? '?' : label < symbols.Length ? (symbols[label] == ' ' ? '_' : symbols[label]) : (char)('0' + (label % 10));
    }
}
