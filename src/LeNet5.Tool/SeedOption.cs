using System.CommandLine;
using System.Globalization;

namespace LeNet5.Tool;

/// <summary>An option that takes a number from 0 on, as far as 64 bits go.</summary>
internal sealed class SeedOption : Option<ulong?>
{
    public SeedOption(string description)
        : base("--seed")
    {
        HelpName = "N";
        Description = description;
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
                return seed;
            result.AddError($"{Name} takes a whole number from 0 on, not '{text}'.");
            return null;
        };
    }
}
