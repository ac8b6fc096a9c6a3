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
        Assert.That(() => AtomicFile.Write(path, _ => { }), Throws.TypeOf<DirectoryNotFoundException>());
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
