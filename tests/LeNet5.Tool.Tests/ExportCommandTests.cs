using System.Text.Json;

namespace LeNet5.Tool.Tests;

public class ExportCommandTests
{
    [Test]
    public void Export_NothingButAName_WritesTheBuiltInDigitsAsOnnx()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("digits.onnx");
        ToolRun run = ToolRun.Of("export", "--out", file);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.StartWith($"built-in digits saved as onnx in {file}, "));
        Assert.That(run.Error, Is.Empty);
        using MemoryStream expected = new();
        OnnxModel.Save(PretrainedModels.Digits, expected);
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(expected.ToArray()));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "digits.onnx" }));
    }

    [TestCase("onnx")]
    [TestCase("safetensors")]
    public void Export_Json_WritesOneLine(string format)
    {
        using TemporaryFolder folder = new();
        (string model, string file) = (folder.PathOf("model.safetensors"), folder.PathOf("exported"));
        Network.LeNet5(seed: 7).Save(model);
        ToolRun run = ToolRun.Of("export", "--model", model, "--format", format, "--out", file, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        Assert.That(line.GetProperty("model").GetString(), Is.EqualTo(model));
        Assert.That(line.GetProperty("format").GetString(), Is.EqualTo(format));
        Assert.That(line.GetProperty("file").GetString(), Is.EqualTo(file));
        Assert.That(line.GetProperty("bytes").GetInt64(), Is.EqualTo(new FileInfo(file).Length));
        Assert.That(line.GetProperty("parameters_sha256").GetString(), Does.Match("^[0-9a-f]{64}$"));
        if (format == "safetensors")
            Assert.That(File.ReadAllBytes(file), Is.EqualTo(File.ReadAllBytes(model)));
    }

    [Test]
    public void Export_FolderThatIsNotThere_NamesIt()
    {
        using TemporaryFolder folder = new();
        ToolRun.Of("export", "--out", folder.PathOf("missing/digits.onnx")).AssertFailure("missing");
    }

    [Test]
    public void Export_CutModel_NamesItAndWritesNothing()
    {
        using TemporaryFolder folder = new();
        using MemoryStream model = new();
        Network.LeNet5().Save(model);
        string file = folder.Write("cut.safetensors", model.ToArray()[..^1]);
        ToolRun.Of("export", "--model", file, "--out", folder.PathOf("cut.onnx")).AssertFailure("cut.safetensors");
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "cut.safetensors" }));
    }
}
