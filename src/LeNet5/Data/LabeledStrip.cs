using System.Collections.Immutable;
using LeNet5.Imaging;

namespace LeNet5.Data;

/// <summary>A picture of a string of digits, and what it says.</summary>
/// <param name="Picture">The picture, as a scanner would give it.</param>
/// <param name="Text">The digits, left to right.</param>
/// <param name="Boxes">The smallest box around each digit's ink.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
/// <exception cref="ArgumentException">The text contains anything but the digits 0 to 9.</exception>
public sealed record LabeledStrip(GrayImage Picture, string Text, ImmutableArray<PixelBox> Boxes)
{
    /// <summary>The picture, as a scanner would give it.</summary>
    public GrayImage Picture { get; init => field = Given(value); } = Given(Picture);

    /// <summary>The digits, left to right.</summary>
    /// <exception cref="ArgumentException">It contains anything but the digits 0 to 9.</exception>
    public string Text { get; init => field = Checked(value); } = Checked(Text);

    /// <summary>Gives the digits.</summary>
    public override string ToString() => Text;

    private static GrayImage Given(GrayImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture;
    }

    private static string Checked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? throw new ArgumentException($"A strip shows the digits 0 to 9, but this one is said to show \"{text}\".", nameof(text))
            : text;
    }
}
