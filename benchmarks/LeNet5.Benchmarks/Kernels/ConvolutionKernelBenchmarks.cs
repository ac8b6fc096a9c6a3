using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using LeNet5.Kernels;

namespace LeNet5.Benchmarks.Kernels;

/// <summary>The convolutions of C1, of C3 and of another size with their derivatives: those by the weights, and but for C1 also those by the input.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByParams, BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ConvolutionKernelBenchmarks
{
    private int kernelSize;
    private ConnectionTable table = null!;
    private Convolution convolution = null!;
    private Shape inputShape;
    private Shape outputShape;
    private AlignedMemory weights = null!;
    private AlignedMemory biases = null!;
    private AlignedMemory input = null!;
    private AlignedMemory sums = null!;
    private AlignedMemory derivatives = null!;
    private AlignedMemory inputDerivatives = null!;
    private AlignedMemory weightGradient = null!;
    private AlignedMemory biasGradient = null!;
    private AlignedMemory scratch = null!;
    private AlignedMemory plane = null!;

    [Params("C1", "C3", "3x3")]
    public string Layer { get; set; } = "";

    private int Area => kernelSize * kernelSize;

    [GlobalSetup]
    public void Setup()
    {
        // The third has no code for its size.
        (table, inputShape, kernelSize) = Layer switch
        {
            "C1" => (ConnectionTable.Complete(inputs: 1, outputs: 6), new Shape(1, 32, 32), 5),
            "C3" => (ConnectionTable.TableI, new Shape(6, 14, 14), 5),
            _ => (ConnectionTable.Complete(inputs: 6, outputs: 12), new Shape(6, 22, 22), 3),
        };
        outputShape = new Shape(table.Outputs, inputShape.Height - kernelSize + 1, inputShape.Width - kernelSize + 1);
        convolution = Convolution.For(table, kernelSize);
        weights = Data.Random(table.LinkCount * Area);
        biases = Data.Random(table.Outputs);
        input = Data.Random(inputShape.Length);
        derivatives = Data.Random(outputShape.Length);
        sums = new AlignedMemory(outputShape.Length);
        inputDerivatives = new AlignedMemory(Layer == "C1" ? 0 : inputShape.Length);
        weightGradient = new AlignedMemory(weights.Length);
        biasGradient = new AlignedMemory(biases.Length);
        scratch = new AlignedMemory(convolution.ScratchLength(inputShape, Passes.Backward));

        // One map of outputs in rows as wide as the input's, from the first output to the last.
        plane = new AlignedMemory(((outputShape.Height - 1) * inputShape.Width) + outputShape.Width);

        float[] expected = Results(PlainForward, PlainBackward);
        Data.CheckSame(expected, Results(TensorsForward, TensorsBackward));
        Data.CheckSame(expected, Results(KernelForward, KernelBackward));
    }

    [BenchmarkCategory("forward"), Benchmark(Baseline = true)]
    public void PlainForward()
    {
        ReadOnlySpan<float> w = weights.Span, x = input.Span;
        for (int o = 0; o < table.Outputs; o++)
        {
            ReadOnlySpan<int> inputs = table.InputsOf(o);
            for (int row = 0; row < outputShape.Height; row++)
            {
                for (int column = 0; column < outputShape.Width; column++)
                {
                    float sum = biases.Span[o];
                    for (int i = 0; i < inputs.Length; i++)
                    {
                        ReadOnlySpan<float> kernel = w.Slice((table.FirstLinkOf(o) + i) * Area, Area);
                        ReadOnlySpan<float> corner = x[((inputs[i] * inputShape.Plane) + (row * inputShape.Width) + column)..];
                        for (int v = 0; v < kernelSize; v++)
                        {
                            for (int u = 0; u < kernelSize; u++)
                                sum += kernel[(v * kernelSize) + u] * corner[(v * inputShape.Width) + u];
                        }
                    }
                    sums.Span[(o * outputShape.Plane) + (row * outputShape.Width) + column] = sum;
                }
            }
        }
    }

    /// <summary>One multiplication a tap, over the whole plane at once; what lies between the rows is computed in vain.</summary>
    [BenchmarkCategory("forward"), Benchmark]
    public void TensorsForward()
    {
        ReadOnlySpan<float> w = weights.Span, x = input.Span;
        Span<float> sum = plane.Span;
        for (int o = 0; o < table.Outputs; o++)
        {
            sum.Fill(biases.Span[o]);
            ReadOnlySpan<int> inputs = table.InputsOf(o);
            for (int i = 0; i < inputs.Length; i++)
            {
                for (int tap = 0; tap < Area; tap++)
                {
                    float weight = w[((table.FirstLinkOf(o) + i) * Area) + tap];
                    TensorPrimitives.MultiplyAdd(x.Slice(Start(inputs[i], tap), sum.Length), weight, sum, sum);
                }
            }
            for (int y = 0; y < outputShape.Height; y++)
                sum.Slice(y * inputShape.Width, outputShape.Width).CopyTo(sums.Span[((o * outputShape.Plane) + (y * outputShape.Width))..]);
        }
    }

    [BenchmarkCategory("forward"), Benchmark]
    public void KernelForward() => convolution.Forward(weights.Span, biases.Span, inputShape, input.Span, outputShape, sums.Span, Activation.Identity, step: 1, scratch.Span);

    [BenchmarkCategory("backward"), Benchmark(Baseline = true)]
    public void PlainBackward()
    {
        ReadOnlySpan<float> w = weights.Span, x = input.Span;
        Span<float> dw = weightGradient.Span, dx = inputDerivatives.Span;
        dx.Clear();
        for (int o = 0; o < table.Outputs; o++)
        {
            ReadOnlySpan<int> inputs = table.InputsOf(o);
            for (int row = 0; row < outputShape.Height; row++)
            {
                for (int column = 0; column < outputShape.Width; column++)
                {
                    float derivative = derivatives.Span[(o * outputShape.Plane) + (row * outputShape.Width) + column];
                    biasGradient.Span[o] += derivative;
                    for (int i = 0; i < inputs.Length; i++)
                    {
                        int kernel = (table.FirstLinkOf(o) + i) * Area;
                        int corner = (inputs[i] * inputShape.Plane) + (row * inputShape.Width) + column;
                        for (int v = 0; v < kernelSize; v++)
                        {
                            for (int u = 0; u < kernelSize; u++)
                            {
                                int weight = kernel + (v * kernelSize) + u;
                                int value = corner + (v * inputShape.Width) + u;
                                dw[weight] += derivative * x[value];
                                if (!dx.IsEmpty)
                                    dx[value] += derivative * w[weight];
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>The derivatives spread to rows as wide as the input's, with zeros between; then one operation a tap.</summary>
    [BenchmarkCategory("backward"), Benchmark]
    public void TensorsBackward()
    {
        ReadOnlySpan<float> w = weights.Span, x = input.Span;
        Span<float> dw = weightGradient.Span, dx = inputDerivatives.Span, spread = plane.Span;
        dx.Clear();
        for (int o = 0; o < table.Outputs; o++)
        {
            ReadOnlySpan<float> map = derivatives.Span.Slice(o * outputShape.Plane, outputShape.Plane);
            biasGradient.Span[o] += TensorPrimitives.Sum(map);
            spread.Clear();
            for (int y = 0; y < outputShape.Height; y++)
                map.Slice(y * outputShape.Width, outputShape.Width).CopyTo(spread[(y * inputShape.Width)..]);

            ReadOnlySpan<int> inputs = table.InputsOf(o);
            for (int i = 0; i < inputs.Length; i++)
            {
                for (int tap = 0; tap < Area; tap++)
                {
                    int weight = ((table.FirstLinkOf(o) + i) * Area) + tap;
                    int start = Start(inputs[i], tap);
                    dw[weight] += TensorPrimitives.Dot(x.Slice(start, spread.Length), spread);
                    if (dx.IsEmpty)
                        continue;
                    Span<float> target = dx.Slice(start, spread.Length);
                    TensorPrimitives.MultiplyAdd(spread, w[weight], target, target);
                }
            }
        }
    }

    [BenchmarkCategory("backward"), Benchmark]
    public void KernelBackward() => convolution.Backward(
        weights.Span, inputShape, input.Span, outputShape, derivatives.Span, inputDerivatives.Span, weightGradient.Span, biasGradient.Span, scratch.Span);

    private int Start(int map, int tap) => (map * inputShape.Plane) + (tap / kernelSize * inputShape.Width) + (tap % kernelSize);

    private float[] Results(Action forward, Action backward)
    {
        weightGradient.Span.Clear();
        biasGradient.Span.Clear();
        forward();
        backward();
        return [.. sums.Span, .. weightGradient.Span, .. biasGradient.Span, .. inputDerivatives.Span];
    }
}
