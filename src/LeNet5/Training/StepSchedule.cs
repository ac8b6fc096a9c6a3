namespace LeNet5.Training;

/// <summary>The step size of each parameter, epoch by epoch.</summary>
internal sealed class StepSchedule
{
    private readonly Network network;
    private readonly TrainingRecipe recipe;
    private readonly float[] factors;
    private readonly float[] each;
    private readonly float[] layers;

    public StepSchedule(Network network, TrainingRecipe recipe)
    {
        this.network = network;
        this.recipe = recipe;
        factors = new float[network.ParameterCount];
        each = new float[network.ParameterCount];
        layers = new float[network.Layers.Length];
        Array.Fill(factors, 1);
        int start = 0;
        foreach (Layer layer in network.Layers)
        {
            if (recipe.RatesForSums && layer is TrainableSubsample subsample)
                factors.AsSpan(start, subsample.Maps).Fill(subsample.Block * subsample.Block);
            start += layer.ParameterCount;
        }
    }

    /// <summary>The rate of each parameter.</summary>
    public ReadOnlySpan<float> Each => each;

    /// <summary>The same, with one rate for a layer where all its rates are equal.</summary>
    public StepSizes Sizes => StepSizes.OfLayers(layers, each);

    public void BeginEpoch(int epoch, SampleFeed samples)
    {
        double rate = recipe.Rate.At(epoch);
        if (recipe.LevenbergMarquardt is { } second)
        {
            Array.Fill(layers, float.NaN);
            SetFromCurvature(rate, second, epoch, samples);
            return;
        }
        int start = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            Span<float> own = factors.AsSpan(start, network.Layers[i].ParameterCount);
            layers[i] = own.ContainsAnyExcept(1) ? float.NaN : (float)rate;
            for (int k = 0; k < own.Length; k++)
                each[start + k] = (float)(rate * ScaleOfRate(own[k]));
            start += own.Length;
        }
    }

    /// <summary>A weight stored as c times the paper's has a c-th of its gradient, and moves c times as far for the same effect. Adam's steps do not
    /// depend on the size of a gradient.</summary>
    private float ScaleOfRate(float c) => recipe.Optimizer is Adam ? c : c * c;

    /// <summary>Equation 21, with the curvature of equations 23 to 27 averaged over some samples. A weight stored as c times the paper's has c^2
    /// times its rate (with Adam c times) and a c^2-th of its curvature.</summary>
    private void SetFromCurvature(double rate, LevenbergMarquardt second, int epoch, SampleFeed samples)
    {
        Workspace workspace = network.CreateWorkspace(Passes.Curvature, samples.Input);
        float[] unused = new float[network.ParameterCount];
        Array.Clear(each);
        SeededRandom random = new(recipe.Seed, 1, (ulong)epoch);
        for (int i = 0; i < second.SampleCount; i++)
        {
            samples.PresentPlain(random.NextInt32(samples.Count), network, workspace);
            network.Backward(workspace, unused);
            network.BackwardCurvature(workspace, each);
        }
        for (int k = 0; k < each.Length; k++)
        {
            double curvature = Math.Max(0, each[k] / second.SampleCount) * factors[k] * factors[k];
            each[k] = (float)(rate * ScaleOfRate(factors[k]) / (second.Mu + curvature));
        }
    }
}
