using LeNet5.Imaging;

namespace LeNet5.Strips;

/// <summary>Reads normalized strips. One thread's memory.</summary>
internal interface IStripDecoder
{
    /// <summary>Reads a strip with ink.</summary>
    StripReading Read(NormalizedStrip strip, StripOptions options);

    /// <summary>Reads a strip with ink and tells what was seen.</summary>
    StripExplanation Explain(NormalizedStrip strip, StripOptions options);
}
