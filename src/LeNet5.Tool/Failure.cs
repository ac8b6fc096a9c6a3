namespace LeNet5.Tool;

/// <summary>What may go wrong without a fault in the program: its message is for the user.</summary>
internal static class Failure
{
    /// <summary>Whether the exception tells of a bad input or a failed run. <see cref="InvalidOperationException"/> is how the library reports a
    /// damaged network, <see cref="NotFiniteNumberException"/> a training that diverged.</summary>
    public static bool IsExpected(Exception e) =>
        e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException or InvalidOperationException or NotFiniteNumberException;

    /// <summary>The message, without the name and the value of a parameter that the user has never seen: its own one, or that of the exception it quotes.</summary>
    public static string Describe(Exception e)
    {
        string message = e.Message;
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is ArgumentException { ParamName: { } name })
                message = message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);
            if (cause is ArgumentOutOfRangeException { ActualValue: { } value })
                message = message.Replace($"{Environment.NewLine}Actual value was {value}.", "", StringComparison.Ordinal);
        }
        return message;
    }

    /// <summary>Text from names and files, which may hold line ends and commands to a terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
