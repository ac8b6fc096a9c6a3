namespace LeNet5.Storage;

/// <summary>Writes files that are either the old one or the new one, never half of one.</summary>
internal static class AtomicFile
{
    private const string Ending = ".partial";

    /// <summary>Writes a file beside <paramref name="path"/>, flushes it to disk and moves it into place.</summary>
    /// <remarks>A failure leaves what was at <paramref name="path"/>. Where that is a symbolic link, its target is replaced; a device is written to as it is.
    /// A process that is killed meanwhile leaves a file that ends in .partial.</remarks>
    public static void Write(string path, Action<Stream> write)
    {
        if (IsDevice(path))
        {
            using FileStream device = new(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }
        path = TargetOf(path);
        // In the same folder, since only a move within a file system is atomic.
        string temporary = $"{path}.{Path.GetRandomFileName()}{Ending}";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (PathTooLongException)
        {
            throw new PathTooLongException($"{path} is too long a name: until the file is whole, {temporary.Length - path.Length} characters more stand at its end. Give a shorter one.");
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>A move would put a file in the place of what lies in /dev. Regular files of shared memory lie there, too, and come off worse.</summary>
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path);

    /// <summary>The file that is to be replaced, in a folder that exists.</summary>
    private static string TargetOf(string path)
    {
        FileInfo file = new(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            file = target;
        if (Directory.Exists(file.FullName))
            throw new IOException($"{path} is a folder. Name a file.");
        if (!file.Directory!.Exists)
            throw new DirectoryNotFoundException($"{path} cannot be written, since there is no folder {file.DirectoryName}. Make it, or name another.");
        return file.FullName;
    }

    /// <summary>Removes what processes left that were killed while they wrote a file, which none may be writing now.</summary>
    public static void RemovePartial(string path)
    {
        string full = Path.GetFullPath(path), start = $"{Path.GetFileName(full)}.";
        int length = start.Length + Path.GetRandomFileName().Length + Ending.Length;
        foreach (FileInfo file in new FileInfo(full).Directory!.EnumerateFiles())
        {
            if (file.Name.Length == length && file.Name.StartsWith(start, StringComparison.Ordinal) && file.Name.EndsWith(Ending, StringComparison.Ordinal))
                file.Delete();
        }
    }
}
