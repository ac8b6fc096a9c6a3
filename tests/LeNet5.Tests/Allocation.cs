namespace LeNet5.Tests;

/// <summary>Counts the bytes that an action takes from the managed heap.</summary>
internal static class Allocation
{
    public static long By(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
