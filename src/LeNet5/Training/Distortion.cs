using System.Globalization;
using System.Runtime.CompilerServices;

namespace LeNet5.Training;

/// <summary>How far training pictures are deformed, at most or on average: the paper's planar affine family (section III-B), and beyond it rotation, elastic
/// deformation, stroke thickness and pixel noise.</summary>
/// <remarks>
/// <para>Immutable and therefore thread-safe; combine amplitudes with <c>with</c>. An amplitude of 0, the default, leaves that deformation out; one out of its range throws an
/// <see cref="ArgumentOutOfRangeException"/>. All random numbers come from the stream that
/// <see cref="Distorter"/> is given, so the same seed gives the same pictures, bit for bit.</para>
/// <para>Everything but thickness and noise is one change of coordinates about the middle of the picture, sampled once with bilinear interpolation.</para>
/// </remarks>
public sealed record Distortion
{
    /// <summary>Largest shift in pixels, each way and along each axis.</summary>
    public double Translation { get; init => field = InRange(value, 0, 100); }

    /// <summary>Largest relative change of size: 0.1 for factors of 0.9 to 1.1.</summary>
    public double Scale { get; init => field = InRange(value, 0, 0.9); }

    /// <summary>Largest relative stretch of one axis while the other is compressed by as much.</summary>
    public double Squeeze { get; init => field = InRange(value, 0, 0.9); }

    /// <summary>Largest horizontal shear: columns a row moves for each row from the middle.</summary>
    public double Shear { get; init => field = InRange(value, 0, 2); }

    /// <summary>Largest rotation in degrees, each way, up to 45; the paper has none.</summary>
    public double Rotation { get; init => field = InRange(value, 0, 45); }

    /// <summary>Standard deviation in pixels of the elastic displacement of a point, along each axis (Simard, Steinkraus and Platt, 2003).</summary>
    public double Elasticity { get; init => field = InRange(value, 0, 100); }

    /// <summary>Over how many pixels elastic displacements are alike: the standard deviation of the Gaussian that smooths them, at least 1. Default: 4.</summary>
    public double ElasticSmoothing { get; init => field = InRange(value, 1, 1000); } = 4;

    /// <summary>Largest share of a pixel's way to the lightest (thicker strokes) or darkest (thinner ones) of its eight neighbours, 0 to 1.</summary>
    public double Thickness { get; init => field = InRange(value, 0, 1); }

    /// <summary>Share of the pixels that become background or full ink, 0 to 1.</summary>
    public double Noise { get; init => field = InRange(value, 0, 1); }

    /// <summary>No deformation.</summary>
    public static Distortion None { get; } = new();

    /// <summary>The paper's family with amplitudes estimated from its figure 7; the paper gives none.</summary>
    public static Distortion Paper { get; } = new() { Translation = 2.3, Scale = 0.28, Squeeze = 0.09, Shear = 0.19 };

    /// <summary>Mild deformations, elastic ones and rotation among them, that keep a digit looking like one of MNIST. Chosen on held-out training digits.</summary>
    public static Distortion Mild { get; } = new() { Translation = 1.25, Scale = 0.1, Squeeze = 0.075, Shear = 0.125, Rotation = 8.75, Elasticity = 0.75 };

    /// <summary>Lists the amplitudes.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"translation {Translation} px, scale {Scale}, squeeze {Squeeze}, shear {Shear}, rotation {Rotation} degrees, elastic {Elasticity} px (smoothing {ElasticSmoothing}), thickness {Thickness}, noise {Noise}");

    private static double InRange(double value, double least, double most, [CallerMemberName] string name = "") =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} of a distortion is from {least} to {most}."));
}
