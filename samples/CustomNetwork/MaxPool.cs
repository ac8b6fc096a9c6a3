using LeNet5;

/// <summary>A layer of one's own: the largest value of each block, which came to replace subsampling. It has nothing to train.</summary>
/// <remarks>It overrides the three members that every layer must have, and the two that tell what a unit sees.</remarks>
internal sealed class MaxPool(string name, int block = 2) : Layer(name)
{
    public override Window Window => new(block, block);

    public override Shape OutputShape(Shape input) => input.Height >= block && input.Width >= block
        ? input with { Height = input.Height / block, Width = input.Width / block }
        : throw new ArgumentException($"{Name} pools blocks of {block}x{block} but is given {input}. Use smaller blocks or a larger input.", nameof(input));

    public override long ConnectionCount(Shape input) => (long)OutputShape(input).Length * block * block;

    public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
    {
        for (int i = 0; i < output.Values.Length; i++)
            output.Values[i] = input.Values[IndexOfLargest(input, output.Shape, i)];
    }

    /// <summary>The derivative goes to the value that won; the others had no influence.</summary>
    public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
    {
        // As the first layer of a network it would not be asked for the derivatives by its input.
        if (input.Gradient.IsEmpty)
            return;
        input.Gradient.Clear();
        for (int i = 0; i < output.Values.Length; i++)
            input.Gradient[IndexOfLargest(input, output.Shape, i)] = output.Gradient[i];
    }

    /// <summary>Where the largest value of an output's block lies in the input.</summary>
    private int IndexOfLargest(FeatureMaps input, Shape output, int index)
    {
        (int map, int position) = Math.DivRem(index, output.Plane);
        (int row, int column) = Math.DivRem(position, output.Width);
        int corner = (map * input.Shape.Plane) + (row * block * input.Shape.Width) + (column * block);
        int largest = corner;
        for (int y = 0; y < block; y++)
        {
            for (int x = 0; x < block; x++)
            {
                int candidate = corner + (y * input.Shape.Width) + x;
                if (input.Values[candidate] > input.Values[largest])
                    largest = candidate;
            }
        }
        return largest;
    }
}
