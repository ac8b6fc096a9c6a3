namespace LeNet5;

/// <summary>The size of one boundary between layers: so many feature maps of so many rows and columns.</summary>
/// <param name="Maps">Number of feature maps, at least 1.</param>
/// <param name="Height">Rows of a map, at least 1.</param>
/// <param name="Width">Columns of a map, at least 1.</param>
/// <remarks>Prints as the paper writes it: <c>6@28x28</c>. Immutable and therefore thread-safe.</remarks>
public readonly record struct Shape(int Maps, int Height, int Width)
{
    /// <summary>Number of positions in one map: <c>Height * Width</c>.</summary>
    public int Plane => checked(Height * Width);

    /// <summary>Number of values in all maps: <c>Maps * Height * Width</c>.</summary>
    public int Length => checked(Maps * Height * Width);

    /// <summary>Whether every side is at least 1 and the values can be held in one array.</summary>
    internal bool IsUsable => Maps > 0 && Height > 0 && Width > 0 && (long)Height * Width <= Array.MaxLength / 4 / Maps;

    /// <summary>Gives the shape as the paper writes it, e.g. <c>6@28x28</c>.</summary>
    public override string ToString() => $"{Maps}@{Height}x{Width}";
}
