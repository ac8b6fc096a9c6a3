namespace LeNet5.Tests.Oracle;

/// <summary>Networks of shapes that nobody would think of, and random numbers for them.</summary>
internal static class RandomNetworks
{
    /// <summary>Up to five layers on an input of 1 to 5 maps of 1x1 to 24x24, mostly oblong; every second one ends in an RBF layer.</summary>
    public static Network Create(ulong seed, int largestSide = 24)
    {
        SeededRandom random = new(seed);
        Shape input = new(1 + random.NextInt32(5), 1 + random.NextInt32(largestSide), 1 + random.NextInt32(largestSide));
        List<Layer> layers = [];
        Shape shape = input;
        int count = 1 + random.NextInt32(4);
        while (layers.Count < count)
            Add(CreateLayer($"L{layers.Count}", shape, ref random));
        if (random.NextInt32(2) == 0)
            Add(new RbfOutput("Output", new RbfCodes("abc", Values(3 * shape.Maps, 1, ref random))));
        return WithBiases(new Network(input, seed, [.. layers]), ref random);

        void Add(Layer layer)
        {
            layers.Add(layer);
            shape = layer.OutputShape(shape);
        }
    }

    /// <summary>Moves all parameters a little, for initial biases are 0 and would hide errors.</summary>
    public static Network WithBiases(Network network, ref SeededRandom random)
    {
        foreach (ref float parameter in network.EditParameters())
            parameter += random.NextSingle(-0.2f, 0.2f);
        return network;
    }

    public static float[] Values(int count, float range, ref SeededRandom random)
    {
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = random.NextSingle(-range, range);
        return values;
    }

    /// <summary>The same in memory as a workspace lends it, with a line to spare behind.</summary>
    public static AlignedMemory Memory(int count, float range, ref SeededRandom random)
    {
        AlignedMemory memory = new(count);
        Values(count, range, ref random).CopyTo(memory.Span);
        return memory;
    }

    public static ConnectionTable Table(int inputs, int outputs, ref SeededRandom random)
    {
        int[][] lists = new int[outputs][];
        for (int output = 0; output < outputs; output++)
        {
            int[] all = [.. Enumerable.Range(0, inputs)];
            random.Shuffle<int>(all);
            lists[output] = [.. all.Take(1 + random.NextInt32(inputs)).Order()];
        }
        return new ConnectionTable(inputs, lists);
    }

    private static Layer CreateLayer(string name, Shape input, ref SeededRandom random)
    {
        Activation activation = random.NextInt32(3) == 0 ? Activation.Identity : Activation.ScaledTanh;
        int outputs = 1 + random.NextInt32(9);
        int side = Math.Min(input.Height, input.Width);
        return random.NextInt32(4) switch
        {
            0 => new Conv(name, input.Maps, outputs, 1 + random.NextInt32(Math.Min(7, side)), activation),
            1 => new SparseConv(name, Table(input.Maps, outputs, ref random), 1 + random.NextInt32(Math.Min(7, side)), activation),
            2 => new TrainableSubsample(name, input.Maps, 1 + random.NextInt32(Math.Min(4, side)), activation),
            _ => new FullyConnected(name, input.Maps, outputs, activation),
        };
    }
}
