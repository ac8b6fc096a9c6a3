using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>An arc of the segmentation graph, whose nodes are the cuts: the ink between two cuts, taken for one digit or for none (section V-A).</summary>
/// <param name="FirstCut">The cut on its left: where the arc begins.</param>
/// <param name="LastCut">The cut on its right: where it ends.</param>
/// <param name="Box">The smallest box around its ink, in the strip.</param>
/// <param name="Penalty">What the segmenter says against it, whatever is read.</param>
/// <param name="Picture">Which of the pictures that were read it is; -1 for ink that is passed over as a speck.</param>
internal readonly record struct Segment(int FirstCut, int LastCut, PixelBox Box, double Penalty, int Picture);
