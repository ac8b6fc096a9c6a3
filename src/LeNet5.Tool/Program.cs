using System.CommandLine;
using System.CommandLine.Invocation;
using LeNet5.Tool;

StandardStream.Install();
RootCommand root = new("The LeNet-5 of 1998: trains it, measures it, and reads handwritten digits with it.")
{
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    ReadCommand.Create(),
    InspectCommand.Create(),
    ExportCommand.Create(),
    BenchCommand.Create(),
};
foreach (Command command in root.Subcommands)
    PathText.RefuseEmpty(command);
ParseResult parsed = root.Parse(args);
InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false };
if (parsed.Action is ParseErrorAction wrongUsage)
{
    // Standard output is for results alone.
    configuration.Output = Console.Error;
    wrongUsage.ShowHelp = args.Length == 0;
    parsed.Invoke(configuration);
    return 2;
}
try
{
    return parsed.Invoke(configuration);
}
catch (Exception e) when (Failure.IsExpected(e))
{
    Console.Error.WriteLine($"lenet5: {Failure.Printable(Failure.Describe(e))}");
    return 1;
}
