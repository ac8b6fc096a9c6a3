using LeNet5.Tests.PublicApi;

namespace LeNet5.ImageSharp.Tests;

public class DocumentationTests
{
    [Test]
    public void Documentation_OfPublicMembers_LeavesNothingUnsaid() =>
        Assert.That(DocumentationGaps.In(typeof(PictureFile).Assembly, DocumentationFile.Of(typeof(PictureFile).Assembly)), Is.Empty);
}
