using System.CommandLine;
using System.Globalization;

namespace LeNet5.Tool;

/// <summary>An option that takes a number from 1 on.</summary>
internal sealed class CountOption : Option<int?>
{
    public CountOption(string name, string description, int largest = int.MaxValue)
        : base(name)
    {
        HelpName = "N";
        Description = description;
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 && count <= largest)
                return count;
            result.AddError($"{name} takes a number from 1 {(largest < int.MaxValue ? $"to {largest}" : "on")}, not '{text}'.");
            return null;
        };
    }
}
