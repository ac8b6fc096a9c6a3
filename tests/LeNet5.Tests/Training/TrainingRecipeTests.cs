using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class TrainingRecipeTests
{
    /// <summary>Section III-B and appendix C.</summary>
    [Test]
    public void PaperLiteral_EveryNumber_IsThePapers()
    {
        TrainingRecipe recipe = TrainingRecipe.PaperLiteral;
        Assert.That((recipe.Epochs, recipe.Rate, recipe.BlankCount, recipe.RatesForSums), Is.EqualTo((20, LearningRate.Paper, 0, true)));
        Assert.That(recipe.LevenbergMarquardt, Is.EqualTo(new LevenbergMarquardt(Mu: 0.02, SampleCount: 500)));
    }

    [Test]
    public void Paper_BesidesMuAndRates_IsThePapers() =>
        Assert.That(
            TrainingRecipe.Paper with { Name = "paper-literal", Rate = LearningRate.Paper, LevenbergMarquardt = new(Mu: 0.02) },
            Is.EqualTo(TrainingRecipe.PaperLiteral));

    /// <summary>20 epochs over the digits and 6,000 blanks, without second-order steps.</summary>
    [Test]
    public void Article_EveryNumber_IsTheArticles()
    {
        TrainingRecipe recipe = TrainingRecipe.Article;
        Assert.That((recipe.Epochs, recipe.BlankCount, recipe.LevenbergMarquardt), Is.EqualTo((20, 6000, (LevenbergMarquardt?)null)));
        Assert.That(recipe.Rate.Steps.Sum(step => step.Epochs), Is.EqualTo(20));
    }

    [Test]
    public void ToString_Everything_NamesEverySetting()
    {
        TrainingRecipe recipe = new()
        {
            Name = "all",
            Epochs = 7,
            Rate = LearningRate.Cosine(0.001, 7),
            Loss = new MaximumPosteriorLoss(j: 4, temperature: 2),
            LevenbergMarquardt = new(Mu: 0.5, SampleCount: 50),
            BatchSize = 16,
            Optimizer = new Adam(weightDecay: 0.01),
            Averaging = new(fromEpoch: 5, decay: 0.9),
            BlankCount = 30,
            RubbishCount = 20,
            Distortion = new() { Rotation = 7.5, Noise = 0.25 },
        };
        Assert.That(recipe.ToString(), Is.EqualTo(
            "all: 7 epochs; rate 0.001, cosine over 7 (subsampling weights as of sums); equation 9, j = 4, temperature 2; SDLM, mu = 0.5, 50 samples; "
            + "batches of 16; Adam, beta 0.9 and 0.999, epsilon 1E-08, weight decay 0.01; weights averaged from epoch 5 on, decay 0.9; "
            + "30 blanks; 20 pictures of rubbish; distorted: translation 0 px, scale 0, squeeze 0, shear 0, rotation 7.5 degrees, elastic 0 px (smoothing 4), "
            + "thickness 0, noise 0.25"));
    }

    /// <summary>Checkpoints are told apart by it, so what is not used must not change it.</summary>
    [Test]
    public void ToString_DefaultsOnly_NamesNothingElse() =>
        Assert.That(
            new TrainingRecipe { Name = "mine", Rate = LearningRate.Constant(0.1), RatesForSums = false }.ToString(),
            Is.EqualTo("mine: 20 epochs; rate 0.1 x1; equation 9, j = 5; 0 blanks"));

    [TestCase(0, 0, "BatchSize")]
    [TestCase(-3, 0, "BatchSize")]
    [TestCase(1, -1, "RubbishCount")]
    public void Check_ImpossibleCount_IsRefusedByName(int batchSize, int rubbishCount, string name) =>
        Assert.That(
            () => (TrainingRecipe.Paper with { BatchSize = batchSize, RubbishCount = rubbishCount }).Check(Network.LeNet5()),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));

    private static Loss<int>[] WithoutMargin => [new MaximumPosteriorLoss(double.PositiveInfinity), new MaximumLikelihoodLoss()];

    [TestCaseSource(nameof(WithoutMargin))]
    public void Check_RubbishForALossWithoutAMargin_TellsTheWayOut(Loss<int> loss)
    {
        TrainingRecipe recipe = TrainingRecipe.Paper with { Loss = loss, RubbishCount = 10 };
        Assert.That(
            () => recipe.Check(Network.LeNet5()),
            Throws.ArgumentException.With.Message.EqualTo(
                $"The recipe paper trains 10 pictures of rubbish, but {loss} has no finite penalty for them. Use a MaximumPosteriorLoss with a finite j, or set RubbishCount to 0."));
        Assert.That(() => (recipe with { RubbishCount = 0 }).Check(Network.LeNet5()), Throws.Nothing);
    }
}
