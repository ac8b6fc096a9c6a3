using System.Collections.Immutable;
using LeNet5.Kernels;

namespace LeNet5;

/// <summary>The memory of one thread for passes over one input shape: the feature maps of every boundary and what the layers keep for themselves.</summary>
/// <remarks>Made by <see cref="Network.CreateWorkspace"/>. Not thread-safe: make one for each thread.</remarks>
public sealed class Workspace
{
    private readonly ImmutableArray<Shape> shapes;
    private readonly int pictures;
    private readonly AlignedMemory memory;
    private readonly Boundary[] boundaries;
    private readonly (int Start, int Length)[] scratch;
    private readonly AlignedMemory? parameterGradient;
    private readonly AlignedMemory? rows;

    internal Workspace(ImmutableArray<Layer> layers, ImmutableArray<Shape> shapes, Passes passes, bool keepSums, bool inputGradient, int pictures = 1)
    {
        Layers = layers;
        Passes = passes;
        this.shapes = shapes;
        this.pictures = pictures;
        boundaries = new Boundary[shapes.Length];
        scratch = new (int, int)[layers.Length];

        long total = 0;
        for (int i = 0; i < shapes.Length; i++)
        {
            bool derivatives = i > 0 || inputGradient;
            long length = (long)pictures * shapes[i].Length;
            boundaries[i] = new Boundary(
                Take(length),
                Take(passes >= Passes.Backward && derivatives ? length : 0),
                Take(passes >= Passes.Curvature && derivatives ? length : 0),
                Take(keepSums && i > 0 ? length : 0));
            if (i < layers.Length)
                scratch[i] = Take(layers[i].ScratchLength(shapes[i], passes));
        }
        memory = new AlignedMemory(total);
        if (passes >= Passes.Backward)
            parameterGradient = new AlignedMemory(layers.Max(layer => layer.ParameterCount));
        if (pictures > 1)
        {
            rows = new AlignedMemory(pictures * shapes[0].Width);
            Input.Values.Fill(InputScale.Background);
        }

        (int, int) Take(long length)
        {
            long start = total;
            total += AlignedMemory.Spaced(length);
            return ((int)start, (int)length);
        }
    }

    /// <summary>The passes there is room for.</summary>
    public Passes Passes { get; }

    /// <summary>The input: fill its values, or call <see cref="LoadPixels"/>.</summary>
    public FeatureMaps Input => this[0];

    /// <summary>The output of the last layer.</summary>
    public FeatureMaps Output => this[shapes.Length - 1];

    internal ImmutableArray<Layer> Layers { get; }

    /// <summary>Room for the gradient of the layer with the most parameters.</summary>
    internal Span<float> ParameterGradient => parameterGradient!.Span;

    internal FeatureMaps this[int boundary]
    {
        get
        {
            Span<float> all = memory.Span;
            Boundary b = boundaries[boundary];
            return new FeatureMaps(
                shapes[boundary],
                pictures,
                all.Slice(b.Values.Start, b.Values.Length),
                all.Slice(b.Gradient.Start, b.Gradient.Length),
                all.Slice(b.Curvature.Start, b.Curvature.Length),
                all.Slice(b.Sums.Start, b.Sums.Length));
        }
    }

    /// <summary>The output of one layer.</summary>
    /// <param name="layer">A layer of the network that made the workspace.</param>
    /// <exception cref="ArgumentException">The layer is not part of that network.</exception>
    public FeatureMaps OutputOf(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        int index = Layers.IndexOf(layer);
        return index >= 0 ? this[index + 1] : throw new ArgumentException($"{layer} is not a layer of the network that made this workspace.", nameof(layer));
    }

    /// <summary>The output of the layer of a name, e.g. <c>C3</c>.</summary>
    /// <param name="layer">The name of a layer of the network that made the workspace, in upper or lower case.</param>
    /// <exception cref="ArgumentException">There is no layer of that name.</exception>
    public FeatureMaps OutputOf(string layer) => this[Layer.IndexOf(Layers, layer) + 1];

    /// <summary>Puts an image into the middle of the input field, scaled so that background is -0.1 and full ink 1.175 (section II-B): a 28x28 digit
    /// lies 2 pixels from each edge of a field of 32x32.</summary>
    /// <param name="pixels">Ink from 0 (background) to 255, row by row.</param>
    /// <param name="height">Rows of the image, at most those of the field.</param>
    /// <param name="width">Columns of the image, at most those of the field.</param>
    /// <exception cref="ArgumentException">The image does not fit the field, the field has several maps, or there are not height x width pixels.</exception>
    public void LoadPixels(ReadOnlySpan<byte> pixels, int height, int width)
    {
        Shape field = shapes[0];
        if (field.Maps != 1 || height < 1 || width < 1 || height > field.Height || width > field.Width)
            throw new ArgumentException($"An image of {height}x{width} does not fit an input of {field}. Scale it, make a workspace with a larger input, or fill Input.Values.");
        if (pixels.Length != height * width)
            throw new ArgumentException($"An image of {height}x{width} has {height * width} pixels but {pixels.Length} were given.", nameof(pixels));

        Span<float> values = Input.Values;
        values.Fill(InputScale.Background);
        int corner = Corner(field, height, width);
        for (int row = 0; row < height; row++)
            InputScale.Apply(pixels.Slice(row * width, width), values[(corner + (row * field.Width))..]);
    }

    /// <summary>Puts as many pictures as there is room for, or fewer, into the input field, as <see cref="LoadPixels"/> does. All calls bring pictures of
    /// one size.</summary>
    /// <param name="pixels">Picture after picture.</param>
    /// <param name="height">Rows of a picture.</param>
    /// <param name="width">Columns of a picture.</param>
    internal void LoadMany(ReadOnlySpan<byte> pixels, int height, int width)
    {
        Shape field = shapes[0];
        Span<float> values = Input.Values;
        int corner = Corner(field, height, width);
        int count = pixels.Length / (height * width);
        for (int row = 0; row < height; row++)
        {
            for (int picture = 0; picture < count; picture++)
                InputScale.Apply(pixels.Slice(((picture * height) + row) * width, width), rows!.Span[(picture * width)..]);
            AcrossMaps.Transpose(rows!.Span, count, width, values[((corner + (row * field.Width)) * pictures)..], pictures);
        }
    }

    /// <summary>Copies the output of one of the pictures.</summary>
    internal void CopyOutput(int picture, Span<float> target)
    {
        ReadOnlySpan<float> values = Output.Values;
        for (int i = 0; i < target.Length; i++)
            target[i] = values[(i * pictures) + picture];
    }

    private static int Corner(Shape field, int height, int width) => ((field.Height - height) / 2 * field.Width) + ((field.Width - width) / 2);

    internal Span<float> ScratchOf(int layer) => memory.Span.Slice(scratch[layer].Start, scratch[layer].Length);

    private readonly record struct Boundary((int Start, int Length) Values, (int Start, int Length) Gradient, (int Start, int Length) Curvature, (int Start, int Length) Sums);
}
