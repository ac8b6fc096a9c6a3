using LeNet5.Tests.Oracle;
using LeNet5.Training;

namespace LeNet5.Tests.Layers;

public class RbfOutputTests
{
    [TestCase(5, 1, 1)]
    [TestCase(18, 2, 3)]
    public void Passes_AnyShape_AgreeWithDifferences(int length, int height, int width)
    {
        SeededRandom random = new(1);
        RbfCodes codes = new("abc", RandomNetworks.Values(3 * length, 1, ref random));
        GradientChecker.Check(new RbfOutput("Output", codes), new Shape(length, height, width));
    }

    /// <summary>Equation 7 on a code itself: 0 for its own class, and the distances between the codes for the others.</summary>
    [Test]
    public void Forward_CodeOfAClass_GivesDistancesBetweenCodes()
    {
        Network network = new(new Shape(84, 1, 1), 1, new RbfOutput("Output", RbfCodes.Digits));
        Workspace workspace = network.CreateWorkspace();
        RbfCodes.Digits[6].CopyTo(workspace.Input.Values);
        network.Forward(workspace);
        Assert.That(workspace.Output.Values[6], Is.Zero);
        Assert.That(workspace.Output.Values[8], Is.EqualTo(48));
    }

    /// <summary>Equation 8 has d2E/dy2 = 0 and dE/dy = 1 for one class, so the curvature by each input is 2, whatever the input.</summary>
    [Test]
    public void BackwardCurvature_OfEquation8_IsTwo()
    {
        Network network = new(new Shape(84, 1, 1), 1, new RbfOutput("Output", RbfCodes.Digits));
        Workspace workspace = network.CreateWorkspace(Passes.Curvature, inputGradient: true);
        SeededRandom random = new(1);
        RandomNetworks.Values(84, 1, ref random).CopyTo(workspace.Input.Values);
        network.Forward(workspace);
        new MaximumLikelihoodLoss().Evaluate(workspace.Output, 3);
        network.Backward(workspace, []);
        network.BackwardCurvature(workspace, []);
        Assert.That(workspace.Input.Curvature.ToArray(), Is.All.EqualTo(2));
    }

    [Test]
    public void OutputShape_OtherMaps_NamesLayerBothSizesAndTheWayOut() =>
        Assert.That(
            () => new RbfOutput("Output", RbfCodes.Digits).OutputShape(new Shape(80, 1, 1)),
            Throws.ArgumentException.With.Message.Contains("Output has codes of 84 values but is given 80@1x1. Let the layer before it have 84 outputs"));
}
