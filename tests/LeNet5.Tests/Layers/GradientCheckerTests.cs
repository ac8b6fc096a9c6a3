namespace LeNet5.Tests.Layers;

/// <summary>That the checker accepts a layer of a user's own, and that it can fail.</summary>
public class GradientCheckerTests
{
    [Test]
    public void Check_OwnLayer_Passes() => GradientChecker.Check(new Quadratic("Q"), new Shape(3, 2, 4));

    [Test]
    public void Check_WrongParameterGradient_NamesLayerTensorCoordinatesAndValues() =>
        Assert.That(
            () => GradientChecker.Check(new Quadratic("Q") { FirstError = 1.01f }, new Shape(3, 2, 4)),
            Throws.TypeOf<AssertionException>().With.Message.Match(
                @"Q: the first derivative by parameters\[\d\] is -?[\d.]+, but differences of E give -?[\d.]+"));

    [Test]
    public void Check_WrongInputCurvature_NamesLayerTensorCoordinatesAndValues() =>
        Assert.That(
            () => GradientChecker.Check(new Quadratic("Q") { SecondError = 1.01f }, new Shape(3, 2, 4)),
            Throws.TypeOf<AssertionException>().With.Message.Match(
                @"Q: the second derivative by input\[\d, \d, \d\] is -?[\d.]+, but differences of E give -?[\d.]+"));

    /// <summary>y = w x^2 + x with one weight a map.</summary>
    private sealed class Quadratic(string name) : Layer(name)
    {
        private const int Maps = 3;

        public float FirstError { get; init; } = 1;

        public float SecondError { get; init; } = 1;

        public override int ParameterCount => Maps;

        public override bool HasCurvature => true;

        public override Shape OutputShape(Shape input) => input;

        public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
        {
            for (int i = 0; i < output.Values.Length; i++)
                output.Values[i] = (parameters[i / output.Shape.Plane] * input.Values[i] * input.Values[i]) + input.Values[i];
        }

        public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
        {
            for (int i = 0; i < output.Values.Length; i++)
            {
                int map = i / output.Shape.Plane;
                gradient[map] += FirstError * output.Gradient[i] * input.Values[i] * input.Values[i];
                input.Gradient[i] = output.Gradient[i] * Slope(parameters[map], input.Values[i]);
            }
        }

        public override void BackwardCurvature(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> curvature, Span<float> scratch)
        {
            for (int i = 0; i < output.Values.Length; i++)
            {
                int map = i / output.Shape.Plane;
                curvature[map] += output.Curvature[i] * MathF.Pow(input.Values[i], 4);
                input.Curvature[i] = SecondError * output.Curvature[i] * MathF.Pow(Slope(parameters[map], input.Values[i]), 2);
            }
        }

        private static float Slope(float weight, float x) => (2 * weight * x) + 1;
    }
}
