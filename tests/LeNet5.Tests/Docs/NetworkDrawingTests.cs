namespace LeNet5.Tests.Docs;

public class NetworkDrawingTests
{
    [Test]
    public void Draw_LeNet5_IsTheDrawingOfTheDocs()
    {
        string file = Path.Combine(Repository.Root, "docs", "images", "lenet5.svg");
        string drawing = NetworkDrawing.Draw(Network.LeNet5());
        if (Environment.GetEnvironmentVariable("LENET5_ACCEPT") == "1")
            File.WriteAllText(file, drawing);
        Assert.That(drawing, Is.EqualTo(File.ReadAllText(file).ReplaceLineEndings("\n")), "The drawing has changed. Where that is meant, run this test with LENET5_ACCEPT=1 and commit it.");
    }
}
