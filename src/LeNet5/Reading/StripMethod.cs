namespace LeNet5;

/// <summary>How a string of digits is read.</summary>
public enum StripMethod
{
    /// <summary>Space displacement network: a network with a class for the blank is swept over the whole strip in one pass (section VII of the paper).</summary>
    Sdnn,

    /// <summary>Heuristic over-segmentation: the strip is cut at more places than needed, and a network for single digits reads every run of pieces that may be a digit (section V).</summary>
    Hos,

    /// <summary>A network for single digits reads every window of the strip, one by one, 4 pixels apart: what the sweep computes at a fraction of the time. A yardstick.</summary>
    Windows,

    /// <summary>Both <see cref="Sdnn"/> and <see cref="Hos"/>: the string whose penalties in the two add up to the least. The most right and the slowest.</summary>
    Both,
}
