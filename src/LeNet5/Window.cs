namespace LeNet5;

/// <summary>What one output position sees of the input: a square of <paramref name="Size"/> pixels that moves by <paramref name="Step"/> pixels from
/// one output to the next.</summary>
/// <param name="Size">Side of the square, in input pixels, at least 1.</param>
/// <param name="Step">Distance between the squares of neighbouring outputs, in input pixels, at least 1.</param>
/// <remarks>LeNet-5 as a whole ends at (32, 4): a strip 32 high and w wide gives (w - 32) / 4 + 1 output columns (section VII). Immutable and therefore thread-safe.</remarks>
public readonly record struct Window(int Size, int Step)
{
    /// <summary>The window of two layers in sequence: this one first, then <paramref name="next"/>.</summary>
    /// <param name="next">What one output of the second layer sees of the first one's outputs.</param>
    public Window Then(Window next) => new(Size + ((next.Size - 1) * Step), Step * next.Step);
}
