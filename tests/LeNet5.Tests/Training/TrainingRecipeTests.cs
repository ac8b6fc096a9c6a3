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
}
