using System.Collections.Immutable;

namespace LeNet5.Data;

/// <summary>What an IDX file holds: unsigned bytes in one to three dimensions.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed class IdxArray
{
    internal IdxArray(ImmutableArray<int> dimensions, byte[] values)
    {
        Dimensions = dimensions;
        Values = values;
    }

    /// <summary>The sizes, slowest first: (count), (count, length) or (count, height, width). None is 0.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>The values, last dimension fastest; as many as the product of <see cref="Dimensions"/>.</summary>
    public ReadOnlyMemory<byte> Values { get; }
}
