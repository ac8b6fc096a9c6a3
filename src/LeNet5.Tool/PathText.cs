using System.CommandLine;
using System.CommandLine.Parsing;

namespace LeNet5.Tool;

/// <summary>The paths on a command line.</summary>
internal static class PathText
{
    /// <summary>Makes every option and argument of a command that takes a path refuse an empty one, which a shell makes of a variable that is not set.</summary>
    public static void RefuseEmpty(Command command) => command.Validators.Insert(0, result =>
    {
        foreach (SymbolResult given in result.Children)
        {
            if (NameOf(given) is { } name && given.Tokens.Any(token => token.Value == ""))
                result.AddError($"{name} takes a path, not an empty text.");
        }
    });

    /// <summary>What takes a path: of the options for texts those whose help names a file or folder, and not a choice of words.</summary>
    private static string? NameOf(SymbolResult given) => given switch
    {
        OptionResult { Option: (Option<string> or Option<string[]>) and { HelpName: not null } option } => option.Name,
        ArgumentResult { Argument: Argument<string[]> argument } => argument.Name,
        _ => null,
    };
}
