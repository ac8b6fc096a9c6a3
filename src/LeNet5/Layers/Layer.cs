using System.Collections.Immutable;
using System.Text;

namespace LeNet5;

/// <summary>One layer of a network: a description without any arrays. Parameters come from the <see cref="Network"/>, everything that a pass writes
/// from the <see cref="Workspace"/>.</summary>
/// <remarks>
/// <para>
/// The passes of a layer, each of which needs those before it:
/// </para>
/// <list type="table">
/// <listheader><term>pass</term><description>needs; overwrites; adds into</description></listheader>
/// <item><term><see cref="Forward"/></term><description>needs <c>input.Values</c>; overwrites <c>output.Values</c> (and <c>output.Sums</c> where
/// kept); adds into nothing.</description></item>
/// <item><term><see cref="Backward"/></term><description>needs <c>output.Gradient</c> = dE/dy; overwrites <c>input.Gradient</c> (where wanted), and
/// <c>output.Gradient</c> becomes dE/da; adds into the gradient of the parameters.</description></item>
/// <item><term><see cref="BackwardCurvature"/></term><description>needs <c>output.Curvature</c> = d2E/dy2; overwrites <c>input.Curvature</c> (where
/// wanted), and <c>output.Curvature</c> becomes d2E/da2; adds into the curvature of the parameters.</description></item>
/// <item><term><see cref="Step"/></term><description>as <see cref="Backward"/>, and changes the parameters; <c>input.Gradient</c> comes from the old
/// ones.</description></item>
/// </list>
/// <para>
/// A layer of one's own overrides three members: <see cref="OutputShape"/>, <see cref="Forward"/> and <see cref="Backward"/>;
/// with parameters also <see cref="ParameterCount"/>. Layers are immutable and therefore thread-safe, and may be shared by networks.
/// </para>
/// </remarks>
public abstract class Layer
{
    /// <summary>What a layer may have of parameters, and of memory for itself.</summary>
    private const int MostFloats = 500_000_000;

    /// <summary>Names the layer.</summary>
    /// <param name="name">The name in messages, tables and model files; the paper's are C1, S2, C3, S4, C5, F6 and Output. Unique in a network.</param>
    /// <exception cref="ArgumentException">The name is empty or contains a dot or a control character.</exception>
    protected Layer(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains('.') || name.Any(char.IsControl) || name.EnumerateRunes().Contains(Rune.ReplacementChar))
            throw new ArgumentException($"A layer cannot be named \"{name}\": the name is the first part of tensor names, so it has no dots, no control characters and no halves of surrogate pairs.", nameof(name));
        Name = name;
    }

    /// <summary>The name in messages, tables and model files.</summary>
    public string Name { get; }

    /// <summary>Number of trainable parameters, at most 500,000,000. Default: 0.</summary>
    public virtual int ParameterCount => 0;

    /// <summary>How the parameters are divided into tensors, in their order. Default: one vector named <c>parameters</c>.</summary>
    public virtual ImmutableArray<ParameterTensor> Tensors => ParameterCount == 0 ? [] : [new("parameters", [ParameterCount])];

    /// <summary>What one output position sees of the layer's input. Default: the one value beneath it.</summary>
    public virtual Window Window => new(1, 1);

    /// <summary>Whether <see cref="BackwardCurvature"/> is there. Default: <see langword="false"/>; the trainer then refuses second-order recipes at
    /// construction.</summary>
    public virtual bool HasCurvature => false;

    /// <summary>Whether the forward pass takes several pictures that lie interleaved.</summary>
    internal virtual bool TakesManyPictures => false;

    /// <summary>Tells the shape of the output, and so whether the layer fits.</summary>
    /// <param name="input">Shape of the input.</param>
    /// <returns>The shape of the output, at least 1 in each direction.</returns>
    /// <exception cref="ArgumentException">The layer cannot take such an input; the message names the layer, what it expects, what it was given and a
    /// way out.</exception>
    public abstract Shape OutputShape(Shape input);

    /// <summary>Number of connections as the paper counts them, biases included. Default: 0.</summary>
    /// <param name="input">Shape of the input.</param>
    public virtual long ConnectionCount(Shape input) => 0;

    /// <summary>Floats of memory that the passes want for themselves. What a forward pass leaves there is still there in the backward pass. Default: 0.</summary>
    /// <param name="input">Shape of the input.</param>
    /// <param name="passes">The passes that will run.</param>
    /// <returns>Number of floats, 0 to 500,000,000.</returns>
    public virtual int ScratchLength(Shape input, Passes passes) => 0;

    /// <summary>Draws the initial parameters. Default: uniform in +-2.4 / <see cref="ParameterCount"/>.</summary>
    /// <param name="parameters">Overwritten.</param>
    /// <param name="random">The stream to draw from.</param>
    public virtual void Initialize(Span<float> parameters, ref SeededRandom random)
    {
        foreach (ref float parameter in parameters)
            parameter = random.NextSingle(-2.4f / ParameterCount, 2.4f / ParameterCount);
    }

    /// <summary>Computes the output from the input.</summary>
    /// <param name="parameters">The layer's <see cref="ParameterCount"/> parameters.</param>
    /// <param name="input">Its values are read.</param>
    /// <param name="output">Its values, and sums where kept, are overwritten.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats.</param>
    /// <exception cref="ArgumentException">A layer of the library is given maps that do not fit, or another number of parameters.</exception>
    public abstract void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch);

    /// <summary>Takes dE/dy to dE/dx and adds dE/dw. Runs after <see cref="Forward"/> on the same memory.</summary>
    /// <param name="parameters">The layer's <see cref="ParameterCount"/> parameters.</param>
    /// <param name="input">Its gradient is overwritten, unless it is empty: then it is not wanted.</param>
    /// <param name="output">Its gradient is dE/dy and becomes dE/da.</param>
    /// <param name="gradient">dE/dw of this layer's parameters is added here.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats, as <see cref="Forward"/> left them.</param>
    /// <exception cref="ArgumentException">A layer of the library is given maps that do not fit, or another number of parameters.</exception>
    public abstract void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch);

    /// <summary>Refuses maps of other shapes and another number of parameters: kernels do not look again.</summary>
    private protected void Check(int parameterCount, FeatureMaps input, FeatureMaps output)
    {
        if (parameterCount != ParameterCount || OutputShape(input.Shape) != output.Shape)
            throw new ArgumentException($"{this} has {ParameterCount} parameters and makes {OutputShape(input.Shape)} of {input.Shape}, but was given {parameterCount} and {output.Shape}. Take maps that lie side by side in a workspace of its network.");
    }

    /// <summary>Refuses a backward pass that has no derivatives to begin with, or no room for those of the parameters.</summary>
    private protected void CheckDerivatives(ReadOnlySpan<float> derivatives, FeatureMaps output, ReadOnlySpan<float> gradient)
    {
        if (derivatives.Length != output.Values.Length || gradient.Length < ParameterCount)
            throw new ArgumentException($"{this} has {output.Values.Length} outputs and {ParameterCount} parameters, but was given {derivatives.Length} derivatives and room for {gradient.Length}. Make the workspace for this pass, and give each parameter room.");
    }

    /// <summary>Takes d2E/dy2 to d2E/dx2 and adds d2E/dw2, both on the diagonal and in the Gauss-Newton approximation (appendix C, equations 23 to
    /// 27). Runs after <see cref="Backward"/>.</summary>
    /// <param name="parameters">The layer's <see cref="ParameterCount"/> parameters.</param>
    /// <param name="input">Its curvature is overwritten, unless it is empty.</param>
    /// <param name="output">Its curvature is d2E/dy2 and becomes d2E/da2.</param>
    /// <param name="curvature">d2E/dw2 of this layer's parameters is added here.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats, as <see cref="Backward"/> left them.</param>
    /// <exception cref="ArgumentException">A layer of the library is given maps that do not fit, or another number of parameters.</exception>
    /// <exception cref="NotSupportedException">The layer has no curvature pass: <see cref="HasCurvature"/> is <see langword="false"/>.</exception>
    public virtual void BackwardCurvature(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> curvature, Span<float> scratch) =>
        throw new NotSupportedException($"{Name} has no curvature pass. Override BackwardCurvature and HasCurvature, or train with a first-order recipe.");

    /// <summary>Backward pass and update in one. Default: <see cref="Backward"/> into <paramref name="gradient"/>, then
    /// <see cref="StepSizes.Apply"/>; a layer overrides this only where one sweep over its weights is faster.</summary>
    /// <param name="parameters">The layer's <see cref="ParameterCount"/> parameters, changed.</param>
    /// <param name="input">Its gradient is overwritten, from the old parameters, unless it is empty.</param>
    /// <param name="output">Its gradient is dE/dy and becomes dE/da.</param>
    /// <param name="steps">A uniform rate, or one for each of this layer's parameters.</param>
    /// <param name="gradient">Room for dE/dw; its content before and after has no meaning.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats, as <see cref="Forward"/> left them.</param>
    public virtual void Step(Span<float> parameters, FeatureMaps input, FeatureMaps output, StepSizes steps, Span<float> gradient, Span<float> scratch)
    {
        gradient.Clear();
        Backward(parameters, input, output, gradient, scratch);
        steps.Apply(parameters, gradient);
    }

    /// <summary>Gives the layer's name.</summary>
    public override string ToString() => Name;

    /// <summary>Refuses a layer that needs a number of floats that is none, or too large, before there is memory for them, or whose tensors would lose parameters when it is saved.</summary>
    internal void Check(Shape input)
    {
        CheckCount(Name, nameof(ParameterCount), ParameterCount);
        long named = 0;
        ImmutableArray<ParameterTensor> tensors = Tensors;
        if (tensors.IsDefault || tensors.Any(tensor => string.IsNullOrWhiteSpace(tensor.Name) || tensor.Dimensions.IsDefault || tensor.Dimensions.Any(side => side < 1))
            || tensors.Select(tensor => tensor.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() != tensors.Length)
            throw new ArgumentException($"{Name} has the tensors {(tensors.IsDefault ? "default" : string.Join(", ", tensors))}. Let Tensors give each a name of its own and dimensions of at least 1.");
        foreach (ParameterTensor tensor in tensors)
            named += tensor.Length;
        if (named != ParameterCount)
            throw new ArgumentException($"{Name} has {ParameterCount} parameters, but its tensors have {named}. Let Tensors name all of them, in their order.");
        foreach (Passes passes in (ReadOnlySpan<Passes>)[Passes.Forward, Passes.Backward, Passes.Curvature])
            CheckCount(Name, nameof(ScratchLength), ScratchLength(input, passes));
    }

    private protected static void CheckCount(string name, string property, double count)
    {
        if (count < 0 || count > MostFloats)
            throw new ArgumentException($"{name} has a {property} of {count:F0}, but it must be from 0 to {MostFloats}. Make the layer smaller, or correct its {property}.");
    }

    /// <summary>Which of a network's layers bears a name. Case does not matter, since it does not tell layers apart either.</summary>
    internal static int IndexOf(ImmutableArray<Layer> layers, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        throw new ArgumentException($"The network has no layer \"{name}\"; its layers are {string.Join(' ', layers)}.", nameof(name));
    }
}
