namespace LeNet5.Tool;

/// <summary>What may go wrong without a fault in the program: its message is for the user.</summary>
internal static class Failure
{
    /// <summary>Whether the exception tells of a bad input or a failed run. <see cref="InvalidOperationException"/> is how the library reports a
    /// damaged network, <see cref="NotFiniteNumberException"/> a training that diverged.</summary>
    public static bool IsExpected(Exception e) =>
        e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException or InvalidOperationException or NotFiniteNumberException;

    /// <summary>The message, without the name of a parameter that the user has never seen.</summary>
    public static string Describe(Exception e) =>
        e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
}
