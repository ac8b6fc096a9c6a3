using LeNet5.Imaging;

namespace LeNet5;

/// <summary>Reads single digits with a trained network.</summary>
/// <remarks>
/// Thread-safe, without locks: register it as a singleton. It keeps a copy of the network of its own.
/// A call with pixels allocates nothing, but for the first calls of each thread that reads at the same moment as others.
/// </remarks>
public sealed class DigitReader
{
    private const int Side = DigitNormalizer.FieldSide;

    private readonly Network network;
    private readonly Pool<Workspace> workspaces;
    private readonly Pool<PictureBatch> batches;
    private readonly int? blank;

    /// <summary>Makes a reader.</summary>
    /// <param name="network">A trained network for pictures of 28x28 with at least two classes and one output position, e.g.
    /// <see cref="PretrainedModels.Digits"/>. Copied.</param>
    /// <param name="calibration">How penalties become probabilities and what is rejected; <see langword="null"/> for the network's own, or
    /// <see cref="Calibration.Default"/> where it has none.</param>
    /// <exception cref="ArgumentException">The network is not one for pictures of 28x28.</exception>
    public DigitReader(Network network, Calibration? calibration = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Shape input = network.InputShape;
        if (input.Maps != 1 || input.Height < Side || input.Width < Side || network.OutputShape.Plane != 1 || network.OutputShape.Maps < 2)
            throw new ArgumentException($"A digit reader needs a network for pictures of 28x28 with at least two classes; this one takes {input} and gives {network.OutputShape}.", nameof(network));
        this.network = network.Clone();
        Calibration = calibration ?? network.Metadata.Calibration ?? Calibration.Default;
        blank = network.Codes?.Blank;
        workspaces = new Pool<Workspace>(() => this.network.CreateWorkspace());
        batches = new Pool<PictureBatch>(() => new PictureBatch(this.network, Side, Side));
    }

    /// <summary>Number of classes, and so of penalties: 10 for digits, 11 with a blank.</summary>
    public int ClassCount => network.OutputShape.Maps;

    /// <summary>How penalties become probabilities and what is rejected.</summary>
    public Calibration Calibration { get; }

    /// <summary>Reads a picture in the form of MNIST: 28x28, light ink on dark ground, the digit about 20 pixels high with its centre of mass in the middle.</summary>
    /// <param name="pixels">784 pixels row by row, 0 for background to 255 for full ink.</param>
    /// <param name="penalties">Where not empty, overwritten by the penalty of each class; <see cref="ClassCount"/> values.</param>
    /// <returns>The class of the smallest penalty, unless it is the blank's or too far away. It has no box.</returns>
    /// <exception cref="ArgumentException">There are not 784 pixels, or there is room for another number of penalties.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public DigitReading Read(ReadOnlySpan<byte> pixels, Span<float> penalties = default)
    {
        if (pixels.Length != Side * Side)
            throw new ArgumentException($"A digit has 28x28 = 784 pixels but {pixels.Length} were given.", nameof(pixels));
        if (!penalties.IsEmpty && penalties.Length != ClassCount)
            throw new ArgumentException($"There is room for {penalties.Length} penalties, but the network has {ClassCount} classes.", nameof(penalties));

        Workspace workspace = workspaces.Rent();
        workspace.LoadPixels(pixels, Side, Side);
        network.Forward(workspace);
        DigitReading reading = Calibration.Judge(workspace.Output.Values, blank);
        if (!penalties.IsEmpty)
            workspace.Output.Values.CopyTo(penalties);
        workspaces.Return(workspace);
        return reading;
    }

    /// <summary>Reads any picture of a single digit: dark ink on light ground or light ink on dark, of any size, anywhere in the picture.</summary>
    /// <remarks>The digit is found and brought into the form of MNIST by <see cref="DigitNormalizer"/>. A picture of nothing, of several characters, or of much
    /// else beside is rejected, and so is what the network takes for no digit.</remarks>
    /// <param name="picture">The picture.</param>
    /// <param name="penalties">Where not empty, overwritten by the penalty of each class; <see cref="ClassCount"/> values.</param>
    /// <returns>The digit, with its place in the picture; or why there is none.</returns>
    /// <exception cref="ArgumentException">There is room for another number of penalties.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public DigitReading Read(GrayImage picture, Span<float> penalties = default) => Read(DigitNormalizer.Normalize(picture), penalties);

    /// <summary>Reads a digit that was found in a picture.</summary>
    /// <param name="digit">What <see cref="DigitNormalizer"/> made of the picture.</param>
    /// <param name="penalties">Where not empty, overwritten by the penalty of each class; <see cref="ClassCount"/> values.</param>
    /// <returns>The digit, with its place in the picture; or why there is none.</returns>
    /// <exception cref="ArgumentException">There is room for another number of penalties.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public DigitReading Read(NormalizedDigit digit, Span<float> penalties = default)
    {
        ArgumentNullException.ThrowIfNull(digit);
        return Read(digit.Picture.Pixels, penalties).InPicture(digit);
    }

    /// <summary>Reads many pictures in the form of MNIST, several at a time: much faster than one by one, with the same answers.</summary>
    /// <param name="pixels">Picture after picture, each 784 pixels row by row, 0 for background to 255 for full ink.</param>
    /// <param name="readings">Overwritten by the reading of each picture; as many as there are pictures.</param>
    /// <param name="penalties">Where not empty, overwritten by the penalties of each picture, one after another; <see cref="ClassCount"/> values a picture.</param>
    /// <param name="threads">Number of threads, at least 1; <see langword="null"/> for one a processor. The readings are the same for any number.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are not 784 pixels for each reading, or there is room for another number of penalties.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public void ReadMany(ReadOnlyMemory<byte> pixels, Memory<DigitReading> readings, Memory<float> penalties = default, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        if (pixels.Length != (long)readings.Length * Side * Side)
            throw new ArgumentException($"{readings.Length} digits have {(long)readings.Length * Side * Side} pixels, 28x28 each, but {pixels.Length} were given.", nameof(pixels));
        if (!penalties.IsEmpty && penalties.Length != (long)readings.Length * ClassCount)
            throw new ArgumentException($"There is room for {penalties.Length} penalties, but {readings.Length} digits of {ClassCount} classes have {(long)readings.Length * ClassCount}.", nameof(penalties));
        PictureBatch.ReadAll(batches, pixels, readings.Length, threads, Keep, done: null, cancellationToken);

        void Keep(int picture, ReadOnlySpan<float> output)
        {
            readings.Span[picture] = Calibration.Judge(output, blank);
            if (!penalties.IsEmpty)
                output.CopyTo(penalties.Span[(picture * ClassCount)..]);
        }
    }
}
