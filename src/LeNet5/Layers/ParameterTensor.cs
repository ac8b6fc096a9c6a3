using System.Collections.Immutable;

namespace LeNet5;

/// <summary>One named tensor among the parameters of a layer.</summary>
/// <param name="Name">The name within the layer, e.g. <c>weight</c> or <c>bias</c>. A model file calls it <c>c1.weight</c>.</param>
/// <param name="Dimensions">Its dimensions, outermost first; the values lie row by row.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct ParameterTensor(string Name, ImmutableArray<int> Dimensions)
{
    /// <summary>Number of values.</summary>
    public int Length => Dimensions.IsDefault ? 0 : Dimensions.Aggregate(1, (product, dimension) => checked(product * dimension));

    /// <summary>Whether name and dimensions are the same.</summary>
    /// <param name="other">The other tensor.</param>
    public bool Equals(ParameterTensor other) => Name == other.Name && Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Dimensions.IsDefaultOrEmpty ? 0 : Length);

    /// <summary>Gives name and dimensions, e.g. <c>weight [6, 1, 5, 5]</c>.</summary>
    public override string ToString() => $"{Name} [{(Dimensions.IsDefault ? "" : string.Join(", ", Dimensions))}]";
}
