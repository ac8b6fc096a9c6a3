namespace LeNet5;

/// <summary>Things that threads borrow and give back, without locks. Made when they are first needed; as many are kept as two a processor.</summary>
internal sealed class Pool<T>(Func<T> create)
    where T : class
{
    private readonly T?[] idle = new T?[2 * Environment.ProcessorCount];

    public T Rent()
    {
        for (int i = 0; i < idle.Length; i++)
        {
            if (idle[i] is not null && Interlocked.Exchange(ref idle[i], null) is { } thing)
                return thing;
        }
        return create();
    }

    public void Return(T thing)
    {
        for (int i = 0; i < idle.Length; i++)
        {
            if (idle[i] is null && Interlocked.CompareExchange(ref idle[i], thing, null) is null)
                return;
        }
    }
}
