using System.Numerics.Tensors;

namespace LeNet5.Training;

/// <summary>Moves a network's parameters against the gradient, sample by sample or batch by batch.</summary>
internal sealed class Descent
{
    private readonly Network network;
    private readonly TrainingRecipe recipe;
    private readonly SampleFeed samples;
    private readonly StepSchedule schedule;
    private readonly float[] gradient;
    private readonly float[] state;
    private int samplesInBatch;

    public Descent(Network network, TrainingRecipe recipe, SampleFeed samples)
    {
        this.network = network;
        this.recipe = recipe;
        this.samples = samples;
        schedule = new StepSchedule(network, recipe);
        Workspace = network.CreateWorkspace(Passes.Backward, samples.Input);
        bool online = recipe.Optimizer is null && recipe.BatchSize == 1 && samples.IsOnePass;
        gradient = online ? [] : new float[network.ParameterCount];
        int stateLength = recipe.Optimizer?.StateLength(network.ParameterCount) ?? 0;
        if (stateLength < 0)
            throw new ArgumentException($"{recipe.Optimizer} remembers {stateLength} floats for {network.ParameterCount} parameters. Let StateLength give 0 or more.");
        state = new float[stateLength];
    }

    /// <summary>Where a sample is loaded and its derivatives by the output are put before a step.</summary>
    public Workspace Workspace { get; }

    /// <summary>What the optimizer remembers; empty without one.</summary>
    public Span<float> State => state;

    /// <summary>Number of steps of the optimizer so far.</summary>
    public long StepCount { get; set; }

    public void BeginEpoch(int epoch) => schedule.BeginEpoch(epoch, samples);

    /// <summary>Takes in one sample.</summary>
    /// <param name="isLast">Whether it is the last of the epoch: then its batch ends, full or not.</param>
    public void Step(bool isLast)
    {
        if (gradient.Length == 0)
        {
            network.Step(Workspace, schedule.Sizes);
            return;
        }
        samples.Backward(network, Workspace, gradient);
        samplesInBatch++;
        if (samplesInBatch < recipe.BatchSize && !isLast)
            return;

        TensorPrimitives.Multiply(gradient, 1f / samplesInBatch, gradient);
        StepCount++;
        if (recipe.Optimizer is { } optimizer)
            optimizer.Step(network.EditParameters(), gradient, schedule.Each, state, StepCount);
        else
            StepSizes.OfWeights(schedule.Each).Apply(network.EditParameters(), gradient);
        Array.Clear(gradient);
        samplesInBatch = 0;
    }
}
