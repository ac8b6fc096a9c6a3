using LeNet5;
using LeNet5.Training;

namespace VisualGuide;

/// <summary>The networks that the page can train: LeNet-5, and LeNet-5 with parts of it exchanged for what came later.</summary>
internal static class Variants
{
    /// <summary>Makes a network and tells what its training makes small. The exchanged parts are those of samples/CustomNetwork, as are the initial weights around them.</summary>
    /// <param name="name">What the page calls it.</param>
    /// <param name="seed">Seed of the initial weights of the original; the others have a seed of their own.</param>
    public static (Network Network, Loss<int> Loss) Make(string name, int seed) => name switch
    {
        "original" => (Network.LeNet5((ulong)seed), new MaximumPosteriorLoss()),
        "pooling" => (Networks.LeNet5(maxPooling: true), new MaximumPosteriorLoss()),
        "relu" => (Networks.LeNet5(relu: true), new MaximumPosteriorLoss()),
        "softmax" => (Networks.LeNet5(softmax: true), new SoftmaxLoss()),
        "complete" => (Networks.LeNet5(complete: true), new MaximumPosteriorLoss()),
        "all" => (Networks.LeNet5(maxPooling: true, relu: true, softmax: true, complete: true), new SoftmaxLoss()),
        _ => throw new ArgumentException($"There is no network \"{name}\". Use original, pooling, relu, softmax, complete or all.", nameof(name)),
    };
}
