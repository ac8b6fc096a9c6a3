using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Layers;

/// <summary>
/// Checks a layer's derivatives against differences of its own forward pass, through E = 1/2 sum of c (y - y0)^2 with random c.
/// </summary>
/// <remarks>
/// First derivatives: y0 lies anywhere. Second derivatives: y0 is the present output. There the residuals are 0, so the terms that Gauss and Newton drop
/// vanish and the approximation is exact, for shared weights too: no two positions of one layer meet in a term of E.
/// </remarks>
internal static class GradientChecker
{
    /// <summary>
    /// Large, for E comes from floats: of their 6e-8 the differences make 1e-6 / step. The formulas below lose only terms of step^4 in return.
    /// </summary>
    private const float Step = 1f / 16;

    /// <summary>
    /// Relative to the largest derivative in a tensor. Most agree to 1e-5; the one weight of a subsampled map, a sum that may nearly cancel, needs the rest.
    /// </summary>
    private const double Tolerance = 2e-4;

    public static void Check(Layer layer, Shape input, ulong seed = 1)
    {
        SeededRandom random = new(seed);
        Network network = RandomNetworks.WithBiases(new Network(input, seed, layer), ref random);
        Workspace workspace = network.CreateWorkspace(Passes.Curvature, inputGradient: true);
        RandomNetworks.Values(input.Length, 1, ref random).CopyTo(workspace.Input.Values);
        int length = workspace.Output.Shape.Length;
        float[] c = RandomNetworks.Values(length, 1, ref random);
        float[] y0 = RandomNetworks.Values(length, 1, ref random);

        // What is overwritten does not matter before; what is added to does.
        float[] gradient = [.. Enumerable.Repeat(1f, network.ParameterCount)];
        workspace.Input.Gradient.Fill(float.NaN);
        Evaluate();
        for (int i = 0; i < length; i++)
            workspace.Output.Gradient[i] = c[i] * (workspace.Output.Values[i] - y0[i]);
        network.Backward(workspace, gradient);
        Compare("first", gradient, workspace.Input.Gradient, FirstDifference);
        if (!layer.HasCurvature)
            return;

        float[] curvature = [.. Enumerable.Repeat(1f, network.ParameterCount)];
        workspace.Input.Curvature.Fill(float.NaN);
        Evaluate();
        workspace.Output.Values.CopyTo(y0);
        workspace.Output.Gradient.Clear();
        c.CopyTo(workspace.Output.Curvature);
        network.Backward(workspace, new float[network.ParameterCount]);
        network.BackwardCurvature(workspace, curvature);
        Compare("second", curvature, workspace.Input.Curvature, SecondDifference);

        double Evaluate()
        {
            network.Forward(workspace);
            double e = 0;
            for (int i = 0; i < length; i++)
            {
                double residual = (double)workspace.Output.Values[i] - y0[i];
                e += 0.5 * c[i] * residual * residual;
            }
            return e;
        }

        double FirstDifference(Func<float, double> e) => ((8 * (e(Step) - e(-Step))) - (e(2 * Step) - e(-2 * Step))) / (12 * Step);

        double SecondDifference(Func<float, double> e) =>
            ((16 * (e(Step) + e(-Step))) - (e(2 * Step) + e(-2 * Step)) - (30 * e(0))) / (12 * Step * Step);

        void Compare(string order, float[] byParameters, ReadOnlySpan<float> byInput, Func<Func<float, double>, double> difference)
        {
            int start = 0;
            foreach (ParameterTensor tensor in layer.Tensors)
            {
                int first = start;
                float[] added = Array.ConvertAll(byParameters[first..(first + tensor.Length)], sum => sum - 1);
                CompareTensor(tensor.Name, [.. tensor.Dimensions], added, i => ref network.EditParameters()[first + i]);
                start += tensor.Length;
            }
            CompareTensor("input", [input.Maps, input.Height, input.Width], byInput.ToArray(), i => ref workspace.Input.Values[i]);

            void CompareTensor(string name, int[] dimensions, float[] actual, Variable variable)
            {
                double[] expected = [.. Enumerable.Range(0, actual.Length).Select(i => difference(shift => EvaluateAt(variable, i, shift)))];
                double largest = expected.Max(Math.Abs);
                for (int i = 0; i < actual.Length; i++)
                {
                    string place = $"{name}[{string.Join(", ", Coordinates(i, dimensions))}]";
                    if (!(Math.Abs(actual[i] - expected[i]) <= Tolerance * largest))
                        Assert.Fail($"{layer}: the {order} derivative by {place} is {actual[i]:G6}, but differences of E give {expected[i]:G6}.");
                }
            }
        }

        double EvaluateAt(Variable variable, int i, float shift)
        {
            float before = variable(i);
            variable(i) = before + shift;
            double e = Evaluate();
            variable(i) = before;
            return e;
        }
    }

    private static IEnumerable<int> Coordinates(int index, int[] dimensions) =>
        dimensions.Select((size, d) => index / dimensions.Skip(d + 1).Aggregate(1, (product, next) => product * next) % size);

    private delegate ref float Variable(int index);
}
