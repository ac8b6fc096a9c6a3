namespace LeNet5;

/// <summary>What becomes of the errors when the least sure readings are rejected.</summary>
/// <param name="ShareRejected">Share of all images that are rejected, at least 0 and below 1.</param>
/// <param name="ErrorRate">Share of the accepted images that are misread, 0 to 1.</param>
/// <param name="Threshold">The score from which on a reading is accepted.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct RejectionPoint(double ShareRejected, double ErrorRate, float Threshold);
