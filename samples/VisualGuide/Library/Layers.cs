using System.Runtime.InteropServices.JavaScript;
using LeNet5;

namespace VisualGuide;

/// <summary>What the figures of the layers ask for beside the digit's values.</summary>
internal static partial class Layers
{
    /// <summary>The paper's count of connections of each layer, C1 first, for a single digit.</summary>
    [JSExport]
    internal static double[] Connections()
    {
        Network network = PretrainedModels.Digits;
        Shape shape = network.InputShape;
        double[] counts = new double[network.Layers.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = network.Layers[i].ConnectionCount(shape);
            shape = network.Layers[i].OutputShape(shape);
        }
        return counts;
    }

    /// <summary>The library's squashing function of each number.</summary>
    [JSExport]
    internal static double[] Squash(double[] sums)
    {
        float[] values = new float[sums.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)sums[i];
        Activation.ScaledTanh.Apply(values);
        return values.AsSpan().ToDoubles();
    }
}
