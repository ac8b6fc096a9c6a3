using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;

namespace LeNet5.Tool.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrainCommandTests : IDisposable
{
    private readonly SmallMnist mnist = new();

    public void Dispose() => mnist.Dispose();

    [Test]
    public void Train_SameSeed_GivesSameParametersAndOtherSeedOthers()
    {
        string first = HashOf("1", "first");
        Assert.That(HashOf("1", "second"), Is.EqualTo(first));
        Assert.That(HashOf("2", "third"), Is.Not.EqualTo(first));

        string HashOf(string seed, string file) =>
            Train("--epochs", "2", "--seed", seed, "--json", "--out", mnist.PathOf(file)).Lines[^1].GetProperty("parameters_sha256").GetString()!;
    }

    [TestCase("article", 0.0004)]
    [TestCase("paper", 0.0003)]
    public void Train_Json_WritesALineAnEpochAndASummary(string recipe, double rate)
    {
        string file = mnist.PathOf("model.safetensors");
        ToolRun run = Train("--epochs", "2", "--seed", "7", "--recipe", recipe, "--json", "--out", file);
        Assert.That(run.Lines, Has.Length.EqualTo(3));
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            JsonElement line = run.Lines[epoch - 1];
            Assert.That(line.GetProperty("epoch").GetInt32(), Is.EqualTo(epoch));
            Assert.That(line.GetProperty("learning_rate").GetDouble(), Is.EqualTo(rate));
            Assert.That(line.GetProperty("loss").GetDouble(), Is.Positive);
            Assert.That(line.GetProperty("training_error_rate").GetDouble(), Is.InRange(0, 1));
            Assert.That(line.GetProperty("test_error_rate").GetDouble(), Is.InRange(0, 1));
        }

        JsonElement summary = run.Lines[2];
        Assert.That(summary.GetProperty("file").GetString(), Is.EqualTo(file));
        Assert.That(summary.GetProperty("recipe").GetString(), Is.EqualTo(recipe));
        Assert.That(summary.GetProperty("seed").GetUInt64(), Is.EqualTo(7));
        Assert.That(summary.GetProperty("epochs").GetInt32(), Is.EqualTo(2));
        Assert.That(summary.GetProperty("count").GetInt32(), Is.EqualTo(SmallMnist.TestCount));
        Assert.That(summary.GetProperty("error_rate").GetDouble(), Is.EqualTo(summary.GetProperty("errors").GetInt32() / (double)SmallMnist.TestCount));
        Assert.That(summary.GetProperty("seconds").GetDouble(), Is.Positive);

        JsonElement evaluation = ToolRun.Of(
            "evaluate", "--json", "--model", file,
            "--images", mnist.PathOf("t10k-images-idx3-ubyte"), "--labels", mnist.PathOf("t10k-labels-idx1-ubyte")).Lines.Single();
        Assert.That(evaluation.GetProperty("errors").GetInt32(), Is.EqualTo(summary.GetProperty("errors").GetInt32()));
        JsonElement inspection = ToolRun.Of("inspect", "--json", "--model", file).Lines.Single();
        Assert.That(inspection.GetProperty("parameters_sha256").GetString(), Is.EqualTo(summary.GetProperty("parameters_sha256").GetString()));
        Assert.That(inspection.GetProperty("history").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public void Train_OutputRedirected_WritesALineAnEpochToErrorAndTheCurveToOutput()
    {
        ToolRun run = Train("--epochs", "3", "--out", mnist.PathOf("model"));
        string[] lines = run.Error.TrimEnd().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(4), "a heading and three epochs");
        Assert.That(lines[0], Does.Contain("training error  test error"));
        Assert.That(run.Output, Does.Contain("epoch    1  2  3").And.Contain("errors in 100 images").And.Contain($"saved in {mnist.PathOf("model")}"));
    }

    [Test]
    public void Train_GzipFiles_ReadsThem()
    {
        foreach (string file in Directory.GetFiles(mnist.Folder))
        {
            using (GZipStream packed = new(File.Create($"{file}.gz"), CompressionLevel.Fastest))
                packed.Write(File.ReadAllBytes(file));
            File.Delete(file);
        }
        Train("--epochs", "1", "--out", mnist.PathOf("model"));
    }

    // SIGTERM takes the way of Ctrl+C, but unlike SIGINT no parent makes its children ignore it.
    [Test, Platform(Include = "Linux,MacOsX")]
    public void Train_Terminated_SavesWhatWasLearntAndExitsWith1()
    {
        string file = mnist.PathOf("model");
        using Process process = ToolRun.Start("train", "--data", mnist.Folder, "--epochs", "100000", "--out", file);
        process.StandardError.ReadLine();
        process.StandardError.ReadLine();
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain($"what was learnt is saved in {file}"));
        Assert.That(Network.Load(file).Metadata.History, Is.Not.Empty);
    }

    /// <summary>Killed without a chance to tidy up, wherever it happens to be: so few digits that writing checkpoints takes most of the time.</summary>
    [Test, Category("Slow")]
    public void Train_KilledFiftyTimesAndRunAgain_LandsOnTheSameBits()
    {
        const int killCount = 50, epochCount = 1000;
        using SmallMnist few = new(trainCount: 20, testCount: 10);
        string[] arguments = ["train", "--data", few.Folder, "--recipe", "best", "--epochs", $"{epochCount}", "--seed", "4", "--json", "--out", few.PathOf("model")];
        string checkpoint = few.PathOf("checkpoint");
        string[] withCheckpoint = [.. arguments, "--checkpoint", checkpoint];
        SeededRandom random = new(seed: 50);
        int learnt = 0, partial = 0, hits = 0;
        for (int kill = 0; kill < killCount; kill++)
        {
            using Process process = ToolRun.Start(withCheckpoint);
            // Now and then before it has begun.
            int lineCount = random.NextInt32(5);
            for (int line = 0; line < lineCount; line++)
                process.StandardOutput.ReadLine();
            Thread.Sleep(TimeSpan.FromMilliseconds(random.NextInt32(lineCount == 0 ? 500 : 8)));
            process.Kill();
            process.WaitForExit();

            int before = learnt;
            learnt = File.Exists(checkpoint) ? Network.Load(checkpoint).Metadata.History.Length : 0;
            Assert.That(learnt, Is.AtLeast(Math.Min(before + lineCount, epochCount)), "what was reported is kept");
            string[] left = Directory.GetFiles(few.Folder, "checkpoint.*.partial");
            Assert.That(left, Has.Length.AtMost(1), "what other kills left is removed");
            partial += left.Length;
            hits += learnt < epochCount ? 1 : 0;
        }
        ToolRun last = ToolRun.Of(withCheckpoint), undisturbed = ToolRun.Of(arguments);
        TestContext.Out.WriteLine($"{hits} kills in {learnt} epochs, {partial} of them in the middle of a checkpoint");
        Assert.That(hits, Is.AtLeast(killCount / 2), "it ended before it was killed");
        Assert.That(last.Lines[^1].GetProperty("parameters_sha256").GetString(), Is.EqualTo(undisturbed.Lines[^1].GetProperty("parameters_sha256").GetString()));
        Assert.That(last.Lines, Has.Length.EqualTo(epochCount - learnt + 1), "it began anew");
        Assert.That(Network.Load(few.PathOf("model")).Metadata.History, Has.Length.EqualTo(epochCount));
        Assert.That(Directory.GetFiles(few.Folder, "checkpoint*"), Is.EqualTo(new[] { checkpoint }));
    }

    [Test]
    public void Train_CheckpointOfAnotherTraining_NamesIt()
    {
        string[] arguments = ["--epochs", "1", "--out", mnist.PathOf("model"), "--checkpoint", mnist.PathOf("checkpoint")];
        Train([.. arguments, "--seed", "1"]);
        ToolRun run = ToolRun.Of(["train", "--data", mnist.Folder, .. arguments, "--seed", "2"]);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("checkpoint is a checkpoint of another training"));
    }

    [Test]
    public void Train_CheckpointThatIsThere_SaysWhereItGoesOn()
    {
        using SmallMnist few = new(trainCount: 20, testCount: 10);
        string[] arguments = ["train", "--data", few.Folder, "--epochs", "30", "--json", "--out", few.PathOf("model"), "--checkpoint", few.PathOf("checkpoint")];
        using (Process process = ToolRun.Start(arguments))
        {
            process.StandardOutput.ReadLine();
            process.Kill();
            process.WaitForExit();
        }
        Assert.That(ToolRun.Of(arguments).Error, Does.Match(@"goes on after epoch \d+ of 30\s"));
        Assert.That(ToolRun.Of(arguments).Error, Does.Contain("the training in the checkpoint was finished after epoch 30"));
    }

    [Test]
    public void Train_HeldOut_MeasuresOnTheLastTrainingDigits()
    {
        ToolRun run = Train("--epochs", "1", "--held-out", "80", "--json", "--out", mnist.PathOf("model"));
        Assert.That(run.Lines[^1].GetProperty("count").GetInt32(), Is.EqualTo(80));
        ToolRun.Of("train", "--data", mnist.Folder, "--held-out", "300", "--out", mnist.PathOf("model")).AssertFailure("--held-out 300 leaves none");
    }

    [Test]
    public void Train_Calibration_IsTakenOver()
    {
        string twin = mnist.PathOf("twin"), file = mnist.PathOf("model");
        Train("--epochs", "2", "--held-out", "100", "--out", twin);
        ToolRun.Of("train", "--data", mnist.Folder, "--epochs", "1", "--calibration", twin, "--out", file).AssertFailure("twin is not calibrated");
        Assert.That(ToolRun.Of("evaluate", "--model", twin, "--calibrate", twin).ExitCode, Is.Zero);
        Train("--epochs", "1", "--calibration", twin, "--out", file);
        Calibration? calibration = Network.Load(file).Metadata.Calibration;
        Assert.That(calibration, Is.Not.Null);
        Assert.That(calibration, Is.EqualTo(Network.Load(twin).Metadata.Calibration));
    }

    [Test]
    public void Train_From_BeginsWithTheParametersOfAModel()
    {
        string file = mnist.PathOf("model"), next = mnist.PathOf("next"), other = mnist.PathOf("other");
        JsonElement summary = Train("--epochs", "1", "--from", "digits", "--json", "--out", file).Lines[^1];
        Assert.That(summary.GetProperty("error_rate").GetDouble(), Is.LessThan(0.1), "300 digits alone teach it far less");
        Network network = Network.Load(file);
        Assert.That(network.Codes!.Blank, Is.EqualTo(10), "the recipe trains the blank");
        Assert.That(network.Metadata.InitialSeed, Is.EqualTo(PretrainedModels.Digits.Metadata.InitialSeed));
        Assert.That(Train("--epochs", "1", "--recipe", "paper", "--from", file, "--json", "--out", next).Lines[^1].GetProperty("error_rate").GetDouble(), Is.LessThan(0.1));

        new Network(new Shape(1, 32, 32), 1, new Conv("C1", 1, 84, 32), new RbfOutput("Output", RbfCodes.Digits)).Save(other);
        ToolRun.Of("train", "--data", mnist.Folder, "--from", other, "--out", file).AssertFailure("other has other layers than LeNet-5");
        ToolRun.Of("train", "--data", mnist.Folder, "--from", "nowhere", "--out", file).AssertFailure("nowhere");
    }

    [Test]
    public void Train_MissingData_NamesTheFile()
    {
        File.Delete(mnist.PathOf("t10k-labels-idx1-ubyte"));
        ToolRun.Of("train", "--data", mnist.Folder, "--out", mnist.PathOf("model")).AssertFailure("t10k-labels-idx1-ubyte");
    }

    [Test]
    public void Train_CutData_NamesTheFile()
    {
        File.WriteAllBytes(mnist.PathOf("train-images-idx3-ubyte"), [0, 0, 8, 3, 0]);
        ToolRun.Of("train", "--data", mnist.Folder, "--out", mnist.PathOf("model")).AssertFailure("train-images-idx3-ubyte");
    }

    [Test]
    public void Train_MissingFolderOfOutput_FailsBeforeTraining() =>
        ToolRun.Of("train", "--data", mnist.Folder, "--out", mnist.PathOf("nowhere/model")).AssertFailure("nowhere");

    [Test]
    public void Train_OutputIsAFolder_FailsBeforeTraining() =>
        ToolRun.Of("train", "--data", mnist.Folder, "--out", mnist.Folder).AssertFailure(mnist.Folder);

    [Test, Category("Slow")]
    public void Train_BuiltInMnist_EndsByReadingTestDigits()
    {
        ToolRun run = ToolRun.Of("train", "--epochs", "1", "--out", mnist.PathOf("model"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Match(@"test digit 0: 7 \(\d+\.\d %\), label 7"));
        Assert.That(run.Output, Does.Contain("test digit 9: "));
    }

    private ToolRun Train(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["train", "--data", mnist.Folder, .. arguments]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run;
    }
}
