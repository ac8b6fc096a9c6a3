using System.Collections.Immutable;

namespace LeNet5.Imaging;

/// <summary>A digit cut out of a picture and brought into the form of MNIST, with a report of what was done.</summary>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed class NormalizedDigit
{
    /// <summary>The digit in the form of MNIST: 28x28, light ink on black, fitted into 20x20, its centre of mass in the middle. Black where nothing was found.</summary>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public required GrayImage Picture { get; init => field = Checked(value); }

    /// <summary><see cref="LeNet5.Rejection.None"/> where a network should have a look; otherwise why that is vain.</summary>
    public Rejection Rejection { get; init; }

    /// <summary>Where the ink was found, in pixels of the picture given; <see langword="null"/> where there is none.</summary>
    public PixelBox? Box { get; init; }

    /// <summary>Whether the ink is darker than the ground.</summary>
    public bool DarkInk { get; init; }

    /// <summary>Blackness of the ink: the share of the light that it takes away, 0 to 1.</summary>
    public double Contrast { get; init; }

    /// <summary>Blackness from which on a pixel counts as ink, 0 to 1.</summary>
    public double Threshold { get; init; }

    /// <summary>Standard deviation of the ground's brightness, 0 to 1.</summary>
    public double Noise { get; init; }

    /// <summary>Pixels of the result for one of the picture given.</summary>
    public double Scale { get; init; }

    /// <summary>Width of the strokes in pixels of the result, as it was found. Nine of ten digits of MNIST are 1.8 to 3.9 wide.</summary>
    public double StrokeWidth { get; init; }

    /// <summary>By how many pixels of the result the strokes were made wider; negative: thinner.</summary>
    public double StrokeChange { get; init; }

    /// <summary>Number of ruled lines that were removed.</summary>
    public int RuleCount { get; init; }

    /// <summary>Number of specks and other pieces of ink that were left out.</summary>
    public int SpeckCount { get; init; }

    /// <summary>What makes the reading less certain, each a sentence for a person.</summary>
    public ImmutableArray<string> Warnings { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The picture at each stage, if they were asked for.</summary>
    public ImmutableArray<NormalizerStage> Stages { get; init => field = value.IsDefault ? [] : value; } = [];

    private static GrayImage Checked(GrayImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Width != DigitNormalizer.FieldSide || picture.Height != DigitNormalizer.FieldSide)
            throw new ArgumentException($"A digit in the form of MNIST is 28x28, but this one is {picture}. Let DigitNormalizer bring it into that form.", nameof(picture));
        return picture;
    }
}
