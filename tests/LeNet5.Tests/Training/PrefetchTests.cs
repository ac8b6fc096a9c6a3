using LeNet5.Training;

namespace LeNet5.Tests.Training;

public class PrefetchTests
{
    private const int ChunkSize = 4;

    private readonly int[][] rooms = [new int[ChunkSize], new int[ChunkSize]];

    [Test]
    public void Find_EverySample_IsWhereItWasPrepared([Values(1, 3, 4, 5, 8, 9, 30)] int count)
    {
        Prefetch prefetch = Create(count);
        for (int epoch = 0; epoch < 2; epoch++)
            AssertFinds(prefetch, count);
    }

    [Test]
    public void Find_EpochAbandoned_BeginsAnew([Values(1, 4, 5, 9)] int abandoned)
    {
        Prefetch prefetch = Create(30);
        AssertFinds(prefetch, abandoned);
        prefetch.Wait();
        AssertFinds(prefetch, 30);
    }

    /// <summary>The chunk that is read and the one that is prepared never share a room, however long either takes.</summary>
    [Test]
    public void Find_WhileTheNextIsPrepared_IsNotOverwritten()
    {
        Prefetch prefetch = Create(40, delay: 2);
        AssertFinds(prefetch, 40);
    }

    [Test]
    public void Find_PreparationFails_TellsSoWhereItsChunkBegins()
    {
        Prefetch prefetch = new(12, ChunkSize, (start, _, _) =>
        {
            if (start == ChunkSize)
                throw new ArgumentException("No such sample.");
        });
        // Where there is one processor only, the next chunk is prepared at once, and fails at once.
        Assert.That(() => FindAll(prefetch, ChunkSize + 1), Throws.ArgumentException.With.Message.EqualTo("No such sample."));
    }

    private static void FindAll(Prefetch prefetch, int count)
    {
        for (int place = 0; place < count; place++)
            prefetch.Find(place);
    }

    private void AssertFinds(Prefetch prefetch, int count)
    {
        for (int place = 0; place < count; place++)
        {
            (int room, int index) = prefetch.Find(place);
            Assert.That(rooms[room][index], Is.EqualTo(place));
        }
    }

    private Prefetch Create(int count, int delay = 0) => new(count, ChunkSize, (start, length, room) =>
    {
        for (int i = 0; i < length; i++)
        {
            Thread.Sleep(delay);
            rooms[room][i] = start + i;
        }
        rooms[room].AsSpan(length).Fill(-1);
    });
}
