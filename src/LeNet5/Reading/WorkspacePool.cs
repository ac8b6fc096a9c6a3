namespace LeNet5;

/// <summary>Workspaces that threads borrow and give back, without locks. Made when they are first needed; as many are kept as two a processor.</summary>
internal sealed class WorkspacePool(Func<Workspace> create)
{
    private readonly Workspace?[] idle = new Workspace?[2 * Environment.ProcessorCount];

    public Workspace Rent()
    {
        for (int i = 0; i < idle.Length; i++)
        {
            if (idle[i] is not null && Interlocked.Exchange(ref idle[i], null) is { } workspace)
                return workspace;
        }
        return create();
    }

    public void Return(Workspace workspace)
    {
        for (int i = 0; i < idle.Length; i++)
        {
            if (idle[i] is null && Interlocked.CompareExchange(ref idle[i], workspace, null) is null)
                return;
        }
    }
}
