namespace LeNet5.Tool;

/// <summary>A file that a command will read.</summary>
internal static class InputFile
{
    /// <summary>The path itself, if there is a file: the messages of the system do not tell which option was wrong, or that a folder was given.</summary>
    public static string Check(string file, string option) =>
        Directory.Exists(file) ? throw new IOException($"{file} is a folder. Give {option} a file.")
        : File.Exists(file) ? file
        : throw new FileNotFoundException($"There is no file {file}. Give {option} one that exists.");
}
