using LeNet5.Storage;

namespace LeNet5.Tests.Storage;

public class AtomicFileTests
{
    [Test]
    public void Write_OverAnExistingFile_ReplacesItAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model", [1, 2, 3]);
        AtomicFile.Write(path, stream => stream.WriteByte(9));

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 9 }));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "model" }));
    }

    [Test]
    public void Write_ThatFails_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model", [1, 2, 3]);
        void Fail(Stream stream)
        {
            stream.WriteByte(9);
            throw new InvalidOperationException();
        }

        Assert.That(() => AtomicFile.Write(path, Fail), Throws.InvalidOperationException);
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "model" }));
    }

    [Test]
    public void Write_IntoAMissingFolder_ThrowsDirectoryNotFound()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.PathOf("none"), "model");
        Assert.That(() => AtomicFile.Write(path, _ => { }), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains(path));
    }

    [Test]
    public void Write_OverAFolder_NamesIt()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => AtomicFile.Write(folder.PathOf(""), _ => { }), Throws.TypeOf<IOException>().With.Message.Contains("is a folder"));
    }

    [Test]
    public void Write_OverASymbolicLink_ReplacesItsTarget()
    {
        using var folder = new TemporaryFolder();
        (string target, string link) = (folder.Write("target", [1, 2, 3]), folder.PathOf("link"));
        try
        {
            File.CreateSymbolicLink(link, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Assert.Ignore("This account may not make symbolic links.");
        }
        AtomicFile.Write(link, stream => stream.WriteByte(9));
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(target));
        Assert.That(File.ReadAllBytes(target), Is.EqualTo(new byte[] { 9 }));
        Assert.That(folder.FileNames, Is.EquivalentTo(new[] { "link", "target" }));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no files for devices.")]
    public void Write_OverADevice_WritesToIt()
    {
        AtomicFile.Write("/dev/null", stream => stream.Write(new byte[100]));
        Assert.That(File.ReadAllBytes("/dev/null"), Is.Empty);
        Assert.That(Directory.GetFiles("/dev", "*.partial"), Is.Empty);
    }

    /// <summary>The message names the file that was asked for, and not the one beside it.</summary>
    [Test]
    public void Write_NameTooLongForTheFileBeside_SaysSo()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf(new string('x', 240));
        Assert.That(() => AtomicFile.Write(path, stream => stream.WriteByte(1)), Throws.TypeOf<PathTooLongException>().With.Message.StartsWith($"{path} is too long a name"));
        Assert.That(folder.FileNames, Is.Empty);
    }

    [Test]
    public void RemovePartial_OfAFile_RemovesWhatWasLeftOfItAlone()
    {
        using var folder = new TemporaryFolder();
        string[] others = ["model", "model.bak", "model.partial", "model2.abcdefgh.ijk.partial"];
        foreach (string name in others.Append("model.abcdefgh.ijk.partial"))
            folder.Write(name, [1]);
        AtomicFile.RemovePartial(folder.PathOf("model"));
        Assert.That(folder.FileNames, Is.EqualTo(others));
    }
}
