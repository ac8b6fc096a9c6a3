namespace LeNet5.Training;

/// <summary>Prepares samples in chunks ahead of their use, on another thread, in the room of two chunks in turn.</summary>
/// <remarks>A hand-over costs as much as a step: one every 20 ms is not felt, one a step would take longer than the step.</remarks>
/// <param name="count">Number of samples in an epoch.</param>
/// <param name="chunkSize">Number of samples in a chunk; the last of an epoch may have fewer.</param>
/// <param name="prepare">Prepares a number of samples from a place on, in the first or the second room.</param>
internal sealed class Prefetch(int count, int chunkSize, Action<int, int, int> prepare)
{
    private Task preparing = Task.CompletedTask;

    /// <summary>Waits until nothing is being prepared.</summary>
    public void Wait() => preparing.GetAwaiter().GetResult();

    /// <summary>Says where a sample is, in ascending order from 0 in each epoch. Waits for its chunk where it begins, and has the next one prepared.</summary>
    public (int Room, int Index) Find(int place)
    {
        if (place % chunkSize == 0)
            Advance(place);
        return (RoomOf(place), place % chunkSize);
    }

    private int RoomOf(int place) => place / chunkSize % 2;

    private void Advance(int place)
    {
        Wait();
        if (place == 0)
            Prepare(0);
        int next = place + chunkSize;
        if (next >= count)
            return;
        if (Environment.ProcessorCount > 1)
            preparing = Task.Run(() => Prepare(next));
        else
            Prepare(next);
    }

    private void Prepare(int start) => prepare(start, Math.Min(chunkSize, count - start), RoomOf(start));
}
