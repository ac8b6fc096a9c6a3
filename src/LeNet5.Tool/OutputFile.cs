namespace LeNet5.Tool;

/// <summary>A file that a command will write.</summary>
internal static class OutputFile
{
    /// <summary>Finds out before the work, not after it, that its result could not be saved.</summary>
    public static void CheckWritable(string file, string option)
    {
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
