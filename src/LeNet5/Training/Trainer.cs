using System.Collections.Immutable;
using System.Globalization;
using LeNet5.Data;
using LeNet5.Training;

namespace LeNet5;

/// <summary>Trains a network on labeled images: online, a sample a step, as the paper does, or in batches.</summary>
/// <remarks>
/// Not thread-safe: it owns the network while it runs, and nobody else may use it then. The same network, recipe and data give the same parameters bit for bit, whether the
/// training runs through or goes on from checkpoints. A step allocates nothing. Section III and appendix C of the paper.
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

    /// <summary>A file that <see cref="Run"/> writes after each epoch, and goes on from if it is there; <see langword="null"/> (default) for none.</summary>
    /// <remarks>It holds all that is needed to land on the same bits, and is at any moment either the last one or the one before, however the process ends.
    /// It belongs to one training: two at once must not share it. What a killed training left half written beside it is removed when the next one begins.</remarks>
    public string? CheckpointPath { get; init; }

    /// <summary>Trains for all epochs of the recipe.</summary>
    /// <param name="training">The training set. Its images fit the network's input field, its labels are classes of the network.</param>
    /// <param name="test">Evaluated after each epoch; <see langword="null"/> for none. It has no influence on the training.</param>
    /// <param name="progress">Told every 500 samples and at the end of each epoch.</param>
    /// <param name="cancellationToken">Ends the training before its time; the network keeps what it has learnt.</param>
    /// <returns>The history of all completed epochs. It is also kept in the network's <see cref="Network.Metadata"/>.</returns>
    /// <exception cref="ArgumentException">The images or labels do not fit the network, or there are none.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no folder for the checkpoint.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another recipe, network or training set.</exception>
    /// <exception cref="NotFiniteNumberException">The training diverged: the loss is no longer a finite number. The network is then of no use.</exception>
    public TrainingResult Run(LabeledImages training, LabeledImages? test = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        Evaluator.CheckFits(network, training, nameof(training));
        if (test is not null)
            Evaluator.CheckFits(network, test, nameof(test));

        SampleFeed samples = recipe.Strip is { } strips ? StripFeed.Create(training, strips, network, recipe.Seed) : Singles(training);
        Descent descent = new(network, recipe, samples);
        Network? average = recipe.Averaging is null ? null : network.Clone();
        Checkpoint? checkpoint = CheckpointPath is null ? null : new Checkpoint(CheckpointPath, network, average, descent, training);
        ModelMetadata begin = Describe([]);
        network.Metadata = checkpoint?.Restore(begin) ?? begin;
        ImmutableArray<EpochResult> history = network.Metadata.History;
        bool complete = true;

        for (int epoch = history.Length + 1; epoch <= recipe.Epochs; epoch++)
        {
            samples.BeginEpoch(epoch);
            descent.BeginEpoch(epoch);
            if (RunEpoch(epoch, samples, descent, progress, cancellationToken) is not { } result)
            {
                complete = false;
                break;
            }
            if (average is not null)
                recipe.Averaging!.Add(epoch, network.Parameters, average.EditParameters());
            if (test is not null)
                result = result with { TestErrorRate = Evaluator.Run(average ?? network, test, cancellationToken: CancellationToken.None).ErrorRate };
            history = history.Add(result);
            network.Metadata = Describe(history);
            checkpoint?.Save();
            progress?.Report(new TrainingProgress(epoch, recipe.Epochs, samples.Count, samples.Count, result.Loss, result.TrainingErrorRate, result));
        }
        if (average is not null && history.Length > 0)
            average.Parameters.CopyTo(network.EditParameters());
        return new TrainingResult(history, complete);
    }

    private DigitFeed Singles(LabeledImages training)
    {
        LabeledImages[] sets = recipe.BlankCount == 0 ? [training] : [training, BlankSpaces.Create(training, recipe.BlankCount, network.Codes!.Blank!.Value, recipe.Seed)];
        return new DigitFeed(sets, DrawOrder(sets), recipe);
    }

    private EpochResult? RunEpoch(int epoch, SampleFeed samples, Descent descent, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        double loss = 0;
        int errors = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            if (cancellationToken.IsCancellationRequested)
                return null;
            Presentation presentation = samples.Present(i, network, descent.Workspace);
            loss += presentation.Loss;
            errors += presentation.IsMisread ? 1 : 0;
            descent.Step(isLast: i == samples.Count - 1);

            int presented = i + 1;
            if (presented % SamplesPerReport == 0 || presented == samples.Count)
            {
                if (!double.IsFinite(loss))
                    throw new NotFiniteNumberException(string.Create(CultureInfo.InvariantCulture, $"The training diverged in epoch {epoch} after {presented} samples: the loss is {loss}. Lower the learning rate (now {recipe.Rate.At(epoch)}), or raise mu."), loss);
                progress?.Report(new TrainingProgress(epoch, recipe.Epochs, presented, samples.Count, loss / presented, (double)errors / presented, null));
            }
        }
        return new EpochResult(epoch, recipe.Rate.At(epoch), loss / samples.Count, (double)errors / samples.Count, null);
    }

    /// <summary>A constant random order for all epochs (appendix C). Rubbish has the indices behind those of all sets.</summary>
    private int[] DrawOrder(LabeledImages[] sets)
    {
        int[] order = [.. Enumerable.Range(0, sets.Sum(set => set.Count) + recipe.RubbishCount)];
        new SeededRandom(recipe.Seed, 0, 0).Shuffle<int>(order);
        return order;
    }

    private ModelMetadata Describe(ImmutableArray<EpochResult> history) => network.Metadata with
    {
        Recipe = recipe.Name,
        Settings = recipe.ToString(),
        TrainingSeed = recipe.Seed,
        TrainedOn = Machine.Description,
        RubbishPenalty = recipe.Strip is null ? recipe.Loss.RubbishPenalty : null,
        Calibration = null,
        StripCalibration = null,
        History = history,
    };
}
