using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LeNet5.Graphs;

namespace LeNet5.Tool;

/// <summary>The options of <c>lenet5 read</c> that are about strings of digits.</summary>
internal sealed class StripArguments
{
    private readonly Option<bool> strip = new("--strip") { Description = "Each picture shows a string of digits in one line" };
    private readonly Option<StripMethod?> method = MethodOption("How strings are read: the network swept over the whole line, the line cut at more places than needed, the network on window after window, or the first two together, slower and more often right [default: both, or what the network of --model is made for]");
    private readonly Option<Transducer?> grammar = new("--grammar")
    {
        HelpName = "TEXT",
        Description = "Which strings are possible, e.g. length:4, any:4-8, one-of:12,345, amount, year:1600-1999, date:ddMMyyyy, luhn:16, isbn13 or mod97 [default: all]",
        CustomParser = ParseGrammar,
    };

    private readonly CountOption best = new("--n-best", "Also give the N likeliest strings", largest: 100);
    private readonly Option<double?> errorRate = new("--error-rate")
    {
        HelpName = "X",
        Description = "Reject what is less sure than it must be for a share X of the accepted readings to be wrong, e.g. 0.01 [default: reject what is likelier wrong than right]",
        CustomParser = ParseErrorRate,
    };

    private Option[] All => [method, grammar, best, errorRate];

    /// <summary>An option that takes one of the methods.</summary>
    public static Option<StripMethod?> MethodOption(string description) =>
        new WordOption<StripMethod?>("--method", description, [.. Enum.GetValues<StripMethod>().Select(NameOf)]);

    public static string NameOf(StripMethod method) => method.ToString().ToLowerInvariant();

    /// <summary>Whether strings are read with two models together. A validator asks for the word, since an option that is given wrongly has no value.</summary>
    public static bool IsBoth(CommandResult result, Option<StripMethod?> method) => result.GetResult(method)?.Tokens is [.., { } last] && last.Value == NameOf(StripMethod.Both);

    /// <summary>A reader with a network of one's own; where none is given, with the built-in ones for the method.</summary>
    public static StripReader CreateReader(Network? network, StripMethod? method) => network is null ? new StripReader(method ?? StripMethod.Both) : new StripReader(network, method);

    /// <summary>What <see cref="CreateReader(Network?, StripMethod?)"/> reads with.</summary>
    public static string NameOfModel(string? model, StripMethod method) => model ?? method switch
    {
        StripMethod.Sdnn => "built-in strips",
        StripMethod.Hos => "built-in segments",
        StripMethod.Both => "built-in strips + segments",
        _ => Model.NameOf(null),
    };

    /// <summary>Adds the option by which a command is about strings of digits, and those that have no meaning without it.</summary>
    public static void AddTo(Command command, Option<bool> strip, Option[] others)
    {
        command.Options.Add(strip);
        foreach (Option option in others)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(strip) && Array.Find(others, option => result.GetResult(option) is not null) is { } alone)
                result.AddError($"{alone.Name} is about strings of digits: give {strip.Name} too.");
        });
    }

    public void AddTo(Command command) => AddTo(command, strip, All);

    /// <summary>Whether pictures show strings.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(strip);

    /// <summary>Whether alternatives are asked for.</summary>
    public bool WantAlternatives(ParseResult parsed) => parsed.GetValue(best) is not null;

    /// <inheritdoc cref="WantAlternatives(ParseResult)"/>
    public bool WantAlternatives(CommandResult result) => result.GetResult(best) is not null;

    /// <inheritdoc cref="IsBoth"/>
    public bool AreReadByBoth(CommandResult result) => IsBoth(result, method);

    public StripReader CreateReader(ParseResult parsed, string? model) => CreateReader(model is null ? null : Model.Load(model), parsed.GetValue(method));

    public StripOptions OptionsOf(ParseResult parsed) => new()
    {
        Grammar = parsed.GetValue(grammar),
        Alternatives = parsed.GetValue(best) ?? 1,
        ErrorRate = parsed.GetValue(errorRate),
    };

    private static Transducer? ParseGrammar(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        try
        {
            return Grammar.Parse(text);
        }
        catch (FormatException e)
        {
            result.AddError($"--grammar {text}: {Failure.Describe(e)}");
            return null;
        }
    }

    private static double? ParseErrorRate(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= 1)
            return rate;
        result.AddError($"--error-rate takes a share above 0 and at most 1, not '{text}'.");
        return null;
    }
}
