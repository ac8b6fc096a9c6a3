namespace LeNet5.Tests;

/// <summary>A folder for one test, deleted with all its files afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lenet5-");

    public string[] FileNames => [.. folder.EnumerateFiles().Select(file => file.Name).Order()];

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
