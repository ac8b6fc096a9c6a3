using LeNet5.Imaging;
using LeNet5.Strips;

namespace LeNet5;

/// <summary>Reads strings of digits with a trained network: a graph transformer network for reading (sections V to VIII of the paper).</summary>
/// <remarks>
/// A picture becomes a normalized strip, the strip a recognition graph, and that, composed with a character model and a grammar, a graph of all strings that the picture may
/// show, of which the best path is the answer and all paths together tell how sure it is.
/// Safe for any number of threads at once, without locks: register it as a singleton. It keeps a copy of the network of its own.
/// </remarks>
public sealed class StripReader
{
    private readonly Pool<StripDecoder> decoders;

    /// <summary>Makes a reader with the trained network that comes with the library for a method.</summary>
    /// <param name="method">How strips are read. Default: <see cref="StripMethod.Hos"/>, which reads most strings right; <see cref="StripMethod.Sdnn"/> is faster.</param>
    public StripReader(StripMethod method = StripMethod.Hos)
        : this(PretrainedModels.For(method), method)
    {
    }

    /// <summary>Makes a reader with a network of one's own.</summary>
    /// <param name="network">For <see cref="StripMethod.Sdnn"/> a network with a class for the blank that was trained on strips, e.g. <see cref="PretrainedModels.Strips"/>; for
    /// <see cref="StripMethod.Hos"/> one of ten digits, e.g. <see cref="PretrainedModels.Segments"/>; for <see cref="StripMethod.Windows"/> either. Copied.</param>
    /// <param name="method">How strips are read; <see langword="null"/> (default) for <see cref="StripMethod.Sdnn"/> with a network that has a class for the blank, <see cref="StripMethod.Hos"/>
    /// with another.</param>
    /// <param name="calibration">How penalties become probabilities; <see langword="null"/> for the network's own, or <see cref="StripCalibration.Default"/> where it has none.</param>
    /// <exception cref="ArgumentException">The network is not one for this method: its input is not 32 pixels high, it has no ten digits or no blank.</exception>
    public StripReader(Network network, StripMethod? method = null, StripCalibration? calibration = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Method = method ?? (network.Codes?.Blank is null ? StripMethod.Hos : StripMethod.Sdnn);
        if (!Enum.IsDefined(Method))
            throw new ArgumentOutOfRangeException(nameof(method), method, $"Strips are read by {string.Join(", ", Enum.GetNames<StripMethod>())}.");
        Check(network, Method);
        Network own = network.Clone();
        Calibration = calibration ?? network.Metadata.StripCalibration ?? DefaultFor(network, Method);
        decoders = new Pool<StripDecoder>(() => new StripDecoder(CreateRecognizer(own)));
    }

    /// <summary>How strips are read.</summary>
    public StripMethod Method { get; }

    /// <summary>How penalties become probabilities, and which readings are sure enough.</summary>
    public StripCalibration Calibration { get; }

    /// <summary>Reads a picture of one line of digits: dark ink on light ground or light ink on dark, of any size.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="options">What is known and asked for; <see langword="null"/> for <see cref="StripOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">The line is too long to be read in one piece.</exception>
    public StripReading Read(GrayImage picture, StripOptions? options = null) => Read(StripNormalizer.Normalize(picture), options);

    /// <summary>Reads a strip that was normalized before.</summary>
    /// <param name="strip">What <see cref="StripNormalizer"/> made of the picture.</param>
    /// <param name="options">What is known and asked for; <see langword="null"/> for <see cref="StripOptions.Default"/>.</param>
    public StripReading Read(NormalizedStrip strip, StripOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(strip);
        options ??= StripOptions.Default;
        if (strip.Rejection != Rejection.None)
            return new StripReading("", 0, strip.Rejection, [], [], strip);
        StripDecoder decoder = decoders.Rent();
        StripReading reading = decoder.Read(strip, options);
        decoders.Return(decoder);
        return Judge(reading, options, Calibration);
    }

    /// <summary>Reads a strip and keeps what was seen on the way.</summary>
    /// <param name="strip">What <see cref="StripNormalizer"/> made of the picture; one with ink.</param>
    /// <param name="options">What is known and asked for; <see langword="null"/> for <see cref="StripOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">The strip is empty.</exception>
    public StripExplanation Explain(NormalizedStrip strip, StripOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(strip);
        options ??= StripOptions.Default;
        if (strip.Rejection != Rejection.None)
            throw new ArgumentException("The strip has no ink that could be read. Look at its Rejection first.", nameof(strip));
        StripDecoder decoder = decoders.Rent();
        StripExplanation explanation = decoder.Explain(strip, options);
        decoders.Return(decoder);
        return explanation with { Reading = Judge(explanation.Reading, options, Calibration) };
    }

    /// <summary>Rejects what is not sure enough.</summary>
    internal static StripReading Judge(StripReading reading, StripOptions options, StripCalibration calibration)
    {
        double threshold = options.ErrorRate is { } rate ? calibration.ThresholdFor(rate) : 0.5;
        return reading.IsAccepted && reading.Confidence < threshold ? reading with { Reason = Rejection.Unsure } : reading;
    }

    private StripRecognizer CreateRecognizer(Network network) => Method switch
    {
        StripMethod.Sdnn => new SweepRecognizer(network, Calibration),
        StripMethod.Hos => new SegmentRecognizer(network, Calibration),
        _ => new WindowRecognizer(network, Calibration),
    };

    /// <summary>Networks for single digits tell what is no digit by their own penalty for it.</summary>
    private static StripCalibration DefaultFor(Network network, StripMethod method) => method == StripMethod.Windows && network.Codes?.Blank is null
        ? StripCalibration.Default with { RubbishPenalty = (network.Metadata.Calibration ?? LeNet5.Calibration.Default).LargestPenalty }
        : StripCalibration.Default;

    internal static void Check(Network network, StripMethod method)
    {
        const int digits = 10;
        Shape input = network.InputShape;
        if (input.Maps != 1 || input.Height != StripNormalizer.FieldHeight || input.Width != StripNormalizer.FieldHeight || network.OutputShape.Plane != 1)
            throw new ArgumentException($"A strip reader needs a network for one map of 32x32; this one takes {input} and gives {network.OutputShape}.", nameof(network));
        int? blank = network.Codes?.Blank;
        if (network.OutputShape.Maps != digits + (blank is null ? 0 : 1) || blank is not (null or digits))
            throw new ArgumentException($"A strip reader needs a network of ten digits, and a blank behind them, but this one has {network.OutputShape.Maps} classes.", nameof(network));
        if (method == StripMethod.Sdnn && blank is null)
            throw new ArgumentException("A network that is swept over strips needs a class for the blank. Use PretrainedModels.Strips, make one with RbfCodes.DigitsAndBlank, or read by another method.", nameof(network));
        if (method == StripMethod.Hos && blank is not null)
            throw new ArgumentException("Segments are read by a network of ten digits without a blank. Use PretrainedModels.Segments, or read by another method.", nameof(network));
    }
}
