namespace LeNet5.Training;

/// <summary>Stochastic diagonal Levenberg-Marquardt: each weight has the step size eta / (mu + h), with h its curvature as estimated before each
/// epoch (appendix C, equation 21).</summary>
/// <param name="Mu">Keeps the step size bounded where the curvature is small. Positive. The paper has 0.02.</param>
/// <param name="SampleCount">Number of training samples over which the curvature is averaged. Default: 500, as in the paper.</param>
/// <remarks>Immutable and therefore thread-safe.</remarks>
public sealed record LevenbergMarquardt(double Mu, int SampleCount = 500);
