using System.CommandLine;

namespace LeNet5.Tool;

/// <summary>A file that a command will write.</summary>
internal static class OutputFile
{
    /// <summary>An option that names the file of a drawing.</summary>
    public static Option<string?> OfPicture(string name, string helpName, string description)
    {
        Option<string?> option = new(name) { HelpName = helpName, Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., { Value: { } file }] && !file.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
                result.AddError($"{name} writes a PNG picture: end '{file}' in .png.");
        });
        return option;
    }

    /// <summary>Finds out before the work, not after it, that its result could not be saved; does nothing where none is wanted.</summary>
    public static void CheckWritable(string? file, string option)
    {
        // What lies in /dev is written in place.
        if (file is null || (Path.GetFullPath(file).StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(file)))
            return;
        string path = TargetOf(file), folder = Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(path))
            throw new IOException($"{file} is a folder. Give {option} the name of a file.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{file} cannot be saved: the folder {folder} does not exist. Make it first.");
        try
        {
            // As long as the name that the library gives a file until it is whole.
            File.Create($"{path}.{Path.GetRandomFileName()}.partial", bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (PathTooLongException)
        {
            throw new PathTooLongException($"{file} cannot be saved: its name is too long. Give {option} a shorter one.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"{file} cannot be saved: there is no permission to make files in {folder}. Give {option} a place where there is.");
        }
    }

    /// <summary>Whether two names are of the same file.</summary>
    public static bool AreSame(string? file, string? other) => file is { Length: > 0 } && other is { Length: > 0 } && TargetOf(file) == TargetOf(other);

    /// <summary>The file that would be replaced: where a symbolic link leads, or the file itself.</summary>
    private static string TargetOf(string file)
    {
        FileInfo info = new(file);
        return info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : info.FullName;
    }
}
