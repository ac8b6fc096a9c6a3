using LeNet5.Data;

namespace LeNet5.Tests.Data;

public class BlankSpacesTests
{
    [Test]
    public void Create_MoreThanFitIntoAnArray_TellsHowManyDo() =>
        Assert.That(
            () => BlankSpaces.Create(Mnist.Train.Slice(0, 20), count: 100_000_000, label: 10, seed: 3),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("count").And.Message.Contains("at most 2739137 pictures of 28x28"));
}
