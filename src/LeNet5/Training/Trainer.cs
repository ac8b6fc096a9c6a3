using System.Collections.Immutable;
using System.Globalization;
using LeNet5.Data;
using LeNet5.Training;

namespace LeNet5;

/// <summary>Trains a network on labeled images, one sample at a time: online gradient descent, with a stepped rate or with stochastic diagonal
/// Levenberg-Marquardt.</summary>
/// <remarks>
/// Owns the network while it runs: nobody else may use it then. The same network, recipe and data give the same parameters bit for bit.
/// A step allocates nothing. Section III and appendix C of the paper.
/// </remarks>
public sealed class Trainer
{
    private const int SamplesPerReport = 500;

    private readonly Network network;
    private readonly TrainingRecipe recipe;

    /// <summary>Prepares a training.</summary>
    /// <param name="network">The network, changed by <see cref="Run"/>.</param>
    /// <param name="recipe">How it is trained.</param>
    /// <exception cref="ArgumentException">The network cannot be trained with this recipe; the message tells why and the way out.</exception>
    public Trainer(Network network, TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Check(network);
        this.network = network;
        this.recipe = recipe;
    }

    /// <summary>Trains for all epochs of the recipe.</summary>
    /// <param name="training">The training set. Its images fit the network's input field, its labels are classes of the network.</param>
    /// <param name="test">Evaluated after each epoch; <see langword="null"/> for none. It has no influence on the training.</param>
    /// <param name="progress">Told every 500 samples and at the end of each epoch.</param>
    /// <param name="token">Ends the training before its time; the network keeps what it has learnt.</param>
    /// <returns>The history of all completed epochs. It is also kept in the network's <see cref="Network.Metadata"/>.</returns>
    /// <exception cref="ArgumentException">The images or labels do not fit the network, or there are none.</exception>
    /// <exception cref="InvalidOperationException">The training diverged: the loss is no longer a number.</exception>
    public TrainingResult Run(LabeledImages training, LabeledImages? test = null, IProgress<TrainingProgress>? progress = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        Evaluator.CheckFits(network, training, nameof(training));
        if (test is not null)
            Evaluator.CheckFits(network, test, nameof(test));

        LabeledImages[] sets = recipe.BlankCount == 0 ? [training] : [training, BlankSpaces.Create(training, recipe.BlankCount, network.Codes!.Blank!.Value, recipe.Seed)];
        SampleFeed samples = new(sets, DrawOrder(sets), recipe.Distortion, recipe.Seed);
        Steps steps = new(network, recipe);
        Workspace workspace = network.CreateWorkspace(Passes.Backward);
        ImmutableArray<EpochResult>.Builder history = ImmutableArray.CreateBuilder<EpochResult>(recipe.Epochs);
        network.Metadata = Describe([]);

        for (int epoch = 1; epoch <= recipe.Epochs; epoch++)
        {
            samples.BeginEpoch(epoch);
            steps.BeginEpoch(epoch, samples);
            if (RunEpoch(epoch, samples, steps, workspace, progress, token) is not { } result)
                return new TrainingResult(history.ToImmutable(), IsComplete: false);
            if (test is not null)
                result = result with { TestErrorRate = Evaluator.Run(network, test, token: CancellationToken.None).ErrorRate };
            history.Add(result);
            network.Metadata = Describe(history.ToImmutable());
            progress?.Report(new TrainingProgress(epoch, recipe.Epochs, samples.Count, samples.Count, result.Loss, result.TrainingErrorRate, result));
        }
        return new TrainingResult(history.ToImmutable(), IsComplete: true);
    }

    private EpochResult? RunEpoch(int epoch, SampleFeed samples, Steps steps, Workspace workspace, IProgress<TrainingProgress>? progress, CancellationToken token)
    {
        double loss = 0;
        int errors = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            if (token.IsCancellationRequested)
                return null;
            int label = samples.Load(i, workspace);
            network.Forward(workspace);
            if (Penalties.Smallest(workspace.Output.Values) != label)
                errors++;
            loss += recipe.Loss.Evaluate(workspace.Output, label);
            network.Step(workspace, steps.Sizes);

            int presented = i + 1;
            if (presented % SamplesPerReport == 0 || presented == samples.Count)
            {
                if (!double.IsFinite(loss))
                    throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The training diverged in epoch {epoch} after {presented} samples: the loss is {loss}. Lower the learning rate (now {recipe.Rate.At(epoch)}), or raise mu."));
                progress?.Report(new TrainingProgress(epoch, recipe.Epochs, presented, samples.Count, loss / presented, (double)errors / presented, null));
            }
        }
        return new EpochResult(epoch, recipe.Rate.At(epoch), loss / samples.Count, (double)errors / samples.Count, null);
    }

    /// <summary>A constant random order for all epochs (appendix C).</summary>
    private int[] DrawOrder(LabeledImages[] sets)
    {
        int[] order = [.. Enumerable.Range(0, sets.Sum(set => set.Count))];
        new SeededRandom(recipe.Seed, 0, 0).Shuffle<int>(order);
        return order;
    }

    private ModelMetadata Describe(ImmutableArray<EpochResult> history) => network.Metadata with
    {
        Recipe = recipe.Name,
        Settings = recipe.ToString(),
        TrainingSeed = recipe.Seed,
        RubbishPenalty = recipe.Loss.RubbishPenalty,
        History = history,
    };

    /// <summary>The step sizes of an epoch.</summary>
    private sealed class Steps
    {
        private readonly Network network;
        private readonly TrainingRecipe recipe;
        private readonly float[] scales;
        private readonly float[] each;
        private readonly float[] layers;

        public Steps(Network network, TrainingRecipe recipe)
        {
            this.network = network;
            this.recipe = recipe;
            scales = new float[network.ParameterCount];
            each = new float[network.ParameterCount];
            layers = new float[network.Layers.Length];
            Array.Fill(scales, 1);
            int start = 0;
            foreach (Layer layer in network.Layers)
            {
                if (recipe.RatesForSums && layer is TrainableSubsample subsample)
                    scales.AsSpan(start, subsample.Maps).Fill(MathF.Pow(subsample.Block, 4));
                start += layer.ParameterCount;
            }
        }

        public StepSizes Sizes => StepSizes.OfLayers(layers, each);

        public void BeginEpoch(int epoch, SampleFeed samples)
        {
            double rate = recipe.Rate.At(epoch);
            if (recipe.LevenbergMarquardt is { } second)
            {
                Array.Fill(layers, float.NaN);
                SetFromCurvature(rate, second, epoch, samples);
                return;
            }
            int start = 0;
            for (int i = 0; i < layers.Length; i++)
            {
                Span<float> own = scales.AsSpan(start, network.Layers[i].ParameterCount);
                layers[i] = own.ContainsAnyExcept(1) ? float.NaN : (float)rate;
                for (int k = 0; k < own.Length; k++)
                    each[start + k] = (float)(rate * own[k]);
                start += own.Length;
            }
        }

        /// <summary>Equation 21, with the curvature of equations 23 to 27 averaged over some samples. A weight stored as c times the paper's has c^2
        /// times its rate and a c^2-th of its curvature.</summary>
        private void SetFromCurvature(double rate, LevenbergMarquardt second, int epoch, SampleFeed samples)
        {
            Workspace workspace = network.CreateWorkspace(Passes.Curvature);
            float[] unused = new float[network.ParameterCount];
            Array.Clear(each);
            SeededRandom random = new(recipe.Seed, 1, (ulong)epoch);
            for (int i = 0; i < second.SampleCount; i++)
            {
                int label = samples.LoadPlain(random.NextInt32(samples.Count), workspace);
                network.Forward(workspace);
                recipe.Loss.Evaluate(workspace.Output, label);
                network.Backward(workspace, unused);
                network.BackwardCurvature(workspace, each);
            }
            for (int k = 0; k < each.Length; k++)
            {
                double curvature = Math.Max(0, each[k] / second.SampleCount) * scales[k];
                each[k] = (float)(rate * scales[k] / (second.Mu + curvature));
            }
        }
    }
}
