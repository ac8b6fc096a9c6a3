using System.Text;
using LeNet5.Storage;
using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class CheckpointTests
{
    private const string Name = "last.safetensors";

    private static readonly LabeledImages Digits = Mnist.Train.Slice(0, 300);
    private static readonly TrainingRecipe Plain = new() { Name = "plain", Epochs = 4, Rate = LearningRate.Cosine(0.0006, 4) };

    /// <summary>A network of a layer, for what does not depend on the network.</summary>
    private static readonly TrainingRecipe Small = Plain with { Name = "small", Epochs = 2, Averaging = new(fromEpoch: 1), Optimizer = new Momentum() };

    private static IEnumerable<TestCaseData> Recipes()
    {
        yield return Case(Plain, 520);
        yield return Case(Plain with { Name = "SDLM", LevenbergMarquardt = new(Mu: 1, SampleCount: 50) }, 520);
        yield return Case(Plain with { Name = "Adam, batches, average", Rate = LearningRate.Constant(0.001), Optimizer = new Adam(weightDecay: 0.01), BatchSize = 16, Averaging = new(fromEpoch: 2) }, 520);
        yield return Case(Plain with { Name = "decaying average", Averaging = new(fromEpoch: 1, decay: 0.6) }, 520);
        yield return Case(Plain with { Name = "distortion, rubbish, blanks", Distortion = Distortion.Mild, RubbishCount = 150, BlankCount = 100 }, 300);
        yield return Case(Plain with { Name = "momentum", Rate = LearningRate.Constant(0.0001), Optimizer = new Momentum(), BatchSize = 7 }, 520);

        static TestCaseData Case(TrainingRecipe recipe, int digits) => new TestCaseData(recipe, digits).SetArgDisplayNames(recipe.Name);
    }

    [TestCaseSource(nameof(Recipes))]
    public void Run_CanceledAndContinued_LandsOnTheSameBits(TrainingRecipe recipe, int count)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        LabeledImages training = Mnist.Train.Slice(0, count), test = Mnist.Test.Slice(0, 200);
        Network undisturbed = Create();
        TrainingResult whole = new Trainer(undisturbed, recipe).Run(training, test);

        Network canceled = Create();
        using CancellationTokenSource cancellation = new();
        Report progress = new(now =>
        {
            if (now is { Epoch: 3, Sample: 500 })
                cancellation.Cancel();
        });
        TrainingResult part = new Trainer(canceled, recipe) { CheckpointPath = path }.Run(training, test, progress, cancellation.Token);
        Assert.That(part.History, Is.EqualTo(whole.History.Take(2)));
        Assert.That((part.IsComplete, progress.All[^1].Sample), Is.EqualTo((false, 500)), "in the middle of an epoch of more samples");

        Network continued = Create();
        Report rest = new();
        TrainingResult result = new Trainer(continued, recipe) { CheckpointPath = path }.Run(training, test, rest);
        Assert.That(rest.All[0].Epoch, Is.EqualTo(3), "the two epochs before are not trained again");
        Assert.That(result.IsComplete);
        Assert.That(result.History, Is.EqualTo(whole.History));
        Closeness.AssertSameBits(continued.Parameters, undisturbed.Parameters, "parameters");
        Assert.That(continued.Metadata with { History = [] }, Is.EqualTo(undisturbed.Metadata with { History = [] }));
        Assert.That(continued.Metadata.History, Is.EqualTo(whole.History));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { Name }), "no temporary file is left");

        Network Create() => Network.LeNet5(seed: 1, recipe.BlankCount > 0 ? RbfCodes.DigitsAndBlank : null);
    }

    /// <summary>Whatever the network has become in the meantime.</summary>
    [Test]
    public void Run_ContinuedOnTheNetworkThatWasCanceled_LandsOnTheSameBits()
    {
        using TemporaryFolder folder = new();
        LabeledImages training = Mnist.Train.Slice(0, 520);
        Network undisturbed = CreateSmall(), network = CreateSmall();
        new Trainer(undisturbed, Small).Run(training);
        Trainer trainer = new(network, Small) { CheckpointPath = folder.PathOf(Name) };
        using CancellationTokenSource cancellation = new();
        trainer.Run(training, progress: new Report(now => Cancel(now.Epoch == 2)), cancellationToken: cancellation.Token);
        Assert.That(network.Parameters.SequenceEqual(undisturbed.Parameters), Is.False);

        trainer.Run(training);
        Closeness.AssertSameBits(network.Parameters, undisturbed.Parameters, "parameters");

        void Cancel(bool now)
        {
            if (now)
                cancellation.Cancel();
        }
    }

    [Test]
    public void Run_Finished_TrainsAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        Network network = CreateSmall(), again = CreateSmall();
        TrainingResult first = new Trainer(network, Small) { CheckpointPath = path }.Run(Digits);
        byte[] file = File.ReadAllBytes(path);

        Report progress = new();
        TrainingResult second = new Trainer(again, Small) { CheckpointPath = path }.Run(Digits, progress: progress);
        Assert.That(progress.All, Is.Empty);
        Assert.That((second.IsComplete, second.History.Length), Is.EqualTo((true, 2)));
        Assert.That(second.History, Is.EqualTo(first.History));
        Closeness.AssertSameBits(again.Parameters, network.Parameters, "parameters");
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(file));
    }

    /// <summary>A checkpoint is a model file with more in it: what the training went on from.</summary>
    [Test]
    public void Run_EachEpoch_SavesAModelBeforeItReports()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        Network network = CreateSmall();
        List<int> epochs = [];
        Report progress = new(now =>
        {
            if (now.Finished is null)
                return;
            Network loaded = Network.Load(path);
            Closeness.AssertSameBits(loaded.Parameters, network.Parameters, $"parameters after epoch {now.Epoch}");
            Assert.That(loaded.Metadata.History, Is.EqualTo(network.Metadata.History));
            Assert.That(loaded.Metadata.Settings, Is.EqualTo(Small.ToString()));
            epochs.Add(loaded.Metadata.History.Length);
        });
        new Trainer(network, Small) { CheckpointPath = path }.Run(Digits, progress: progress);
        Assert.That(epochs, Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Run_CheckpointOfOtherCodes_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        TrainingRecipe recipe = Small with { Epochs = 1 };
        new Trainer(Coded(1), recipe) { CheckpointPath = path }.Run(Digits);
        AssertRefused(path, recipe, Coded(2), Digits, "other layers, activations or codes", "Give the same network");

        static Network Coded(float value) => new(
            new Shape(1, 28, 28), 1, new Conv("C", 1, 2, kernel: 28), new RbfOutput("O", new RbfCodes("0123456789", [.. Enumerable.Range(0, 20).Select(i => i == 3 ? value : i % 3)])));
    }

    private static IEnumerable<TestCaseData> OtherTrainings()
    {
        yield return Case("another recipe", Small with { Rate = LearningRate.Constant(0.0006) }, CreateSmall(), Digits, "of another training: ", "Give the same recipe and seeds");
        yield return Case("another optimizer", Small with { Optimizer = new Momentum(0.8) }, CreateSmall(), Digits, "momentum 0.9", "momentum 0.8");
        yield return Case("no average", Small with { Averaging = null }, CreateSmall(), Digits, "weights averaged", "Give the same recipe and seeds");
        yield return Case("another seed", Small with { Seed = 7 }, CreateSmall(), Digits, "seeds 1 and 1998. ", "seeds 1 and 7. ");
        yield return Case("another initial seed", Small, CreateSmall(seed: 2), Digits, "seeds 1 and 1998. ", "seeds 2 and 1998. ");
        yield return Case("other images", Small, CreateSmall(), Mnist.Train.Slice(1, 300), "on other images", "Give the same training set");
        yield return Case("fewer images", Small, CreateSmall(), Mnist.Train.Slice(0, 299), "on other images", "Give the same training set");
        yield return Case("other labels", Small, CreateSmall(), WithLabels(Digits, 3), "on other images", "Give the same training set");
        yield return Case("other layers", Small, new Network(new Shape(1, 28, 28), 1, new Conv("D", 1, 10, kernel: 28)), Digits, "other layers, activations or codes", "Give the same network");
        yield return Case("another activation", Small, new Network(new Shape(1, 28, 28), 1, new Conv("C", 1, 10, kernel: 28, Activation.Identity)), Digits, "other layers, activations or codes", "Give the same network");
        yield return Case("another input", Small, new Network(new Shape(1, 32, 32), 1, new Conv("C", 1, 10, kernel: 28), new Conv("D", 10, 10, kernel: 5)), Digits, "other layers, activations or codes", "Give the same network");

        static TestCaseData Case(string name, TrainingRecipe recipe, Network network, LabeledImages training, string fault, string wayOut) =>
            new TestCaseData(recipe, network, training, fault, wayOut).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(OtherTrainings))]
    public void Run_CheckpointOfAnotherTraining_IsRefusedAndChangesNothing(TrainingRecipe recipe, Network network, LabeledImages training, string fault, string wayOut)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        new Trainer(CreateSmall(), Small) { CheckpointPath = path }.Run(Digits);
        AssertRefused(path, recipe, network, training, fault, wayOut);
    }

    [Test]
    public void Run_ModelFile_IsRefusedAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        Network model = CreateSmall();
        new Trainer(model, Small).Run(Digits);
        model.Save(path);
        AssertRefused(path, Small, CreateSmall(), Digits, "is no checkpoint of a training", "Give a checkpoint a name of its own, or remove the file to begin anew");
    }

    [Test]
    public void Run_NoModelFileAtAll_IsRefusedAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(Name, Encoding.UTF8.GetBytes("a shopping list, and a long one"));
        AssertRefused(path, Small, CreateSmall(), Digits, "no safetensors file", "anew");
    }

    [Test]
    public void Run_TruncatedCheckpoint_IsRefusedAndChangesNothing([Values(0, 7, 100, -4, -1)] int length)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        new Trainer(CreateSmall(), Small) { CheckpointPath = path }.Run(Digits);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, length >= 0 ? whole[..length] : whole[..^-length]);
        AssertRefused(path, Small, CreateSmall(), Digits, "no safetensors file", "anew");
    }

    /// <summary>Well-formed as a safetensors file, but not what a training left.</summary>
    [TestCase("checkpoint.average", 7, "checkpoint.average has 7 values instead of 7850")]
    [TestCase("checkpoint.average", 0, "checkpoint.average has 0 values instead of 7850")]
    [TestCase("checkpoint.optimizer", 7851, "checkpoint.optimizer has 7851 values instead of 7850")]
    [TestCase("c.bias", 11, "c.bias as [11]")]
    public void Run_TensorOfAnotherLength_IsRefusedAndChangesNothing(string tensor, int length, string fault)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        SafetensorsFile file = TrainAndRead(path);
        Rewrite(path, file.Metadata, file.Names.Select(name => name == tensor ? new NamedTensor(name, [length], new float[length]) : Copy(file, name)));
        AssertRefused(path, Small, CreateSmall(), Digits, fault, tensor == "c.bias" ? "Give a model of the same layers" : "Remove the file to begin anew");
    }

    [TestCase("checkpoint.average")]
    [TestCase("checkpoint.optimizer")]
    [TestCase("c.weight")]
    public void Run_MissingTensor_IsRefusedAndChangesNothing(string tensor)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        SafetensorsFile file = TrainAndRead(path);
        Rewrite(path, file.Metadata, file.Names.Where(name => name != tensor).Select(name => Copy(file, name)));
        AssertRefused(path, Small, CreateSmall(), Digits, $"has no tensor {tensor}", "Give a");
    }

    [TestCase("many")]
    [TestCase("-1")]
    [TestCase("")]
    public void Run_StepsThatAreNoNumber_IsRefusedAndChangesNothing(string steps)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(Name);
        SafetensorsFile file = TrainAndRead(path);
        Rewrite(path, new Dictionary<string, string>(file.Metadata) { ["optimizer_steps"] = steps }, file.Names.Select(name => Copy(file, name)));
        AssertRefused(path, Small, CreateSmall(), Digits, "optimizer_steps are no number", "Remove the file to begin anew");
    }

    /// <summary>Told at once, not after an epoch of work that cannot be kept.</summary>
    [Test]
    public void Run_FolderThatIsMissing_ThrowsBeforeItTrains()
    {
        using TemporaryFolder folder = new();
        Network network = CreateSmall();
        Trainer trainer = new(network, Small) { CheckpointPath = Path.Combine(folder.PathOf("none"), Name) };
        Assert.That(() => trainer.Run(Digits), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("none").And.Message.Contains(Name));
        Assert.That(network.Parameters.SequenceEqual(CreateSmall().Parameters));
        Assert.That(network.Metadata, Is.EqualTo(CreateSmall().Metadata));
    }

    /// <summary>Demands that the message names the file, the fault and the way out, and that network and file are as they were.</summary>
    private static void AssertRefused(string path, TrainingRecipe recipe, Network network, LabeledImages training, string fault, string wayOut)
    {
        Network before = network.Clone();
        byte[] file = File.ReadAllBytes(path);
        Assert.That(
            () => new Trainer(network, recipe) { CheckpointPath = path }.Run(training),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(Name).And.Message.Contains(fault).And.Message.Contains(wayOut));
        Closeness.AssertSameBits(network.Parameters, before.Parameters, "parameters");
        Assert.That(network.Metadata, Is.EqualTo(before.Metadata));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(file));
    }

    private static SafetensorsFile TrainAndRead(string path)
    {
        new Trainer(CreateSmall(), Small) { CheckpointPath = path }.Run(Digits);
        using FileStream stream = File.OpenRead(path);
        return SafetensorsFile.Read(stream, Name);
    }

    private static NamedTensor Copy(SafetensorsFile file, string tensor) => new(tensor, file.ShapeOf(tensor), file.Singles(tensor));

    private static void Rewrite(string path, IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<NamedTensor> tensors)
    {
        using FileStream stream = File.Create(path);
        SafetensorsFile.Write(stream, metadata, [.. tensors]);
    }

    private static Network CreateSmall(ulong seed = 1) => new(new Shape(1, 28, 28), seed, new Conv("C", 1, 10, kernel: 28));

    private static LabeledImages WithLabels(LabeledImages images, byte label) =>
        new(images.Height, images.Width, images.AllPixels.Span, [.. Enumerable.Repeat(label, images.Count)]);
}
