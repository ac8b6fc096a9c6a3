using LeNet5.Imaging;

namespace LeNet5.Strips;

/// <summary>Reads normalized strips. One thread's memory.</summary>
internal interface IStripDecoder
{
    /// <summary>So many arcs it has memory for: the more, the more strings were possible so far.</summary>
    int ArcCapacity { get; }

    /// <summary>Reads a strip with ink.</summary>
    /// <exception cref="ArgumentException">The line is too long for so many possible strings.</exception>
    StripReading Read(NormalizedStrip strip, StripOptions options);

    /// <summary>Reads a strip with ink and tells what was seen.</summary>
    /// <exception cref="ArgumentException">The line is too long for so many possible strings.</exception>
    StripExplanation Explain(NormalizedStrip strip, StripOptions options);
}
