using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Strips;

namespace LeNet5;

/// <summary>Reads strings of digits with a trained network: a graph transformer network for reading (sections V to VIII of the paper).</summary>
/// <remarks>
/// A picture becomes a normalized strip, the strip a recognition graph, and that, composed with a character model and a grammar, a graph of all strings that the picture may
/// show, of which the best path is the answer and all paths together tell how sure it is.
/// Thread-safe, without locks: register it as a singleton. It keeps a copy of the network of its own.
/// </remarks>
public sealed class StripReader
{
    /// <summary>What the sum of both methods' penalties is divided by, since they err together now and then. Chosen on held-out strings.</summary>
    private const double CombinedTemperature = 2.1;

    /// <summary>A decoder that has come to hold more than so many arcs, some 10 megabytes, is not kept: lines of thousands of columns are rare.</summary>
    private const int MostKeptArcs = 1 << 18;

    private readonly Pool<IStripDecoder> decoders;

    /// <summary>Makes a reader with the trained networks that come with the library.</summary>
    /// <param name="method">How strips are read. Default: <see cref="StripMethod.Both"/>, which reads most strings right; <see cref="StripMethod.Sdnn"/> is the fastest.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public StripReader(StripMethod method = StripMethod.Both)
        : this(method == StripMethod.Both ? PartsOf(PretrainedModels.Strips, PretrainedModels.Segments, null) : PartsOf(PretrainedModels.For(method), method, null))
    {
    }

    /// <summary>Makes a reader with a network of one's own.</summary>
    /// <param name="network">For <see cref="StripMethod.Sdnn"/> a network with a class for the blank that was trained on strips, e.g. <see cref="PretrainedModels.Strips"/>; for
    /// <see cref="StripMethod.Hos"/> one of ten digits, e.g. <see cref="PretrainedModels.Segments"/>; for <see cref="StripMethod.Windows"/> either. Copied.</param>
    /// <param name="method">How strips are read; <see langword="null"/> (default) for <see cref="StripMethod.Sdnn"/> with a network that has a class for the blank, <see cref="StripMethod.Hos"/>
    /// with another.</param>
    /// <param name="calibration">How penalties become probabilities; <see langword="null"/> for the network's own, or <see cref="StripCalibration.Default"/> where it has none.</param>
    /// <exception cref="ArgumentException">The network is not one for this method: its input is not 32 pixels high, its classes are not the ten digits, 0 to 9, and behind them a blank where one is needed; or the method needs two networks.</exception>
    public StripReader(Network network, StripMethod? method = null, StripCalibration? calibration = null)
        : this(PartsOf(network, method, calibration))
    {
    }

    /// <summary>Makes a reader by <see cref="StripMethod.Both"/> with networks of one's own.</summary>
    /// <param name="swept">A network with a class for the blank that was trained on strips. Copied.</param>
    /// <param name="segmented">A network of ten digits for segments. Copied.</param>
    /// <param name="calibration">The temperature divides the sum of both penalties, each of which is scaled by its network's own calibration before; <see langword="null"/> for one that was
    /// chosen on held-out strings.</param>
    /// <exception cref="ArgumentException">A network is not one for its method.</exception>
    public StripReader(Network swept, Network segmented, StripCalibration? calibration = null)
        : this(PartsOf(swept, segmented, calibration))
    {
    }

    private StripReader(Parts parts)
    {
        (Method, Calibration) = (parts.Method, parts.Calibration);
        decoders = new Pool<IStripDecoder>(parts.CreateDecoder);
    }

    /// <summary>How strips are read.</summary>
    public StripMethod Method { get; }

    /// <summary>How penalties become probabilities, and which readings are sure enough.</summary>
    public StripCalibration Calibration { get; }

    /// <summary>Reads a picture of one line of digits: dark ink on light ground or light ink on dark, of any size.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="options">What is known and asked for; <see langword="null"/> for <see cref="StripOptions.Default"/>.</param>
    /// <returns>The likeliest string, how sure it is, and its digits in the picture; where there is none, or it is not sure enough, why.</returns>
    /// <exception cref="ArgumentException">The line would be more than <see cref="StripNormalizer.MaxWidth"/> columns long when normalized,
    /// or the graph of its strings has more than <see cref="WeightedGraph.DefaultMaxArcCount"/> arcs: it is long and unclear, or the grammar has many states.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public StripReading Read(GrayImage picture, StripOptions? options = null) => Read(StripNormalizer.Normalize(picture), options);

    /// <summary>Reads a strip that was normalized before.</summary>
    /// <param name="strip">What <see cref="StripNormalizer"/> made of the picture.</param>
    /// <param name="options">What is known and asked for; <see langword="null"/> for <see cref="StripOptions.Default"/>.</param>
    /// <returns>The likeliest string, how sure it is, and its digits in the picture that was normalized; where there is none, or it is not sure enough, why.</returns>
    /// <exception cref="ArgumentException">The graph of its strings has more than <see cref="WeightedGraph.DefaultMaxArcCount"/> arcs: it is long and unclear, or the grammar has many states.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public StripReading Read(NormalizedStrip strip, StripOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(strip);
        options ??= StripOptions.Default;
        if (strip.Rejection != Rejection.None)
            return new StripReading("", 0, strip.Rejection, [], [], strip);
        IStripDecoder decoder = decoders.Rent();
        StripReading reading = decoder.Read(strip, options);
        GiveBack(decoder);
        return Judge(reading, options, Calibration);
    }

    /// <summary>Reads a strip and keeps what was seen on the way.</summary>
    /// <param name="strip">What <see cref="StripNormalizer"/> made of the picture; one with ink.</param>
    /// <param name="options">What is known and asked for; <see langword="null"/> for <see cref="StripOptions.Default"/>.</param>
    /// <returns>The reading, and what led to it: columns, cuts or both, by the method.</returns>
    /// <exception cref="ArgumentException">The strip is empty, or the graph of its strings has more than <see cref="WeightedGraph.DefaultMaxArcCount"/> arcs: it is long and unclear, or the grammar has
    /// many states.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public StripExplanation Explain(NormalizedStrip strip, StripOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(strip);
        options ??= StripOptions.Default;
        if (strip.Rejection != Rejection.None)
            throw new ArgumentException("The strip has no ink that could be read. Look at its Rejection first.", nameof(strip));
        IStripDecoder decoder = decoders.Rent();
        StripExplanation explanation = decoder.Explain(strip, options);
        GiveBack(decoder);
        return explanation with { Reading = Judge(explanation.Reading, options, Calibration) };
    }

    /// <summary>Rejects what is not sure enough.</summary>
    internal static StripReading Judge(StripReading reading, StripOptions options, StripCalibration calibration)
    {
        double threshold = options.ErrorRate is { } rate ? calibration.ThresholdFor(rate) : 0.5;
        return reading.IsAccepted && reading.Confidence < threshold ? reading with { Reason = Rejection.Unsure } : reading;
    }

    private void GiveBack(IStripDecoder decoder)
    {
        if (decoder.ArcCapacity <= MostKeptArcs)
            decoders.Return(decoder);
    }

    private static Parts PartsOf(Network network, StripMethod? method, StripCalibration? calibration)
    {
        ArgumentNullException.ThrowIfNull(network);
        StripMethod chosen = method ?? (network.Codes?.Blank is null ? StripMethod.Hos : StripMethod.Sdnn);
        Check(network, chosen);
        Network own = network.Clone();
        StripCalibration known = calibration ?? network.Metadata.StripCalibration ?? DefaultFor(network, chosen);
        return new Parts(chosen, known, () => CreateDecoder(own, chosen, known));
    }

    private static Parts PartsOf(Network swept, Network segmented, StripCalibration? calibration)
    {
        ArgumentNullException.ThrowIfNull(swept);
        ArgumentNullException.ThrowIfNull(segmented);
        Check(swept, StripMethod.Sdnn);
        Check(segmented, StripMethod.Hos);
        (Network sweep, Network segments) = (swept.Clone(), segmented.Clone());
        StripCalibration known = calibration ?? StripCalibration.Default with { Temperature = CombinedTemperature };
        return new Parts(StripMethod.Both, known, () => new CombinedDecoder(
            CreateDecoder(sweep, StripMethod.Sdnn, sweep.Metadata.StripCalibration ?? StripCalibration.Default),
            CreateDecoder(segments, StripMethod.Hos, segments.Metadata.StripCalibration ?? StripCalibration.Default),
            known.Temperature));
    }

    private static StripDecoder CreateDecoder(Network network, StripMethod method, StripCalibration calibration) => new(method switch
    {
        StripMethod.Sdnn => new SweepRecognizer(network, calibration),
        StripMethod.Hos => new SegmentRecognizer(network, calibration),
        _ => new WindowRecognizer(network, calibration),
    });

    /// <summary>Networks for single digits tell what is no digit by their own penalty for it.</summary>
    private static StripCalibration DefaultFor(Network network, StripMethod method) => method == StripMethod.Windows && network.Codes?.Blank is null
        ? StripCalibration.Default with { RubbishPenalty = (network.Metadata.Calibration ?? LeNet5.Calibration.Default).LargestPenalty }
        : StripCalibration.Default;

    internal static void Check(Network network, StripMethod method)
    {
        const int digits = 10;
        if (!Enum.IsDefined(method))
            throw new ArgumentOutOfRangeException(nameof(method), method, $"Strips are read by {string.Join(", ", Enum.GetNames<StripMethod>())}.");
        if (method == StripMethod.Both)
            throw new ArgumentException($"{method} needs two networks. Give one that is swept and one for segments, or choose another method.", nameof(method));
        Shape input = network.InputShape;
        if (input.Maps != 1 || input.Height != StripNormalizer.FieldHeight || input.Width != StripNormalizer.FieldHeight || network.OutputShape.Plane != 1)
            throw new ArgumentException($"A strip reader needs a network for one map of 32x32; this one takes {input} and gives {network.OutputShape}.", nameof(network));
        int? blank = network.Codes?.Blank;
        if (network.OutputShape.Maps != digits + (blank is null ? 0 : 1) || blank is not (null or digits))
            throw new ArgumentException($"A strip reader needs a network of ten digits, and a blank behind them, but this one has {network.OutputShape.Maps} classes.", nameof(network));
        if (network.Codes is { } codes && !codes.Symbols.StartsWith("0123456789", StringComparison.Ordinal))
            throw new ArgumentException($"A strip reader needs a network whose first classes are the digits 0 to 9 in this order, but those of this one are \"{codes.Symbols}\".", nameof(network));
        if (method == StripMethod.Sdnn && blank is null)
            throw new ArgumentException("A network that is swept over strips needs a class for the blank. Use PretrainedModels.Strips, make one with RbfCodes.DigitsAndBlank, or read by another method.", nameof(network));
        if (method == StripMethod.Hos && blank is not null)
            throw new ArgumentException("Segments are read by a network of ten digits without a blank. Use PretrainedModels.Segments, or read by another method.", nameof(network));
    }

    /// <summary>What a reader is made of.</summary>
    private readonly record struct Parts(StripMethod Method, StripCalibration Calibration, Func<IStripDecoder> CreateDecoder);
}
