namespace LeNet5.Training;

/// <summary>What a training presents to the network, sample by sample, in the same order for the same seed.</summary>
internal abstract class SampleFeed
{
    /// <summary>Streams of random numbers below are the order's, the curvature's, the blanks', the variants' and the strips'.</summary>
    protected const int FirstEpochStream = 16;

    /// <summary>Number of samples in an epoch.</summary>
    public abstract int Count { get; }

    /// <summary>Shape of the input; <see langword="null"/> for the network's own.</summary>
    public virtual Shape? Input => null;

    /// <summary>Begins an epoch, counted from 1.</summary>
    public abstract void BeginEpoch(int epoch);

    /// <summary>Loads a sample, runs the network forward, and evaluates the loss and its derivatives by the output. In ascending order from 0 in each epoch.</summary>
    /// <param name="place">Place in the order of presentation.</param>
    /// <param name="network">The network.</param>
    /// <param name="workspace">A workspace of its with a backward pass.</param>
    public abstract Presentation Present(int place, Network network, Workspace workspace);

    /// <summary>Whether the sample is one pass through the workspace, so that the network can step from there.</summary>
    public virtual bool IsOnePass => true;

    /// <summary>Adds the gradient of the sample that was presented last.</summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace that the sample was presented in.</param>
    /// <param name="gradient">dE/dw is added here, for each parameter.</param>
    public virtual void Backward(Network network, Workspace workspace, Span<float> gradient) => network.Backward(workspace, gradient);

    /// <summary>The same as <see cref="Present"/> for any sample, in any order, as it is in its set.</summary>
    public abstract void PresentPlain(int place, Network network, Workspace workspace);
}

/// <summary>What became of a sample.</summary>
/// <param name="Loss">The loss before the step.</param>
/// <param name="IsMisread">Whether the network's answer was wrong.</param>
internal readonly record struct Presentation(double Loss, bool IsMisread);
