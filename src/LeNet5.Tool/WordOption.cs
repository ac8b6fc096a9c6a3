using System.CommandLine;

namespace LeNet5.Tool;

/// <summary>An option that takes one of some words.</summary>
/// <typeparam name="T">What the word stands for.</typeparam>
internal sealed class WordOption<T> : Option<T>
{
    public WordOption(string name, string description, params string[] words)
        : base(name)
    {
        Description = description;
        this.AcceptOnlyFromAmong(words);
        // Comes before the check of that method, which does not name the option.
        Validators.Add(result =>
        {
            if (result.Tokens is [.., { Value: { } text }] && !words.Contains(text))
                result.AddError($"{name} takes {string.Join(", ", words[..^1])} or {words[^1]}, not '{text}'.");
        });
    }
}
