namespace LeNet5.PublicTests;

/// <summary>A layer from outside the library: the largest value of each block.</summary>
public sealed class MaxPool(string name, int block = 2) : Layer(name)
{
    public override Window Window => new(block, block);

    public override Shape OutputShape(Shape input) => new(input.Maps, input.Height / block, input.Width / block);

    public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
    {
        for (int i = 0; i < output.Values.Length; i++)
            output.Values[i] = input.Values[Largest(input, output.Shape, i)];
    }

    public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
    {
        input.Gradient.Clear();
        for (int i = 0; i < output.Gradient.Length && !input.Gradient.IsEmpty; i++)
            input.Gradient[Largest(input, output.Shape, i)] += output.Gradient[i];
    }

    private int Largest(FeatureMaps input, Shape output, int index)
    {
        (int map, int row, int column) = (index / output.Plane, index % output.Plane / output.Width, index % output.Width);
        int corner = (map * input.Shape.Plane) + (row * block * input.Shape.Width) + (column * block);
        int best = corner;
        for (int y = 0; y < block; y++)
        {
            for (int x = 0; x < block; x++)
            {
                int candidate = corner + (y * input.Shape.Width) + x;
                if (input.Values[candidate] > input.Values[best])
                    best = candidate;
            }
        }
        return best;
    }
}
