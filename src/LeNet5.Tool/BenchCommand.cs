using System.CommandLine;
using System.Diagnostics;
using LeNet5.Training;

namespace LeNet5.Tool;

/// <summary><c>lenet5 bench</c>: measures how fast this machine runs the network, and how fast it could at most.</summary>
internal static class BenchCommand
{
    private const int BatchCount = 21;
    private const int StartCount = 3;

    // C1, C3, C5, F6 and the RBF units; the subsampling and the squashing are not counted.
    private const int ForwardMultiplyAdds = 117_600 + 150_000 + 48_000 + 10_080 + 840;

    // Forward, and as many for the gradient of the weights (the RBF units have none) and for that of the input (which C1 does not need).
    private const int StepMultiplyAdds = (2 * 117_600) + (3 * (150_000 + 48_000 + 10_080)) + (2 * 840);

    // The same layers over 73 columns: C1 at 28x316, C3 at 10x154, the others at 1x73.
    private const int StripMultiplyAdds = (6 * 25 * 28 * 316) + (60 * 25 * 10 * 154) + (73 * (48_000 + 10_080 + 840));

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(20);

    public static Command Create()
    {
        Command command = new(
            "bench",
            "Measure on one thread how long a forward pass, a training step (load an MNIST digit, forward, loss, backward with update), a strip, a batch and a start take.")
        {
            JsonLine.Option,
        };
        command.SetAction(parsed => Run(parsed.GetValue(JsonLine.Option)));
        return command;
    }

    private static int Run(bool json)
    {
        // The longest first: by the time of the shortest, the runtime has compiled all that they share at its best.
        double batch = MeasureBatch(Mnist.Test, threads: 1);
        double batchOnAll = MeasureBatch(Mnist.Test, Environment.ProcessorCount);
        double step = MeasureStep(Mnist.Test);
        double strip = MeasureStrip(Mnist.Test);
        double forward = MeasureForward(Mnist.Test);
        double peak = MultiplyAddLoop.Flops / Measure(() => MultiplyAddLoop.Run());
        double? startup = MeasureStartup(Mnist.Test);
        if (json)
        {
            JsonLine.Write(writer =>
            {
                writer.WriteNumber("forward_ns", forward);
                writer.WriteNumber("batch_ns_per_digit", batch);
                writer.WriteNumber("batch_all_threads_ns_per_digit", batchOnAll);
                writer.WriteNumber("threads", Environment.ProcessorCount);
                writer.WriteNumber("step_ns", step);
                writer.WriteNumber("strip_ns", strip);
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
        WriteRow("forward pass of a loaded digit", forward, "ns", Share(ForwardMultiplyAdds, forward));
        WriteRow("online training step", step, "ns", Share(StepMultiplyAdds, step));
        WriteRow("forward pass of a 32x320 strip", strip, "ns", Share(StripMultiplyAdds, strip));
        WriteRow("each of 10,000 digits evaluated", batch, "ns", $"   {1e9 / batch:N0} digits/s");
        WriteRow($"the same on {Environment.ProcessorCount} threads", batchOnAll, "ns", $"   {1e9 / batchOnAll:N0} digits/s, {batch / batchOnAll:N2} times as many");
        WriteRow("new process that reads a PNG", startup, "ms");
        WriteRow("peak of multiply-adds", peak, "GFLOP/s");
        return 0;

        string Share(int multiplyAdds, double nanoseconds) =>
            $"   {2 * multiplyAdds / nanoseconds / peak:P0} of the peak ({multiplyAdds:N0} multiply-adds)";

        static void WriteRow(string name, double? value, string unit, string remark = "") =>
            Console.WriteLine($"{name,-31}{value?.ToString("N0") ?? "unknown",9} {unit}{remark}");
    }

    private static double MeasureForward(LabeledImages digits)
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace();
        workspace.LoadPixels(digits.Pixels(0), digits.Height, digits.Width);
        return Measure(() => network.Forward(workspace));
    }

    private static double MeasureStep(LabeledImages digits)
    {
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace(Passes.Backward);
        MaximumPosteriorLoss loss = new();
        int next = 0;
        return Measure(() =>
        {
            workspace.LoadPixels(digits.Pixels(next), digits.Height, digits.Width);
            network.Forward(workspace);
            loss.Evaluate(workspace.Output, digits.Label(next));
            network.Step(workspace, StepSizes.OfUniform(1e-6f));
            next = (next + 1) % digits.Count;
        });
    }

    private static double MeasureStrip(LabeledImages digits)
    {
        const int stripWidth = 320;
        byte[] strip = new byte[digits.Height * stripWidth];
        for (int left = 0, digit = 0; left + digits.Width <= stripWidth; left += digits.Width, digit++)
        {
            for (int row = 0; row < digits.Height; row++)
                digits.Pixels(digit).Slice(row * digits.Width, digits.Width).CopyTo(strip.AsSpan((row * stripWidth) + left));
        }
        Network network = Network.LeNet5();
        Workspace workspace = network.CreateWorkspace(input: new Shape(1, 32, stripWidth));
        workspace.LoadPixels(strip, digits.Height, stripWidth);
        return Measure(() => network.Forward(workspace));
    }

    private static double MeasureBatch(LabeledImages digits, int threads)
    {
        Network network = Network.LeNet5();
        return Measure(() => Evaluator.Run(network, digits, threads)) / digits.Count;
    }

    /// <summary>The median time of an operation in nanoseconds.</summary>
    private static double Measure(Action operation)
    {
        // Long enough for the runtime to have compiled everything at its best.
        int count = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUpTime; count++)
            operation();

        int batchLength = Math.Max(1, (int)(count * (BatchTime / WarmUpTime)));
        return Median(BatchCount, () =>
        {
            for (int i = 0; i < batchLength; i++)
                operation();
        }).TotalNanoseconds / batchLength;
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
            return Median(StartCount, () =>
            {
                using Process process = Process.Start(start)!;
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode != 0)
                    throw new InvalidOperationException($"lenet5 read {picture} failed with exit code {process.ExitCode}.");
            }).TotalMilliseconds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TimeSpan Median(int count, Action action)
    {
        TimeSpan[] times = new TimeSpan[count];
        foreach (ref TimeSpan time in times.AsSpan())
        {
            long start = Stopwatch.GetTimestamp();
            action();
            time = Stopwatch.GetElapsedTime(start);
        }
        Array.Sort(times);
        return times[count / 2];
    }
}
