using System.Diagnostics.CodeAnalysis;
using LeNet5.Imaging;
using LeNet5.Strips;

namespace LeNet5;

/// <summary>Reads a line of digits while its columns come in, as from a scanner: the network is swept over new columns alone.</summary>
/// <remarks>
/// Columns are in the form that the network reads, as <see cref="StripNormalizer"/> makes them: a scanner's driver knows the height of its line and the colour of its paper.
/// The network's outputs are those of a sweep over the whole strip, bit for bit. What they say is composed and scored from the line's beginning at each reading. Not thread-safe.
/// Section VII of the paper.
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "A stream of columns, as scanners have it; nobody takes it for a System.IO.Stream.")]
public sealed class StripStream
{
    /// <summary>New output columns are computed so many at a time: the network looks 28 columns farther than they move it on, which must be worth it.</summary>
    private const int OutputsPerPass = 16;

    private readonly Network network;
    private readonly StripDecoder decoder;
    private readonly StreamRecognizer recognizer;
    private readonly Workspace workspace;
    private readonly int height;
    private readonly Window window;
    private readonly byte[] field;
    private readonly List<byte> columns = [];

    /// <summary>Begins with an empty line.</summary>
    /// <param name="network">A network with a class for the blank that was trained on strips, e.g. <see cref="PretrainedModels.Strips"/>. Copied.</param>
    /// <param name="calibration">How penalties become probabilities; <see langword="null"/> for the network's own.</param>
    /// <exception cref="ArgumentException">The network cannot be swept over strips.</exception>
    public StripStream(Network network, StripCalibration? calibration = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        StripReader.Check(network, StripMethod.Sdnn);
        this.network = network.Clone();
        Calibration = calibration ?? network.Metadata.StripCalibration ?? StripCalibration.Default;
        height = network.InputShape.Height;
        window = network.Window;
        int width = window.Size + ((OutputsPerPass - 1) * window.Step);
        workspace = this.network.CreateWorkspace(Passes.Forward, network.InputShape with { Width = width });
        field = new byte[height * width];
        recognizer = new StreamRecognizer(this.network, Calibration);
        decoder = new StripDecoder(recognizer);
    }

    /// <summary>How penalties become probabilities.</summary>
    public StripCalibration Calibration { get; }

    /// <summary>Number of columns so far, at most <see cref="StripNormalizer.MaxWidth"/>.</summary>
    public int Width => columns.Count / height;

    /// <summary>Takes the next columns.</summary>
    /// <param name="pixels">Column by column, each of 32 pixels from top to bottom: 0 for ground to 255 for full ink.</param>
    /// <exception cref="ArgumentException">The pixels are no whole columns, or the line would be more than <see cref="StripNormalizer.MaxWidth"/> columns long.</exception>
    public void Append(ReadOnlySpan<byte> pixels)
    {
        if (pixels.Length % height != 0)
            throw new ArgumentException($"Columns have {height} pixels each, but {pixels.Length} pixels were given. Keep what is too much for the next call.", nameof(pixels));
        if (Width + (pixels.Length / height) > StripNormalizer.MaxWidth)
            throw new ArgumentException($"A line has up to {StripNormalizer.MaxWidth} columns, but this one would have {Width + (pixels.Length / height)}. Read what there is, clear the stream, and go on with a new line.", nameof(pixels));
        columns.AddRange(pixels);
        while (Width >= (recognizer.ColumnCount * window.Step) + window.Size + ((OutputsPerPass - 1) * window.Step))
            Sweep(OutputsPerPass);
    }

    /// <summary>Reads the line so far, as if it ended here. That takes the longer, the longer the line is.</summary>
    /// <param name="options">What is known and asked for; <see langword="null"/> for <see cref="StripOptions.Default"/>.</param>
    /// <returns>The reading. Its boxes are those of the columns that were given.</returns>
    /// <exception cref="ArgumentException">The graph of its strings has more than <see cref="Graphs.WeightedGraph.DefaultMaxArcCount"/> arcs: it is long and unclear, or the grammar has many states.</exception>
    /// <exception cref="InvalidOperationException">A penalty is no number: the network is damaged.</exception>
    public StripReading Read(StripOptions? options = null)
    {
        options ??= StripOptions.Default;
        if (columns.Count == 0)
            return new StripReading("", 0, Rejection.Blank, [], [], NormalizedStrip.Of(Picture()));
        int kept = recognizer.ColumnCount;
        // The last digits come into the middle of a window when background follows them. Few columns are less than a window even so.
        int end = Math.Max(Width + StripNormalizer.Margin, window.Size - window.Step);
        while ((recognizer.ColumnCount * window.Step) + window.Size <= end + window.Step)
            Sweep(Math.Min(OutputsPerPass, ((end + window.Step - window.Size) / window.Step) - recognizer.ColumnCount + 1));
        try
        {
            return StripReader.Judge(decoder.Read(NormalizedStrip.Of(Picture()), options), options, Calibration);
        }
        finally
        {
            recognizer.Keep(kept);
        }
    }

    /// <summary>Begins anew with an empty line.</summary>
    public void Clear()
    {
        columns.Clear();
        recognizer.Keep(0);
    }

    /// <summary>Computes the next output columns; what lies beyond the last column is background.</summary>
    private void Sweep(int count)
    {
        int left = recognizer.ColumnCount * window.Step, width = field.Length / height;
        for (int x = 0; x < width; x++)
        {
            for (int y = 0; y < height; y++)
                field[(y * width) + x] = left + x < Width ? columns[((left + x) * height) + y] : (byte)0;
        }
        workspace.LoadPixels(field, height, width);
        network.Forward(workspace);
        recognizer.Add(workspace.Output, count);
    }

    private GrayImage Picture()
    {
        int width = Math.Max(1, Width);
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < columns.Count; i++)
            pixels[((i % height) * width) + (i / height)] = columns[i];
        return GrayImage.Borrow(width, height, pixels);
    }
}
