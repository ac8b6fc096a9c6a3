using LeNet5;
using LeNet5.Training;

namespace VisualGuide;

/// <summary>A network that the page can train: LeNet-5, or LeNet-5 with parts of it exchanged for what came later.</summary>
/// <param name="Compose">Makes it with fresh weights, of the seed that is given where it takes one.</param>
/// <param name="Loss">What its training makes small.</param>
internal sealed record Variants(Func<ulong, Network> Compose, Loss<int> Loss)
{
    /// <summary>Finds a network by the name that the page knows it by. The parts exchanged are those of samples/CustomNetwork, as are the initial weights.</summary>
    public static Variants Find(string name) => name switch
    {
        "original" => new(seed => Network.LeNet5(seed), new MaximumPosteriorLoss()),
        "pooling" => new(_ => Networks.LeNet5(maxPooling: true), new MaximumPosteriorLoss()),
        "relu" => new(_ => Networks.LeNet5(relu: true), new MaximumPosteriorLoss()),
        "softmax" => new(_ => Networks.LeNet5(softmax: true), new SoftmaxLoss()),
        "complete" => new(_ => Networks.LeNet5(complete: true), new MaximumPosteriorLoss()),
        "all" => new(_ => Networks.LeNet5(maxPooling: true, relu: true, softmax: true, complete: true), new SoftmaxLoss()),
        _ => throw new ArgumentException($"There is no network \"{name}\". There are original, pooling, relu, softmax, complete and all.", nameof(name)),
    };
}
