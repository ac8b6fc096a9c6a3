using LeNet5.Kernels;
using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Kernels;

[NonParallelizable]
public class ConvolutionTests
{
    [Test]
    public void For_CompleteTable_IsDenseFromAFanInOf100OrWithoutNeighbours()
    {
        Assert.That(Convolution.For(ConnectionTable.Complete(11, 2), kernel: 3), Is.TypeOf<PlaneConvolution>());
        Assert.That(Convolution.For(ConnectionTable.Complete(4, 2), kernel: 5), Is.TypeOf<DenseConvolution>());
        Assert.That(Convolution.For(ConnectionTable.Complete(2, 2), kernel: 1), Is.TypeOf<DenseConvolution>());
    }

    [Test]
    public void For_SparseTable_IsPlane() =>
        Assert.That(Convolution.For(ConnectionTable.TableI, kernel: 5), Is.TypeOf<PlaneConvolution>());

    [Test]
    public void PlaneConvolution_RandomShapes_AgreesAndHasTheSameBitsAtEveryWidth([Range(1, 40)] int seed)
    {
        SeededRandom random = new((ulong)seed);
        (int kernel, Shape input) = DrawShape(ref random);
        ConnectionTable table = RandomNetworks.Table(input.Maps, 1 + random.NextInt32(9), ref random);
        AssertAgrees(new PlaneConvolution(table, kernel), table, kernel, input, ref random);
    }

    /// <summary>Kernels of 5x5 have code of their own, in tiles of 14, 10, 7, 5 and 1 rows, forward of the output and backward of the four rows taller
    /// input; planes may be narrower and wider than a vector.</summary>
    [Test]
    public void PlaneConvolution_FiveByFiveOfAnyHeight_AgreesAndHasTheSameBitsAtEveryWidth([Range(1, 21)][Values(24, 28)] int rows, [Values(1, 3, 9, 21)] int columns)
    {
        SeededRandom random = new((ulong)rows);
        ConnectionTable table = RandomNetworks.Table(3, 4, ref random);
        AssertAgrees(new PlaneConvolution(table, 5), table, kernel: 5, new Shape(3, rows + 4, columns + 4), ref random);
    }

    /// <summary>The gradient of the weights takes 16 output maps at a time where planes are narrow, and 16 columns where they are wide.</summary>
    [Test]
    public void PlaneConvolution_ManyMaps_AgreesAndHasTheSameBitsAtEveryWidth([Values(16, 20, 33)] int outputs, [Values(3, 28)] int columns)
    {
        SeededRandom random = new((ulong)outputs);
        ConnectionTable table = RandomNetworks.Table(3, outputs, ref random);
        PlaneConvolution convolution = new(table, 5);
        Assert.That(convolution.UsesMaps(new Shape(outputs, 6, columns)), Is.EqualTo(columns == 3), "else the test misses one of the two");
        AssertAgrees(convolution, table, kernel: 5, new Shape(3, 10, columns + 4), ref random);
    }

    [Test]
    public void DenseConvolution_RandomShapes_AgreesAndHasTheSameBitsAtEveryWidth([Range(1, 40)] int seed)
    {
        SeededRandom random = new((ulong)seed);
        (int kernel, Shape input) = DrawShape(ref random);
        ConnectionTable table = ConnectionTable.Complete(input.Maps, 1 + random.NextInt32(9));
        AssertAgrees(new DenseConvolution(table.Inputs, table.Outputs, kernel), table, kernel, input, ref random);
    }

    [Test]
    public void Forward_InterleavedPictures_HasTheBitsOfEachAlone([Range(1, 24)] int seed, [Values] bool dense)
    {
        const int pictures = 16;
        SeededRandom random = new((ulong)seed);
        (int kernel, Shape input) = DrawShape(ref random);
        if (seed % 3 == 0)
            (kernel, input) = (5, input with { Height = new[] { 10, 14, 28 }[random.NextInt32(3)] + 4, Width = input.Width + 5 });
        ConnectionTable table = dense ? ConnectionTable.Complete(input.Maps, 9) : RandomNetworks.Table(input.Maps, 9, ref random);
        Convolution convolution = dense ? new DenseConvolution(table.Inputs, table.Outputs, kernel) : new PlaneConvolution(table, kernel);
        Guarded weights = Guarded.Random(table.LinkCount * kernel * kernel, ref random);
        Guarded biases = Guarded.Random(table.Outputs, ref random);
        Guarded all = Guarded.Random(input.Length * pictures, ref random);

        float[] together = Run(all, pictures);

        for (int picture = 0; picture < pictures; picture++)
        {
            float[] alone = Run(new Guarded(PictureOf(all.Span, picture)), 1);
            Closeness.AssertSameBits(PictureOf(together, picture), alone, $"picture {picture} of {kernel}x{kernel} on {input}");
        }

        float[] Run(Guarded x, int step) => VectorWidth.SameOnEach(() =>
        {
            Shape output = new(table.Outputs, input.Height - kernel + 1, (input.Width - kernel + 1) * step);
            Guarded outputs = new(output.Length);
            Guarded scratch = new(new float[convolution.ScratchLength(input, Passes.Forward)]);
            convolution.Forward(
                weights.Span, biases.Span, input with { Width = input.Width * step }, x.Span, output, outputs.Span, Activation.ScaledTanh, step, scratch.Span);
            scratch.Take();
            return outputs.Take();
        });

        static float[] PictureOf(ReadOnlySpan<float> interleaved, int picture)
        {
            float[] values = new float[interleaved.Length / pictures];
            for (int i = 0; i < values.Length; i++)
                values[i] = interleaved[(i * pictures) + picture];
            return values;
        }
    }

    /// <summary>Large planes are squashed one by one, small ones together, which makes no difference.</summary>
    [Test]
    public void PlaneConvolution_ScaledTanh_HasTheBitsOfApplyOnTheSums([Values(3, 5)] int kernel, [Range(1, 28, 3)] int rows, [Values(1, 9, 16, 21)] int columns)
    {
        SeededRandom random = new((ulong)rows);
        ConnectionTable table = RandomNetworks.Table(3, 4, ref random);
        PlaneConvolution convolution = new(table, kernel);
        Shape output = new(4, rows, columns);
        Shape input = new(3, rows + kernel - 1, columns + kernel - 1);
        Guarded weights = Guarded.Random(table.LinkCount * kernel * kernel, ref random);
        Guarded biases = Guarded.Random(table.Outputs, ref random);
        Guarded x = Guarded.Random(input.Length, ref random);

        float[] sums = Run(Activation.Identity);
        Activation.ScaledTanh.Apply(sums);
        Closeness.AssertSameBits(Run(Activation.ScaledTanh), sums, "activations");

        float[] Run(Activation squash) => VectorWidth.SameOnEach(() =>
        {
            Guarded outputs = new(output.Length);
            convolution.Forward(weights.Span, biases.Span, input, x.Span, output, outputs.Span, squash, step: 1, []);
            return outputs.Take();
        });
    }

    /// <summary>Kernels 1 to 7 on one output position up to 12 x 36 of them.</summary>
    private static (int Kernel, Shape Input) DrawShape(ref SeededRandom random)
    {
        int kernel = 1 + random.NextInt32(7);
        return (kernel, new Shape(1 + random.NextInt32(5), kernel + random.NextInt32(12), kernel + random.NextInt32(36)));
    }

    private static void AssertAgrees(Convolution convolution, ConnectionTable table, int kernel, Shape input, ref SeededRandom random)
    {
        // The layer only describes the convolution to the oracle, and holds its parameters.
        SparseConv layer = new("C", table, kernel, Activation.Identity);
        Network network = RandomNetworks.WithBiases(new(input, 1, layer), ref random);
        Shape output = network.OutputShape;
        float[] parameters = network.Parameters.ToArray();
        float[] values = RandomNetworks.Values(input.Length, 1, ref random);
        float[] derivatives = RandomNetworks.Values(output.Length, 1, ref random);

        float[] actual = VectorWidth.SameOnEach(() =>
        {
            int weightCount = parameters.Length - table.Outputs;
            ReadOnlySpan<float> weights = network.Parameters[..weightCount];
            ReadOnlySpan<float> biases = network.Parameters[weightCount..];
            Guarded dy = new(derivatives);
            Guarded scratch = new(new float[convolution.ScratchLength(input, Passes.Backward)]);
            Guarded x = new(values);
            Guarded sums = new(output.Length);
            Guarded inputDerivatives = new(input.Length);
            Guarded gradient = new(new float[parameters.Length]);
            convolution.Forward(weights, biases, input, x.Span, output, sums.Span, Activation.Identity, step: 1, scratch.Span);
            convolution.Backward(
                weights, input, x.Span, output, dy.Span, inputDerivatives.Span,
                gradient.Span[..weightCount], gradient.Span[weightCount..], scratch.Span);
            scratch.Take();
            return [.. sums.Take(), .. inputDerivatives.Take(), .. gradient.TakeUnspilt()];
        });

        PlainNetwork plain = new(network);
        plain.Forward(PlainNetwork.ToDoubles(values));
        plain.Backward(PlainNetwork.ToDoubles(derivatives));
        Closeness.AssertClose<double>(actual.AsSpan(0, output.Length), plain.Values[1], "sums");
        Closeness.AssertClose<double>(actual.AsSpan(output.Length, input.Length), plain.Gradients[0], "input derivatives");
        Closeness.AssertClose<double>(actual.AsSpan(output.Length + input.Length), plain.ParameterGradient, "gradient");
    }
}
