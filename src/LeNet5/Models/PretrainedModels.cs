using System.Reflection;

namespace LeNet5;

/// <summary>The trained networks that come with the library.</summary>
/// <remarks>
/// Each call reads a fresh network out of the library, so that one caller's fine-tuning does not change another's: that takes some milliseconds, so keep what you got. Thread-safe.
/// </remarks>
public static class PretrainedModels
{
    /// <summary>The original LeNet-5, trained on the 60,000 digits of MNIST; its <see cref="Network.Metadata"/> tells the recipe and the error.
    /// <c>docs/models.md</c> tells how it was made.</summary>
    public static Network Digits => Load("digits.safetensors");

    /// <summary>LeNet-5 with an eleventh class for the blank, trained to be swept over strings of digits (sections VI and VII of the paper), for <see cref="StripReader"/>.
    /// <c>docs/models.md</c> tells how it was made.</summary>
    public static Network Strips => Load("strips.safetensors");

    /// <summary>LeNet-5 for the segments of a string of digits, trained to tell digits from halves and pairs of them, for <see cref="StripReader"/> with
    /// <see cref="StripMethod.Hos"/>. <c>docs/models.md</c> tells how it was made.</summary>
    public static Network Segments => Load("segments.safetensors");

    /// <summary>The network for a method of reading strings: <see cref="Strips"/>, <see cref="Segments"/>, or <see cref="Digits"/> for windows.</summary>
    /// <param name="method">The method; one that needs a single network.</param>
    /// <exception cref="ArgumentException">There is no such method, or it is <see cref="StripMethod.Both"/>.</exception>
    public static Network For(StripMethod method) => method switch
    {
        StripMethod.Sdnn => Strips,
        StripMethod.Hos => Segments,
        StripMethod.Windows => Digits,
        StripMethod.Both => throw new ArgumentException($"{method} needs two networks: PretrainedModels.{nameof(Strips)} and PretrainedModels.{nameof(Segments)}.", nameof(method)),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, $"Strips are read by {string.Join(", ", Enum.GetNames<StripMethod>())}."),
    };

    private static Network Load(string name)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return Network.Load(resource);
    }
}
