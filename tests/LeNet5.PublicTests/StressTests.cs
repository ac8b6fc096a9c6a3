using LeNet5.Fuzz;

namespace LeNet5.PublicTests;

public class StressTests
{
    [Test]
    public void Readers_SharedByMoreThreadsThanProcessors_GiveTheAnswersOfOneAndKeepNoMemory()
    {
        Stress stress = new();
        stress.Run(TimeSpan.FromSeconds(4), threadCount: 4 * Environment.ProcessorCount, seed: 1);
        Assert.That(stress.Fault, Is.Null);
        Assert.That(stress.HasGrown, Is.False, $"{stress.HalfTimeBytes} bytes at half time, {stress.EndBytes} at the end");
        Assert.That(stress.ReadCount, Is.Positive);
    }
}
