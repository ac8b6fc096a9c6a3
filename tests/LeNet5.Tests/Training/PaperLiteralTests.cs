using LeNet5.Training;

namespace LeNet5.Tests.Training;

/// <summary>What docs/paper-map.md says about step sizes that are too large for the scale of the loss: the units saturate, and training ends before
/// it has begun.</summary>
public class PaperLiteralTests
{
    private static readonly TrainingRecipe Plain = new() { Name = "plain", Epochs = 1, Rate = LearningRate.Constant(0.0005) };

    private static IEnumerable<TestCaseData> Recipes()
    {
        yield return Case(TrainingRecipe.PaperLiteral, "SDLM, mu = 0.02", saturates: true);
        yield return Case(TrainingRecipe.Paper, "SDLM, mu of the recipe Paper", saturates: false);
        yield return Case(Plain, "plain, rate 0.0005", saturates: false);
        yield return Case(Plain with { Rate = LearningRate.Constant(0.025) }, "plain, rate 0.025 = eta / mu", saturates: true);
        yield return Case(Plain with { Rate = LearningRate.Constant(0.01) }, "plain, rate 0.01", saturates: true);
        yield return Case(Plain with { Rate = LearningRate.Constant(0.002) }, "plain, rate 0.002", saturates: false);

        static TestCaseData Case(TrainingRecipe recipe, string name, bool saturates) => new TestCaseData(recipe, saturates).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Recipes))]
    public void Run_ThreeHundredDigits_SaturatesF6OnlyWithTooLargeSteps(TrainingRecipe recipe, bool saturates)
    {
        Network network = Network.LeNet5(seed: 1);
        new Trainer(network, recipe with { Epochs = 1 }).Run(Mnist.Train.Slice(0, 300));

        double share = SaturatedShare(network, network.Layers[5], Mnist.Train.Slice(55000, 100));
        TestContext.Out.WriteLine($"{TestContext.CurrentContext.Test.Name}: {share:P0} of F6 beyond 1.6");
        Assert.That(share, saturates ? Is.GreaterThan(0.5) : Is.LessThan(0.05));
    }

    /// <summary>Share of a layer's units whose activation lies beyond +-1.6 of +-1.7159, where the slope is less than a seventh of that at 0.</summary>
    private static double SaturatedShare(Network network, Layer layer, LabeledImages digits)
    {
        Workspace workspace = network.CreateWorkspace();
        int saturated = 0;
        for (int i = 0; i < digits.Count; i++)
        {
            workspace.LoadPixels(digits.Pixels(i), digits.Height, digits.Width);
            network.Forward(workspace);
            foreach (float value in workspace.OutputOf(layer).Values)
                saturated += Math.Abs(value) > 1.6f ? 1 : 0;
        }
        return (double)saturated / (digits.Count * workspace.OutputOf(layer).Shape.Length);
    }
}
