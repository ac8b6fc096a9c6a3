namespace LeNet5.Storage;

/// <summary>Writes files that are either the old one or the new one, never half of one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside <paramref name="path"/>, flushes it to disk and moves it into place.</summary>
    /// <remarks>A failure leaves what was at <paramref name="path"/>. A symbolic link there is replaced, not followed.</remarks>
    public static void Write(string path, Action<Stream> write)
    {
        // In the same folder, since only a move within a file system is atomic.
        string temporary = $"{path}.{Path.GetRandomFileName()}";
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
}
