using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LeNet5;

/// <summary>An immutable list of layers and one vector of parameters. Everything that a pass writes lives in a <see cref="Workspace"/>.</summary>
/// <remarks>
/// Thread-safe for reading: any number of threads may run <see cref="Forward"/>, <see cref="Backward"/> and <see cref="BackwardCurvature"/> on one network, each with a workspace of its own,
/// as long as none changes the parameters (<see cref="Step"/>, <see cref="EditParameters"/>, training, restoring). The passes allocate nothing.
/// </remarks>
public sealed partial class Network
{
    private readonly AlignedMemory memory;
    private readonly ImmutableArray<int> offsets;

    /// <summary>Composes a network, checks that its layers fit, and draws its initial parameters.</summary>
    /// <param name="input">Shape of the input field. The network runs on any wider or taller input too.</param>
    /// <param name="seed">Seed of the initial parameters: the same seed gives the same parameters bit for bit.</param>
    /// <param name="layers">The layers in order, at least one, with names of their own.</param>
    /// <exception cref="ArgumentException">A layer does not fit the one before it or needs an impossible number of floats, or two bear the same name. The message names the layer, both
    /// shapes and a way out.</exception>
    public Network(Shape input, ulong seed, params ReadOnlySpan<Layer> layers)
        : this(input, [.. layers])
    {
        SeededRandom random = new(seed);
        for (int i = 0; i < Layers.Length; i++)
            Layers[i].Initialize(memory.Span.Slice(offsets[i], Layers[i].ParameterCount), ref random);
        Metadata = ModelMetadata.Empty with { InitialSeed = seed };
    }

    private Network(Shape input, ImmutableArray<Layer> layers)
    {
        Layers = layers;
        InputShape = input;
        OutputShape = ShapesFor(input)[^1];
        Window = layers.Aggregate(new Window(1, 1), (window, layer) => window.Then(layer.Window));
        if (layers.Select(layer => layer.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() != layers.Length)
            throw new ArgumentException($"The layers {string.Join(' ', layers)} contain a name twice. Give each its own: it names the layer's tensors.", nameof(layers));

        ImmutableArray<int>.Builder starts = ImmutableArray.CreateBuilder<int>(layers.Length);
        (long total, int largest) = (0, 0);
        ImmutableArray<Shape> shapes = ShapesFor(input);
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i].Check(shapes[i]);
            starts.Add((int)total);
            if (layers[i].ParameterCount > layers[largest].ParameterCount)
                largest = i;
            total += layers[i].ParameterCount;
        }
        offsets = starts.MoveToImmutable();

        // The sweep over the largest layer (C5) costs 40 % more when its rows straddle cache lines.
        memory = new AlignedMemory(total, offsets[largest]);
    }

    /// <summary>The layers, input side first.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>Shape of the input field that the network was made for.</summary>
    public Shape InputShape { get; }

    /// <summary>Shape of the output for an input of <see cref="InputShape"/>.</summary>
    public Shape OutputShape { get; }

    /// <summary>What one output position sees of the input: 32 pixels, 4 apart, for LeNet-5.</summary>
    public Window Window { get; }

    /// <summary>Number of trainable parameters: 60,000 for LeNet-5.</summary>
    public int ParameterCount => memory.Length;

    /// <summary>Number of connections as the paper counts them, biases included, for an input of <see cref="InputShape"/>: 340,908 for LeNet-5.</summary>
    public long ConnectionCount => Layers.Zip(ShapesFor(InputShape), (layer, input) => layer.ConnectionCount(input)).Sum();

    /// <summary>All parameters in the order of the layers.</summary>
    public ReadOnlySpan<float> Parameters => memory.Span;

    /// <summary>A number that grows with every change of the parameters.</summary>
    public int Version { get; private set; }

    /// <summary>What is known about how the parameters came about; saved with them. Never <see langword="null"/>.</summary>
    public ModelMetadata Metadata { get; set => field = value ?? throw new ArgumentNullException(nameof(value)); } = ModelMetadata.Empty;

    /// <summary>The codes of the output layer, or <see langword="null"/> where the network does not end in an <see cref="RbfOutput"/>.</summary>
    public RbfCodes? Codes => (Layers[^1] as RbfOutput)?.Codes;

    /// <summary>The parameters of one layer.</summary>
    /// <param name="layer">One of <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentException">The layer is not part of this network.</exception>
    public ReadOnlySpan<float> ParametersOf(Layer layer) => Parameters.Slice(offsets[IndexOf(layer)], layer.ParameterCount);

    /// <summary>The parameters of the layer of a name, e.g. <c>C3</c>.</summary>
    /// <param name="layer">The name of one of <see cref="Layers"/>, in upper or lower case.</param>
    /// <exception cref="ArgumentException">There is no layer of that name.</exception>
    public ReadOnlySpan<float> ParametersOf(string layer) => ParametersOf(Layers[Layer.IndexOf(Layers, layer)]);

    /// <summary>The parameters, to be changed. Not while another thread uses the network.</summary>
    public Span<float> EditParameters()
    {
        Version++;
        return memory.Span;
    }

    /// <summary>Makes the memory for one thread and one input shape.</summary>
    /// <param name="passes">The passes that will run. Default: forward only.</param>
    /// <param name="input">Shape of the input; <see langword="null"/> for <see cref="InputShape"/>. A wider one is all that a strip of characters
    /// needs (section VII).</param>
    /// <param name="keepSums">Whether the weighted sums before squashing are kept, for looking at.</param>
    /// <param name="inputGradient">Whether the derivatives by the input itself are computed; training does without.</param>
    /// <returns>The memory: the input's values are 0, and nothing is computed yet.</returns>
    /// <exception cref="ArgumentException">A layer cannot take such an input, or all maps together are more than an array holds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no such passes.</exception>
    public Workspace CreateWorkspace(Passes passes = Passes.Forward, Shape? input = null, bool keepSums = false, bool inputGradient = false)
    {
        if (!Enum.IsDefined(passes))
            throw new ArgumentOutOfRangeException(nameof(passes), passes, $"The passes are {string.Join(", ", Enum.GetNames<Passes>())}.");
        return new Workspace(Layers, ShapesFor(input ?? InputShape), passes, keepSums, inputGradient);
    }

    /// <summary>Whether <see cref="CreateWorkspaceForMany"/> is there: not for layers from outside.</summary>
    internal bool TakesManyPictures => Layers.All(layer => layer.TakesManyPictures);

    /// <summary>Makes the memory for forward passes over several pictures at once, which lie interleaved: each lane of a vector reads a picture of its own.</summary>
    internal Workspace CreateWorkspaceForMany(int pictures) => new(Layers, ShapesFor(InputShape), Passes.Forward, keepSums: false, inputGradient: false, pictures);

    /// <summary>Computes all layers from <c>workspace.Input.Values</c>.</summary>
    /// <param name="workspace">Made by this network or a clone of it.</param>
    /// <exception cref="ArgumentException">The workspace belongs to a network of other layers.</exception>
    public void Forward(Workspace workspace)
    {
        Check(workspace, Passes.Forward);
        for (int i = 0; i < Layers.Length; i++)
            Layers[i].Forward(Parameters.Slice(offsets[i], Layers[i].ParameterCount), workspace[i], workspace[i + 1], workspace.ScratchOf(i));
    }

    /// <summary>Propagates <c>workspace.Output.Gradient</c> back through all layers. Runs after <see cref="Forward"/>.</summary>
    /// <param name="workspace">Made by this network or a clone of it, with <see cref="Passes.Backward"/>.</param>
    /// <param name="gradient">dE/dw is added here, for each of <see cref="Parameters"/>.</param>
    /// <exception cref="ArgumentException">The workspace does not fit, or the gradient has another length than the parameters.</exception>
    public void Backward(Workspace workspace, Span<float> gradient)
    {
        Check(workspace, Passes.Backward);
        CheckLength(gradient, nameof(gradient));
        for (int i = Layers.Length - 1; i >= 0; i--)
        {
            int count = Layers[i].ParameterCount;
            Layers[i].Backward(Parameters.Slice(offsets[i], count), workspace[i], workspace[i + 1], gradient.Slice(offsets[i], count), workspace.ScratchOf(i));
        }
    }

    /// <summary>Propagates <c>workspace.Output.Curvature</c> back through all layers (appendix C, equations 23 to 27). Runs after <see cref="Backward"/>.</summary>
    /// <param name="workspace">Made by this network or a clone of it, with <see cref="Passes.Curvature"/>.</param>
    /// <param name="curvature">d2E/dw2 is added here, for each of <see cref="Parameters"/>.</param>
    /// <exception cref="ArgumentException">The workspace does not fit, or the curvature has another length than the parameters.</exception>
    /// <exception cref="NotSupportedException">A layer has no curvature pass.</exception>
    public void BackwardCurvature(Workspace workspace, Span<float> curvature)
    {
        Check(workspace, Passes.Curvature);
        CheckLength(curvature, nameof(curvature));
        for (int i = Layers.Length - 1; i >= 0; i--)
        {
            int count = Layers[i].ParameterCount;
            Layers[i].BackwardCurvature(Parameters.Slice(offsets[i], count), workspace[i], workspace[i + 1], curvature.Slice(offsets[i], count), workspace.ScratchOf(i));
        }
    }

    /// <summary>Propagates <c>workspace.Output.Gradient</c> back and moves every parameter against its gradient (equation 18). Runs after
    /// <see cref="Forward"/>, and not while another thread uses the network.</summary>
    /// <param name="workspace">Made by this network or a clone of it, with <see cref="Passes.Backward"/>.</param>
    /// <param name="steps">How far each parameter moves.</param>
    /// <exception cref="ArgumentException">The workspace or the number of step sizes does not fit.</exception>
    public void Step(Workspace workspace, StepSizes steps)
    {
        Check(workspace, Passes.Backward);
        steps.Check(Layers.Length, ParameterCount);
        Span<float> parameters = EditParameters();
        for (int i = Layers.Length - 1; i >= 0; i--)
        {
            int count = Layers[i].ParameterCount;
            Layers[i].Step(parameters.Slice(offsets[i], count), workspace[i], workspace[i + 1], steps.OfLayer(i, offsets[i], count), workspace.ParameterGradient[..count], workspace.ScratchOf(i));
        }
    }

    /// <summary>Makes a copy with parameters of its own. Its workspaces may be exchanged with this network's.</summary>
    public Network Clone()
    {
        Network clone = new(InputShape, Layers) { Metadata = Metadata };
        Parameters.CopyTo(clone.EditParameters());
        return clone;
    }

    /// <summary>Prints the table of the layers: output shape, parameters and connections.</summary>
    public override string ToString()
    {
        StringBuilder table = new();
        AddRow("layer", "output", "parameters", "connections");
        AddRow("input", InputShape.ToString(), "", "");
        ImmutableArray<Shape> shapes = ShapesFor(InputShape);
        for (int i = 0; i < Layers.Length; i++)
            AddRow(Layers[i].Name, shapes[i + 1].ToString(), Format(Layers[i].ParameterCount), Format(Layers[i].ConnectionCount(shapes[i])));
        AddRow("total", "", Format(ParameterCount), Format(ConnectionCount));
        return table.ToString();

        static string Format(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
        void AddRow(string name, string shape, string parameters, string connected) =>
            table.Append(CultureInfo.InvariantCulture, $"{name,-10}{shape,12}{parameters,14}{connected,14}\n");
    }

    internal static Network WithoutParameters(Shape input, ImmutableArray<Layer> layers) => new(input, layers);

    private int IndexOf(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        int index = Layers.IndexOf(layer);
        return index >= 0 ? index : throw new ArgumentException($"{layer} is not a layer of this network, which has {string.Join(' ', Layers)}.", nameof(layer));
    }

    private ImmutableArray<Shape> ShapesFor(Shape input)
    {
        if (Layers.IsEmpty)
            throw new ArgumentException("A network needs at least one layer.");
        CheckUsable(input, "The input");
        ImmutableArray<Shape>.Builder shapes = ImmutableArray.CreateBuilder<Shape>(Layers.Length + 1);
        shapes.Add(input);
        foreach (Layer layer in Layers)
        {
            ArgumentNullException.ThrowIfNull(layer);
            Shape output = layer.OutputShape(shapes[^1]);
            CheckUsable(output, $"The output of {layer.Name}");
            shapes.Add(output);
        }
        return shapes.MoveToImmutable();
    }

    private static void CheckUsable(Shape shape, string what)
    {
        if (!shape.IsUsable)
            throw new ArgumentException($"{what} has the shape {shape}. Every side must be at least 1, and all values must fit into one array.");
    }

    private void Check(Workspace workspace, Passes passes)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (workspace.Layers != Layers)
            throw new ArgumentException("The workspace was made by a network of other layers. Use CreateWorkspace of this network or of one it was cloned from.", nameof(workspace));
        if (workspace.Passes < passes)
            throw new ArgumentException($"The workspace has room for {workspace.Passes} only. Make it with CreateWorkspace(Passes.{passes}).", nameof(workspace));
    }

    private void CheckLength(ReadOnlySpan<float> values, string name)
    {
        if (values.Length != ParameterCount)
            throw new ArgumentException($"There are {values.Length} values for {ParameterCount} parameters. Give one for each.", name);
    }
}
