using LeNet5;

internal static class Networks
{
    /// <summary>LeNet-5 with some of its parts exchanged for what came later.</summary>
    public static Network LeNet5(bool maxPooling = false, bool relu = false, bool softmax = false, bool complete = false)
    {
        Activation squashing = relu ? new Relu() : Activation.ScaledTanh;

        // Behind a ReLU, averages are never negative: with one after it too, every map whose weight starts below 0 would be dead.
        Layer Pool(string name, int maps) => maxPooling
            ? new MaxPool(name)
            : new TrainableSubsample(name, maps, activation: relu ? Activation.Identity : null);

        Network network = new(
            new Shape(1, 32, 32),
            seed: 1998,
            new Conv("C1", inputs: 1, outputs: 6, kernel: 5, squashing),
            Pool("S2", maps: 6),
            complete ? new Conv("C3", inputs: 6, outputs: 16, kernel: 5, squashing) : new SparseConv("C3", ConnectionTable.TableI, kernel: 5, squashing),
            Pool("S4", maps: 16),
            new Conv("C5", inputs: 16, outputs: 120, kernel: 5, squashing),

            // Codes are made of +1 and -1, and a ReLU never comes near -1.
            new FullyConnected("F6", inputs: 120, outputs: 84, softmax ? squashing : Activation.ScaledTanh),
            softmax ? new FullyConnected("Output", inputs: 84, outputs: 10, Activation.Identity) : new RbfOutput("Output", RbfCodes.Digits));
        if (relu || softmax)
            StretchWeights(network);
        return network;
    }

    /// <summary>A smaller network, put together anew: kernels of 3x3 and 4x4, fewer maps, and a table of one's own.</summary>
    public static Network Small() => new(
        new Shape(1, 28, 28),
        seed: 1998,
        new Conv("C1", inputs: 1, outputs: 4, kernel: 3),
        new TrainableSubsample("S2", maps: 4),
        new SparseConv("C3", ConnectionTable.Parse("""
            XX..X.X.
            .XX..X.X
            ..XXX.X.
            X..X.X.X
            """), kernel: 4),
        new TrainableSubsample("S4", maps: 8),
        new Conv("C5", inputs: 8, outputs: 60, kernel: 5),
        new FullyConnected("F6", inputs: 60, outputs: 84),
        new RbfOutput("Output", RbfCodes.Digits));

    /// <summary>
    /// Stretches the initial weights of 1998, uniform in +-2.4 / fan-in, to those of He et al. (2015), uniform in +-sqrt(6 / fan-in).
    /// The RBF output pulls hard at any weights; the gradient of a softmax all but vanishes on its way back through weights as small as those of 1998.
    /// </summary>
    private static void StretchWeights(Network network)
    {
        Span<float> parameters = network.EditParameters();
        foreach (Layer layer in network.Layers)
        {
            if (layer is WeightedLayer { Outputs: int units })
            {
                Span<float> weights = parameters[..(layer.ParameterCount - units)];
                float fanIn = (float)weights.Length / units;
                foreach (ref float weight in weights)
                    weight *= MathF.Sqrt(6 / fanIn) / (2.4f / fanIn);
            }
            parameters = parameters[layer.ParameterCount..];
        }
    }
}
