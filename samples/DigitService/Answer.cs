using LeNet5;

namespace DigitService;

/// <summary>What was read.</summary>
/// <param name="Reading">The digit or string; empty where nothing was read. A string is there even when it is not accepted.</param>
/// <param name="Confidence">Its probability, 0 to 1.</param>
/// <param name="Accepted">Whether to rely on it.</param>
/// <param name="Reason">Why not; "None" where it is accepted.</param>
public sealed record Answer(string Reading, float Confidence, bool Accepted, string Reason)
{
    public static Answer Of(DigitReading reading) => new($"{reading.Label}", reading.Posterior, reading.Label is not null, $"{reading.Reason}");

    public static Answer Of(StripReading reading) => new(reading.Text, reading.Confidence, reading.IsAccepted, $"{reading.Reason}");
}

/// <summary>Why there is no answer.</summary>
public sealed record Failure(string Error);
