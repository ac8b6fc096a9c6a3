using System.Xml.Linq;

namespace LeNet5.Tests.PublicApi;

/// <summary>What a public member is, takes, gives and throws, and whether a type is thread-safe, is told to whoever uses it.</summary>
public class DocumentationTests
{
    [TestCase(typeof(Network))]
    [TestCase(typeof(Mnist))]
    [TestCase(typeof(CommitteeReader))]
    public void Documentation_OfPublicMembers_LeavesNothingUnsaid(Type any) =>
        Assert.That(DocumentationGaps.In(any.Assembly, DocumentationFile.Of(any.Assembly)), Is.Empty);

    [TestCase("P:LeNet5.Network.Version", "summary", "Network.Version: no summary")]
    [TestCase("F:LeNet5.StripMethod.Hos", "summary", "StripMethod.Hos: no summary")]
    [TestCase("P:LeNet5.ConfusionMatrix.Item(System.Int32,System.Int32)", "param", "ConfusionMatrix.Item: what is label?", "ConfusionMatrix.Item: what is answer?")]
    [TestCase("M:LeNet5.Window.Then(LeNet5.Window)", "param", "Window.Then: what is next?")]
    [TestCase("M:LeNet5.Calibration.Posteriors(System.ReadOnlySpan{System.Single},System.Span{System.Double})", "returns", "Calibration.Posteriors: what does it return?")]
    [TestCase("M:LeNet5.SeededRandom.Shuffle``1(System.Span{``0})", "typeparam", "SeededRandom.Shuffle: what is T?")]
    [TestCase("M:LeNet5.SeededRandom.NextInt32(System.Int32)", "exception", "SeededRandom.NextInt32: when does it throw ArgumentOutOfRangeException?")]
    [TestCase("P:LeNet5.Calibration.Temperature", "exception", "Calibration.Temperature: when does it throw ArgumentOutOfRangeException?")]
    [TestCase("M:LeNet5.Trainer.#ctor(LeNet5.Network,LeNet5.TrainingRecipe)", "exception", "Trainer..ctor: when does it throw ArgumentException?", "Trainer..ctor: when does it throw ArgumentOutOfRangeException?")]
    [TestCase("T:LeNet5.Training.Loss`1", "typeparam", "Loss`1: what is TTarget?")]
    [TestCase("T:LeNet5.Window", "remarks", "Window: is it thread-safe?")]
    public void DocumentationGaps_WhereAnElementIsMissing_AreFound(string member, string element, params string[] expected)
    {
        XDocument content = DocumentationFile.Load(typeof(Network).Assembly);
        content.Descendants("member").Single(other => other.Attribute("name")!.Value == member).Elements(element).Remove();
        Assert.That(DocumentationGaps.In(typeof(Network).Assembly, new DocumentationFile(content)), Is.EquivalentTo(expected));
    }
}
