#:project ../src/LeNet5/LeNet5.csproj
#:project ../src/LeNet5.Mnist/LeNet5.Mnist.csproj
#:property PublishAot=false

// LeNet-5 from the first look at the data to the first digit read, a notebook to be read from top to bottom:
//   dotnet run samples/tutorial.cs [epochs]
using System.Collections.Immutable;
using System.Globalization;
using LeNet5;
using LeNet5.Training;

int epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;

Title("The data");

// MNIST: 60,000 digits to learn from and 10,000 by other writers to be tested on, 28x28 pixels each, 0 for the ground and 255 for ink.
// Every digit is about 20 pixels high and has its centre of mass in the middle, so the network need not learn to find it.
PrintBeside([.. Enumerable.Range(0, 3).Select(i => ($"a {Mnist.Train.Label(i)}", Draw(Mnist.Train.Pixels(i))))]);

Title("The network");

// C1 and C3 look for features with kernels of 5x5. S2 and S4 average blocks of 2x2, so that a feature may shift a little, and scale
// the average by a weight of their own. Each map of C3 sees only some maps of S2, which forces them to look for different things.
// C5 sees all that is left, F6 draws what it has understood as a picture of 7x12, and the output compares that with a code for each class.
Network network = Network.LeNet5(seed: 1, RbfCodes.DigitsAndBlank);
Console.WriteLine(network);
Console.WriteLine("Table I, which maps of S2 (rows) feed which maps of C3 (columns):\n");
Console.WriteLine(ConnectionTable.TableI);

Title("The codes");

// The codes are small pictures of the characters, +1 for # and -1 for a dot. Classes that look alike have codes that are alike,
// so a doubtful digit is near to two codes and far from the rest. The eleventh class, blank, is all dots.
RbfCodes codes = network.Codes!;
PrintBeside([.. Enumerable.Range(0, 10).Select(digit => ($"{digit}", DrawCode(codes[digit], codes.Width)))]);

Title("Training");

// One digit at a time: forward, then each weight takes a small step against its gradient. The loss pulls F6 towards the right code, and pushes it
// away from wrong ones that are near. The steps become smaller from epoch to epoch, so that the weights come to rest.
TrainingRecipe recipe = TrainingRecipe.Article with
{
    Name = "tutorial",
    Epochs = epochs,
    Rate = LearningRate.Stepped((1, 0.0005), (1, 0.0002), (1, 0.0001)),
};
Console.WriteLine($"{recipe}\n");
TrainingResult training = new Trainer(network, recipe).Run(Mnist.Train, Mnist.Test, new EpochPrinter());

// The training error is taken before each step, so that of the first epoch counts the answers of a network that knew nothing yet.
Console.WriteLine();
PlotErrors(training.History);

Title("The test");

EvaluationResult result = Evaluator.Run(network, Mnist.Test);
Console.WriteLine($"{result}\n\nA row for each true class, a column for each answer; 10 is the blank:\n");
Console.WriteLine(result.Confusion);

// Would you have read these?
PrintBeside([.. result.Errors.Take(3).Select(i => ($"a {Mnist.Test.Label(i)}, read as {codes.Symbols[result.Answers[i]]}", Draw(Mnist.Test.Pixels(i))))]);

Title("A look inside");

// Everything that a pass computes is in a workspace. F6 has drawn its answer: # above 1/2, a dot below -1/2, ? where it is undecided.
Workspace workspace = network.CreateWorkspace();
workspace.LoadPixels(Mnist.Test.Pixels(0), Mnist.Test.Height, Mnist.Test.Width);
network.Forward(workspace);
PrintBeside(
    ("the input", Draw(Mnist.Test.Pixels(0))),
    ("F6", DrawCode(workspace.OutputOf("F6").Values, codes.Width)),
    ($"code of {result.Answers[0]}", DrawCode(codes[result.Answers[0]], codes.Width)));

Title("Saving, loading, reading");

// The file tells its own story: the layers, the recipe and the errors of each epoch are in it.
string path = Path.Combine(Path.GetTempPath(), "tutorial.safetensors");
network.Save(path);
Network loaded = Network.Load(path);
Console.WriteLine($"{path}: {loaded.ParameterCount:N0} parameters, test error {loaded.Metadata.History[^1].TestErrorRate:P2}\n");

// A reader turns penalties into an answer, or into none: what is far from every code is no digit.
DigitReader reader = new(loaded);
for (int i = 0; i < 5; i++)
    Console.WriteLine($"a {Mnist.Test.Label(i)}: {Describe(reader.Read(Mnist.Test.Pixels(i)))}");
byte[] stripes = [.. Enumerable.Range(0, 28 * 28).Select(i => i % 4 < 2 ? (byte)255 : (byte)0)];
Console.WriteLine($"stripes: {Describe(reader.Read(stripes))}");

static string Describe(DigitReading reading) =>
    $"{(reading.Label is int digit ? $"{digit}" : $"{reading.Reason}")}, posterior {reading.Posterior:P1}, margin {reading.Margin:F1}";

static void Title(string title) => Console.WriteLine($"\n\n{title}\n{new string('-', title.Length)}\n");

// Two rows of pixels make a line, since characters are about twice as high as wide.
static string[] Draw(ReadOnlySpan<byte> pixels)
{
    const int side = 28;
    const string shades = " .:-=+*#%@";
    string[] lines = new string[side / 2];
    for (int y = 0; y < lines.Length; y++)
    {
        ReadOnlySpan<byte> rows = pixels.Slice(2 * y * side, 2 * side);
        for (int x = 0; x < side; x++)
            lines[y] += shades[(rows[x] + rows[side + x]) * (shades.Length - 1) / (2 * 255)];
    }
    return lines;
}

static string[] DrawCode(ReadOnlySpan<float> code, int width)
{
    string[] lines = new string[code.Length / width];
    for (int i = 0; i < code.Length; i++)
        lines[i / width] += code[i] > 0.5f ? '#' : code[i] < -0.5f ? '.' : '?';
    return lines;
}

static void PrintBeside(params (string Caption, string[] Lines)[] pictures)
{
    int height = pictures.Max(picture => picture.Lines.Length);
    for (int y = -1; y < height; y++)
    {
        foreach ((string caption, string[] lines) in pictures)
            Console.Write((y < 0 ? caption : y < lines.Length ? lines[y] : "").PadRight(lines[0].Length + 1));
        Console.WriteLine();
    }
}

static void PlotErrors(ImmutableArray<EpochResult> history)
{
    const int height = 12;
    double top = history.Max(epoch => Math.Max(epoch.TrainingErrorRate, epoch.TestErrorRate!.Value));
    for (int y = height; y >= 0; y--)
    {
        Console.Write($"{top * y / height,8:P1} |");
        foreach (EpochResult epoch in history)
        {
            (bool training, bool test) = (Row(epoch.TrainingErrorRate) == y, Row(epoch.TestErrorRate!.Value) == y);
            Console.Write(training && test ? "   *" : training ? "   o" : test ? "   x" : "    ");
        }
        Console.WriteLine();
    }
    Console.WriteLine($"{"",8} +{new string('-', 4 * history.Length)}-");
    Console.WriteLine($"{"epoch",8}  {string.Concat(history.Select(epoch => $"{epoch.Epoch,4}"))}   o training  x test  * both");

    int Row(double error) => (int)Math.Round(error / top * height);
}

// Not Progress<T>: in a console program that reports from the thread pool, so lines may come late and out of order.
internal sealed class EpochPrinter : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Finished is { } epoch)
            Console.WriteLine($"epoch {epoch.Epoch}: loss {epoch.Loss:F3}, training error {epoch.TrainingErrorRate:P2}, test error {epoch.TestErrorRate:P2}");
    }
}
