namespace DigitService;

/// <summary>What a request may cost, and how many there may be: so that memory and waiting times stay bounded, whoever posts what.</summary>
public sealed record ServiceLimits
{
    /// <summary>Bytes of a picture's file.</summary>
    public int BodyLength { get; init; } = 4 << 20;

    /// <summary>Columns of a line of digits when it is 32 high: time and memory of a reading go with its square, and a file of a kilobyte may hold 16,384.</summary>
    public int LineWidth { get; init; } = 1024;

    /// <summary>From the end of a request's headers to its answer, waiting included. A reading that has begun is not broken off.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pictures that are in memory at the same moment.</summary>
    public int PictureCount { get; init; } = 32;

    /// <summary>Requests that wait to send theirs; more are turned away.</summary>
    public int WaitingCount { get; init; } = 128;
}
