using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>The ink between two neighbouring cuts.</summary>
/// <param name="Box">The smallest box around it.</param>
/// <param name="Ink">The sum of its pixels.</param>
internal readonly record struct Piece(PixelBox Box, int Ink);
