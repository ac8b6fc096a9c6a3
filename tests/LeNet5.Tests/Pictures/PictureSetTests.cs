namespace LeNet5.Tests.Pictures;

/// <summary>What the embedded network makes of the project's own pictures. Prints the figures of docs/images.md.</summary>
internal sealed class PictureSetTests
{
    private static readonly Lazy<List<(TestPicture Picture, DigitReading Reading)>> Digits = new(() => ReadAll(TestPictures.Digits()));

    [TestCase(Taken.Screen, 0.97)]
    [TestCase(Taken.Scan, 0.97)]
    [TestCase(Taken.Shadow, 0.9)]
    [TestCase(Taken.Ruled, 0.9)]
    [TestCase(Taken.Phone, 0.9)]
    public void Read_Digits_AreRight(Taken taken, double least)
    {
        List<(TestPicture Picture, DigitReading Reading)> all = [.. Digits.Value.Where(digit => digit.Picture.Taken == taken)];
        List<(TestPicture Picture, DigitReading Reading)> missed = [.. all.Where(digit => digit.Reading.Label != digit.Picture.Label)];
        int rejected = missed.Count(digit => digit.Reading.Reason != Rejection.None);
        TestContext.Out.WriteLine($"{taken}: {all.Count - missed.Count} of {all.Count} right, {rejected} rejected, {missed.Count - rejected} wrong");
        Assert.That((double)(all.Count - missed.Count) / all.Count, Is.AtLeast(least), List(missed));
    }

    [Test]
    public void Read_Digits_AreSeldomRejected()
    {
        List<(TestPicture Picture, DigitReading Reading)> rejected = [.. Digits.Value.Where(digit => digit.Reading.Reason != Rejection.None)];
        TestContext.Out.WriteLine($"{rejected.Count} of {Digits.Value.Count} digits rejected");
        Assert.That((double)rejected.Count / Digits.Value.Count, Is.LessThan(0.05), List(rejected));
    }

    [Test]
    public void Read_NonDigits_AreSeldomAccepted()
    {
        List<(TestPicture Picture, DigitReading Reading)> all = ReadAll(TestPictures.NonDigits()), accepted = [.. all.Where(other => other.Reading.Reason == Rejection.None)];
        TestContext.Out.WriteLine($"{accepted.Count} of {all.Count} others accepted");
        Assert.That((double)accepted.Count / all.Count, Is.LessThan(0.03), List(accepted));
    }

    private static List<(TestPicture Picture, DigitReading Reading)> ReadAll(IEnumerable<TestPicture> pictures)
    {
        DigitReader reader = new(PretrainedModels.Digits);
        return [.. pictures.Select(picture => (picture, reader.Read(picture.Image)))];
    }

    private static string List(List<(TestPicture Picture, DigitReading Reading)> readings) =>
        string.Join(", ", readings.Select(reading => $"{reading.Picture.What} ({reading.Picture.Taken}) as {reading.Reading.Label?.ToString() ?? reading.Reading.Reason.ToString()}"));
}
