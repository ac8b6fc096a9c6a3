using System.Numerics.Tensors;

namespace LeNet5;

/// <summary>The values at one boundary between layers, with what the backward passes add to them.</summary>
/// <remarks>
/// Lent by a <see cref="Workspace"/> for the length of a call and never kept. All spans are laid out map by map, row by row.
/// A span that was not asked for when the workspace was made is empty.
/// Not thread-safe: it is as much one thread's as its workspace.
/// </remarks>
public readonly ref struct FeatureMaps
{
    internal FeatureMaps(Shape shape, int pictures, Span<float> values, Span<float> gradient, Span<float> curvature, Span<float> sums)
    {
        Shape = shape;
        Pictures = pictures;
        Values = values;
        Gradient = gradient;
        Curvature = curvature;
        Sums = sums;
    }

    /// <summary>Maps, rows and columns.</summary>
    public Shape Shape { get; }

    /// <summary>Number of pictures that lie interleaved: 1, but for the many digits of an evaluation. The values of all pictures at one position follow each other.</summary>
    internal int Pictures { get; }

    /// <summary>Floats in a row.</summary>
    internal int Row => Shape.Width * Pictures;

    /// <summary>The shape of the memory: columns counted in floats.</summary>
    internal Shape Memory => Shape with { Width = Row };

    /// <summary>x: the activations, <c>Shape.Length</c> of them.</summary>
    public Span<float> Values { get; }

    /// <summary>dE/dx, or empty. A layer's backward pass turns that of its output into dE/da, the derivative by the weighted sums.</summary>
    public Span<float> Gradient { get; }

    /// <summary>d2E/dx2 on the diagonal, in the Gauss-Newton approximation of equations 24 to 27, or empty.</summary>
    public Span<float> Curvature { get; }

    /// <summary>a: the weighted sums before squashing, or empty.</summary>
    public Span<float> Sums { get; }

    /// <summary>The values of one map, row by row.</summary>
    /// <param name="map">0 to <c>Shape.Maps - 1</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such map.</exception>
    public Span<float> Map(int map)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)map, (uint)Shape.Maps, nameof(map));
        return Values.Slice(map * Memory.Plane, Memory.Plane);
    }

    /// <summary>The values as a tensor of maps, rows and columns, for the operations of System.Numerics.Tensors.</summary>
    public ReadOnlyTensorSpan<float> AsTensor() => new(Values, [Shape.Maps, Shape.Height, Shape.Width]);
}
