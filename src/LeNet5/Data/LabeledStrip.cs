using System.Collections.Immutable;
using LeNet5.Imaging;

namespace LeNet5.Data;

/// <summary>A picture of a string of digits, and what it says.</summary>
/// <param name="Picture">The picture, as a scanner would give it.</param>
/// <param name="Text">The digits, left to right.</param>
/// <param name="Boxes">The smallest box around each digit's ink.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed record LabeledStrip(GrayImage Picture, string Text, ImmutableArray<PixelBox> Boxes)
{
    /// <summary>Gives the digits.</summary>
    public override string ToString() => Text;
}
