using System.Diagnostics;
using Spectre.Console;

namespace LeNet5.Tool;

/// <summary>Shows on standard error how a training goes: a line an epoch, in a terminal above a bar.</summary>
internal static class TrainingDisplay
{
    /// <param name="train">The training.</param>
    /// <param name="json">Whether a line an epoch goes to standard output, too.</param>
    /// <returns>The result, and what kept a line from being written: no reason to lose the network.</returns>
    public static (TrainingResult Result, IOException? Unwritten) Show(Func<IProgress<TrainingProgress>, TrainingResult> train, bool json)
    {
        if (json || Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(EpochFormat.Header);
            return Train(Console.Error.WriteLine, progress =>
            {
                if (progress.Finished is not { } epoch)
                    return;
                Console.Error.WriteLine(EpochFormat.Row(epoch));
                if (json)
                    JsonLine.Write(writer => EpochFormat.WriteMembers(writer, epoch));
            });
        }

        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        terminal.WriteLine(EpochFormat.Header);
        return terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 20 })
            .Start(display =>
            {
                ProgressTask bar = display.AddTask("preparing", maxValue: 1);
                Stopwatch watch = Stopwatch.StartNew();
                double? start = null;
                return Train(terminal.WriteLine, progress =>
                {
                    bar.Value = (progress.Epoch - 1 + ((double)progress.Sample / progress.SampleCount)) / progress.EpochCount;

                    // A training that goes on from a checkpoint does not start at 0.
                    start ??= bar.Value;
                    TimeSpan left = bar.Value > start ? watch.Elapsed * ((1 - bar.Value) / (bar.Value - start.Value)) : TimeSpan.Zero;
                    string epochs = $"epoch {progress.Epoch}/{progress.EpochCount}";
                    bar.Description = $@"{epochs}  loss {progress.Loss:0.0000}  error {100 * progress.ErrorRate:0.00} %  {left:h\:mm\:ss} left";
                    if (progress.Finished is { } epoch)
                        terminal.WriteLine(EpochFormat.Row(epoch));
                });
            });

        // Says first where a checkpoint was taken up: the trainer reports nothing of a training that was finished in it.
        (TrainingResult, IOException?) Train(Action<string> say, Action<TrainingProgress> report)
        {
            bool isReported = false;
            IOException? unwritten = null;
            TrainingResult result = train(new Listener(progress =>
            {
                if (!isReported && progress.Epoch > 1)
                    say($"goes on after epoch {progress.Epoch - 1} of {progress.EpochCount}");
                isReported = true;
                try
                {
                    report(progress);
                }
                catch (IOException e)
                {
                    unwritten ??= e;
                }
            }));
            if (!isReported && result.IsComplete)
                say($"the training in the checkpoint was finished after epoch {result.History.Length}");
            return (result, unwritten);
        }
    }

    /// <summary>Listens at once and in order, which <see cref="Progress{T}"/> does not promise.</summary>
    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
