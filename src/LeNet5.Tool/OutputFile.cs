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
        if (file is null)
            return;
        string path = Path.GetFullPath(file);
        string folder = Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(path))
            throw new IOException($"{file} is a folder. Give {option} the name of a file.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{file} cannot be saved: the folder {folder} does not exist. Make it first.");
        string probe = Path.Combine(folder, Path.GetRandomFileName());
        File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
    }
}
