#:project ../../src/LeNet5/LeNet5.csproj
#:project ../../src/LeNet5.Mnist/LeNet5.Mnist.csproj
#:property PublishAot=false

// What the library computes, for runtimes that execute its exported networks to be compared with.
//   dotnet run -c Release tests/interop/outputs.cs FOLDER
// writes NAME.safetensors for each network; passes.jsonl, a batch of inputs and their outputs a line; tensors.jsonl, the parameters of one layer a line.
// Numbers are singles, little-endian, in Base64.
using System.Runtime.InteropServices;
using System.Text.Json;
using LeNet5;
using LeNet5.Data;
using LeNet5.Imaging;

const ulong Seed = 1;
string folder = args[0];
using FileStream passes = File.Create(Path.Combine(folder, "passes.jsonl"));
using FileStream tensors = File.Create(Path.Combine(folder, "tensors.jsonl"));

Network digits = PretrainedModels.Digits;
Add("digits", digits);
Run("digits", digits, Pictures(digits, count: 1, width: 32));
Run("digits", digits, Pictures(digits, count: 500, width: 32));

Network strips = PretrainedModels.Strips;
Add("strips", strips);
foreach (int width in new[] { 32, 33, 34, 35, 36, 63, 320, 1999 })
    Run("strips", strips, Pictures(strips, count: 3, width));
StripGenerator lines = new(Mnist.Test, StripStyle.Clean, Seed);
for (int i = 0; i < 20; i++)
{
    GrayImage line = StripNormalizer.Normalize(lines.Draw(i).Picture).Picture;
    Workspace workspace = strips.CreateWorkspace(input: new Shape(1, line.Height, line.Width));
    workspace.LoadPixels(line.Pixels, line.Height, line.Width);
    Run("strips", strips, [workspace]);
}

Network other = Other();
Add("other", other);
foreach (int width in new[] { 21, 22, 23, 24, 50 })
    Run("other", other, Noise(other, count: 4, width));

// What LeNet-5 has not: several maps, odd sizes, blocks of 3, sums that are not squashed, several output rows.
static Network Other() => new(
    new Shape(3, 15, 21),
    Seed,
    new Conv("A", inputs: 3, outputs: 4, kernel: 2, Activation.Identity),
    new TrainableSubsample("B", maps: 4, block: 3, Activation.Identity),
    new SparseConv("C", ConnectionTable.Parse("X..XX\nXX..X\n.XX.X\n..XXX"), kernel: 3),
    new FullyConnected("D", inputs: 5, outputs: 7),
    new TrainableSubsample("E", maps: 7, block: 1),
    new RbfOutput("F", new RbfCodes("abcd", [.. Enumerable.Range(0, 28).Select(i => 1 - (0.5f * (i % 5)))])));

// Digits in the middle of fields of any width.
static Workspace[] Pictures(Network network, int count, int width) => [.. Enumerable.Range(0, count).Select(i =>
{
    Workspace workspace = network.CreateWorkspace(input: network.InputShape with { Width = width });
    workspace.LoadPixels(Mnist.Test.Pixels(i), Mnist.Test.Height, Mnist.Test.Width);
    return workspace;
})];

static Workspace[] Noise(Network network, int count, int width)
{
    SeededRandom random = new(Seed);
    return [.. Enumerable.Range(0, count).Select(_ =>
    {
        Workspace workspace = network.CreateWorkspace(input: network.InputShape with { Width = width });
        foreach (ref float value in workspace.Input.Values)
            value = random.NextSingle(-1, 1);
        return workspace;
    })];
}

void Add(string name, Network network)
{
    network.Save(Path.Combine(folder, $"{name}.safetensors"));
    foreach (Layer layer in network.Layers)
    {
        WriteLine(tensors, json =>
        {
            json.WriteString("model", name);
            json.WriteString("layer", layer.Name.ToLowerInvariant());
            json.WriteStartObject("shapes");
            foreach (ParameterTensor tensor in layer.Tensors)
                WriteSizes(json, tensor.Name, [.. tensor.Dimensions]);
            json.WriteEndObject();
            WriteValues(json, "values", network.ParametersOf(layer));
        });
    }
}

void Run(string name, Network network, Workspace[] batch)
{
    float[] inputs = [.. batch.SelectMany(workspace => workspace.Input.Values.ToArray())];
    foreach (Workspace workspace in batch)
        network.Forward(workspace);
    float[] outputs = [.. batch.SelectMany(workspace => workspace.Output.Values.ToArray())];
    WriteLine(passes, json =>
    {
        json.WriteString("model", name);
        WriteShape(json, "inputShape", batch.Length, batch[0].Input.Shape);
        WriteValues(json, "input", inputs);
        WriteShape(json, "outputShape", batch.Length, batch[0].Output.Shape);
        WriteValues(json, "output", outputs);
    });
}

static void WriteShape(Utf8JsonWriter json, string name, int count, Shape shape) => WriteSizes(json, name, count, shape.Maps, shape.Height, shape.Width);

static void WriteSizes(Utf8JsonWriter json, string name, params ReadOnlySpan<int> sizes)
{
    json.WriteStartArray(name);
    foreach (int size in sizes)
        json.WriteNumberValue(size);
    json.WriteEndArray();
}

static void WriteValues(Utf8JsonWriter json, string name, ReadOnlySpan<float> values) => json.WriteBase64String(name, MemoryMarshal.AsBytes(values));

static void WriteLine(Stream file, Action<Utf8JsonWriter> write)
{
    using (Utf8JsonWriter json = new(file))
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
    file.WriteByte((byte)'\n');
}
