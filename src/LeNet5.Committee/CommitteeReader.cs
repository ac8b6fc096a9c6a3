using System.Buffers;
using System.Collections.Immutable;
using LeNet5.Imaging;

namespace LeNet5;

/// <summary>Reads single digits with several trained networks together.</summary>
/// <remarks>
/// A committee takes as long as all its members, and misreads less than they do, since not all of them misread the same digits.
/// Thread-safe, without locks: register it as a singleton. It keeps copies of the networks.
/// <see cref="Read(ReadOnlySpan{byte}, Span{float})"/> allocates nothing, but for the first calls of each thread that reads at the same moment as others.
/// </remarks>
public sealed class CommitteeReader
{
    private readonly ImmutableArray<DigitReader> members;
    private readonly int? blank;

    /// <summary>Makes a committee.</summary>
    /// <param name="networks">Its members, at least one: trained networks for pictures of 28x28 with the same classes. Copied.</param>
    /// <param name="average">What they are averaged by. Default: penalties.</param>
    /// <param name="calibration">How penalties become probabilities, for members and committee; <see langword="null"/> for each member's own, and for the
    /// committee the mean of theirs: j is a penalty among the others.</param>
    /// <exception cref="ArgumentException">There are no networks, one is <see langword="null"/>, their classes differ, one is not for pictures of 28x28, or there is no such average.</exception>
    public CommitteeReader(IEnumerable<Network> networks, CommitteeAverage average = CommitteeAverage.Penalties, Calibration? calibration = null)
    {
        ArgumentNullException.ThrowIfNull(networks);
        if (!Enum.IsDefined(average))
            throw new ArgumentOutOfRangeException(nameof(average), average, $"Committees average {string.Join(" or ", Enum.GetNames<CommitteeAverage>())}.");
        ImmutableArray<Network> all = [.. networks];
        if (all.IsEmpty)
            throw new ArgumentException("A committee needs at least one network.", nameof(networks));
        if (all.IndexOf(null!) is >= 0 and int missing)
            throw new ArgumentException($"Network {missing} of the committee is null. Give {all.Length} networks.", nameof(networks));
        RbfCodes? codes = all[0].Codes;
        for (int i = 1; i < all.Length; i++)
        {
            if (all[i].OutputShape != all[0].OutputShape || all[i].Codes?.Symbols != codes?.Symbols)
                throw new ArgumentException($"Network {i} of the committee reads {Classes(all[i])}, but the first reads {Classes(all[0])}. Give networks of the same classes.", nameof(networks));
        }
        blank = codes?.Blank;
        members = [.. all.Select(network => new DigitReader(network, calibration))];
        Average = average;
        Calibration = calibration ?? new Calibration
        {
            Temperature = members.Average(member => member.Calibration.Temperature),
            RubbishPenalty = members.Average(member => member.Calibration.RubbishPenalty),
            LargestPenalty = members.Average(member => member.Calibration.LargestPenalty),
        };
    }

    /// <summary>What the members are averaged by.</summary>
    public CommitteeAverage Average { get; }

    /// <summary>How the committee's penalties become probabilities and what is rejected.</summary>
    public Calibration Calibration { get; }

    /// <summary>Number of classes, and so of penalties: 10 for digits, 11 with a blank.</summary>
    public int ClassCount => members[0].ClassCount;

    /// <summary>Reads a picture in the form of MNIST: 28x28, light ink on dark ground, the digit about 20 pixels high with its centre of mass in the middle.</summary>
    /// <param name="pixels">784 pixels row by row, 0 for background to 255 for full ink.</param>
    /// <param name="penalties">Where not empty, overwritten by the committee's penalty of each class; <see cref="ClassCount"/> values. Of averaged posteriors
    /// these are the penalties to which <see cref="Calibration"/> gives the average.</param>
    /// <returns>The class of the committee's smallest penalty, unless it is the blank's or too far away. It has no box.</returns>
    /// <exception cref="ArgumentException">There are not 784 pixels, or there is room for another number of penalties.</exception>
    /// <exception cref="InvalidOperationException">A penalty of a member is no number: its network is damaged.</exception>
    public DigitReading Read(ReadOnlySpan<byte> pixels, Span<float> penalties = default)
    {
        float[] ownRented = ArrayPool<float>.Shared.Rent(ClassCount);
        double[] sumsRented = ArrayPool<double>.Shared.Rent(SumLength + ClassCount);
        Span<float> own = penalties.IsEmpty ? ownRented.AsSpan(0, ClassCount) : penalties;
        Span<double> sums = sumsRented.AsSpan(0, SumLength);
        Span<double> scratch = sumsRented.AsSpan(SumLength, ClassCount);
        sums.Clear();
        foreach (DigitReader member in members)
        {
            member.Read(pixels, own);
            Add(member.Calibration, own, sums, scratch);
        }
        Divide(sums, own);
        DigitReading reading = Calibration.Judge(own, blank);
        ArrayPool<float>.Shared.Return(ownRented);
        ArrayPool<double>.Shared.Return(sumsRented);
        return reading;
    }

    /// <summary>Reads any picture of a single digit: dark ink on light ground or light ink on dark, of any size, anywhere in the picture.</summary>
    /// <remarks>As <see cref="DigitReader.Read(GrayImage, Span{float})"/> does.</remarks>
    /// <param name="picture">The picture.</param>
    /// <param name="penalties">Where not empty, overwritten by the committee's penalty of each class; <see cref="ClassCount"/> values.</param>
    /// <returns>The digit, with its place in the picture; or why there is none.</returns>
    /// <exception cref="ArgumentException">There is room for another number of penalties.</exception>
    /// <exception cref="InvalidOperationException">A penalty of a member is no number: its network is damaged.</exception>
    public DigitReading Read(GrayImage picture, Span<float> penalties = default) => Read(DigitNormalizer.Normalize(picture), penalties);

    /// <summary>Reads a digit that was found in a picture.</summary>
    /// <param name="digit">What <see cref="DigitNormalizer"/> made of the picture.</param>
    /// <param name="penalties">Where not empty, overwritten by the committee's penalty of each class; <see cref="ClassCount"/> values.</param>
    /// <returns>The digit, with its place in the picture; or why there is none.</returns>
    /// <exception cref="ArgumentException">There is room for another number of penalties.</exception>
    /// <exception cref="InvalidOperationException">A penalty of a member is no number: its network is damaged.</exception>
    public DigitReading Read(NormalizedDigit digit, Span<float> penalties = default)
    {
        ArgumentNullException.ThrowIfNull(digit);
        return Read(digit.Picture.Pixels, penalties).InPicture(digit);
    }

    /// <summary>Reads many pictures in the form of MNIST, several at a time: much faster than one by one, with the same answers.</summary>
    /// <param name="pixels">Picture after picture, each 784 pixels row by row, 0 for background to 255 for full ink.</param>
    /// <param name="readings">Overwritten by the reading of each picture; as many as there are pictures.</param>
    /// <param name="penalties">Where not empty, overwritten by the committee's penalties of each picture, one after another; <see cref="ClassCount"/> values a picture.</param>
    /// <param name="threads">Number of threads, at least 1; <see langword="null"/> for one a processor. The readings are the same for any number.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are not 784 pixels for each reading, or there is room for another number of penalties.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="InvalidOperationException">A penalty of a member is no number: its network is damaged.</exception>
    public void ReadMany(ReadOnlyMemory<byte> pixels, Memory<DigitReading> readings, Memory<float> penalties = default, int? threads = null, CancellationToken cancellationToken = default)
    {
        Memory<float> own = penalties.IsEmpty ? new float[readings.Length * ClassCount] : penalties;
        double[] sums = new double[readings.Length * SumLength];
        double[] scratch = new double[ClassCount];
        foreach (DigitReader member in members)
        {
            member.ReadMany(pixels, readings, own, threads, cancellationToken);
            for (int i = 0; i < readings.Length; i++)
                Add(member.Calibration, PenaltiesOf(i), SumsOf(i), scratch);
        }
        for (int i = 0; i < readings.Length; i++)
        {
            Divide(SumsOf(i), PenaltiesOf(i));
            readings.Span[i] = Calibration.Judge(PenaltiesOf(i), blank);
        }

        Span<float> PenaltiesOf(int picture) => own.Span.Slice(picture * ClassCount, ClassCount);
        Span<double> SumsOf(int picture) => sums.AsSpan(picture * SumLength, SumLength);
    }

    /// <summary>Reads every image and compares the class of the smallest penalty of the committee with the label.</summary>
    /// <param name="images">Images of 28x28 pixels; at least one.</param>
    /// <param name="threads">Number of threads, at least 1; <see langword="null"/> for one a processor. The result is the same for any number.</param>
    /// <param name="cancellationToken">Ends the evaluation with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The committee's answer and penalties for each image, and what follows from them.</returns>
    /// <exception cref="ArgumentException">The images or labels do not fit the committee, or there are none.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="InvalidOperationException">A penalty of a member is no number: its network is damaged.</exception>
    public EvaluationResult Evaluate(LabeledImages images, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Height != 28 || images.Width != 28)
            throw new ArgumentException($"A committee reads images of 28x28 pixels, not of {images.Height}x{images.Width}. Scale them.", nameof(images));
        float[] penalties = new float[images.Count * ClassCount];
        ReadMany(images.AllPixels, new DigitReading[images.Count], penalties, threads, cancellationToken);
        return EvaluationResult.FromPenalties(images, penalties);
    }

    /// <summary>Sums of one picture: one for each class, and one for "no character at all".</summary>
    private int SumLength => ClassCount + 1;

    /// <summary>Adds what a member says of one picture.</summary>
    private void Add(Calibration calibration, ReadOnlySpan<float> penalties, Span<double> sums, Span<double> scratch)
    {
        if (Average == CommitteeAverage.Posteriors)
            sums[^1] += calibration.Posteriors(penalties, scratch);
        for (int i = 0; i < penalties.Length; i++)
            sums[i] += Average == CommitteeAverage.Posteriors ? scratch[i] : penalties[i];
    }

    /// <summary>Turns the sums over all members into the committee's penalties.</summary>
    private void Divide(ReadOnlySpan<double> sums, Span<float> penalties)
    {
        // To posteriors p_i, and p of "no character at all", equation 9 leads from penalties j + T (log p - log p_i); without j only their differences matter.
        double j = Calibration.RubbishPenalty;
        (double offset, double log) = double.IsFinite(j) ? (j, LogOf(sums[^1])) : (0, LogOf(members.Length));
        for (int i = 0; i < penalties.Length; i++)
        {
            penalties[i] = (float)(Average == CommitteeAverage.Posteriors
                ? offset + (Calibration.Temperature * (log - LogOf(sums[i])))
                : sums[i] / members.Length);
        }

        // A posterior that vanished gives a large penalty, not an infinite one.
        static double LogOf(double posterior) => Math.Log(Math.Max(posterior, double.Epsilon));
    }

    private static string Classes(Network network) => network.Codes is { } codes ? $"\"{codes.Symbols}\"" : $"{network.OutputShape.Maps} classes without codes";
}
