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

    /// <summary>Kernels of 5x5 have code of their own, in tiles of 7, 5 and 1 rows; planes may be narrower and wider than a vector.</summary>
    [Test]
    public void PlaneConvolution_FiveByFiveOfAnyHeight_AgreesAndHasTheSameBitsAtEveryWidth([Range(1, 21)] int rows, [Values(1, 3, 9, 21)] int columns)
    {
        SeededRandom random = new((ulong)rows);
        ConnectionTable table = RandomNetworks.Table(3, 4, ref random);
        AssertAgrees(new PlaneConvolution(table, 5), table, kernel: 5, new Shape(3, rows + 4, columns + 4), ref random);
    }

    [Test]
    public void DenseConvolution_RandomShapes_AgreesAndHasTheSameBitsAtEveryWidth([Range(1, 40)] int seed)
    {
        SeededRandom random = new((ulong)seed);
        (int kernel, Shape input) = DrawShape(ref random);
        ConnectionTable table = ConnectionTable.Complete(input.Maps, 1 + random.NextInt32(9));
        AssertAgrees(new DenseConvolution(table.Inputs, table.Outputs, kernel), table, kernel, input, ref random);
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
            AlignedMemory dy = new(output.Length);
            derivatives.CopyTo(dy.Span);
            AlignedMemory scratch = new(convolution.ScratchLength(input, Passes.Backward));
            AlignedMemory x = new(input.Length);
            values.CopyTo(x.Span);
            Guarded sums = new(output.Length);
            Guarded inputDerivatives = new(input.Length);
            float[] gradient = new float[parameters.Length];
            convolution.Forward(weights, biases, input, x.Span, output, sums.Span, Activation.Identity, step: 1, scratch.Span);
            convolution.Backward(
                weights, input, x.Span, output, dy.Span, inputDerivatives.Span,
                gradient.AsSpan(0, weightCount), gradient.AsSpan(weightCount), scratch.Span);
            return [.. sums.Take(), .. inputDerivatives.Take(), .. gradient];
        });

        PlainNetwork plain = new(network);
        plain.Forward(PlainNetwork.ToDoubles(values));
        plain.Backward(PlainNetwork.ToDoubles(derivatives));
        Closeness.AssertClose<double>(actual.AsSpan(0, output.Length), plain.Values[1], "sums");
        Closeness.AssertClose<double>(actual.AsSpan(output.Length, input.Length), plain.Gradients[0], "input derivatives");
        Closeness.AssertClose<double>(actual.AsSpan(output.Length + input.Length), plain.ParameterGradient, "gradient");
    }

    /// <summary>Memory as a workspace lends it: kernels may spill into the line behind it, and no further.</summary>
    private sealed class Guarded
    {
        private readonly AlignedMemory memory;
        private readonly int length;

        public Guarded(int length)
        {
            this.length = length;
            memory = new AlignedMemory(AlignedMemory.Spaced(length) + AlignedMemory.Line);
            memory.Span.Fill(float.NaN);
        }

        public Span<float> Span => memory.Span[..length];

        public float[] Take()
        {
            Assert.That(memory.Span[^AlignedMemory.Line..].ToArray(), Is.All.NaN, "written too far");
            return Span.ToArray();
        }
    }
}
