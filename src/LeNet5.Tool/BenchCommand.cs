using System.CommandLine;
using System.Diagnostics;
using System.Runtime;
using LeNet5.Training;

namespace LeNet5.Tool;

/// <summary><c>lenet5 bench</c>: measures how fast this machine runs the network, and how fast it could at most.</summary>
internal static class BenchCommand
{
    private const int BatchCount = 31;
    private const int StartCount = 5;

    // C1, C3, C5, F6 and the RBF units; the subsampling and the squashing are not counted.
    private const int ForwardMultiplyAdds = 117_600 + 150_000 + 48_000 + 10_080 + 840;

    // Forward, and as many for the gradient of the weights (the RBF units have none) and for that of the input (which C1 does not need).
    private const int StepMultiplyAdds = (2 * 117_600) + (3 * (150_000 + 48_000 + 10_080)) + (2 * 840);

    // The same layers over 73 columns: C1 at 28x316, C3 at 10x154, the others at 1x73.
    private const int StripMultiplyAdds = (6 * 25 * 28 * 316) + (60 * 25 * 10 * 154) + (73 * (48_000 + 10_080 + 840));

    /// <summary>After how many rounds without a method compiled the runtime is taken to be done: three seconds.</summary>
    private const int QuietRounds = 12;

    private static readonly TimeSpan TrialTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(20);

    public static Command Create()
    {
        Command command = new(
            "bench",
            "Measure on one thread how long a forward pass, a training step (load an MNIST digit, forward, loss, backward with update), a strip, a string, a batch, a photo and a start take.")
        {
            JsonLine.Option,
        };
        command.SetAction(parsed => Run(parsed.GetValue(JsonLine.Option)));
        return command;
    }

    private static int Run(bool json)
    {
        Operation batch = new(Evaluation(Mnist.Test, threads: 1), Mnist.Test.Count);
        Operation batchOnAll = new(Evaluation(Mnist.Test, Environment.ProcessorCount), Mnist.Test.Count);
        Operation step = new(Step(Mnist.Test));
        Operation strip = new(Strip(Mnist.Test));
        Operation stripRead = new(StripRead(Mnist.Test));
        Operation forward = new(Forward(Mnist.Test));
        Operation loop = new(() => MultiplyAddLoop.Run());
        Operation photo = new(Photo(Mnist.Test));
        Operation[] operations = [batch, batchOnAll, step, strip, stripRead, forward, photo, loop];

        // In turn, so that whatever else the machine does at a moment slows all of them and not one.
        WarmUp(operations);
        for (int i = 0; i < BatchCount; i++)
        {
            foreach (Operation operation in operations)
                operation.Measure();
        }
        double peak = MultiplyAddLoop.Flops / loop.Median;
        double? startup = MeasureStartup(Mnist.Test);
        if (json)
        {
            JsonLine.Write(writer =>
            {
                writer.WriteNumber("forward_ns", forward.Median);
                writer.WriteNumber("batch_ns_per_digit", batch.Median);
                writer.WriteNumber("batch_all_threads_ns_per_digit", batchOnAll.Median);
                writer.WriteNumber("threads", Environment.ProcessorCount);
                writer.WriteNumber("step_ns", step.Median);
                writer.WriteNumber("strip_ns", strip.Median);
                writer.WriteNumber("strip_read_ns", stripRead.Median);
                writer.WriteNumber("photo_ns", photo.Median);
                if (startup is { } milliseconds)
                    writer.WriteNumber("startup_ms", milliseconds);
                else
                    writer.WriteNull("startup_ms");
                writer.WriteNumber("peak_gflops", peak);
                writer.WriteNumber("vector_bits", MultiplyAddLoop.VectorBits);
            });
            return 0;
        }

        Console.WriteLine($"one thread where not said otherwise, vectors of {MultiplyAddLoop.VectorBits} bits, medians of {BatchCount} batches\n");
        WriteRow("forward pass of a loaded digit", forward.Median, "ns", Share(ForwardMultiplyAdds, forward));
        WriteRow("online training step", step.Median, "ns", Share(StepMultiplyAdds, step));
        WriteRow("forward pass of a 32x320 strip", strip.Median, "ns", Share(StripMultiplyAdds, strip));
        WriteRow("string on a 32x320 strip read", stripRead.Median, "ns");
        WriteRow("each of 10,000 digits evaluated", batch.Median, "ns", $"   {1e9 / batch.Median:N0} digits/s");
        WriteRow($"the same on {Environment.ProcessorCount} threads", batchOnAll.Median, "ns", $"   {1e9 / batchOnAll.Median:N0} digits/s, {batch.Median / batchOnAll.Median:N2} times as many");
        WriteRow("PNG of 200x200 loaded and read", photo.Median, "ns");
        WriteRow("new process that reads a PNG", startup, "ms");
        WriteRow("peak of multiply-adds", peak, "GFLOP/s");
        return 0;

        string Share(int multiplyAdds, Operation operation) =>
            $"   {2 * multiplyAdds / operation.Median / peak:P0} of the peak ({multiplyAdds:N0} multiply-adds)";

        static void WriteRow(string name, double? value, string unit, string remark = "") =>
            Console.WriteLine($"{name,-31}{value?.ToString("N0") ?? "unknown",9} {unit}{remark}");
    }

    private static Action Forward(LabeledImages digits)
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace();
        workspace.LoadPixels(digits.Pixels(0), digits.Height, digits.Width);
        return () => network.Forward(workspace);
    }

    private static Action Step(LabeledImages digits)
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace(Passes.Backward);
        MaximumPosteriorLoss loss = new();
        int next = 0;
        return () =>
        {
            workspace.LoadPixels(digits.Pixels(next), digits.Height, digits.Width);
            network.Forward(workspace);
            loss.Evaluate(workspace.Output, digits.Label(next));
            network.Step(workspace, StepSizes.OfUniform(1e-6f));
            next = (next + 1) % digits.Count;
        };
    }

    private static Action Strip(LabeledImages digits)
    {
        GrayImage strip = Line(digits);
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace(input: new Shape(1, strip.Height, strip.Width));
        workspace.LoadPixels(strip.Pixels, strip.Height, strip.Width);
        return () => network.Forward(workspace);
    }

    /// <summary>The same strip as a picture: normalized, swept and decoded.</summary>
    private static Action StripRead(LabeledImages digits)
    {
        GrayImage strip = Line(digits);
        StripReader reader = new(StripMethod.Sdnn);
        return () => reader.Read(strip);
    }

    /// <summary>Eleven digits side by side, 32x320.</summary>
    private static GrayImage Line(LabeledImages digits)
    {
        const int height = 32, width = 320, top = 2;
        byte[] pixels = new byte[height * width];
        for (int left = 0, digit = 0; left + digits.Width <= width; left += digits.Width, digit++)
        {
            for (int row = 0; row < digits.Height; row++)
                digits.Pixels(digit).Slice(row * digits.Width, digits.Width).CopyTo(pixels.AsSpan(((top + row) * width) + left));
        }
        return new GrayImage(width, height, pixels);
    }

    /// <summary>A digit five times as large on grey paper, lit from the right, with the noise of a camera.</summary>
    private static Action Photo(LabeledImages digits)
    {
        const int side = 200, scale = 5, margin = (side - (28 * scale)) / 2;
        SeededRandom random = new(1);
        byte[] pixels = new byte[side * side];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, side);
            (int row, int column) = ((y - margin) / scale, (x - margin) / scale);
            bool inside = y >= margin && x >= margin && row < digits.Height && column < digits.Width;
            float ink = inside ? digits.Pixels(0)[(row * digits.Width) + column] / 255f : 0;
            pixels[i] = (byte)(((150 + (x / 4f)) * (1 - (0.8f * ink))) + random.NextSingle(-5, 5));
        }
        MemoryStream file = new();
        new GrayImage(side, side, pixels).SavePng(file);
        DigitReader reader = new(PretrainedModels.Digits);
        return () =>
        {
            file.Position = 0;
            reader.Read(GrayImage.Load(file));
        };
    }

    private static Action Evaluation(LabeledImages digits, int threads)
    {
        Network network = Network.LeNet5();
        return () => Evaluator.Run(network, digits, threads);
    }

    /// <summary>The time of a new process of this tool in milliseconds; <see langword="null"/> where its path is not known.</summary>
    private static double? MeasureStartup(LabeledImages digits)
    {
        if (Environment.ProcessPath is not { } path)
            return null;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lenet5-");
        try
        {
            string picture = Path.Combine(folder.FullName, "digit.png");
            new GrayImage(digits.Width, digits.Height, digits.Pixels(0)).Save(picture);

            // Where dotnet itself is the process, it wants to be told the program.
            string[] program = Path.GetFileNameWithoutExtension(path) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
            ProcessStartInfo start = new(path, [.. program, "read", picture]) { RedirectStandardOutput = true };
            List<double> times = [];
            for (int i = 0; i < StartCount; i++)
            {
                long began = Stopwatch.GetTimestamp();
                using Process process = Process.Start(start)!;
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode != 0)
                    throw new InvalidOperationException($"lenet5 read {picture} failed with exit code {process.ExitCode}.");
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return MedianOf(times);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs everything until the runtime has compiled it at its best: it does so in the background, for what runs often, and on a single processor not before a second of quiet.</summary>
    private static void WarmUp(Operation[] operations)
    {
        long compiled = 0;
        for (int quiet = 0; quiet < QuietRounds; quiet++)
        {
            foreach (Operation operation in operations)
                operation.RunBatch();
            long now = JitInfo.GetCompiledMethodCount();
            if (now != compiled)
                (compiled, quiet) = (now, 0);
        }
    }

    private static double MedianOf(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Something to time: runs of it are grouped into batches long enough for the clock.</summary>
    private sealed class Operation
    {
        private readonly Action run;
        private readonly int count;
        private readonly int batchLength;
        private readonly List<double> times = [];

        /// <param name="run">What is timed.</param>
        /// <param name="count">As how many it counts.</param>
        public Operation(Action run, int count = 1)
        {
            this.run = run;
            this.count = count;

            int runs = 0;
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TrialTime; runs++)
                run();
            batchLength = Math.Max(1, (int)(runs * (BatchTime / TrialTime)));
        }

        /// <summary>The median time in nanoseconds.</summary>
        public double Median => MedianOf(times);

        public void Measure() => times.Add(RunBatch());

        /// <returns>Nanoseconds for each of what it counts.</returns>
        public double RunBatch()
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < batchLength; i++)
                run();
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / batchLength / count;
        }
    }
}
