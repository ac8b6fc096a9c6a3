using System.Globalization;
using System.Security.Cryptography;
using LeNet5.Storage;

namespace LeNet5.Training;

/// <summary>All that a training needs to go on after an epoch, as a model file with a few tensors more. What an epoch draws depends on the seed and its
/// number, so there is no state of random numbers in it.</summary>
internal sealed class Checkpoint(string path, Network network, Network? average, Descent descent, LabeledImages training)
{
    private const string AverageTensor = "checkpoint.average";
    private const string OptimizerTensor = "checkpoint.optimizer";
    private const string StepsKey = "optimizer_steps";
    private const string TrainingSetKey = "training_set_sha256";

    private readonly string trainingSet = HashOf(training);

    public void Save() => AtomicFile.Write(path, stream => ModelFile.Write(
        network,
        stream,
        [
            new(TrainingSetKey, trainingSet),
            new(StepsKey, descent.StepCount.ToString(CultureInfo.InvariantCulture)),
        ],
        [
            new NamedTensor(AverageTensor, [average?.ParameterCount ?? 0], average?.Parameters.ToArray() ?? []),
            new NamedTensor(OptimizerTensor, [descent.State.Length], descent.State.ToArray()),
        ]));

    /// <summary>Puts network, average and optimizer where the file left them, if there is one.</summary>
    /// <param name="begin">The metadata of this training before its first epoch, which the file must agree with.</param>
    /// <returns>The metadata in the file, history and all; <see langword="null"/> without a file.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no folder for the file: told now, since after an epoch it would be too late.</exception>
    /// <exception cref="InvalidDataException">It is damaged or belongs to another training. Nothing is changed then.</exception>
    public ModelMetadata? Restore(ModelMetadata begin)
    {
        string name = Path.GetFileName(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder {folder} for the checkpoint {name} does not exist. Create it before the training.");
        // One for each time that the training was killed in the middle of a checkpoint.
        AtomicFile.RemovePartial(path);
        if (!File.Exists(path))
            return null;
        SafetensorsFile file;
        using (FileStream stream = File.OpenRead(path))
            file = SafetensorsFile.Read(stream, name);
        if (!file.Metadata.TryGetValue(TrainingSetKey, out string? set))
            throw new InvalidDataException($"{name} is no checkpoint of a training. Give a checkpoint a name of its own, or remove the file to begin anew.");
        if (set != trainingSet)
            throw new InvalidDataException($"{name} is a checkpoint of a training on other images. Give the same training set, or remove the file to begin anew.");

        if (!ModelFile.IsOf(network, file))
            throw new InvalidDataException($"{name} is a checkpoint of a network with other layers, activations or codes. Give the same network, or remove the file to begin anew.");
        Network restored = network.Clone();
        ModelFile.Restore(restored, file, name);
        ModelMetadata after = restored.Metadata;
        if (after.Settings != begin.Settings || after.TrainingSeed != begin.TrainingSeed || after.InitialSeed != begin.InitialSeed)
            throw new InvalidDataException($"{name} is a checkpoint of another training: {after.Settings}; seeds {after.InitialSeed} and {after.TrainingSeed}. This one is {begin.Settings}; seeds {begin.InitialSeed} and {begin.TrainingSeed}. Give the same recipe and seeds, or remove the file to begin anew.");
        float[] averages = Find(AverageTensor, average?.ParameterCount ?? 0);
        float[] state = Find(OptimizerTensor, descent.State.Length);
        if (!long.TryParse(file.Metadata.GetValueOrDefault(StepsKey), NumberStyles.None, CultureInfo.InvariantCulture, out long steps))
            throw new InvalidDataException($"{name} is a damaged checkpoint: its {StepsKey} are no number. Remove the file to begin anew.");

        restored.Parameters.CopyTo(network.EditParameters());
        averages.CopyTo(average is null ? [] : average.EditParameters());
        state.CopyTo(descent.State);
        descent.StepCount = steps;
        return after;

        float[] Find(string tensor, int length)
        {
            float[] values = file.Singles(tensor);
            return values.Length == length
                ? values
                : throw new InvalidDataException($"{name} is a damaged checkpoint: {tensor} has {values.Length} values instead of {length}. Remove the file to begin anew.");
        }
    }

    private static string HashOf(LabeledImages images)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(images.AllPixels.Span);
        hash.AppendData(images.AllLabels.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
