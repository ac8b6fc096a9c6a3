using System.Globalization;
using System.Text;
using LeNet5.Imaging;
using LeNet5.Training;

namespace LeNet5;

/// <summary>Everything that decides how a network is trained. The same recipe on the same network and data gives the same parameters bit for bit.</summary>
/// <remarks><c>docs/paper-map.md</c> lists which values the paper and the article give and which were chosen. Immutable and therefore thread-safe; change one with <c>with</c>.</remarks>
public sealed record TrainingRecipe
{
    private const int MostPictures = 1_000_000;

    /// <summary>A name for tables and model files. Never <see langword="null"/>.</summary>
    public required string Name { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>Number of passes over the training set, at least 1. Default: 20, as in the paper.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Seed of the order of the samples, of the blanks and of the curvature samples. Default: 1998.</summary>
    public ulong Seed { get; init; } = 1998;

    /// <summary>The learning rate of each epoch.</summary>
    public required LearningRate Rate { get; init; }

    /// <summary>What is made small. Default: equation 9 with its default margin.</summary>
    public Loss<int> Loss { get; init; } = new MaximumPosteriorLoss();

    /// <summary>Second-order step sizes, or <see langword="null"/> (default) for the learning rate alone.</summary>
    public LevenbergMarquardt? LevenbergMarquardt { get; init; }

    /// <summary>Number of samples over whose mean gradient a step goes, at least 1. Default: 1, as in the paper. An epoch's last batch may be smaller.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>How parameters move along the gradient; <see langword="null"/> (default) for w -= rate * dE/dw.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>Whether and how the trained network is an average over epochs; <see langword="null"/> (default) for the last parameters.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>Number of pictures of what lies between digits that are mixed into the training set, with the class of the blank for a target, at most 1,000,000. Default: 0.</summary>
    public int BlankCount { get; init; }

    /// <summary>Number of pictures of no character at all (<see cref="Data.RubbishPictures"/>), drawn anew in each epoch, that are mixed into the training
    /// set, for a loss with a finite margin to push all penalties up, at most 1,000,000. Default: 0.</summary>
    public int RubbishCount { get; init; }

    /// <summary>How each training picture is deformed, anew in every epoch, on another thread; <see langword="null"/> (default) for not at all.</summary>
    public Distortion? Distortion { get; init; }

    /// <summary>Training on strips, in place of single characters: then <see cref="Loss"/> and <see cref="Distortion"/> are not used, <see cref="BlankCount"/> and
    /// <see cref="RubbishCount"/> are 0, and there are no second-order steps. <see langword="null"/> (default) for single characters.</summary>
    public StripTraining? Strip { get; init; }

    /// <summary>
    /// Whether rates hold for the paper's form of the subsampling weights, which multiply the sum of a block (default).
    /// Ours multiply the average, so their rates are then block^4 as large (16 for blocks of 2x2; for <see cref="Adam"/> block^2), which makes both forms learn alike.
    /// </summary>
    public bool RatesForSums { get; init; } = true;

    /// <summary>Online gradient descent with a stepped rate over 60,000 digits and 6,000 blanks, 20 epochs, as in the article. For networks with
    /// <see cref="RbfCodes.DigitsAndBlank"/>.</summary>
    /// <remarks>The article publishes neither its rates nor j: these were chosen on held-out training digits.</remarks>
    public static TrainingRecipe Article { get; } = new()
    {
        Name = "article",
        Rate = LearningRate.Stepped((8, 0.0004), (4, 0.0002), (4, 0.00008), (4, 0.00002)),
        BlankCount = 6000,
    };

    /// <summary>Stochastic diagonal Levenberg-Marquardt with curvature estimated on 500 samples before each epoch, as in the paper, with a mu and
    /// rates that were chosen on held-out training digits: with the paper's own mu the training fails (<see cref="PaperLiteral"/>).</summary>
    public static TrainingRecipe Paper { get; } = new()
    {
        Name = "paper",
        Rate = LearningRate.Stepped((8, 0.0003), (4, 0.00015), (4, 0.00006), (4, 0.000015)),
        LevenbergMarquardt = new LevenbergMarquardt(Mu: 1),
    };

    /// <summary>Stochastic diagonal Levenberg-Marquardt with every number the paper prints, rates from 0.0005 and mu = 0.02. It is kept to show that
    /// it fails on this loss; <c>docs/paper-map.md</c> explains why.</summary>
    public static TrainingRecipe PaperLiteral { get; } = Paper with
    {
        Name = "paper-literal",
        Rate = LearningRate.Paper,
        LevenbergMarquardt = new LevenbergMarquardt(Mu: 0.02),
    };

    /// <summary>The recipe of the paper with its planar affine distortions, drawn anew in each epoch.</summary>
    public static TrainingRecipe PaperDistorted { get; } = Paper with
    {
        Name = "paper-distorted",
        Distortion = Distortion.Paper,
    };

    /// <summary>The lowest error that we know to train this network to: online gradient descent on mildly distorted digits over many epochs. All
    /// settings were chosen on held-out training digits.</summary>
    public static TrainingRecipe Best { get; } = new()
    {
        Name = "best",
        Epochs = 120,
        Rate = LearningRate.Cosine(0.0002, 120),
        Loss = new MaximumPosteriorLoss(j: 10),
        Distortion = Distortion.Mild,
    };

    /// <summary>As <see cref="Best"/>, with 6,000 pictures of no digit in every epoch, so that the network learns to reject letters and drawings.
    /// <see cref="PretrainedModels.Digits"/> is trained so.</summary>
    public static TrainingRecipe Rejecting { get; } = Best with
    {
        Name = "rejecting",
        Loss = new MaximumPosteriorLoss(j: 10, rubbishJ: 20),
        RubbishCount = 6000,
    };

    /// <summary>Strips of digits that touch, stand apart or are badly photographed, column by column: a digit in its middle, the blank between (section VII-B). The first half of the
    /// training for <see cref="StripMethod.Sdnn"/>; begin with the parameters of <see cref="PretrainedModels.Digits"/>.</summary>
    public static TrainingRecipe Strips { get; } = new()
    {
        Name = "strips",
        Epochs = 10,
        Rate = LearningRate.Cosine(0.0004, 10),
        Strip = new StripTraining { Loss = new ColumnLoss(), Styles = StripTraining.ManyStyles },
    };

    /// <summary>Global training: the whole system, network, recognition graph and character model, makes the posterior of the string large, of which nobody tells it where its digits are
    /// (section VI, equation 17). Begin with the parameters that <see cref="Strips"/> gives. <see cref="PretrainedModels.Strips"/> is trained so.</summary>
    public static TrainingRecipe StripsGlobal { get; } = new()
    {
        Name = "strips-global",
        Epochs = 400,
        Rate = LearningRate.Cosine(0.0004, 400),
        Strip = new StripTraining { Loss = new StringLoss(), Styles = StripTraining.ManyStyles },
    };

    /// <summary>Global training of heuristic over-segmentation: a network for single digits learns from strings which segments are digits, and which are halves or pairs of them.
    /// Begin with the parameters of <see cref="PretrainedModels.Digits"/>. <see cref="PretrainedModels.Segments"/> is trained so.</summary>
    public static TrainingRecipe Segments { get; } = new()
    {
        Name = "segments",
        Epochs = 160,
        Rate = LearningRate.Cosine(0.0003, 160),
        Optimizer = new Adam(beta2: 0.99, epsilon: 1e-4),
        BatchSize = 8,
        Strip = new StripTraining { Method = StripMethod.Hos, Styles = StripTraining.ManyStyles },
    };

    /// <summary>Gives the settings as a line of text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Name}: {Epochs} epochs; rate {Rate}{(RatesForSums ? " (subsampling weights as of sums)" : "")}; {(object?)Strip ?? Loss}");
        if (LevenbergMarquardt is { } m)
            text.Append(CultureInfo.InvariantCulture, $"; SDLM, mu = {m.Mu}, {m.SampleCount} samples");
        if (BatchSize > 1)
            text.Append(CultureInfo.InvariantCulture, $"; batches of {BatchSize}");
        foreach (object? part in (ReadOnlySpan<object?>)[Optimizer, Averaging])
        {
            if (part is not null)
                text.Append(CultureInfo.InvariantCulture, $"; {part}");
        }
        // What is not used is not named: a checkpoint belongs to a recipe of the same line.
        if (Strip is not null)
            return text.ToString();
        text.Append(CultureInfo.InvariantCulture, $"; {BlankCount} blanks");
        if (RubbishCount > 0)
            text.Append(CultureInfo.InvariantCulture, $"; {RubbishCount} pictures of rubbish");
        if (Distortion is not null)
            text.Append(CultureInfo.InvariantCulture, $"; distorted: {Distortion}");
        return text.ToString();
    }

    internal void Check(Network network)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BlankCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlankCount, MostPictures);
        ArgumentOutOfRangeException.ThrowIfNegative(RubbishCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RubbishCount, MostPictures);
        ArgumentNullException.ThrowIfNull(Loss);
        ArgumentNullException.ThrowIfNull(Rate);
        if (network.OutputShape.Plane != 1)
            throw new ArgumentException($"The network's output is {network.OutputShape} for an input of {network.InputShape}; training on labels needs one position. Let its last layers cover the whole field.");
        if (Strip is not null)
            CheckStrips(Strip, network);
        if (LevenbergMarquardt is { } second)
        {
            if (!(second.Mu > 0) || !double.IsFinite(second.Mu) || second.SampleCount < 1)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Levenberg-Marquardt needs a positive mu and at least 1 sample, not {second.Mu} and {second.SampleCount}."));
            foreach (Layer layer in network.Layers)
            {
                if (!layer.HasCurvature)
                    throw new ArgumentException($"{layer.Name} has no curvature pass, which Levenberg-Marquardt needs. Override HasCurvature and BackwardCurvature, or train with a recipe whose LevenbergMarquardt is null.");
            }
        }
        if (RubbishCount > 0 && !(Loss.RubbishPenalty is { } j && double.IsFinite(j)))
            throw new ArgumentException($"The recipe {Name} trains {RubbishCount} pictures of rubbish, but {Loss} has no finite penalty for them. Use a MaximumPosteriorLoss with a finite j, or set RubbishCount to 0.");
        if (BlankCount > 0 && network.Codes?.Blank is null)
            throw new ArgumentException($"The recipe {Name} trains {BlankCount} blanks, but the network has no class for them. Make it with RbfCodes.DigitsAndBlank, or set BlankCount to 0.");
    }

    private void CheckStrips(StripTraining strips, Network network)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(strips.Count, 1, $"{nameof(Strip)}.{nameof(strips.Count)}");
        ArgumentNullException.ThrowIfNull(strips.Loss);
        if (strips.Styles.IsDefaultOrEmpty)
            throw new ArgumentException($"The recipe {Name} trains on strips of no style. Give StripTraining.Styles at least one, e.g. StripStyle.Clean.");
        if (strips.Width is < StripNormalizer.FieldHeight or > StripNormalizer.MaxWidth)
            throw new ArgumentException($"The recipe {Name} trains on strips {strips.Width} columns wide, but a window has {StripNormalizer.FieldHeight}, and a line up to {StripNormalizer.MaxWidth}. Give StripTraining.Width a number between them.");
        // Windows are read one by one, but trained as a sweep.
        StripReader.Check(network, strips.Method == StripMethod.Windows ? StripMethod.Sdnn : strips.Method);
        if (strips.Method == StripMethod.Hos && strips.Loss is not StringLoss)
            throw new ArgumentException($"The recipe {Name} trains on segments, which have no columns for {strips.Loss}. Use a StringLoss, or StripMethod.Sdnn.");
        if (LevenbergMarquardt is not null)
            throw new ArgumentException($"The recipe {Name} trains on strips, whose losses have no second derivatives, which Levenberg-Marquardt needs. Set LevenbergMarquardt or Strip to null.");
        if (BlankCount > 0 || RubbishCount > 0)
            throw new ArgumentException($"The recipe {Name} trains on strips, into which {BlankCount} blanks and {RubbishCount} pictures of rubbish cannot be mixed. Set both numbers to 0, or Strip to null.");
    }
}
