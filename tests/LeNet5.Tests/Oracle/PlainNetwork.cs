using System.Collections.Immutable;

namespace LeNet5.Tests.Oracle;

/// <summary>
/// The paper's arithmetic as its equations are written, one connection after another, in doubles. It shares no code with the library
/// beyond the description of the layers, and is slow on purpose.
/// </summary>
/// <remarks>
/// Boundary 0 is the input, boundary i the output of layer i - 1. As in the library, dE/dy becomes dE/da on the way back, and likewise the curvature.
/// </remarks>
internal sealed class PlainNetwork
{
    private readonly ImmutableArray<Layer> layers;
    private readonly Shape[] shapes;
    private readonly int[] offsets;
    private readonly Connection[][] connections;

    public PlainNetwork(Network network, Shape? input = null)
    {
        layers = network.Layers;
        shapes = new Shape[layers.Length + 1];
        offsets = new int[layers.Length + 1];
        connections = new Connection[layers.Length][];
        shapes[0] = input ?? network.InputShape;
        for (int i = 0; i < layers.Length; i++)
        {
            shapes[i + 1] = layers[i].OutputShape(shapes[i]);
            offsets[i + 1] = offsets[i] + layers[i].ParameterCount;
            connections[i] = layers[i] is RbfOutput ? [] : [.. Connect(layers[i], shapes[i], shapes[i + 1])];
        }
        Parameters = ToDoubles(network.Parameters);
        (ParameterGradient, ParameterCurvature) = (new double[Parameters.Length], new double[Parameters.Length]);
        (Sums, Values, Gradients, Curvatures) = (Allocate(), Allocate(), Allocate(), Allocate());

        double[][] Allocate() => Array.ConvertAll(shapes, shape => new double[shape.Length]);
    }

    public double[] Parameters { get; }

    public double[] ParameterGradient { get; }

    public double[] ParameterCurvature { get; }

    public double[][] Sums { get; }

    public double[][] Values { get; }

    public double[][] Gradients { get; }

    public double[][] Curvatures { get; }

    public static double[] ToDoubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), value => (double)value);

    public void Forward(IReadOnlyList<double> input)
    {
        input.ToArray().CopyTo(Values[0], 0);
        for (int i = 0; i < layers.Length; i++)
        {
            (double[] x, double[] a, double[] y) = (Values[i], Sums[i + 1], Values[i + 1]);
            if (layers[i] is RbfOutput rbf)
            {
                Array.Clear(y);
                foreach ((int output, int from, double code) in Codes(rbf, shapes[i]))
                    y[output] += (x[from] - code) * (x[from] - code); // equation 7
                y.CopyTo(a, 0);
                continue;
            }
            for (int output = 0; output < a.Length; output++)
                a[output] = Parameters[BiasOf(i, output)];
            foreach (Connection c in connections[i])
                a[c.Output] += Parameters[offsets[i] + c.Weight] * c.Average(x);
            for (int output = 0; output < a.Length; output++)
                y[output] = Squash(i, a[output]);
        }
    }

    /// <summary>Back-propagation; a shared weight collects the gradients of all its connections (equations 19 and 20).</summary>
    public void Backward(IReadOnlyList<double> outputGradient)
    {
        outputGradient.ToArray().CopyTo(Gradients[^1], 0);
        Array.Clear(ParameterGradient);
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            if (layers[i] is not RbfOutput rbf)
            {
                Propagate(i, Gradients, ParameterGradient, factor => factor);
                continue;
            }
            Array.Clear(Gradients[i]);
            foreach ((int output, int from, double code) in Codes(rbf, shapes[i]))
                Gradients[i][from] += 2 * (Values[i][from] - code) * Gradients[i + 1][output];
        }
    }

    /// <summary>Equations 23 to 27: second derivatives travel as the first do, but through the squares of slopes, inputs and weights.</summary>
    public void BackwardCurvature(IReadOnlyList<double> outputCurvature)
    {
        outputCurvature.ToArray().CopyTo(Curvatures[^1], 0);
        Array.Clear(ParameterCurvature);
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            if (layers[i] is not RbfOutput rbf)
            {
                Propagate(i, Curvatures, ParameterCurvature, factor => factor * factor);
                continue;
            }
            Array.Clear(Curvatures[i]);
            foreach ((int output, int from, double code) in Codes(rbf, shapes[i]))
            {
                double slope = 2 * (Values[i][from] - code);
                Curvatures[i][from] += (slope * slope * Curvatures[i + 1][output]) + (2 * Gradients[i + 1][output]);
            }
        }
    }

    private void Propagate(int i, double[][] derivatives, double[] byParameters, Func<double, double> power)
    {
        (double[] input, double[] output) = (derivatives[i], derivatives[i + 1]);
        for (int unit = 0; unit < output.Length; unit++)
        {
            output[unit] *= power(Slope(i, Sums[i + 1][unit]));
            byParameters[BiasOf(i, unit)] += output[unit];
        }
        Array.Clear(input);
        foreach (Connection c in connections[i])
        {
            byParameters[offsets[i] + c.Weight] += output[c.Output] * power(c.Average(Values[i]));
            foreach (int from in c.Inputs)
                input[from] += output[c.Output] * power(Parameters[offsets[i] + c.Weight] / c.Inputs.Length);
        }
    }

    /// <summary>Biases are the last parameters of a layer, one a map.</summary>
    private int BiasOf(int i, int unit) => offsets[i + 1] - shapes[i + 1].Maps + (unit / shapes[i + 1].Plane);

    // Equations 5 and 6.
    private double Squash(int i, double a) => IsSquashed(i) ? 1.7159 * Math.Tanh(2 * a / 3) : a;

    private double Slope(int i, double a) => IsSquashed(i) ? 1.7159 * 2 / 3 * (1 - Math.Pow(Math.Tanh(2 * a / 3), 2)) : 1;

    private bool IsSquashed(int i) => ((ActivatedLayer)layers[i]).Activation == Activation.ScaledTanh;

    private static IEnumerable<Connection> Connect(Layer layer, Shape input, Shape output)
    {
        int link = 0;
        for (int map = 0; map < output.Maps; map++)
        {
            foreach (int from in InputsOf(layer, map))
            {
                for (int position = 0; position < output.Plane; position++)
                {
                    (int y, int x) = (position / output.Width, position % output.Width);
                    int unit = (map * output.Plane) + position;
                    if (layer is TrainableSubsample { Block: int block })
                        yield return new Connection(unit, map, [.. Square(block).Select(tap => At(from, (y * block) + tap.Y, (x * block) + tap.X))]);
                    else
                    {
                        int kernel = ((WeightedLayer)layer).Kernel;
                        foreach ((int v, int u) in Square(kernel))
                            yield return new Connection(unit, (((link * kernel) + v) * kernel) + u, [At(from, y + v, x + u)]);
                    }
                }
                link++;
            }
        }

        int At(int map, int y, int x) => (((map * input.Height) + y) * input.Width) + x;
    }

    private static IEnumerable<int> InputsOf(Layer layer, int map) => layer switch
    {
        TrainableSubsample => [map],
        SparseConv sparse => sparse.Table.InputsOf(map).ToArray(),
        WeightedLayer weighted => Enumerable.Range(0, weighted.Inputs),
        _ => throw new NotSupportedException($"{layer.GetType().Name} is not in the paper."),
    };

    private static IEnumerable<(int Y, int X)> Square(int side) =>
        Enumerable.Range(0, side * side).Select(tap => (tap / side, tap % side));

    private static IEnumerable<(int Output, int From, double Code)> Codes(RbfOutput rbf, Shape input) =>
        from code in Enumerable.Range(0, rbf.Codes.Count)
        from position in Enumerable.Range(0, input.Plane)
        from j in Enumerable.Range(0, rbf.Codes.Length)
        select ((code * input.Plane) + position, (j * input.Plane) + position, (double)rbf.Codes[code][j]);

    /// <summary>A weight between a unit and the average of some inputs: of one input, but in a subsampling layer of a block of them.</summary>
    private readonly record struct Connection(int Output, int Weight, int[] Inputs)
    {
        public double Average(double[] values)
        {
            double sum = 0;
            foreach (int input in Inputs)
                sum += values[input];
            return sum / Inputs.Length;
        }
    }
}
