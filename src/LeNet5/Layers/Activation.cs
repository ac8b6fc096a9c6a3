namespace LeNet5;

/// <summary>A squashing function y = f(a), applied to every weighted sum of a layer, whose slope follows from y alone.</summary>
/// <remarks>Derive from it for a function of one's own. Stateless and therefore thread-safe.</remarks>
public abstract class Activation
{
    /// <summary>f(a) = 1.7159 tanh(2a/3), the paper's squashing function (equations 5 and 6, appendix A): f(1) = 1, f(-1) = -1, and the gain is about
    /// 1 between.</summary>
    public static Activation ScaledTanh { get; } = new ScaledTanhActivation();

    /// <summary>f(a) = a: no squashing.</summary>
    public static Activation Identity { get; } = new IdentityActivation();

    /// <summary>Replaces weighted sums by activations.</summary>
    /// <param name="values">On entry a, on return f(a).</param>
    public abstract void Apply(Span<float> values);

    /// <summary>Multiplies derivatives by the slope f'(a).</summary>
    /// <param name="values">The activations y = f(a).</param>
    /// <param name="derivatives">Multiplied in place; as long as <paramref name="values"/>.</param>
    public abstract void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives);

    private sealed class IdentityActivation : Activation
    {
        public override void Apply(Span<float> values)
        {
        }

        public override void MultiplyBySlope(ReadOnlySpan<float> values, Span<float> derivatives)
        {
        }
    }
}
