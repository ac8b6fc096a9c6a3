namespace LeNet5.Tests.Oracle;

/// <summary>The oracle itself, against nothing but the definition of a derivative.</summary>
public class PlainNetworkTests
{
    /// <summary>E = sum of c y: the derivative by every parameter and every input, against central differences in doubles.</summary>
    [Test]
    public void Backward_RandomNetworks_AgreesWithCentralDifferences([Range(1, 20)] int seed)
    {
        const double step = 1e-4;
        SeededRandom random = new((ulong)seed);
        PlainNetwork plain = new(RandomNetworks.Create((ulong)seed, largestSide: 9));
        double[] input = Values(plain.Values[0].Length, ref random);
        double[] c = Values(plain.Values[^1].Length, ref random);
        plain.Forward(input);
        plain.Backward(c);
        Check(plain.Parameters, plain.ParameterGradient, "parameter");
        Check(input, [.. plain.Gradients[0]], "input");

        void Check(double[] variables, double[] gradient, string name)
        {
            for (int i = 0; i < variables.Length; i++)
            {
                double before = variables[i];
                double difference = (Evaluate(before + step) - Evaluate(before - step)) / (2 * step);
                variables[i] = before;

                // Truncation: step^2 / 6 times a third derivative of some hundreds at most.
                Assert.That(gradient[i], Is.EqualTo(difference).Within(1e-6 * (1 + Math.Abs(difference))), $"{name} {i}");

                double Evaluate(double value)
                {
                    variables[i] = value;
                    plain.Forward(input);
                    return plain.Values[^1].Zip(c, (y, factor) => y * factor).Sum();
                }
            }
        }
    }

    private static double[] Values(int count, ref SeededRandom random) => PlainNetwork.ToDoubles(RandomNetworks.Values(count, 1, ref random));
}
