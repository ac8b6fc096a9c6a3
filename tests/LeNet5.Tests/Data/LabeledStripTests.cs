using LeNet5.Data;

namespace LeNet5.Tests.Data;

public class LabeledStripTests
{
    private static readonly GrayImage Picture = new(1, 1, [0]);

    [Test]
    public void LabeledStrip_NothingGiven_IsRefusedByName()
    {
        Assert.That(() => new LabeledStrip(null!, "1", []), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("picture"));
        Assert.That(() => new LabeledStrip(Picture, null!, []), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("text"));
        Assert.That(() => new LabeledStrip(Picture, "1", []) with { Picture = null! }, Throws.ArgumentNullException);
        Assert.That(() => new LabeledStrip(Picture, "1", []) with { Text = null! }, Throws.ArgumentNullException);
    }

    [TestCase("abc")]
    [TestCase("1 2")]
    [TestCase("\u0661")]
    public void Text_OtherThanDigits_IsRefused(string text)
    {
        Assert.That(() => new LabeledStrip(Picture, text, []), Throws.ArgumentException.With.Message.Contains($"said to show \"{text}\""));
        Assert.That(() => new LabeledStrip(Picture, "1", []) with { Text = text }, Throws.ArgumentException.With.Message.Contains($"said to show \"{text}\""));
    }
}
