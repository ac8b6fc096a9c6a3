using System.Text.Json;

namespace LeNet5.Tool.Tests;

public class InspectCommandTests
{
    [Test]
    public void Inspect_BuiltInModel_DescribesTheNetworkOf1998()
    {
        ToolRun run = ToolRun.Of("inspect", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement line = run.Lines.Single();
        JsonElement[] layers = [.. line.GetProperty("layers").EnumerateArray()];
        Assert.That(layers.Select(layer => layer.GetProperty("name").GetString()), Is.EqualTo(["C1", "S2", "C3", "S4", "C5", "F6", "Output"]));
        Assert.That(layers.Select(layer => layer.GetProperty("parameters").GetInt32()), Is.EqualTo([156, 12, 1516, 32, 48120, 10164, 0]));
        Assert.That(layers[2].GetProperty("type").GetString(), Is.EqualTo("SparseConv"));
        Assert.That(layers[2].GetProperty("output").GetString(), Is.EqualTo("16@10x10"));
        Assert.That(layers[2].GetProperty("connections").GetInt32(), Is.EqualTo(151_600));
        Assert.That(line.GetProperty("parameter_count").GetInt32(), Is.EqualTo(60_000));
        Assert.That(line.GetProperty("metadata").GetProperty("recipe").GetString(), Is.Not.Empty);
        Assert.That(line.GetProperty("history").EnumerateArray().Last().GetProperty("training_error_rate").GetDouble(), Is.InRange(0, 1));
        Assert.That(line.GetProperty("parameters_sha256").GetString(), Does.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public void Inspect_ForAPerson_ShowsLayersMetadataAndHash()
    {
        ToolRun run = ToolRun.Of("inspect");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Match("total +60,000").And.Match("recipe +[a-z]").And.Match("SHA-256 +[0-9a-f]{64}").And.Contain("learning rate"));
    }

    [Test]
    public void Inspect_ModelForStrings_ShowsItsCalibration()
    {
        using TemporaryFolder folder = new();
        string model = folder.PathOf("strips.safetensors");
        PretrainedModels.Strips.Save(model);
        Assert.That(ToolRun.Of("inspect", "--model", model).Output, Does.Match(@"for strings +temperature 0\.994, rubbish at 347\.7").And.Not.Contain("calibration"));
        JsonElement calibration = ToolRun.Of("inspect", "--model", model, "--json").Lines[0].GetProperty("metadata").GetProperty("strip_calibration");
        Assert.That(calibration.GetProperty("temperature").GetDouble(), Is.EqualTo(PretrainedModels.Strips.Metadata.StripCalibration!.Temperature));
    }

    [Test]
    public void Inspect_CutModel_NamesTheFile()
    {
        using TemporaryFolder folder = new();
        using MemoryStream model = new();
        Network.LeNet5().Save(model);
        string file = folder.Write("cut.safetensors", model.ToArray()[..^1]);
        ToolRun.Of("inspect", "--model", file).AssertFailure("cut.safetensors");
    }

    /// <summary>A file from anywhere may not command the terminal, nor write lines of its own.</summary>
    [Test]
    public void Inspect_MetadataWithControlCharacters_ShowsNone()
    {
        using TemporaryFolder folder = new();
        string model = folder.PathOf("hostile.safetensors");
        Network network = Network.LeNet5();
        network.Metadata = network.Metadata with { Recipe = "\u001b[2Jevil\nSHA-256        0000", Settings = "a; b\u0007" };
        network.Save(model);
        string output = ToolRun.Of("inspect", "--model", model).Output;
        Assert.That(output, Does.Contain("?[2Jevil?SHA-256").And.Contain("b?"));
        Assert.That(output.Where(c => char.IsControl(c) && c != '\n'), Is.Empty);
    }
}
