namespace LeNet5;

public sealed partial class Network
{
    /// <summary>The network of 1998: C1 S2 C3 S4 C5 F6 and the RBF output, 60,000 parameters and 340,908 connections (section II-B, figure 2).</summary>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <param name="codes">The codes of the classes, 84 values each; <see langword="null"/> for <see cref="RbfCodes.Digits"/>.</param>
    /// <exception cref="ArgumentException">The codes do not have 84 values.</exception>
    public static Network LeNet5(ulong seed = 1998, RbfCodes? codes = null) => new(
        new Shape(1, 32, 32),
        seed,
        new Conv("C1", inputs: 1, outputs: 6, kernel: 5),
        new TrainableSubsample("S2", maps: 6),
        new SparseConv("C3", ConnectionTable.TableI, kernel: 5),
        new TrainableSubsample("S4", maps: 16),
        new Conv("C5", inputs: 16, outputs: 120, kernel: 5),
        new FullyConnected("F6", inputs: 120, outputs: 84),
        new RbfOutput("Output", codes ?? RbfCodes.Digits));
}
