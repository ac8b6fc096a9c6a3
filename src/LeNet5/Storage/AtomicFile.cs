namespace LeNet5.Storage;

/// <summary>Writes files that are either the old one or the new one, never half of one.</summary>
internal static class AtomicFile
{
    private const string Ending = ".partial";

    /// <summary>Writes a file beside <paramref name="path"/>, flushes it to disk and moves it into place.</summary>
    /// <remarks>A failure leaves what was at <paramref name="path"/>. A symbolic link there is replaced, not followed. A process that is killed meanwhile leaves a file that ends in .partial.</remarks>
    public static void Write(string path, Action<Stream> write)
    {
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
        catch
        {
            File.Delete(temporary);
            throw;
        }
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
