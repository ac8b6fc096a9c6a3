using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using LeNet5.Training;

namespace LeNet5.Data;

/// <summary>What the strings of a <see cref="StripGenerator"/> look like.</summary>
/// <remarks>Immutable and therefore thread-safe; change one with <c>with</c>. A value out of its range throws an <see cref="ArgumentOutOfRangeException"/>. The paper trains on a central digit with neighbours at gaps of -1 to 4 pixels and 10 % noise (section VII-B); the rest goes beyond it.</remarks>
public sealed record StripStyle
{
    /// <summary>Fewest digits of a string, 1 to 1000. Default: 2.</summary>
    public int MinLength { get; init => field = InRange(value, 1, 1000); } = 2;

    /// <summary>Most digits of a string, 1 to 1000. Default: 8.</summary>
    public int MaxLength { get; init => field = InRange(value, 1, 1000); } = 8;

    /// <summary>Smallest gap between the boxes of neighbours, in pixels, -1000 to 1000; negative: they overlap, but never by more than half of the narrower box.</summary>
    public int MinGap { get; init => field = InRange(value, -1000, 1000); }

    /// <summary>Largest gap between the boxes of neighbours, in pixels, -1000 to 1000.</summary>
    public int MaxGap { get; init => field = InRange(value, -1000, 1000); }

    /// <summary>By how many pixels digits stand too high or too low, at most; 0 to 32.</summary>
    public int Jitter { get; init => field = InRange(value, 0, StripGenerator.Height); }

    /// <summary>How each digit is deformed.</summary>
    public Distortion Digit { get; init; } = Distortion.None;

    /// <summary>Share of the strings written on a rule, 0 to 1.</summary>
    public double RuledShare { get; init => field = InRange(value, 0, 1); }

    /// <summary>Share of the strings that are light on dark, 0 to 1.</summary>
    public double InvertedShare { get; init => field = InRange(value, 0, 1); }

    /// <summary>Largest share of the light that ink lets through, 0 to 1: 0 for black ink.</summary>
    public double Faintness { get; init => field = InRange(value, 0, 1); }

    /// <summary>Largest share of the light that is lost from one end of the strip to the other, 0 to 1.</summary>
    public double Gradient { get; init => field = InRange(value, 0, 1); }

    /// <summary>Largest standard deviation in pixels of the blur, 0 to 100.</summary>
    public double Blur { get; init => field = InRange(value, 0, 100); }

    /// <summary>Largest standard deviation of the noise, 0 to 255.</summary>
    public double Noise { get; init => field = InRange(value, 0, 255); }

    /// <summary>Largest share of pixels that are black or white by chance, 0 to 1.</summary>
    public double SaltAndPepper { get; init => field = InRange(value, 0, 1); }

    /// <summary>Digits as they are in their set, 3 to 10 pixels apart.</summary>
    public static StripStyle Clean { get; } = new() { MinGap = 3, MaxGap = 10 };

    /// <summary>Digits that touch or overlap, uneven in height, size and slant.</summary>
    public static StripStyle Touching { get; } = new()
    {
        MinGap = -4,
        MaxGap = 2,
        Jitter = 2,
        Digit = new Distortion { Scale = 0.15, Shear = 0.14 },
    };

    /// <summary>Touching or not, and badly photographed: noise, uneven light, blur, half of them light on dark, some on rules.</summary>
    public static StripStyle Hard { get; } = Touching with
    {
        MaxGap = 10,
        RuledShare = 0.2,
        InvertedShare = 0.5,
        Faintness = 0.5,
        Gradient = 0.4,
        Blur = 1,
        Noise = 20,
        SaltAndPepper = 0.02,
    };

    /// <summary>Gives the settings as a line of text, the same wherever it is written.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{MinLength} to {MaxLength} digits, gaps {MinGap} to {MaxGap} px, jitter {Jitter} px, digits: {Digit}; ruled {RuledShare}, inverted {InvertedShare}, faintness {Faintness}, gradient {Gradient}, blur {Blur} px, noise {Noise}, salt and pepper {SaltAndPepper}");

    private static T InRange<T>(T value, T least, T most, [CallerMemberName] string name = "")
        where T : INumber<T> => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} of a style is from {least} to {most}."));
}
