using System.Collections.Immutable;

namespace LeNet5.Storage;

/// <summary>A tensor to write: its values are row-major, as many as the product of the shape.</summary>
internal readonly record struct NamedTensor(string Name, ImmutableArray<int> Shape, ReadOnlyMemory<float> Values);
