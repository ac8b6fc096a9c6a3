namespace LeNet5;

/// <summary>A test digit that LeNet-5 misread in 1998: one of the 82 of the paper's figure 8.</summary>
/// <param name="Index">Its index in <see cref="Mnist.Test"/>.</param>
/// <param name="Label">What it is, 0 to 9.</param>
/// <param name="Answer">What LeNet-5 took it for, 0 to 9.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public readonly record struct ErrorOf1998(int Index, int Label, int Answer);
