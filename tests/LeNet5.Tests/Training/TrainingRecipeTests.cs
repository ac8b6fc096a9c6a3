using LeNet5.Data;
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

    [TestCase(100_000_000, 0, "BlankCount")]
    [TestCase(0, int.MaxValue, "RubbishCount")]
    public void Check_MorePicturesThanAllowed_TellsHowMany(int blankCount, int rubbishCount, string name) =>
        Assert.That(
            () => (TrainingRecipe.Paper with { BlankCount = blankCount, RubbishCount = rubbishCount }).Check(Network.LeNet5()),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name).And.Message.Contains("1000000").And.Message.Contains($"{blankCount + rubbishCount}"));

    [Test]
    public void Name_Null_IsRefused() => Assert.That(() => TrainingRecipe.Paper with { Name = null! }, Throws.ArgumentNullException);

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

    private static readonly TrainingRecipe OnStrips = new()
    {
        Name = "strips",
        Rate = LearningRate.Constant(0.0001),
        Strip = new StripTraining { Count = 100, Styles = [StripStyle.Clean], Loss = new StringLoss() },
    };

    /// <summary>Of what is not used there is no word.</summary>
    [Test]
    public void ToString_Strips_NamesThemInPlaceOfSingleDigits()
    {
        string expected = $"strips: 20 epochs; rate 0.0001 x1 (subsampling weights as of sums); 100 strips up to 160 wide, Sdnn; DiscriminativeForward loss on strings; {StripStyle.Clean}; batches of 4";
        Assert.That((OnStrips with { BatchSize = 4, Distortion = Distortion.Mild, Loss = new MaximumLikelihoodLoss() }).ToString(), Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> UnusableOnStrips()
    {
        StripTraining strips = OnStrips.Strip!;
        yield return Case("LM", OnStrips with { LevenbergMarquardt = new(Mu: 1) }, "no second derivatives, which Levenberg-Marquardt needs. Set LevenbergMarquardt or Strip to null.");
        yield return Case("blanks", OnStrips with { BlankCount = 5 }, "5 blanks and 0 pictures of rubbish cannot be mixed. Set both numbers to 0, or Strip to null.");
        yield return Case("rubbish", OnStrips with { RubbishCount = 6 }, "0 blanks and 6 pictures of rubbish cannot be mixed.");
        yield return Case("none", OnStrips with { Strip = strips with { Count = 0 } }, "Strip.Count");
        yield return Case("no style", OnStrips with { Strip = strips with { Styles = [] } }, "strips of no style. Give StripTraining.Styles at least one");
        yield return Case("default styles", OnStrips with { Strip = strips with { Styles = default } }, "strips of no style");
        yield return Case("no loss", OnStrips with { Strip = strips with { Loss = null! } }, "Loss");
        yield return Case("both methods", OnStrips with { Strip = strips with { Method = StripMethod.Both } }, "Both needs two networks");
        yield return Case("narrow", OnStrips with { Strip = strips with { Width = 31 } }, "strips 31 columns wide, but a window has 32");
        yield return Case("wide", OnStrips with { Strip = strips with { Width = int.MaxValue } }, "strips 2147483647 columns wide, but a window has 32, and a line up to 16384");

        static TestCaseData Case(string name, TrainingRecipe recipe, string fault) => new TestCaseData(recipe, fault).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(UnusableOnStrips))]
    public void Check_WhatCannotBeTrainedOnStrips_TellsTheWayOut(TrainingRecipe recipe, string fault)
    {
        Network network = Network.LeNet5(codes: RbfCodes.DigitsAndBlank);
        Assert.That(() => new Trainer(network, OnStrips), Throws.Nothing);
        Assert.That(() => new Trainer(network, recipe), Throws.InstanceOf<ArgumentException>().With.Message.Contains(fault));
    }

    [Test]
    public void Check_StripsForANetworkOfOtherClasses_TellsTheWayOut([Values(StripMethod.Sdnn, StripMethod.Windows)] StripMethod method)
    {
        TrainingRecipe recipe = OnStrips with { Strip = OnStrips.Strip! with { Method = method } };
        Assert.That(() => new Trainer(Network.LeNet5(), recipe), Throws.ArgumentException.With.Message.Contains("needs a class for the blank. Use PretrainedModels.Strips"));
        Assert.That(() => new Trainer(Network.LeNet5(codes: RbfCodes.PrintableAscii), recipe), Throws.ArgumentException.With.Message.Contains("95 classes"));
    }

    [Test]
    public void Check_SegmentsForANetworkWithABlank_TellsTheWayOut()
    {
        Assert.That(
            () => new Trainer(Network.LeNet5(codes: RbfCodes.DigitsAndBlank), TrainingRecipe.Segments),
            Throws.ArgumentException.With.Message.Contains("ten digits without a blank. Use PretrainedModels.Segments"));
        Assert.That(() => new Trainer(Network.LeNet5(), TrainingRecipe.Segments), Throws.Nothing);
    }

    [Test]
    public void Check_SegmentsWithALossOnColumns_TellsTheWayOut()
    {
        TrainingRecipe recipe = TrainingRecipe.Segments with { Strip = TrainingRecipe.Segments.Strip! with { Loss = new ColumnLoss() } };
        Assert.That(() => new Trainer(Network.LeNet5(), recipe), Throws.ArgumentException.With.Message.Contains("which have no columns for equation 9 in each column").And.Message.Contains("Use a StringLoss"));
    }

    [Test]
    public void Check_StripsForANetworkOfOtherRows_NamesItsInput()
    {
        Network network = new(new Shape(1, 28, 28), 1, new Conv("C", inputs: 1, outputs: 84, kernel: 28), new RbfOutput("Output", RbfCodes.DigitsAndBlank));
        Assert.That(() => new Trainer(network, OnStrips), Throws.ArgumentException.With.Message.Contains("this one takes 1@28x28"));
    }
}
